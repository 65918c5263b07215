"""Each miss with its anchor on the page, in the order in which a reader comes by it."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from chidao.evaluation.page.markup import Html, fill
from chidao.evaluation.page.words import Words
from chidao.evaluation.report import Comparison, Mark, Miss, Report
from chidao.evaluation.sides import HEADER_FIELDS, HEADER_LISTS, Side

_ORDER = (*HEADER_FIELDS, *HEADER_LISTS)


@dataclass(frozen=True, slots=True)
class Case:
    """A miss and where the page shows it."""

    anchor: str
    miss: Miss


@dataclass(frozen=True, slots=True)
class Scored:
    """A directive on the page: its report and its cases in order."""

    anchor: str
    name: str
    report: Report
    comparison: Comparison
    cases: tuple[Case, ...]


def scored(number: int, name: str, report: Report) -> Scored:
    """The directive `number` of the page; ValueError where its report has no comparison."""
    if report.comparison is None:
        raise ValueError(f"no comparison: {name}")
    comparison = report.comparison
    misses = sorted(report.misses, key=lambda miss: _position(miss.at[0], comparison))
    return Scored(f"d{number}", name, report, comparison,
                  tuple(Case(f"d{number}-m{i}", miss) for i, miss in enumerate(misses, 1)))


def _position(mark: Mark, comparison: Comparison) -> tuple[int, int]:
    """The header comes first, then relations, then what stands in the text."""
    if mark.item == "header":
        return 0, _ORDER.index(mark.part)
    if mark.item in ("text", "relation"):
        return 1, 0
    side: Side = comparison.expected if mark.side == "expected" else comparison.found
    items = side.units if mark.item == "unit" else side.citations
    return 2, items[mark.number].span.start


class Flags:
    """What is said at a mark that is part of a miss: the kind, and the way to the misses before and after."""

    def __init__(self, cases: Sequence[Case], words: Words) -> None:
        self._words = words
        self._cases: dict[Mark, list[Case]] = {}
        for case in cases:
            for mark in case.miss.at:
                self._cases.setdefault(mark, []).append(case)
        anchors = [case.anchor for case in cases]
        self._before: Mapping[str, str] = {this: last for last, this in pairwise(anchors)}
        self._after: Mapping[str, str] = dict(pairwise(anchors))
        self._shown: set[str] = set()

    def wrong(self, mark: Mark) -> bool:
        """Whether a miss refers to `mark`."""
        return mark in self._cases

    def at(self, mark: Mark) -> list[Html]:
        """The flags of `mark`; the first flag of a miss is the one that links lead to."""
        return [self._flag(case) for case in self._cases.get(mark, ())]

    def _flag(self, case: Case) -> Html:
        kind = case.miss.kind
        said = {"kind": kind, "name": self._words.kind(kind), "meaning": self._words.meaning(kind)}
        if case.anchor in self._shown:
            return fill("flag_again", **said)
        self._shown.add(case.anchor)
        ways = (("previous", "‹", self._before), ("next", "›", self._after))
        steps = [fill("step", anchor=way[case.anchor], title=self._words(title), sign=sign)
                 for title, sign, way in ways if case.anchor in way]
        return fill("flag", anchor=case.anchor, steps=steps, **said)
