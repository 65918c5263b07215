"""Spans beside spans."""
from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from chidao.model import Span


def overlaps(span: Span, others: Sequence[Span]) -> bool:
    """Whether `span` has a character in common with one of `others`, which are in order and apart.

    >>> overlaps(Span(3, 5), [Span(0, 3), Span(4, 9)]), overlaps(Span(3, 5), [Span(0, 3), Span(5, 9)])
    (True, False)
    """
    at = bisect_left(others, (span.start, 0))
    return any(o.start < span.end and span.start < o.end for o in others[max(0, at - 1):at + 1])
