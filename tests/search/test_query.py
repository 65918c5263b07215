"""Full text: accents or none, numbers as one term, any string a query, ranking and snippets."""
from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registers import dispatch, find, plan, resolution, source, task

from chidao.model import Directive, Header
from chidao.storage import Register

TEXT = """- Sở Y tế tổ chức tiêm vắc-xin cho người lao động trước ngày 30/6/2024.
- Sở Y tế kiểm tra việc tiêm.
- Công an tỉnh phối hợp tuyên truyền phòng cháy.
- Cán bộ thôn rà soát căn hộ, báo cáo theo Công điện số 1102/CD-TTg.
- Điện lực bảo đảm đường dây. **Uỷ ban** nhân dân xã theo dõi.
- Căn bộ mẫu hồ sơ.
"""


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    lines = [line[2:] for line in TEXT.splitlines()]
    leads = [["Sở Y tế"], ["Sở Y tế"], ["Công an tỉnh"], [], ["Điện lực"], []]
    directive = Directive(
        "urn:ct", source(TEXT), Header(type="Chỉ thị", number="05/CT-UBND", title="Các việc cuối năm"),
        tasks=tuple(task(TEXT, line, leads=lead) for line, lead in zip(lines, leads, strict=True)))
    with Register(":memory:") as register:
        register.add(directive)
        yield register


def orders(register: Register, query: str, *, complete: bool = True) -> list[int]:
    return [hit.task.order + 1 for hit in register.search(query) if hit.task and (hit.complete or not complete)]


@pytest.mark.parametrize(("query", "expected"), [
    # with diacritics, without, in capitals, decomposed
    ("Sở Y tế tiêm vắc xin", [1]),
    ("so y te tiem vac xin", [1]),
    ("SO Y TE TIEM VAC XIN", [1]),
    ("So\u031b\u0309 Y te\u0302\u0301 tie\u0302m va\u0306\u0301c xin", [1]),
    # đ is d
    ("duong day dien luc", [5]),
    ("đường dây điện lực", [5]),
    # tone placement and markup do not matter
    ("Ủy ban nhân dân xã", [5]),
    ("Uỷ ban nhân dân xã", [5]),
    # words that differ only in accents: the right ones first
    ("cán bộ", [4, 6]),
    ("căn bộ", [6, 4]),
    # a number is one term, whatever its hyphens and accents
    ("1102/CĐ-TTg", [4]),
    ("1102/cd-ttg", [4]),
    # typed from its beginning, but not from its middle
    ("1102/CĐ", [4]),
    ("02/CĐ-TTg", []),
    ("CĐ-TTg", [4]),
    # the number of the document itself gives its tasks
    ("05/CT-UBND công an", [3]),
    # the agency that leads is found though the words of the task do not name it
    ("chi thi cong an", [3]),
    # nothing to look for
    ("", []), ("   ", []), ("\0", []), ('"', []), ("***", []), ("😀", []), ("- + : ( ) ^ { }", []),
    # what FTS5 takes for operators are words
    ("NEAR(tiêm)", []),
    ('tiêm OR "', []),
    ("words_folded : tiêm", []),
    # a word that nothing has
    ("tiêm khủng long", []),
])
def test_search(register: Register, query: str, expected: list[int]) -> None:
    assert orders(register, query) == expected


def test_tasks_with_some_of_the_words_come_after(register: Register) -> None:
    hits = register.search("Sở Y tế phải làm gì khi tiêm vắc xin, đến bao giờ?")
    assert not any(hit.complete for hit in hits)
    assert [hit.task.order + 1 for hit in hits][:2] == [1, 2]
    mixed = register.search("kiểm tra tiêm")
    assert [(hit.task.order + 1, hit.complete) for hit in mixed] == [(2, True), (1, False)]


def test_pages_of_hits_join(register: Register) -> None:
    whole = [hit.task.id for hit in register.search("sở y tế tiêm vắc xin cán bộ")]
    pages = [hit.task.id for n in range(6) for hit in register.search("sở y tế tiêm vắc xin cán bộ", limit=1, offset=n)]
    assert pages == whole
    assert len(whole) > 2
    assert register.search("tiêm", limit=0) == []
    assert register.search("tiêm", offset=99) == []


