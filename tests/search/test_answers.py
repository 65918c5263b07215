"""Answers: conditions demanded, preferred and dropped; passages; facets; similar tasks; saved searches; no query breaks."""
from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from registers import PLAN, dispatch, plan, resolution

from chidao.errors import RegisterError
from chidao.search import watching
from chidao.search.indexing import index
from chidao.storage import Register

PIECES = ['"', "'", "-", "*", "(", ")", ":", "^", "AND", "OR", "NOT", "NEAR", "\0", "\ud83d", "😀", "%", ";", "--", "/*",
          "sở y tế", "38/NQ-CP", "nq 12", "trước 30/6/2024", "quá hạn", "vắc xin", "so y te", "trẻ", "{", "}", "\\", "\n",
          "\u202e", "numbers :", "rowid", "từ 1/1", "quý 9", "năm 99999", "-vắc", "“", "”", "１２", "ﬁ", "ẞ", "́"]


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    with Register(":memory:") as register:
        for directive in (plan(), resolution(), dispatch()):
            register.add(directive)
        index(register, model="static")
        yield register


def found(register: Register, query: str, **how: object) -> list[str]:
    answer = register.answer(query, **how)  # type: ignore[arg-type]
    return [hit.task.id.rpartition(";")[2] if hit.task else f"passage {hit.passage.document_number}"  # type: ignore[union-attr]
            for hit in answer.hits]


@pytest.mark.parametrize(("query", "expected"), [
    # a part demands the body, and so does a query that names nothing else
    ("Sở Y tế chủ trì", ["07-kh-ubnd#2", "07-kh-ubnd#3"]),
    ("so giao duc va dao tao phoi hop", ["07-kh-ubnd#2"]),
    ("Sở Tài chính", ["07-kh-ubnd#4"]),
    # a document is its own tasks and those that cite it
    ("nq 12 giám sát dịch tễ", ["07-kh-ubnd#3"]),
    # days
    ("trước 30/6/2024", ["07-kh-ubnd#1"]),
    ("tháng 7/2024 tiêm", ["07-kh-ubnd#2"]),
    # a phrase as it stands, a word that must not stand
    ('"mua vật tư"', ["07-kh-ubnd#4"]),
    ('"vật tư mua"', []),
    ("tiêm vắc xin -sởi trẻ từ", []),
])
def test_conditions(register: Register, query: str, expected: list[str]) -> None:
    first = found(register, query, passages=False)
    assert first[:len(expected)] == expected
    if not expected:
        assert "07-kh-ubnd#1" not in first


def test_a_condition_that_nothing_meets_is_dropped_and_said(register: Register) -> None:
    answer = register.answer("giám sát dịch tễ trước 1/1/1999")
    assert [(c.kind, c.dropped) for c in answer.conditions] == [("days", True)]
    assert answer.hits[0].task
    assert answer.hits[0].task.order == 2


def test_passages_answer_beside_tasks(register: Register) -> None:
    assert any(hit.passage for hit in register.search("truyền nhiễm"))
    assert not any(hit.passage for hit in register.search("truyền nhiễm", passages=False))


def test_facets_count_all_answers(register: Register) -> None:
    answer = register.answer("tiêm vắc xin", limit=1, facets=True)
    assert sum(facet.count for facet in answer.facets if facet.name == "kind") == answer.total > 1
    assert {facet.name for facet in answer.facets} >= {"kind", "type", "year", "agency", "state"}


def test_the_score_is_the_sum_of_its_legs(register: Register) -> None:
    for hit in register.search("tiêm vắc xin cho trẻ"):
        assert hit.score == pytest.approx(sum(share for _, share in hit.legs))


def test_similar_tasks(register: Register) -> None:
    answer = register.like(f"{PLAN}#2")
    assert answer.hits
    assert all(hit.task is None or hit.task.id != f"{PLAN}#2" for hit in answer.hits)
    with pytest.raises(RegisterError, match="no task"):
        register.like("urn:none#1")


def test_a_saved_search_tells_what_is_new_once() -> None:
    with Register(":memory:") as register:
        register.add(plan())
        assert watching.add(register, "vắc xin", name="v") > 1
        assert [news.hits for news in watching.run(register)] == [()]
        register.add(resolution())
        [news] = watching.run(register, name="v")
        assert {hit.row.document_number for hit in news.hits} == {"12/NQ-CP"}
        assert [news.hits for news in watching.run(register)] == [()]
        # read again, it is no news
        register.remove(plan().id)
        register.add(plan())
        assert [news.hits for news in watching.run(register)] == [()]
        with pytest.raises(RegisterError, match="already"):
            watching.add(register, "x", name="v")
        watching.remove(register, "v")
        with pytest.raises(RegisterError, match="no saved search"):
            watching.run(register, name="v")


def test_no_query_breaks_or_answers_with_others(register: Register) -> None:
    """Ten thousand queries of operators, quotes, NULs, emoji and words; every answer is a unit of the register."""
    chance = random.Random(7)
    units = {row[0] for row in register.connection.execute("SELECT id FROM units")}
    for _ in range(10_000):
        query = chance.choice(["", " "]).join(chance.choices(PIECES, k=chance.randint(1, 9)))
        assert {hit.unit for hit in register.search(query, limit=5)} <= units
    for long in ('"' * 100_000, "sở y tế " * 12_500, "-" * 100_000, "\0" * 100_000, "38/NQ-CP " * 11_000):
        register.search(long)
