"""What scoring gives: counts, the figures made of them, and each miss in words."""
from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Figure = dict[str, float]
MissKind = Literal["missed", "invented", "differs"]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were right, of how many annotated and how many found; rates to four places."""

    hit: int = 0
    gold: int = 0
    found: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hit + other.hit, self.gold + other.gold, self.found + other.found)

    @property
    def precision(self) -> float:
        """The right part of what was found; 1 where nothing was found and nothing was to be found."""
        return round(self._rates()[0], 4)

    @property
    def recall(self) -> float:
        """The found part of what was annotated; 1 where nothing was."""
        return round(self._rates()[1], 4)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        precision, recall = self._rates()
        return round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0

    def figure(self) -> Figure:
        """The rates and the counts by name."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1,
                "hit": self.hit, "gold": self.gold, "found": self.found}

    def _rates(self) -> tuple[float, float]:
        precision = self.hit / self.found if self.found else float(not self.gold)
        return precision, self.hit / self.gold if self.gold else 1.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference between annotation and extraction.

    `figure` is the row of the report that it counts in, `place` the words of the text it stands at.
    """

    figure: str
    kind: MissKind
    place: str = ""
    want: str | None = None
    got: str | None = None

    def __str__(self) -> str:
        place = f" {self.place[:90]!r}" if self.place else ""
        values = f": want {self.want}, got {self.got}" if self.want is not None or self.got is not None else ""
        return f"{self.figure} {self.kind}{place}{values}"


@dataclass(slots=True)
class Report:
    """Tallies by figure, and misses; `per_document` by name of the source where several were scored."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    per_document: dict[str, Report] = field(default_factory=dict)

    def add(self, figure: str, hit: int, gold: int, found: int) -> None:
        """Counts towards `figure`."""
        self.tallies[figure] = self.tallies.get(figure, Tally()) + Tally(hit, gold, found)

    def figures(self) -> dict[str, Figure]:
        """Figure by name: precision, recall, f1, hit, gold, found."""
        return {name: tally.figure() for name, tally in self.tallies.items()}

    def table(self) -> str:
        """The figures as lines to print."""
        return "\n".join(f"{name:24} P {t.precision:.3f}  R {t.recall:.3f}  F1 {t.f1:.3f}   "
                         f"({t.hit} of {t.gold} gold, {t.found} found)" for name, t in self.tallies.items())


def combine(per_document: Mapping[str, Report]) -> Report:
    """One report over many documents: counts are summed, each document's report is kept."""
    total = Report(per_document=dict(per_document))
    for report in per_document.values():
        total.misses += report.misses
        for name, tally in report.tallies.items():
            total.tallies[name] = total.tallies.get(name, Tally()) + tally
    return total


class Interval(NamedTuple):
    """Lower and upper bound of an F1."""

    low: float
    high: float


def bootstrap(per_document: Sequence[Report], *, samples: int = 1000, level: float = 0.95,
              seed: int = 20210617) -> dict[str, Interval]:
    """Interval of each figure's F1 when whole documents are drawn with replacement.

    Documents, not items, are drawn: items of one document stand or fall together. The same seed gives
    the same intervals. Empty without documents.
    """
    if not per_document:
        return {}
    draw = random.Random(seed)
    names = list(dict.fromkeys(name for report in per_document for name in report.tallies))
    drawn: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(samples):
        sample = draw.choices(per_document, k=len(per_document))
        for name in names:
            tally = sum((report.tallies.get(name, Tally()) for report in sample), Tally())
            if tally.gold or tally.found:
                drawn[name].append(tally.f1)
    return {name: _middle(sorted(values), level) for name, values in drawn.items() if values}


def _middle(ordered: list[float], level: float) -> Interval:
    """The middle part of `ordered` that holds `level` of its values."""
    tail = (1 - level) / 2
    last = len(ordered) - 1
    return Interval(ordered[round(tail * last)], ordered[round((1 - tail) * last)])
