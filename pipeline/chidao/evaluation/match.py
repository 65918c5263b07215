"""Pairs annotated spans with found ones by how much they share."""
from __future__ import annotations

from collections.abc import Sequence

from chidao.model import Span


def overlap(a: Span, b: Span) -> float:
    """The shared part of the stretch that both cover, 0 to 1.

    >>> overlap(Span(0, 8), Span(2, 10))
    0.6
    """
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared / (max(a.end, b.end) - min(a.start, b.start)) if shared > 0 else 0.0


def share(part: Span, whole: Span) -> float:
    """How much of `part` lies in `whole`, 0 to 1.

    >>> share(Span(2, 6), Span(5, 40))
    0.25
    """
    shared = min(part.end, whole.end) - max(part.start, whole.start)
    return shared / (part.end - part.start) if shared > 0 else 0.0


def match(gold: Sequence[Span], found: Sequence[Span], *, at_least: float) -> dict[int, int]:
    """Index in `gold` to index in `found`, one to one: the best overlap first, down to `at_least`.

    Of equal overlaps the later spans are paired first. In the order in which the pairs were made.
    """
    candidates = sorted(((overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)
                         if g.start < f.end and f.start < g.end), reverse=True)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for share, i, j in candidates:
        if share < at_least:
            break
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs
