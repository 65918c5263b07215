"""Annotations of a folder and their source files."""
from __future__ import annotations

import json
from pathlib import Path

import pytest
from lam_son import SOURCE, gold

from chidao.evaluation import EvaluationError, check, evaluate_folder
from chidao.evaluation.folder import find_annotations


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    annotations = tmp_path / "annotations"
    annotations.mkdir()
    (annotations / "lam-son.json").write_text(json.dumps(gold()), "utf-8")
    return annotations


@pytest.mark.parametrize("place", ["annotations", "annotations/sources", "seeds", "sources"])
def test_source_is_found_nearby(folder: Path, place: str) -> None:
    source = folder.parent / place / "lam-son.txt"
    source.parent.mkdir(exist_ok=True)
    source.write_text(SOURCE, "utf-8")
    assert list(find_annotations(folder)) == [(folder / "lam-son.json", source)]


def test_named_sources_come_first(folder: Path, tmp_path: Path) -> None:
    for name in ("elsewhere", "sources"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "lam-son.txt").write_text(SOURCE, "utf-8")
    assert [s for _, s in find_annotations(folder, sources=[tmp_path / "elsewhere"])] == [
        tmp_path / "elsewhere" / "lam-son.txt"]


def test_evaluates_from_the_file(folder: Path) -> None:
    (folder / "lam-son.txt").write_text(SOURCE, "utf-8")
    steps: list[tuple[int, int, str]] = []
    report = evaluate_folder(folder, on_progress=lambda *step: steps.append(step))
    assert steps == [(1, 1, "lam-son.txt")]
    assert report.figures() == report.per_document["lam-son.txt"].figures()
    assert report.tallies["text kept"].f1 == 1
    assert report.tallies["tasks"].gold == 3


def test_absent_source(folder: Path) -> None:
    with pytest.raises(EvaluationError, match=r"lam-son\.txt"):
        evaluate_folder(folder)


@pytest.mark.parametrize("content", ["{", "[]", '{"source": "a.txt"}'])
def test_damaged_annotation(folder: Path, content: str) -> None:
    (folder / "lam-son.json").write_text(content, "utf-8")
    with pytest.raises(EvaluationError) as error:
        evaluate_folder(folder)
    assert error.value.code == "annotation_invalid"


def test_folder_without_annotations(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError) as error:
        evaluate_folder(tmp_path)
    assert error.value.code == "annotation_missing"


def test_check_finds_nothing_in_a_sound_annotation() -> None:
    assert check(gold(), SOURCE) == ()


@pytest.mark.parametrize(("part", "change", "what"), [
    ("citations", {"quote": "Nghị định số 1"}, "quote not in the source text"),
    ("citations", {"quote": "Sở Xây dựng", "nth": 2}, "quote occurs 1 times"),
    ("citations", {"quote": "cây"}, "quote occurs 3 times and has no nth"),
    ("citations", {"relation": "guides"}, "unknown relation"),
    ("citations", {"date": "2022-02-30"}, "no such date"),
    ("citations", {"year": 2021}, "year is not the date's"),
    ("citations", {"number": None, "date": None}, "neither number, name nor date"),
    ("tasks", {"quote": " Sở Xây dựng"}, "quote empty, or with outer white space"),
    ("tasks", {"kind": "duty"}, "unknown kind"),
    ("tasks", {"lead_source": "none"}, "lead_source none with leads"),
    ("tasks", {"coordinating": ["sở xây dựng"]}, "both leads and coordinates"),
    ("tasks", {"deadlines": [{"quote": "ngày 15/3/2022", "kind": "until", "value": "2022-03-15"}]}, "unknown kind"),
    ("tasks", {"deadlines": [{"quote": "ngày 15/3/2022", "kind": "by", "value": "15/3/2022"}]},
     "no value of a by deadline"),
    ("tasks", {"deadlines": [{"quote": "ngày 10/01/2022", "kind": "by", "value": "2022-01-10"}]},
     "stands inside its task and says outside, or the other way round"),
])
def test_check_names_the_fault(part: str, change: dict[str, object], what: str) -> None:
    annotation = gold()
    annotation[part][0] |= change
    assert what in [fault.what for fault in check(annotation, SOURCE)]


def test_check_sees_wrong_order_and_relations() -> None:
    annotation = gold()
    annotation["tasks"].reverse()
    annotation["relations"] = [{"from": "Luật A", "type": "mentions", "to": "Luật A"}]
    assert {fault.what for fault in check(annotation, SOURCE)} == {
        "overlaps the task before it, or stands before it", "unknown type", "a document with itself"}


def test_check_passes_the_corpus(corpus: Path) -> None:
    annotations = list(find_annotations(corpus / "annotations"))
    assert len(annotations) >= 12
    for path, source in annotations:
        assert check(json.loads(path.read_text("utf-8")), source.read_text("utf-8")) == (), path.name


def test_check_passes_the_annotated_directives(real_data: Path) -> None:
    for path, source in find_annotations(real_data / "gold"):
        assert check(json.loads(path.read_text("utf-8")), source.read_text("utf-8")) == ()
