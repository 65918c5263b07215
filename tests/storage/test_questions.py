"""The questions: tasks by agency, day and state; naming a document; counts; views and descriptions."""
from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from registers import DISPATCH, PLAN, RESOLUTION, dispatch, plan, resolution, source

from chidao import knowledge
from chidao.errors import RegisterError
from chidao.model import Box
from chidao.storage import Register
from chidao.storage.due import last_day_of

TODAY = datetime.date(2024, 7, 10)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    folder = tmp_path_factory.mktemp("register")
    with Register(folder / "register.db") as register:
        for directive in (plan(), resolution(), dispatch()):
            register.add(directive, path=folder / directive.source.name)
        yield register


def short(id: str) -> str:
    return id.replace(PLAN, "plan").replace(RESOLUTION, "resolution").replace(DISPATCH, "dispatch")


@pytest.mark.parametrize(("question", "expected"), [
    # everything, by document and order
    ({}, ["resolution#1", "dispatch#1", *(f"plan#{i}" for i in range(1, 7))]),
    # an agency in any role, with diacritics and without
    ({"agency": "Sở Y tế"}, ["plan#2", "plan#3"]),
    ({"agency": "so y te"}, ["plan#2", "plan#3"]),
    # whole words of a name: the ministry is not the department
    ({"agency": "y te"}, ["resolution#1", "dispatch#1", "plan#2", "plan#3"]),
    # tone placement does not matter
    ({"agency": "Ủy ban nhân dân các huyện"}, ["plan#5"]),
    # a role
    ({"agency": "Sở Giáo dục và Đào tạo", "role": "coordinator"}, ["plan#2"]),
    ({"agency": "Sở Giáo dục và Đào tạo", "role": "lead"}, []),
    ({"role": "coordinator"}, ["plan#2"]),
    # a name that nobody has; a name without words
    ({"agency": "Sở Nội vụ"}, []),
    ({"agency": " - "}, []),
    # a document, by its number
    ({"document": "12/NQ-CP"}, ["resolution#1"]),
    # kinds
    ({"kind": "target"}, ["plan#1"]),
    # nobody leads: a target may be one of them
    ({"without_owner": True}, ["plan#1", "plan#6"]),
    ({"without_owner": True, "kind": "task"}, ["plan#6"]),
    # days: the last day counts; those without a day are left out
    ({"due_before": "2024-06-29"}, []),
    ({"due_before": "2024-06-30"}, ["plan#1"]),
    ({"due_before": datetime.date(2024, 12, 31)}, ["plan#1", "plan#2", "resolution#1"]),
    # states on 10/7/2024
    ({"state": "overdue"}, ["plan#1"]),
    ({"state": "due_soon"}, ["plan#2"]),
    ({"state": "not_due"}, ["resolution#1"]),
    ({"state": "undated"}, ["plan#3", "plan#5"]),
    ({"state": "no_deadline"}, ["dispatch#1", "plan#4", "plan#6"]),
    # pages of answers
    ({"limit": 2, "offset": 1}, ["dispatch#1", "plan#1"]),
    ({"limit": 0}, []),
])
def test_tasks(register: Register, question: dict[str, object], expected: list[str]) -> None:
    found = register.tasks(today=TODAY, **question)  # type: ignore[arg-type]
    assert [short(task.id) for task in found] == expected


def test_tasks_without_a_day_are_counted(register: Register) -> None:
    assert register.undated() == 2
    assert register.undated(agency="Sở Y tế") == 1
    assert register.undated(document="12/NQ-CP") == 0


def test_the_least_sure_task_comes_first_and_knows_why(register: Register) -> None:
    rows = register.tasks(least_sure=True)
    chances = [row.least_sure for row in rows]
    assert None not in chances
    assert len(set(chances)) > 1
    assert chances == sorted(chances)
    for row in rows:
        parts = [row.confidence, *(r.confidence for r in row.roles if r.role == "lead"),
                 *(d.confidence for d in row.deadlines)]
        assert row.least_sure == min(parts)
        assert all(r.confidence is None for r in row.roles if r.role != "lead")
    assert sorted(row.id for row in rows) == sorted(row.id for row in register.tasks())


def test_a_task_row_has_what_the_appendix_needs(register: Register) -> None:
    target, task, guard, money, *_ = register.tasks(document=PLAN, today=TODAY)
    assert (task.document_label, task.path, task.leads, task.coordinators) == (
        "Kế hoạch 07/KH-UBND", ("II", "1"), ("Sở Y tế",), ("Sở Giáo dục và Đào tạo",))
    assert (task.due, task.state, task.deadlines[0].text) == ("2024-07-15", "due_soon", "trước ngày 15/7/2024")
    assert plan().text[task.span.start:task.span.end] == task.text
    assert [p.text for p in money.products] == ["Tờ trình"]
    assert [(q.text, q.value, q.unit) for q in target.quantities] == [("Ít nhất 95%", "95", "%")]
    assert [c.label for c in guard.citations] == ["Nghị quyết 12/NQ-CP"]


