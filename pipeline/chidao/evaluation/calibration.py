"""Fits the weights of confidence on annotated directives, and tells how far the chances can be trusted.

    python -m chidao.evaluation.calibration GOLD_DIR [GOLD_DIR …] [--sources DIR] [--write]

prints the curve of each kind of record with chances from leave-one-directive-out: what is said of a directive comes
from the others alone. `--write` fits on all and rewrites `knowledge/confidence.tsv`. Several folders: the curve of
the first is printed apart, too.
"""
from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chidao.evaluation.folder import Annotated, extract_annotated
from chidao.evaluation.keys import agency_key
from chidao.evaluation.sides import deadline_key, same_document
from chidao.export.contract import to_contract
from chidao.extraction.confidence import CONSTANT, RECORD_KINDS, RecordKind, signs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

TABLE = Path(__file__).parent.parent / "knowledge" / "confidence.tsv"
_PENALTY = 2.0  # of the squares of the weights (ridge); 10 and 30 told right from wrong less well
_RARE = 10      # a sign of fewer records gets no weight
_HEAD = """\
# How much each sign speaks for a finding (log odds), fitted on annotated directives by chidao.evaluation.calibration.
# A finding's chance to be right is the logistic function of the sum; what the signs mean: extraction/confidence.py.
record\tsign\tweight
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A record that was found in the annotated `directive` (counted from 0), and whether the annotation has it."""

    directive: int
    signs: frozenset[str]
    right: bool


@dataclass(frozen=True, slots=True)
class Band:
    """A fifth of the records, the surest first: the mean of their chances, and the share that is right."""

    chance: float
    right: float


@dataclass(frozen=True, slots=True)
class Curve:
    """`upper_half`: share right among the surer half. `first_fifth`: share of all errors in the least sure fifth."""

    records: int
    wrong: int
    upper_half: float
    first_fifth: float | None
    bands: tuple[Band, ...]


def judged_records(annotated: Sequence[Annotated]) -> dict[RecordKind, list[Judged]]:
    """Every task, lead, deadline and full citation that was found, held against the annotations.

    A lead or deadline of a task that no annotation has is wrong.
    """
    judged: dict[RecordKind, list[Judged]] = {kind: [] for kind in RECORD_KINDS}
    for i, one in enumerate(annotated):
        found = signs(one.directive)
        full = [n for n, c in enumerate(one.directive.citations) if c.form == "full"]
        found["citation"] = [found["citation"][n] for n in full]
        for kind, rights in _rights(one).items():
            judged[kind] += [Judged(i, s, right) for s, right in zip(found[kind], rights, strict=True)]
    return judged


def _rights(one: Annotated) -> dict[RecordKind, list[bool]]:
    comparison, contract = one.comparison, to_contract(one.directive)
    unit_of = {found: comparison.expected.units[gold] for gold, found in comparison.units.items()}
    cited = {found: comparison.expected.citations[gold] for gold, found in comparison.citations.items()}
    leads: list[bool] = []
    deadlines: list[bool] = []
    for i, task in enumerate(contract["tasks"]):
        led, due = (unit_of[i].keys("lead"), unit_of[i].keys("deadline")) if i in unit_of else ([], [])
        leads += [agency_key(lead["name"]) in led for lead in task["leads"]]
        deadlines += [deadline_key(d) in due for d in task["deadlines"]]
    return {
        "task": [i in unit_of for i in range(len(contract["tasks"]))],
        "lead": leads, "deadline": deadlines,
        "citation": [i in cited and same_document(cited[i], mention)
                     for i, mention in enumerate(comparison.found.citations)],
    }


