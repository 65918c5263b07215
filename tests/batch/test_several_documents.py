"""Files that hold several documents, in the register: ids, links, pages, reading again, removing."""
from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest

from chidao.batch import ingest
from chidao.extraction.pipeline import extract
from chidao.reading import read_bytes
from chidao.storage import Register
from chidao.storage import register as register_module
from chidao.storage.database import migrations

CORPUS = Path(__file__).parents[2] / "corpus"
sys.path.insert(0, str(CORPUS))

import bundles  # noqa: E402

DECISION = "urn:lex:vn;thai.nguyen:uy.ban.nhan.dan:quyet.dinh:2025;1412-qd-ubnd"
PLAN = "urn:lex:vn;thai.nguyen:uy.ban.nhan.dan:ke.hoach:2025;233-kh-ubnd"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A decision with its numbered plan, as PDF, and two drafts without numbers."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "qd.pdf").write_bytes(bundles.render("quyet-dinh-va-ke-hoach-co-so", "pdf"))
    (tmp_path / "in" / "du-thao.txt").write_bytes(bundles.render("hai-du-thao", "txt"))
    return tmp_path / "in"


def content(register: Register) -> dict[str, list[str]]:
    tables = ("documents", "files", "renditions", "file_paths", "texts", "tasks", "relations", "cited_documents", "parts")
    return {t: sorted(str(tuple(row)) for row in register.connection.execute(f"SELECT * FROM {t}")) for t in tables}


def test_each_document_has_an_id_and_tasks_of_its_own(folder: Path) -> None:
    with Register(":memory:") as register:
        report = ingest([folder], register)
        assert (report.total, report.added, report.documents) == (2, 2, 4)
        rows = register.documents()
        held = {row.id: (row.file_document, row.file_documents, row.tasks + row.targets) for row in rows}
        alone = [len(extract(read_bytes(part.encode(), "x.txt")).tasks)
                 for part in bundles.parts("quyet-dinh-va-ke-hoach-co-so")]
        assert alone[1] >= 5
        assert (held[DECISION], held[PLAN]) == ((1, 2, alone[0]), (2, 2, alone[1]))
        drafts = sorted(row.id for row in rows if row.id.startswith("urn:chidao:"))
        assert drafts[1] == f"{drafts[0]}.2"
        assert [row.id for row in register.beside(DECISION)] == [PLAN]
        assert register.find_document("qd.pdf#2").id == PLAN
        assert {task.page for task in register.tasks(document=PLAN)} == {2}
        plan = register.directive(PLAN)
        assert (plan.source.own_pages, plan.source.pages) == ((2, 2), 2)
        assert all(box.page == 2 for task in plan.tasks for box in plan.locate(task.span))
        assert register.verify() == []


def test_what_is_issued_with_a_decision_says_so_in_the_lineage(folder: Path) -> None:
    with Register(":memory:") as register:
        ingest([folder], register)
        steps = {(edge.source, edge.type, edge.target, edge.stated_by) for edge in register.trace(PLAN, down=False, depth=1)
                 if edge.type == "issued_with"}
        assert steps == {(PLAN, "issued_with", DECISION, PLAN), (PLAN, "issued_with", DECISION, DECISION)}
        said = [row[0] for row in register.connection.execute("SELECT text FROM relations ORDER BY text")]
        assert said[1] == "kèm theo Quyết định này Kế hoạch"
        assert said[0].startswith("Kèm theo Quyết định số 1412/QĐ-UBND")


def test_reading_again_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Register(":memory:") as register:
        ingest([folder], register)
        before = content(register)
        assert ingest([folder], register).unchanged == 2
        monkeypatch.setattr(register_module, "extractor_version", lambda: "another")
        assert len(register.paths("stale")) == 2
        report = ingest(register.paths("stale"), register)
        assert (report.updated, report.documents, register.paths("stale")) == (2, 4, [])
        after = content(register)
        before.pop("files"), after.pop("files")
        assert after.keys() == before.keys()
        assert [table for table in after if table not in ("tasks", "relations") and after[table] != before[table]] == []
        assert register.verify() == []


