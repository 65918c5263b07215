"""Brings annotated quotes and extracted offsets into one count, that of the annotated text."""
from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chidao.errors import ChidaoError
from chidao.evaluation.align import Alignment, significant
from chidao.model import Span

Item = Mapping[str, Any]


class EvaluationError(ChidaoError):
    """Annotations that can't be scored: no source text, another format, a quote that the text lacks."""


class Frame:
    """The annotated text `source` and the extracted `text`.

    A *span* counts code points of `source`, an *extent* its significant characters: what is compared.
    """

    def __init__(self, source: str, text: str) -> None:
        self.source, self.text = unicodedata.normalize("NFC", source), text
        self.source_characters, self._source_before = significant(self.source)
        self.text_characters, self._text_before = significant(text)
        self.alignment = Alignment(self.source_characters, self.text_characters)

    def annotated(self, items: Sequence[Item]) -> Iterator[Span]:
        """Where the quotes stand; one without ``nth`` is looked for from the quote before it on."""
        cursor = 0
        for item in items:
            quote = unicodedata.normalize("NFC", item["quote"])
            cursor = self._place(quote, item.get("nth"), cursor)
            yield Span(cursor, cursor + len(quote))

    def _place(self, quote: str, nth: int | None, cursor: int) -> int:
        at = nth_occurrence(self.source, quote, nth) if nth else self.source.find(quote, cursor)
        if at < 0 and not nth:
            at = self.source.find(quote)
        if at < 0:
            raise EvaluationError("annotation_invalid", f"quote not in the source text: {quote[:80]!r}")
        return at

    def extent(self, span: Span) -> Span:
        """The significant characters of `span`."""
        return Span(self._source_before[span.start], self._source_before[span.end])

    def found(self, item: Item) -> Span:
        """The extent of an extracted item."""
        return self.alignment.span(self._text_before[item["start"]], self._text_before[item["end"]])

    def span(self, extent: Span) -> Span:
        """From the first to the last character of `extent`, without the white space and markup around them."""
        start = bisect_right(self._source_before, extent.start) - 1
        while start and start < len(self.source) and unicodedata.combining(self.source[start]):
            start -= 1
        return Span(start, max(start, bisect_left(self._source_before, extent.end)))

    def lost(self) -> tuple[Span, ...]:
        """The stretches of the source that the extracted text lacks."""
        return tuple(self.span(extent) for extent in self.alignment.lost())

    def words(self, item: Item) -> str:
        """The words of an extracted item."""
        return self.text[item["start"]:item["end"]]


def nth_occurrence(text: str, words: str, nth: int) -> int:
    """The start of the `nth` (from 1) of the non-overlapping occurrences of `words`, -1 where there are fewer.

    >>> nth_occurrence("Sở Y tế, Sở Nội vụ", "Sở", 2)
    9
    """
    at = -len(words)
    for _ in range(nth):
        at = text.find(words, at + len(words))
        if at < 0:
            return -1
    return at
