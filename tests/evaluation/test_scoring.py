"""Figures worked out by hand on a small directive."""
from __future__ import annotations

from typing import Any

import pytest
from lam_son import SOURCE, gold
from perturb import contract_of

from chidao.evaluation import EvaluationError, Report, Tally, bootstrap, combine, score
from chidao.evaluation.intervals import Interval
from chidao.evaluation.keys import agency_key, document_key, number_key, words_key
from chidao.evaluation.report import Mark

SIZE = len("".join(SOURCE.split()))


def scored(**changes: Any) -> Report:
    return score(gold(), {**contract_of(gold(), SOURCE), **changes}, SOURCE)


def f1s(report: Report) -> dict[str, float]:
    return {name: round(tally.f1, 3) for name, tally in report.tallies.items()}


def test_all_right() -> None:
    report = scored()
    assert set(f1s(report).values()) == {1.0}
    assert report.misses == []
    assert report.tallies["header"] == Tally(8, 8, 8)
    assert report.tallies["lead agencies"] == Tally(2, 2, 2)


def test_damage_by_hand() -> None:
    exact = contract_of(gold(), SOURCE)
    first, second, target = exact["tasks"]
    half = {**first, "end": first["end"] - 20, "coordinators": [], "kind": "target"}
    invented = {**target, "start": 0, "end": 14, "leads": [{"name": "Sở Nội vụ", "source": "stated"}]}
    regular = {**second, "deadlines": [], "leads": [{"name": "UBND các huyện", "source": "inherited"}]}
    citation = {**exact["citations"][0], "relation": "mentions"}
    header = {**exact["document"], "issuer": "UBND tỉnh Lam Sơn", "title": "Trồng cây",
              "recipients": ["Lưu: VT", "Sở A"]}
    report = scored(tasks=[half, regular, invented], citations=[citation], document=header)
    tallies = {name: (t.hit, t.gold, t.found) for name, t in report.tallies.items()}
    assert tallies == {
        "text kept": (SIZE, SIZE, SIZE), "header": (7, 8, 8), "addressees": (0, 0, 0), "recipients": (1, 2, 2),
        "citation relation": (0, 1, 1), "citation date": (1, 1, 1), "citations": (1, 1, 1), "relations": (0, 0, 0),
        # the target is missed, the letterhead invented; the first task lacks a fifth of its characters
        "tasks": (2, 3, 3), "tasks, nine tenths": (1, 3, 3), "task kind": (1, 2, 2),
        "leads right in whole": (2, 2, 2), "lead source": (1, 2, 2), "products": (0, 0, 0),
        "lead agencies": (2, 2, 3), "coordinating agencies": (0, 1, 0),
        "deadlines": (1, 2, 1), "deadlines w/o regular": (1, 1, 1)}
    assert [str(m) for m in report.misses if m.figure == "tasks"] == [
        "unit-missed 'Phấn đấu 90% tuyến đường có cây xanh.'", "unit-invented 'ỦY BAN NHÂN DÂ'"]
    assert "header-title 'title': want Trồng cây ven đường, got Trồng cây" in map(str, report.misses)


def test_joined_lines_and_lost_words_keep_the_tasks() -> None:
    text = SOURCE.replace("TỈNH LAM SƠN\n", "").replace("\n", " ")
    exact = contract_of(gold(), SOURCE)
    moved = [{**t, "start": t["start"] - 13, "end": t["end"] - 13} for t in exact["tasks"]]
    report = scored(text=text, tasks=moved, citations=[])
    assert report.tallies["tasks, nine tenths"] == Tally(3, 3, 3)
    kept = report.tallies["text kept"]
    assert (kept.hit, kept.gold - kept.hit) == (kept.found, len("TỈNHLAMSƠN"))


def damaged(*units: tuple[str, str]) -> Report:
    """Scored with units that reach from the first to the second words of the text."""
    first = contract_of(gold(), SOURCE)["tasks"][0]
    return scored(tasks=[{**first, "start": SOURCE.index(start), "end": SOURCE.index(end) + len(end)}
                         for start, end in units])


WHOLE = ("Sở Xây dựng chủ trì", "15/3/2022."), ("UBND các huyện", "chăm sóc cây."), ("Phấn đấu", "cây xanh.")


@pytest.mark.parametrize(("units", "kinds"), [
    (WHOLE[1:], ["unit-missed"]),
    ([*WHOLE, ("KẾ HOẠCH", "ven đường")], ["unit-invented"]),
    ([("Sở Xây dựng chủ trì", "danh mục"), *WHOLE[1:]], ["unit-short"]),
    ([("Hội đồng nhân dân tỉnh", "15/3/2022."), *WHOLE[1:]], ["unit-long"]),
    ([("Sở Xây dựng chủ trì", "chăm sóc cây."), WHOLE[2]], ["unit-merged", "unit-long"]),
    ([("Sở Xây dựng chủ trì", "Sở Tài chính lập"), ("danh mục", "15/3/2022."), *WHOLE[1:]],
     ["unit-piece", "unit-short"]),
    ([("Sở Xây dựng chủ trì", "phối hợp"), ("với Sở Tài", "lập danh"), ("mục trước", "15/3/2022."), *WHOLE[1:]],
     ["unit-split", "unit-piece", "unit-piece", "unit-piece"]),
    ([("Lam Sơn, ngày", "cây xanh.")], ["unit-merged", "unit-merged", "unit-merged", "unit-lump"]),
])
def test_kinds_of_wrong_units(units: list[tuple[str, str]], kinds: list[str]) -> None:
    assert [m.kind for m in damaged(*units).misses if m.kind.startswith("unit-") and m.kind != "unit-kind"] == kinds


