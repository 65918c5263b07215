"""Fitting the weights of confidence, on records made up here and on the corpus."""
from __future__ import annotations

from pathlib import Path

import pytest

from chidao.evaluation import calibration
from chidao.evaluation.calibration import Judged, curve, fit, judged_records, left_out, table
from chidao.evaluation.folder import extract_annotated
from chidao.extraction.confidence import CONSTANT, RECORD_KINDS

CORPUS = Path(__file__).parents[2] / "corpus"


def records(directives: int = 4) -> list[Judged]:
    """Ten records a directive: those with the sign "good" are right, of the others every second."""
    return [Judged(d, frozenset({"good"} if n < 5 else {"odd"}), n < 5 or n % 2 == 0)
            for d in range(directives) for n in range(10)]


def test_a_sign_of_right_records_weighs_more() -> None:
    weights = fit(records())
    assert weights["good"] > 0 > weights["odd"]


def test_a_rare_sign_gets_no_weight() -> None:
    assert "rare" not in fit([*records(), Judged(0, frozenset({"rare"}), False)])


def test_chances_add_up_to_what_was_right() -> None:
    some = records()
    chances = left_out(some)
    assert sum(chances) == pytest.approx(sum(r.right for r in some), rel=0.02)


def test_what_is_said_of_a_directive_comes_from_the_others() -> None:
    others = records(3)
    alone = [Judged(9, frozenset({"odd"}), False) for _ in range(20)]
    changed = [Judged(9, frozenset({"odd"}), True) for _ in range(20)]
    assert left_out([*others, *alone])[-20:] == left_out([*others, *changed])[-20:]


def test_the_curve_counts_errors_among_the_least_sure() -> None:
    told = curve([.9, .8, .7, .6, .5, .4, .3, .2, .1, .05], [True] * 7 + [False, True, False])
    assert (told.records, told.wrong, told.upper_half, told.first_fifth) == (10, 2, 1.0, 0.5)
    assert [band.right for band in told.bands] == [1, 1, 1, 0.5, 0.5]


def test_a_curve_without_errors_has_no_share_of_them() -> None:
    assert curve([.9, .8], [True, True]).first_fifth is None


def test_the_corpus_gives_records_of_every_kind_and_a_table_that_reads_back() -> None:
    judged = judged_records(list(extract_annotated(CORPUS / "annotations", sources=[CORPUS / "directives", CORPUS / "sources"])))
    assert all(len(judged[kind]) > 20 for kind in RECORD_KINDS)
    rows = [line.split("\t") for line in table({kind: fit(judged[kind]) for kind in RECORD_KINDS}).splitlines()
            if not line.startswith("#")]
    assert rows[0] == ["record", "sign", "weight"]
    assert {row[0] for row in rows if row[1] == CONSTANT} == set(RECORD_KINDS)


def test_the_command_prints_the_curve_and_writes_the_table(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(calibration, "TABLE", tmp_path / "confidence.tsv")
    monkeypatch.setattr("sys.argv", ["calibration", str(CORPUS / "annotations"), "--sources", str(CORPUS / "directives"), "--sources", str(CORPUS / "sources"), "--write"])
    calibration.main()
    assert "upper half" in capsys.readouterr().out
    assert (tmp_path / "confidence.tsv").read_text("utf-8").count(CONSTANT) == len(RECORD_KINDS)
