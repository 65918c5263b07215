"""Since when a directive is in force, and until when, as it says itself (hiệu lực thi hành)."""
from __future__ import annotations

import datetime
import re
from typing import Literal, NamedTuple

from chidao.grammar.dates import find_dates
from chidao.grammar.folding import document_view
from chidao.model import Header, Span

_CLAUSE = re.compile(
    r"(?<!\w)(?P<what>[^\W\d_]+(?:[ \n][^\W\d_]+)?)(?P<this>\s+này)?(?:\s+áp\s+dụng\s[^.;\n]{1,40}\svà)?"
    r"\s+(?:có\s+hiệu\s+lực|(?P<ends>hết\s+hiệu\s+lực))(?:\s+thi\s+hành)?(?P<rest>[^.;\n]{0,90})", re.IGNORECASE)
_SIGNED = re.compile(r"\s*(?:kể\s+)?từ\s+ngày\s+(?:được\s+)?(?:ký|ban\s+hành|thông\s+qua)(?!\w)", re.IGNORECASE)
_SINCE = re.compile(r"\s*(?:kể\s+)?từ\s+ngày\s+$|\s*(?:kể\s+)?từ\s+$", re.IGNORECASE)
_UNTIL = re.compile(r"(?<!\w)đến(?:\s+hết)?\s+(?:ngày\s+)?$", re.IGNORECASE)
_ENDS = re.compile(rf"^\s*(?:(?:kể\s+)?(?:từ|sau))?\s*(?:ngày\s+)?$|{_UNTIL.pattern}", re.IGNORECASE)
_BEGINS = re.compile(r"(?:^|[.:\n]|\d[.)]?)\W*$")


class Effect(NamedTuple):
    """The first or the last day on which the directive is in force, and where it says so."""

    kind: Literal["from", "until"]
    date: str
    span: Span


def find_effects(text: str, header: Header) -> tuple[Effect, ...]:
    """The days of effect that a directive states of itself, "kể từ ngày ký" as the day of issue.

    Empty where it says none: what is not stated is not reckoned.

    >>> text = "Điều 3. Quyết định này có hiệu lực kể từ ngày 05 tháng 12 năm 2025."
    >>> [(e.kind, e.date) for e in find_effects(text, Header(type="Quyết định"))]
    [('from', '2025-12-05')]
    """
    view = document_view(text)
    found: dict[tuple[str, str], Effect] = {}
    for m in _CLAUSE.finditer(view):
        if _is_own(m, header):
            for kind, date in _days(m, header):
                found.setdefault((kind, date), Effect(kind, date, Span(m.start("what"), m.end())))
    return tuple(sorted(found.values(), key=lambda e: (e.span, e.kind)))


def _is_own(m: re.Match[str], header: Header) -> bool:
    """Whether the clause is the directive's own: "Quyết định này có hiệu lực"; a sentence may begin without "này"."""
    words = " ".join(m["what"].lower().split())
    if not words.endswith(((header.type or "văn bản").lower(), "văn bản", "quy định", "quy chế")):
        return False
    return bool(m["this"] or _BEGINS.search(m.string, max(0, m.start() - 6), m.start()))


def _eve(day: str) -> str:
    return (datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat()


def _days(m: re.Match[str], header: Header) -> list[tuple[Literal["from", "until"], str]]:
    rest = m["rest"]
    days: list[tuple[Literal["from", "until"], str]] = []
    if not m["ends"] and _SIGNED.match(rest) and header.date:
        days.append(("from", header.date))
    for date in find_dates(rest):
        ahead = rest[:date.span.start]
        if not m["ends"] and not days and _SINCE.fullmatch(ahead):
            days.append(("from", date.value))
        elif (_ENDS if m["ends"] else _UNTIL).search(ahead):
            days.append(("until", _eve(date.value) if m["ends"] and _SINCE.fullmatch(ahead) else date.value))
    return days