def test_a_document_goes_alone_and_comes_back_with_its_file(folder: Path) -> None:
    with Register(":memory:") as register:
        ingest([folder], register)
        before = content(register)
        register.remove(PLAN)
        assert [row.id for row in register.documents() if row.file == "qd.pdf"] == [DECISION]
        report = ingest([folder], register)
        assert (report.updated, report.unchanged) == (1, 1)
        assert content(register)["renditions"] == before["renditions"]
        for id in (PLAN, DECISION):
            register.remove(id)
        assert [row[0] for row in register.connection.execute("SELECT name FROM files")] == ["du-thao.txt"]
        assert register.verify(files=False) == []


def test_a_document_of_a_bundle_and_alone_are_two_renditions(folder: Path) -> None:
    (folder / "kh.txt").write_text(bundles.parts("quyet-dinh-va-ke-hoach-co-so")[1], "utf-8")
    with Register(":memory:") as register:
        ingest([folder / "kh.txt", folder / "qd.pdf"], register)
        assert [(row.id, row.renditions, row.file) for row in register.documents()] == [
            (DECISION, 1, "qd.pdf"), (PLAN, 2, "qd.pdf")]
        assert register.verify() == []


def test_a_new_edition_takes_the_place_of_each_document(folder: Path) -> None:
    file = folder / "du-thao.txt"
    file.write_bytes(bundles.render("trang-mang", "txt"))
    with Register(":memory:") as register:
        ingest([file], register)
        file.write_text(file.read_text("utf-8").replace("30/11/2025", "15/12/2025"), "utf-8")
        assert ingest([file], register).updated == 1
        assert [(row.number, row.file_document) for row in register.documents()] == [
            ("318/KH-UBND", 1), ("2055/UBND-KT", 2)]
        assert register.connection.execute("SELECT count(*) FROM files").fetchone()[0] == 1
        assert register.verify() == []


def test_a_register_of_before_keeps_its_files(tmp_path: Path) -> None:
    """The schema of before, with a file, a path and a preferred rendition, brought to the present one."""
    old = sqlite3.connect(tmp_path / "old.db", isolation_level=None)
    with Register(tmp_path / "new.db"):
        pass
    for function, count in (("fold_key", 1), ("fold_stem", 1), ("search_terms", 1), ("folded_terms", 1)):
        old.create_function(function, count, lambda text: text)
    for sql in migrations()[:-1]:
        old.executescript(sql)
    old.execute("INSERT INTO documents (id, base_id, label, addressees, recipients, evidence)"
                " VALUES ('urn:a', 'urn:a', 'A', '[]', '[]', '{}')")
    for name, document, preferred in (("a.docx", "urn:a", 1), ("a.pdf", "urn:a", 0), ("b.pdf", None, 0)):
        old.execute("INSERT INTO files VALUES (?, ?, 'pdf', 1, NULL, '[]', 'v', ?, ?)", (name, name, preferred, document))
        old.execute("INSERT INTO file_paths VALUES (?, ?)", (f"/{name}", name))
    old.execute(f"PRAGMA user_version = {len(migrations()) - 1}")
    old.execute("PRAGMA application_id = 1128809521")
    old.close()
    with Register(tmp_path / "old.db") as register:
        asked = register.connection
        assert [tuple(row) for row in asked.execute("SELECT * FROM renditions ORDER BY sha256")] == [
            ("a.docx", 1, "urn:a", 1), ("a.pdf", 1, "urn:a", 0)]
        assert [row[0] for row in asked.execute("SELECT path FROM file_paths ORDER BY 1")] == ["/a.docx", "/a.pdf", "/b.pdf"]
        assert asked.execute("PRAGMA foreign_key_check").fetchall() == []
        assert [problem.where for problem in register.verify(files=False) if problem.code == "foreign_key"] == []
        assert register.known("a.docx", "v")
        assert not register.known("b.pdf", "v")