def test_many_tasks_come_back_in_order() -> None:
    text = "".join(f"- Việc số {i} của đơn vị.\n" for i in range(1200))
    one = plan().tasks[3]
    tasks, at = [], 0
    for line in text.splitlines(keepends=True):
        tasks.append(dataclasses.replace(one, span=type(one.span)(at + 2, at + len(line) - 1), assignments=(),
                                         products=(), path=()))
        at += len(line)
    with Register(":memory:") as register:
        register.add(dataclasses.replace(
            plan(), source=source(text), tasks=tuple(tasks), nodes=(), citations=(), regions=()))
        assert [t.order for t in register.tasks()] == list(range(1200))
        assert register.verify() == []


def test_a_task_knows_its_first_page() -> None:
    task = plan().tasks[1]
    boxes = (Box(task.span, 3, 0, 0, 1, 1), Box(task.span, 2, 0, 0, 1, 1))
    directive = dataclasses.replace(plan(), source=dataclasses.replace(plan().source, boxes=boxes))
    with Register(":memory:") as register:
        register.add(directive)
        assert [t.page for t in register.tasks()] == [None, 2, None, None, None, None]


@pytest.mark.parametrize(("text", "expected"), [
    (PLAN, PLAN),
    # number alone, with its type, in small letters without diacritics
    ("07/KH-UBND", PLAN),
    ("Kế hoạch số 07/KH-UBND", PLAN),
    ("ke hoach 07/kh-ubnd", PLAN),
    # words before the number that are no type do not hide it
    ("văn bản 07/KH-UBND", PLAN),
    # file name, its stem, its path is tested elsewhere
    ("cv315.txt", DISPATCH),
    ("CV315", DISPATCH),
    # the beginning of the id
    ("urn:lex:vn:chinh.phu", RESOLUTION),
    ("urn:lex:vn;song.lam:so", DISPATCH),
])
def test_finding_a_document(register: Register, text: str, expected: str) -> None:
    assert register.find_document(text).id == expected


@pytest.mark.parametrize(("text", "code"), [
    ("08/KH-UBND", "document_unknown"),
    ("", "document_unknown"),
    ("%", "document_unknown"),
    ("urn:lex:vn;song", "document_ambiguous"),
])
def test_not_finding_a_document(register: Register, text: str, code: str) -> None:
    with pytest.raises(RegisterError) as error:
        register.find_document(text)
    assert error.value.code == code
    assert text in error.value.detail


def test_an_ambiguous_number_names_its_candidates() -> None:
    other = dataclasses.replace(
        resolution(), id="urn:x", source=source("Văn bản khác.", name="kh.txt"),
        header=dataclasses.replace(plan().header, issuer="Ủy ban nhân dân tỉnh Trà Khúc"), citations=(), tasks=())
    with Register(":memory:") as register:
        register.add(plan())
        register.add(other)
        with pytest.raises(RegisterError) as error:
            register.find_document("07/KH-UBND")
        assert PLAN in error.value.detail
        assert "urn:x" in error.value.detail


@pytest.mark.parametrize(("kind", "value", "expected"), [
    ("by", "2022-06-30", "2022-06-30"),
    # a month, a year
    ("by", "2022-02", "2022-02-28"),
    ("period", "2022", "2022-12-31"),
    ("period", "2022/2024", "2024-12-31"),
    ("range", "2022-04-01/2022-04-30", "2022-04-30"),
    # no such day, no such month, no date at all
    ("by", "2022-02-30", None),
    ("by", "2022-13", None),
    ("by", "cuối năm", None),
    # no last day
    ("from", "2022-06-30", None),
    ("recurring", "yearly", None),
    ("within", "P12M", None),
    ("event", "event", None),
])
def test_the_last_day_of_a_deadline(kind: str, value: str, expected: str | None) -> None:
    assert last_day_of(kind, value) == expected  # type: ignore[arg-type]


def test_workload_and_counts(register: Register) -> None:
    rows = {a.name: a for a in register.agencies(today=datetime.date(2024, 8, 1))}
    assert (rows["Sở Y tế"].lead, rows["Sở Y tế"].overdue) == (2, 1)
    assert (rows["Sở Giáo dục và Đào tạo"].lead, rows["Sở Giáo dục và Đào tạo"].coordinator) == (0, 1)
    stats = register.stats(today=TODAY)
    assert (stats.documents, stats.files, stats.tasks, stats.targets, stats.without_lead) == (3, 3, 7, 1, 1)
    assert (stats.citations, stats.citations_open, stats.cited_documents, stats.missing_documents) == (5, 1, 4, 2)
    assert dict(stats.states) == {"not_due": 1, "due_soon": 1, "overdue": 1, "no_deadline": 3, "undated": 2}
    assert dict(stats.types) == {"Kế hoạch": 1, "Nghị quyết": 1, "Công văn": 1}


