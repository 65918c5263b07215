"""Figures worked out by hand on a small directive."""
from __future__ import annotations

from typing import Any

import pytest
from lam_son import SOURCE, gold
from perturb import contract_of

from chidao.evaluation import EvaluationError, Miss, Report, Tally, bootstrap, combine, score
from chidao.evaluation.keys import agency_key, document_key, number_key, words_key

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
        "tasks missed 'Phấn đấu 90% tuyến đường có cây xanh.'", "tasks invented 'ỦY BAN NHÂN DÂ'"]
    assert Miss("header", "differs", "title", "Trồng cây ven đường", "Trồng cây") in report.misses


def test_joined_lines_and_lost_words_keep_the_tasks() -> None:
    text = SOURCE.replace("TỈNH LAM SƠN\n", "").replace("\n", " ")
    exact = contract_of(gold(), SOURCE)
    moved = [{**t, "start": t["start"] - 13, "end": t["end"] - 13} for t in exact["tasks"]]
    report = scored(text=text, tasks=moved, citations=[])
    assert report.tallies["tasks, nine tenths"] == Tally(3, 3, 3)
    kept = report.tallies["text kept"]
    assert (kept.hit, kept.gold - kept.hit) == (kept.found, len("TỈNHLAMSƠN"))


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
    assert bootstrap([]) == {}
