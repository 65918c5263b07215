"""What is written is read back whole; files, renditions and editions; what a failing write leaves."""
from __future__ import annotations

import dataclasses
import sqlite3
import types
import typing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registers import DISPATCH, LAW, PLAN, RESOLUTION, dispatch, plan, resolution, source

from chidao import model
from chidao.errors import ChidaoError, RegisterError
from chidao.model import Directive, SourceText
from chidao.storage import Register, database, filing
from chidao.storage.database import migrations, transaction


@pytest.fixture
def register(tmp_path: Path) -> typing.Iterator[Register]:
    with Register(tmp_path / "register.db") as register:
        yield register


def content(register: Register) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but runs, in the order of their columns."""
    tables = [row[0] for row in register.connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'runs' AND name NOT LIKE '%fts%' AND name NOT LIKE 'sqlite%'"
        " ORDER BY name")]
    return {t: sorted(map(tuple, register.connection.execute(f"SELECT * FROM {t}")), key=repr) for t in tables}


@pytest.mark.parametrize("directive", [plan(), resolution(), dispatch()], ids=["plan", "resolution", "dispatch"])
def test_a_directive_is_read_back_whole(register: Register, directive: Directive) -> None:
    assert register.add(directive) == "added"
    assert register.directive(directive.id) == directive
    assert register.verify() == []


# Strategies from the types of the records, so that a field that is added to a record and to no table is found.
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_SIZE = 40


def _strategy(annotation: object) -> st.SearchStrategy[object]:
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation is str:
        return _TEXT
    if annotation is int:
        return st.integers(0, 10**6)
    if annotation is float:
        return st.floats(0, 2000, allow_nan=False)
    if annotation is bool:
        return st.booleans()
    if annotation is type(None):
        return st.none()
    if annotation is model.Span:
        return st.tuples(st.integers(0, _SIZE), st.integers(0, _SIZE)).map(lambda p: model.Span(*sorted(p)))
    if origin is typing.Literal:
        return st.sampled_from(args)
    if origin in (types.UnionType, typing.Union):
        return st.one_of(*(_strategy(a) for a in args))
    if origin is tuple:
        return st.lists(_strategy(args[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(_TEXT, _strategy(args[1]), max_size=2)
    assert dataclasses.is_dataclass(annotation), annotation
    return _records(annotation)


def _records(record: type, **fixed: st.SearchStrategy[object]) -> st.SearchStrategy[typing.Any]:
    hints = typing.get_type_hints(record)
    fields = {f.name: fixed[f.name] if f.name in fixed else _strategy(hints[f.name])
              for f in dataclasses.fields(record)}
    return st.builds(record, **fields)


@st.composite
def _directives(draw: st.DrawFn) -> Directive:
    citations = draw(st.lists(_records(model.Citation), max_size=3))
    nodes = draw(st.lists(_records(model.Node, parent=st.none()), max_size=2))
    indexes = st.lists(st.integers(0, len(citations) - 1), max_size=2).map(tuple) if citations else st.just(())
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=_SIZE, max_size=_SIZE))
    return draw(_records(
        Directive,
        source=_records(SourceText, text=st.just(text), documents=st.just(1)),
        citations=st.just(tuple(citations)),
        nodes=st.just((*nodes, *(dataclasses.replace(n, parent=0) for n in nodes[:1]))),
        tasks=st.lists(_records(model.Task, citations=indexes), max_size=3).map(tuple)))


@given(_directives())
@settings(max_examples=60, deadline=None)
def test_any_directive_is_read_back_whole_and_leaves_nothing(directive: Directive) -> None:
    with Register(":memory:") as register:
        register.add(directive)
        assert register.directive(directive.id) == directive
        assert register.verify() == []
        with transaction(register.connection):
            filing.remove(register.connection, directive.id)
        assert {table for table, rows in _counts(register).items() if rows} == {"column_descriptions"}
        assert register.verify() == []


def _counts(register: Register) -> dict[str, int]:
    names = [row[0] for row in register.connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%' AND name NOT LIKE 'sqlite%'")]
    return {n: register.connection.execute(f"SELECT count(*) FROM {n}").fetchone()[0] for n in names}


def test_a_file_that_is_known_changes_no_row(register: Register, tmp_path: Path) -> None:
    register.add(plan(), path=tmp_path / "a.txt")
    before = content(register)
    assert register.known(plan().source.sha256)
    assert register.add(plan(), path=tmp_path / "a.txt") == "unchanged"
    register.seen(tmp_path / "a.txt", plan().source.sha256)
    assert content(register) == before
    assert register.add(plan(), path=tmp_path / "copy.txt") == "unchanged"
    assert register.documents()[0].path == str(tmp_path / "a.txt")


def test_another_version_of_the_extractor_does_it_again(register: Register) -> None:
    register.add(plan(), version="1")
    assert not register.known(plan().source.sha256, "2")
    other = dataclasses.replace(plan(), tasks=plan().tasks[:2])
    assert register.add(other, version="2") == "updated"
    assert register.directive(PLAN) == other
    assert register.verify() == []


def test_a_correction_outlives_removal_and_extraction(register: Register) -> None:
    register.add(plan(), version="1")
    register.connection.execute(
        "INSERT INTO corrections (document_id, quote_hash, field, value, created)"
        " SELECT document_id, quote_hash, 'lead', '[\"Sở Nội vụ\"]', '2024-01-01' FROM tasks WHERE ord = 1")
    register.add(plan(), version="2")
    joined = "SELECT count(*) FROM corrections JOIN tasks USING (document_id, quote_hash)"
    assert register.connection.execute(joined).fetchone()[0] == 1
    register.remove("07/KH-UBND")
    assert register.connection.execute("SELECT count(*) FROM corrections").fetchone()[0] == 1


def test_two_formats_of_one_directive_are_one_with_a_preferred_rendition(register: Register) -> None:
    pdf = dataclasses.replace(plan(), source=dataclasses.replace(
        source(plan().text, name="b.pdf", format="pdf"), pages=1))
    docx = dataclasses.replace(plan(), source=source(plan().text, name="b.docx", format="docx"))
    orders = [[pdf, docx], [docx, pdf]]
    for n, order in enumerate(orders):
        for directive in order:
            directive = dataclasses.replace(directive, id=f"{PLAN}:{n}")
            sha256 = f"{n}{directive.source.sha256[1:]}"
            register.add(dataclasses.replace(directive, source=dataclasses.replace(directive.source, sha256=sha256)))
    rows = register.documents()
    assert [(d.renditions, d.format, d.file) for d in rows] == [(2, "docx", "b.docx")] * 2
    assert register.verify() == []


def test_a_rendition_stays_when_the_preferred_one_is_done_again(register: Register) -> None:
    docx = dataclasses.replace(plan(), source=source(plan().text, name="b.docx", format="docx"))
    register.add(docx, version="1")
    register.add(plan(), version="1")
    register.add(docx, version="2")
    assert register.documents()[0].renditions == 2
    assert register.verify() == []


def test_two_texts_that_claim_one_id_are_both_kept(register: Register, tmp_path: Path) -> None:
    text = plan().text.replace("15/7/2024", "25/7/2024")
    other = dataclasses.replace(plan(), source=source(text, name="other.txt"))
    register.add(plan(), path=tmp_path / "a.txt")
    assert register.add(other, path=tmp_path / "b.txt") == "added"
    suffixed = f"{PLAN};{other.source.sha256[:8]}"
    assert {d.id for d in register.documents()} == {PLAN, suffixed}
    assert register.directive(suffixed) == dataclasses.replace(other, id=suffixed)
    found = register.connection.execute("SELECT document_id, code, detail FROM findings ORDER BY 1").fetchall()
    assert [tuple(row) for row in found] == [(PLAN, "same_id", suffixed), (suffixed, "same_id", PLAN)]
    # Doing the first again must not push it off its id.
    before = content(register)
    register.add(plan(), path=tmp_path / "a.txt", version="2")
    assert {d.id for d in register.documents()} == {PLAN, suffixed}
    assert len(content(register)["findings"]) == len(before["findings"])


def test_a_new_edition_at_the_same_path_takes_the_place_of_the_old_one(register: Register, tmp_path: Path) -> None:
    text = plan().text.replace("15/7/2024", "25/7/2024")
    edited = dataclasses.replace(plan(), source=source(text))
    register.add(plan(), path=tmp_path / "a.txt")
    assert register.add(edited, path=tmp_path / "a.txt") == "updated"
    assert [d.sha256 for d in register.documents()] == [edited.source.sha256]
    # Another directive at that path is another directive: the first is not lost.
    assert register.add(resolution(), path=tmp_path / "a.txt") == "added"
    assert len(register.documents()) == 2


def test_a_write_that_fails_leaves_nothing(register: Register) -> None:
    register.add(resolution())
    before = content(register)
    broken = dataclasses.replace(plan(), tasks=(dataclasses.replace(plan().tasks[0], citations=(99,)),))
    with pytest.raises(sqlite3.IntegrityError):
        register.add(broken)
    assert content(register) == before


def test_a_cited_document_is_a_node_until_it_arrives_and_after_it_goes(register: Register) -> None:
    register.add(plan())
    missing = {m.id: m for m in register.missing_documents()}
    assert set(missing) == {LAW, RESOLUTION, "open:nghi-quyet:12-nq-cp"}
    assert missing[RESOLUTION].label == "Nghị quyết 12/NQ-CP"
    assert missing[RESOLUTION].date == "2024-02-05"
    assert not missing["open:nghi-quyet:12-nq-cp"].resolved
    register.add(resolution())
    assert RESOLUTION not in {m.id for m in register.missing_documents()}
    assert next(c for c in register.citations(PLAN) if c.target == RESOLUTION).held
    register.remove("12/NQ-CP")
    assert {m.id: m for m in register.missing_documents()} == missing


def test_removal_leaves_what_was_there_before(register: Register) -> None:
    register.add(plan())
    before = content(register)
    register.add(resolution())
    register.add(dispatch())
    register.remove(RESOLUTION)
    assert register.remove("cv315.txt").id == DISPATCH
    assert content(register) == before


def test_failures_are_kept_told_and_forgotten(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    register.fail(path, ChidaoError("no_text_layer"), sha256="aa")
    register.fail(path, ChidaoError("damaged", " (xref)"), sha256="bb")
    [failure] = register.failures()
    assert (failure.path, failure.code, failure.detail) == (str(path), "damaged", " (xref)")
    assert "(xref)" in failure.message("vi")
    register.add(plan(), path=path)
    assert register.failures() == []


def test_runs_are_told(register: Register) -> None:
    run = register.begin_run(["corpus"], version="v")
    register.end_run(run, "finished", {"added": 2, "refused": 1})
    [row] = register.runs()
    assert (row.id, row.version, row.paths, row.outcome, row.added, row.refused) == (
        run, "v", ("corpus",), "finished", 2, 1)


def test_a_migration_is_done_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "register.db"
    with Register(path) as register:
        register.add(plan())
        before = content(register)
    steps = migrations()
    more = "ALTER TABLE tasks ADD COLUMN score REAL;\nCREATE TRIGGER t AFTER DELETE ON runs BEGIN SELECT 1; END;\n"
    monkeypatch.setattr(database, "migrations", lambda: (*steps, more, "CREATE TABLE tasks (x);"))
    with pytest.raises(RegisterError) as error:
        Register(path)
    assert error.value.code == "register_damaged"
    monkeypatch.setattr(database, "migrations", lambda: (*steps, more))
    with pytest.raises(RegisterError) as error:
        Register(path, readonly=True)
    assert error.value.code == "register_older"
    with Register(path) as register:
        assert register.stats().schema == len(steps) + 1
        assert register.directive(PLAN) == plan()
        assert {t: len(rows) for t, rows in content(register).items()} == {t: len(rows) for t, rows in before.items()}
        assert register.connection.execute("SELECT score FROM tasks LIMIT 1").fetchone()[0] is None


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    with Register(tmp_path / "r.db") as one, Register(tmp_path / "r.db") as two:
        one.add(plan())
        assert two.add(plan()) == "unchanged"
        two.add(resolution())
        assert one.directive(RESOLUTION) == resolution()


def test_readonly_reads_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="no register"):
        Register(tmp_path / "none.db", readonly=True)
    with Register(tmp_path / "a b#.db") as register:
        register.add(plan())
    with Register(tmp_path / "a b#.db", readonly=True) as register:
        assert register.directive(PLAN) == plan()
        with pytest.raises(sqlite3.OperationalError):
            register.add(resolution())
        with pytest.raises(RegisterError) as error:
            register.verify()
    assert error.value.code == "register_readonly"


@pytest.mark.parametrize(("make", "code"), [
    # text that is no database
    (lambda path: path.write_text("Sở Y tế " * 500), "not_a_register"),
    # a database of another program
    (lambda path: sqlite3.connect(path).execute("CREATE TABLE t (x)").connection.commit(), "not_a_register"),
    # a folder
    (lambda path: path.mkdir(), "register_unopened"),
    # a register of a later version
    (lambda path: _later(path), "register_newer"),
    # a register with a page overwritten
    (lambda path: _damaged(path), "register_damaged"),
])
def test_what_is_no_register_is_refused(
    tmp_path: Path, make: typing.Callable[[Path], object], code: str,
) -> None:
    path = tmp_path / "x.db"
    make(path)
    with pytest.raises(RegisterError) as error:
        Register(path)
    assert error.value.code == code
    assert str(path) in error.value.message("vi")


def _later(path: Path) -> None:
    with Register(path) as register:
        register.connection.execute(f"PRAGMA user_version = {len(migrations()) + 1}")


def _damaged(path: Path) -> None:
    Register(path).close()
    data = bytearray(path.read_bytes())
    data[100:4000] = b"\xff" * 3900
    path.write_bytes(bytes(data))