def test_views_answer(register: Register) -> None:
    views = [row[0] for row in register.connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    counts = {v: register.connection.execute(f"SELECT count(*) FROM {v}").fetchone()[0] for v in views}
    assert counts == {
        "v_register": 8, "v_overdue": 3, "v_without_lead": 1, "v_workload": 6, "v_missing_documents": 2,
        "v_lineage": 5, "v_document_claims": 25, "v_responsibility": 7, "v_validity": 0, "v_bodies_today": 0,
        "v_obligations": 0, "v_group_obligations": 0, "v_ended_bodies": 0, "v_several_leads": 0}
    row = register.connection.execute("SELECT * FROM v_register WHERE task LIKE 'Chủ trì%'").fetchone()
    assert (row["lead_agencies"], row["coordinating_agencies"], row["state"]) == (
        "Sở Y tế", "Sở Giáo dục và Đào tạo", "overdue")


def test_every_table_and_column_is_described(register: Register) -> None:
    names = [row[0] for row in register.connection.execute(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE '%fts%' AND name NOT LIKE 'sqlite%'")]
    columns = {(n, c["name"]) for n in names for c in register.connection.execute(f"PRAGMA table_info({n})")}
    described = [(row["table"], row["column"]) for row in knowledge.rows("columns")]
    assert sorted(described) == sorted(columns | {(n, "") for n in names})
    assert all(row["vi"] and row["en"] for row in knowledge.rows("columns"))
    tables = register.metadata()["databases"]["register"]["tables"]
    assert set(tables) == set(names)
    for table, entry in tables.items():
        assert set(entry["columns"]) == {c for t, c in columns if t == table}
        assert entry.get("label_column", next(iter(entry["columns"]))) in entry["columns"]


def test_foreign_keys_have_indexes(register: Register) -> None:
    """Without one, removing a directive reads the whole child table."""
    conn = register.connection
    tables = [r[0] for r in conn.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%' AND name NOT LIKE 'sqlite%'")]
    bare = []
    for table in tables:
        firsts = {next(iter(conn.execute(f"SELECT name FROM pragma_index_info('{i['name']}')")))[0]
                  for i in conn.execute(f"PRAGMA index_list({table})")}
        firsts |= {c["name"] for c in conn.execute(f"PRAGMA table_info({table})") if c["pk"] == 1}
        bare += [(table, k["from"]) for k in conn.execute(f"PRAGMA foreign_key_list({table})")
                 if k["from"] not in firsts]
    assert bare == []


@pytest.mark.parametrize(("sql", "code"), [
    ("UPDATE texts SET text = replace(text, '95%', '85%')", {"text_changed", "quote_differs", "search_words_differ"}),
    ("UPDATE tasks SET span_end = span_end + 1 WHERE ord = 0", {"quote_differs", "search_words_differ"}),
    ("UPDATE nodes SET span_end = 100000 WHERE ord = 0", {"span_outside"}),
    ("UPDATE units SET actors = 'khac' WHERE ord = 1", {"search_words_differ"}),
    ("DROP TRIGGER units_delete; DELETE FROM units WHERE ord = 1", {"full_text_differs", "search_words_differ"}),
    ("INSERT INTO units_fts (units_fts) VALUES ('delete-all')", {"full_text_differs"}),
    ("PRAGMA foreign_keys = OFF; DELETE FROM agencies WHERE id = 1", {"foreign_key"}),
    ("PRAGMA foreign_keys = OFF; DELETE FROM texts", {"text_missing"}),
])
def test_verify_finds_damage(sql: str, code: set[str]) -> None:
    with Register(":memory:") as register:
        register.add(plan())
        register.connection.executescript(sql)
        assert {problem.code for problem in register.verify()} == code


def test_verify_hashes_files_again(tmp_path: Path) -> None:
    import hashlib

    paths = [tmp_path / name for name in ("kept.txt", "changed.txt", "gone.txt")]
    with Register(tmp_path / "register.db") as register:
        for path, directive in zip(paths, (plan(), resolution(), dispatch()), strict=True):
            data = directive.text.encode()
            path.write_bytes(data)
            sha256 = hashlib.sha256(data).hexdigest()
            register.add(
                dataclasses.replace(directive, source=dataclasses.replace(directive.source, sha256=sha256)), path=path)
        assert register.verify() == []
        paths[1].write_text("khác")
        paths[2].unlink()
        assert [(p.code, Path(p.where).name) for p in register.verify()] == [
            ("file_changed", "changed.txt"), ("file_missing", "gone.txt")]
        assert register.verify(files=False) == []
