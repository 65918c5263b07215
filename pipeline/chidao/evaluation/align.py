"""Compares two renditions of a text by their significant characters: no white space, no markup."""
from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import accumulate
from operator import itemgetter

from chidao.model import Span

_INSIGNIFICANT = re.compile(r"[\s*~|_\\]")
# Letters by sixes: short enough to meet again after one changed letter, long enough to be told apart.
_PIECE = re.compile(r"\d+|[^\W\d]{1,6}|\W")
_LEAST_RUN = 4
_LARGEST_GAP = 4_000_000


def significant(text: str) -> tuple[str, list[int]]:
    """The significant characters of `text` as NFC, and how many of them precede each offset of `text`.

    The list has one entry more than `text` has characters, so that ends can be looked up too.

    >>> significant("**Sở** Y")
    ('SởY', [0, 0, 0, 1, 2, 2, 2, 2, 3])
    """
    if unicodedata.is_normalized("NFC", text) and not any(map(unicodedata.combining, text)):
        kept = [not _INSIGNIFICANT.match(char) for char in text]
        return "".join(c for c, keep in zip(text, kept, strict=True) if keep), list(accumulate(kept, initial=0))
    characters: list[str] = []
    before: list[int] = []
    for cluster in _clusters(text):
        before += [len(characters)] * len(cluster)
        characters += (c for c in unicodedata.normalize("NFC", cluster) if not _INSIGNIFICANT.match(c))
    return "".join(characters), [*before, len(characters)]


def _clusters(text: str) -> Iterator[str]:
    """A character with the combining marks that follow it, one after the other."""
    starts = [i for i, char in enumerate(text) if i == 0 or not unicodedata.combining(char)]
    return (text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True))


class Alignment:
    """Which characters of `extracted` are which of `source` (both as `significant` gives them).

    `kept` is the number of characters that both have.
    """

    def __init__(self, source: str, extracted: str) -> None:
        self._size = len(source)
        self._runs = [run for run in _common_runs(source, extracted) if run[2]]
        self._starts = [run[0] for run in self._runs]
        self._ends = [run[0] + run[2] for run in self._runs]
        self.kept = sum(run[2] for run in self._runs)
        self._same = source == extracted

    def span(self, start: int, end: int) -> Span:
        """From the first to the last character of ``[start, end)`` that the source has too, as its offsets.

        Empty, at the next known place, where the source has none of them.
        """
        if self._same:
            return Span(start, end)
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
        if first > last or start >= end:
            at = self._source_of(first, start) if first < len(self._runs) else self._size
            return Span(at, at)
        return Span(self._source_of(first, start), self._source_of(last, end - 1) + 1)

    def lost(self) -> Iterator[Span]:
        """The stretches of the source that are not in the extracted text, in order."""
        reached = 0
        for _, start, size in [*sorted(self._runs, key=itemgetter(1)), (0, self._size, 0)]:
            if start > reached:
                yield Span(reached, start)
            reached = max(reached, start + size)

    def _source_of(self, run: int, at: int) -> int:
        """The source offset of `at`, drawn to the nearest end of the run where `at` lies outside of it."""
        extracted_start, source_start, size = self._runs[run]
        return source_start + min(max(at - extracted_start, 0), size - 1)


def _common_runs(source: str, extracted: str) -> Iterator[tuple[int, int, int]]:
    """Start in `extracted`, start in `source` and length of each common stretch, in order."""
    if source == extracted:
        yield 0, 0, len(source)
        return
    ours, theirs = _pieces(source), _pieces(extracted)
    blocks = SequenceMatcher(None, [p for p, _ in ours], [p for p, _ in theirs], autojunk=False).get_matching_blocks()
    source_done = extracted_done = 0
    for block in blocks:
        source_at = _offset(ours, block.a, len(source))
        extracted_at = _offset(theirs, block.b, len(extracted))
        yield from _runs_in_gap(source[source_done:source_at], extracted[extracted_done:extracted_at],
                                source_done, extracted_done)
        source_done = _offset(ours, block.a + block.size, len(source))
        extracted_done = extracted_at + source_done - source_at
        yield extracted_at, source_at, source_done - source_at


def _pieces(text: str) -> list[tuple[str, int]]:
    return [(m.group(), m.start()) for m in _PIECE.finditer(text)]


def _offset(pieces: list[tuple[str, int]], index: int, size: int) -> int:
    return pieces[index][1] if index < len(pieces) else size


def _runs_in_gap(lost: str, new: str, source_at: int, extracted_at: int) -> Iterator[tuple[int, int, int]]:
    """What two differing stretches still share: the same beginning, the same end, runs of some length."""
    if not lost or not new or len(lost) * len(new) > _LARGEST_GAP:
        return
    for m in SequenceMatcher(None, lost, new, autojunk=False).get_matching_blocks():
        at_begin = m.a == m.b == 0
        at_end = (m.a + m.size, m.b + m.size) == (len(lost), len(new))
        if m.size >= _LEAST_RUN or at_begin or at_end:
            yield extracted_at + m.b, source_at + m.a, m.size
