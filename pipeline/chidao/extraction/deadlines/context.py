"""What the finders of deadlines share: the record they pass on, the text they read, and the tables of words."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from chidao import knowledge
from chidao.model import DeadlineKind, Span

GAP = "\x00"
CLOCK = r"\d{1,2}\s*(?:giờ|h|g|:)\s*(?:\d{2})?(?:\s*phút)?"
_CLAUSE_END = re.compile(r"[,;.:)\n|](?!\d)")
_LOOK_BACK, _LOOK_AHEAD = 120, 60


class Context(NamedTuple):
    """What is known of the directive, and whether the text is a deadline cell, where bare forms count."""

    issued: str | None
    year: int | None
    cell: bool

    @property
    def known_from(self) -> str | None:
        """The day before which nothing is ordered any more."""
        return self.issued or (f"{self.year}-01-01" if self.year else None)


class Found(NamedTuple):
    """A deadline before it is handed out."""

    span: Span
    kind: DeadlineKind
    value: str
    rrule: str | None = None
    working_days: bool = False


def without(text: str, spans: Sequence[Span]) -> str:
    """`text` with the spans blotted out by a character that no pattern knows."""
    for start, end in spans:
        text = text[:start] + GAP * (min(end, len(text)) - start) + text[end:]
    return text


def only(text: str, span: Span) -> str:
    """`text` with all but the span blotted out."""
    return GAP * span.start + text[slice(*span)] + GAP * (len(text) - span.end)


def overlap(a: Span, b: Span) -> bool:
    """Whether the two spans share a character."""
    return a.start < b.end and b.start < a.end


def clause_end(text: str, start: int) -> int:
    """Where the clause around `start` ends."""
    m = _CLAUSE_END.search(text, start)
    end = m.start() if m else len(text)
    return start + len(text[start:end].rstrip(f"{GAP} \n"))


def sentence_start(text: str, at: int) -> int:
    """Where the sentence or clause of a list around `at` begins."""
    return max(text.rfind(mark, 0, at) for mark in ".;\n") + 1


def excluded(of: str, text: str, span: Span) -> bool:
    """Whether a row of `deadline_exclusions` for `of` says that the words at `span` set no limit."""
    before, after = text[max(0, span.start - _LOOK_BACK):span.start], text[span.end:span.end + _LOOK_AHEAD]
    return any((left is None or left.search(before)) and (right is None or right.search(after))
               for left, right in _exclusions(of))


@cache
def _exclusions(of: str) -> tuple[tuple[re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    out = []
    for row in knowledge.rows("deadline_exclusions"):
        if row["of"] == of:
            left, _, right = row["pattern"].partition("⟦⟧") if row["side"] == "around" else \
                (row["pattern"], "", "") if row["side"] == "before" else ("", "", row["pattern"])
            left_pattern = _compiled(rf"\b{left}") if left not in ("", "$") else None
            out.append((left_pattern, _compiled(right) if right else None))
    return tuple(out)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
