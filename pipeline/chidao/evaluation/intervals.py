"""How far figures would move with other directives of the same kind: intervals by bootstrap over documents."""
from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from chidao.evaluation.report import Report, Tally


class Interval(NamedTuple):
    """Lower and upper bound of an F1."""

    low: float
    high: float


def bootstrap(per_document: Sequence[Report], *, samples: int = 1000, level: float = 0.95,
              seed: int = 20210617) -> dict[str, Interval]:
    """Interval of each figure's F1 when whole documents are drawn with replacement.

    Documents, not items, are drawn: items of one document stand or fall together. The same seed gives
    the same intervals. Empty with fewer than two documents, which can't tell how documents differ.
    """
    if len(per_document) < 2:
        return {}
    draw = random.Random(seed)
    drawn = [draw.choices(range(len(per_document)), k=len(per_document)) for _ in range(samples)]
    names = dict.fromkeys(name for report in per_document for name in report.tallies)
    values = {name: _f1s([report.tallies.get(name, Tally()) for report in per_document], drawn) for name in names}
    return {name: _middle(sorted(f1s), level) for name, f1s in values.items() if f1s}


def _f1s(tallies: Sequence[Tally], drawn: Sequence[Sequence[int]]) -> list[float]:
    """The F1 of each sample in which there was something to find or found."""
    hits, golds, founds = [t.hit for t in tallies], [t.gold for t in tallies], [t.found for t in tallies]
    if hits == golds == founds:
        return [1.0] * len(drawn) if any(golds) else []
    sums = (Tally(*(sum(map(counts.__getitem__, sample)) for counts in (hits, golds, founds))) for sample in drawn)
    return [tally.f1 for tally in sums if tally.gold or tally.found]


def _middle(ordered: Sequence[float], level: float) -> Interval:
    """The middle part of `ordered` that holds `level` of its values."""
    tail = (1 - level) / 2
    last = len(ordered) - 1
    return Interval(ordered[round(tail * last)], ordered[round((1 - tail) * last)])