def test_a_miss_for_each_name() -> None:
    first, *others = contract_of(gold(), SOURCE)["tasks"]
    other = {**first, "leads": [{"name": "Sở Nội vụ", "source": "stated"}, {"name": "Sở Y tế", "source": "stated"}],
             "deadlines": [{"kind": "by", "value": "2022-03-16"}], "products": [{"text": "Danh mục"}]}
    report = scored(tasks=[other, *others])
    assert [(m.kind, m.want, m.got) for m in report.misses] == [
        ("product-invented", None, "Danh mục"), ("lead-missed", "Sở Xây dựng", None),
        ("lead-invented", None, "Sở Nội vụ"), ("lead-invented", None, "Sở Y tế"),
        ("deadline-missed", "by 2022-03-15", None), ("deadline-invented", None, "by 2022-03-16")]
    assert report.misses[1].at == (Mark("expected", "unit", 0, "lead", "sở xây dựng"),)


def test_comparison_stands_on_the_annotated_text() -> None:
    text = SOURCE.replace("TỈNH LAM SƠN\n", "").replace("\n", " ")
    exact = contract_of(gold(), SOURCE)
    moved = [{**t, "start": t["start"] - 13, "end": t["end"] - 13} for t in exact["tasks"]]
    comparison = scored(text=text, tasks=moved, citations=[]).comparison
    assert comparison
    assert [u.span.of(SOURCE) for u in comparison.found.units] == [t["quote"] for t in gold()["tasks"]]
    assert [span.of(SOURCE) for span in comparison.lost] == ["TỈNH LAM SƠN"]
    lead, partner, deadline = comparison.expected.units[0].details
    assert [d.span and d.span.of(SOURCE) for d in (lead, partner, deadline)] == [
        "Sở Xây dựng", "Sở Tài chính", "trước ngày 15/3/2022"]
    assert comparison.units == {0: 0, 1: 1, 2: 2}


def test_quote_that_the_text_lacks() -> None:
    annotation = gold()
    annotation["tasks"][0]["quote"] = "Sở Y tế báo cáo."
    with pytest.raises(EvaluationError) as error:
        score(annotation, contract_of(gold(), SOURCE), SOURCE)
    assert error.value.code == "annotation_invalid"
    assert "Sở Y tế" in error.value.message("vi")


@pytest.mark.parametrize(("one", "other"), [
    ("UBND tỉnh", "Uỷ ban nhân dân tỉnh"),  # abbreviation, old tone
    ("các Sở, ban, ngành có liên quan", "sở ban ngành"),  # plural, tail, punctuation
    ("HĐND-UBND huyện", "Hội đồng nhân dân Ủy ban nhân dân huyện"),  # joined by a hyphen
    ("Bộ Kỹ thuật", "Bộ Kĩ thuật"),  # y as i
    ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),  # ampersand inside
])
def test_same_agency(one: str, other: str) -> None:
    assert agency_key(one) == agency_key(other)


@pytest.mark.parametrize(("one", "other"), [
    ("Sở Y tế", "Bộ Y tế"),
    ("Ủy ban nhân dân tỉnh", "Ủy ban nhân dân huyện"),
    ("Giám đốc Sở Y tế", "Sở Y tế"),
])
def test_other_agency(one: str, other: str) -> None:
    assert agency_key(one) != agency_key(other)


def test_keys_of_values() -> None:
    assert number_key(" 5 /NQ–hđnd") == "5/NQ-HĐND"
    assert number_key("") is number_key(None) is None
    assert words_key(None) == ""
    assert document_key("Thông tư số 4/2020/TT-BTC") == document_key("thông tư 4/2020/TT-BTC")


def test_bootstrap_over_documents() -> None:
    good, bad = Report(), Report()
    good.add("tasks", 10, 10, 10)
    bad.add("tasks", 0, 10, 10)
    intervals = bootstrap([good] * 6 + [bad] * 2, samples=400)
    assert intervals == bootstrap([good] * 6 + [bad] * 2, samples=400)
    low, high = intervals["tasks"]
    assert low < combine({str(i): r for i, r in enumerate([good] * 6 + [bad] * 2)}).tallies["tasks"].f1 < high
    assert bootstrap([good] * 8)["tasks"] == (1.0, 1.0)


def test_bootstrap_by_hand() -> None:
    """Two documents, one all right, one all wrong: a quarter of the draws is twice the one or twice the other."""
    good, bad = Report(), Report()
    good.add("tasks", 3, 3, 3)
    bad.add("tasks", 0, 3, 3)
    assert bootstrap([good, bad])["tasks"] == Interval(0.0, 1.0)
    assert bootstrap([good, bad], level=0.4)["tasks"] == Interval(0.5, 0.5)


def test_no_interval_where_nothing_can_vary() -> None:
    one = scored()
    assert bootstrap([]) == bootstrap([one]) == {}
    assert "products" not in bootstrap([one, one]), "nothing annotated, nothing found"


def test_few_items_are_not_claimed() -> None:
    assert [Tally(1, gold, 40).claimed for gold in (0, 29, 30)] == [False, False, True]
