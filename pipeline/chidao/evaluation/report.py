"""What scoring gives: counts, the figures made of them, and each miss in words."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from chidao.evaluation.sides import Side, SideName
from chidao.model import Span

Figure = dict[str, float]

CLAIMED_FROM = 30
"""A figure over fewer annotated items is shown, not claimed."""


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

    @property
    def claimed(self) -> bool:
        """Whether enough was annotated for the figure to say something."""
        return self.gold >= CLAIMED_FROM

    def figure(self) -> Figure:
        """The rates and the counts by name."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1,
                "hit": self.hit, "gold": self.gold, "found": self.found}

    def _rates(self) -> tuple[float, float]:
        precision = self.hit / self.found if self.found else float(not self.gold)
        return precision, self.hit / self.gold if self.gold else 1.0


class Mark(NamedTuple):
    """One thing that a side says: a field of the header, a relation, a citation or unit (`number` from 0).

    `part` and `key` name a detail of a unit; they are empty where the whole unit is meant.
    """

    side: SideName
    item: Literal["text", "header", "citation", "relation", "unit"]
    number: int = 0
    part: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference between annotation and extraction.

    `kind` is a code of `knowledge/miss_kinds.tsv`, `figure` the row of the report that it counts in, `place` the
    words of the text it stands at; `want` is what one side alone has, or has otherwise, `got` the other. `at` names
    the marks of the comparison that differ.
    """

    kind: str
    figure: str
    place: str = ""
    want: str | None = None
    got: str | None = None
    at: tuple[Mark, ...] = ()

    def __str__(self) -> str:
        place = f" {self.place[:90]!r}" if self.place else ""
        values = ", ".join(f"{which} {value[:160]}" for which, value in (("want", self.want), ("got", self.got))
                           if value is not None)
        return f"{self.kind}{place}{': ' if values else ''}{values}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides of one directive on the annotated text.

    `units` and `citations` pair them: index of the expected to that of the found. `lost` are the stretches
    that the extracted text lacks.
    """

    text: str
    expected: Side
    found: Side
    units: Mapping[int, int]
    citations: Mapping[int, int]
    lost: tuple[Span, ...] = ()


@dataclass(slots=True)
class Report:
    """Tallies by figure, and misses; `per_document` by name of the source where several were scored.

    `comparison` is what the misses of one directive refer to; None where several were scored.
    """

    tallies: dict[str, Tally] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    per_document: dict[str, Report] = field(default_factory=dict)
    comparison: Comparison | None = None

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