def fit(records: Sequence[Judged]) -> dict[str, float]:
    """Weights of the signs, in log odds, by ridge logistic regression; with the constant under `CONSTANT`."""
    import numpy as np

    seen = Counter(sign for record in records for sign in record.signs)
    names = sorted(sign for sign, times in seen.items() if times >= _RARE)
    x = np.array([[1.0, *(float(name in record.signs) for name in names)] for record in records])
    y = np.array([float(record.right) for record in records])
    penalty = np.diag([1e-3, *[_PENALTY] * len(names)])
    weights = np.zeros(len(names) + 1)
    for _ in range(50):  # Newton's steps; ten are usual
        chances = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (chances - y) + penalty @ weights
        step = np.linalg.solve((x.T * (chances * (1 - chances))) @ x + penalty, slope)
        weights -= step
        if abs(step).max() < 1e-6:
            break
    return dict(zip((CONSTANT, *names), weights.tolist(), strict=True))


def left_out(records: Sequence[Judged]) -> list[float]:
    """A chance for each record, from weights that were fitted without its directive."""
    weights = {i: fit([r for r in records if r.directive != i]) for i in {r.directive for r in records}}
    return [_chance(weights[r.directive], r.signs) for r in records]


def _chance(weights: Mapping[str, float], found: frozenset[str]) -> float:
    from math import exp

    return 1 / (1 + exp(-weights[CONSTANT] - sum(weights.get(sign, 0.0) for sign in found)))


def curve(chances: Sequence[float], rights: Sequence[bool], *, bands: int = 5) -> Curve:
    """How well the chances tell right from wrong.

    >>> curve([.9, .8, .7, .6, .5], [True, True, True, True, False]).first_fifth
    1.0
    """
    order = sorted(range(len(chances)), key=lambda i: -chances[i])
    ranked = [rights[i] for i in order]
    size = len(order)
    cuts = [size * i // bands for i in range(bands + 1)]
    wrong = ranked.count(False)
    half, fifth = ranked[:size // 2], ranked[size - size // 5:]
    return Curve(
        size, wrong, sum(half) / max(1, len(half)), fifth.count(False) / wrong if wrong else None,
        tuple(Band(sum(chances[i] for i in order[a:b]) / (b - a), sum(ranked[a:b]) / (b - a))
              for a, b in pairwise(cuts) if b > a))


def table(weights: Mapping[RecordKind, Mapping[str, float]]) -> str:
    """The weights as `knowledge/confidence.tsv` holds them."""
    return _HEAD + "".join(f"{kind}\t{sign}\t{value:.2f}\n" for kind in RECORD_KINDS
                           for sign, value in sorted(weights[kind].items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="GOLD_DIR")
    parser.add_argument("--sources", action="append", type=Path, default=[], metavar="DIR")
    parser.add_argument("--write", action="store_true", help=f"rewrite {TABLE.name} with weights fitted on all")
    args = parser.parse_args()
    sets = [list(extract_annotated(folder, sources=args.sources)) for folder in args.folders]
    judged = judged_records([one for annotated in sets for one in annotated])
    for line in _told(judged, first=len(sets[0]) if len(sets) > 1 else 0):
        print(line)
    if args.write:
        TABLE.write_text(table({kind: fit(records) for kind, records in judged.items()}), "utf-8")


def _told(judged: Mapping[RecordKind, Sequence[Judged]], *, first: int) -> Iterator[str]:
    yield f"{'':20}{'records':>8}{'wrong':>7}{'upper half':>12}{'first fifth':>12}   chance/right by fifths"
    for kind, records in judged.items():
        chances = left_out(records)
        for name, chosen in ((kind, range(len(records))),
                             (f"{kind}, first set", [i for i, r in enumerate(records) if r.directive < first])):
            if chosen:
                told = curve([chances[i] for i in chosen], [records[i].right for i in chosen])
                fifth = "-" if told.first_fifth is None else f"{told.first_fifth:.2f}"
                bands = "  ".join(f"{b.chance:.2f}/{b.right:.3f}" for b in told.bands)
                yield f"{name:20}{told.records:8}{told.wrong:7}{told.upper_half:12.3f}{fifth:>12}   {bands}"


if __name__ == "__main__":
    main()
