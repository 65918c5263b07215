"""Our figures are those of the reference scorer, to the last digit."""
from __future__ import annotations

import importlib.util
import json
import sys
import unicodedata
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from perturb import contract_of, perturb

from chidao.evaluation import combine, score
from chidao.evaluation.folder import find_annotations, read_annotation

SEEDS = range(3)


@pytest.fixture(scope="module")
def reference(real_data: Path) -> ModuleType:
    """The scorer that lies beside the annotated directives."""
    spec = importlib.util.spec_from_file_location("reference_scorer", real_data / "gold" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    dont_write, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    spec.loader.exec_module(module)
    sys.dont_write_bytecode = dont_write
    return module


@pytest.fixture(scope="module")
def annotated(real_data: Path) -> list[tuple[dict[str, Any], str]]:
    """Annotations with their source texts."""
    return [(read_annotation(path), source.read_text("utf-8"))
            for path, source in find_annotations(real_data / "gold")]


def figures_of(reference: ModuleType, cases: list[tuple[dict[str, Any], dict[str, Any], str]]) -> dict[str, Any]:
    report = reference.Report()
    for gold, extracted, source in cases:
        reference.score(gold, extracted, unicodedata.normalize("NFC", source), report)
    return {name: tally.figures() for name, tally in report.tallies.items()}


def test_exact_extraction_is_right_in_all(annotated: list[tuple[dict[str, Any], str]]) -> None:
    report = combine({gold["source"]: score(gold, contract_of(gold, source), source) for gold, source in annotated})
    assert {name: f["f1"] for name, f in report.figures().items()} == dict.fromkeys(report.tallies, 1.0)
    assert report.misses == []


@pytest.mark.parametrize("seed", SEEDS)
def test_same_figures(reference: ModuleType, annotated: list[tuple[dict[str, Any], str]], seed: int) -> None:
    cases = [(gold, perturb(contract_of(gold, source), seed), source) for gold, source in annotated]
    ours = combine({gold["source"]: score(gold, extracted, source) for gold, extracted, source in cases})
    theirs = figures_of(reference, cases)
    assert ours.figures() == theirs
    assert list(ours.tallies) == list(theirs)
    below = {name for name, f in ours.figures().items() if f["f1"] < 1}
    assert below == set(ours.tallies), "the damage reaches every row"


def test_same_printed_lines(
        reference: ModuleType, annotated: list[tuple[dict[str, Any], str]], real_data: Path, tmp_path: Path,
        capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    gold, source = annotated[0]
    extracted = perturb(contract_of(gold, source), 11)
    (tmp_path / "extracted.json").write_text(json.dumps(extracted), "utf-8")
    annotation = real_data / "gold" / f"{Path(gold['source']).stem}.json"
    monkeypatch.setattr(sys, "argv", ["score.py", str(annotation), str(tmp_path / "extracted.json")])
    reference.main()
    assert capsys.readouterr().out.rstrip("\n") == score(gold, extracted, source).table()