@given(st.one_of(st.text(max_size=60), st.text('"*()^:{}+-NEARORDT \0/38nq', max_size=30)))
@settings(max_examples=200, deadline=None)
def test_any_string_is_a_query(register: Register, query: str) -> None:
    hits = register.search(query)
    assert len({hit.unit for hit in hits}) == len(hits)


def test_a_pasted_page_is_a_query(register: Register) -> None:
    long = "Sở Y tế tiêm vắc xin " * 5000
    assert orders(register, long) == [1]
    assert register.search("x" * 100_000) == []
    assert register.search('"' * 100_000) == []
    assert len(register.answer(" ".join(f"w{i}" for i in range(1000))).words.split()) == 48


@pytest.mark.parametrize(("query", "expected"), [
    ("so y te tiem vac xin", ["Sở Y tế", "tiêm vắc-xin"]),
    ("1102/CĐ-TTg", ["1102/CD-TTg"]),
    ("uy ban", ["Uỷ ban"]),
])
def test_a_snippet_marks_what_matched(register: Register, query: str, expected: list[str]) -> None:
    hit = register.search(query)[0]
    assert [part.text for part in hit.snippet if part.match] == expected
    assert "".join(part.text for part in hit.snippet) == hit.task.text


PAIRS = """- Trên cơ sở số liệu của tỉnh, Y sĩ xã báo cáo thực tế.
- Trên cơ sở kế hoạch, Sở Y tế báo cáo.
- Sơ y tê.
"""


@pytest.mark.parametrize(("query", "expected", "marked"), [
    # neighbours in the query are neighbours in the answer
    ("so y te bao cao", [2, 1], ["Sở Y tế báo cáo"]),
    # a word beside its neighbour is not marked where it stands alone; other accents only where none are right
    ("sở y tế", [2, 3, 1], ["Sở Y tế"]),
    ("sơ y tê", [3, 2, 1], ["Sơ y tê"]),
    # a word alone is marked wherever it stands
    ("cơ sở", [2, 1], ["cơ sở"]),
    ("sở", [2, 1, 3], ["sở", "Sở"]),
])
def test_neighbouring_words_count(query: str, expected: list[int], marked: list[str]) -> None:
    lines = [line[2:] for line in PAIRS.splitlines()]
    with Register(":memory:") as register:
        register.add(Directive("urn:p", source(PAIRS), Header(), tasks=tuple(task(PAIRS, line) for line in lines)))
        hits = register.search(query)
        assert [hit.task.order + 1 for hit in hits if hit.complete] == expected
        assert [part.text for part in hits[0].snippet if part.match] == marked


def test_a_long_task_is_cut_round_its_matches() -> None:
    words = "Lời mở đầu dài. " * 40 + "Trạm y tế xã lập danh sách trẻ chưa tiêm. " + "Lời kết dài. " * 40
    text = f"{words}"
    with Register(":memory:") as register:
        register.add(Directive("urn:x", source(text), Header(), tasks=(task(text, text.strip()),)))
        [hit] = register.search("danh sách trẻ")
    shown = "".join(part.text for part in hit.snippet)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert shown.strip("…") in text
    assert len(shown) < 300
    assert [p.text for p in hit.snippet if p.match] == ["danh sách trẻ"]


def test_headings_and_titles_are_found_with_less_weight() -> None:
    with Register(":memory:") as register:
        for directive in (plan(), resolution(), dispatch()):
            register.add(directive)
        # "sởi" stands in the plan's title and in the target's words: the target comes first.
        assert register.search("sởi")[0].task.kind == "target"
        assert {hit.row.document_number for hit in register.search("sởi")} == {"07/KH-UBND"}
        hit = register.search("giám sát dịch tễ", today=datetime.date(2024, 7, 1))[0]
        assert (hit.task.path, hit.task.leads, hit.task.state) == (("II", "1"), ("Sở Y tế",), "undated")
        # The cited number finds the task that cites it before the others of its document.
        assert register.search("12/NQ-CP giám sát")[0].task.order == 2


def test_what_is_removed_is_not_found() -> None:
    with Register(":memory:") as register:
        register.add(plan())
        register.remove(plan().id)
        assert register.search("vắc xin") == []
        other = dataclasses.replace(plan(), tasks=(task(plan().text, find(plan().text, "Bố trí").of(plan().text)),))
        register.add(other)
        assert len([hit for hit in register.search("bố trí") if hit.complete]) == 1
