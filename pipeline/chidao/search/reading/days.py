"""Days that a query sets as limits: ``trước 30/8/2021``, ``quý II/2022``, ``từ 01/3 đến 31/5/2026``."""
from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from chidao.grammar.dates import iso, last_day
from chidao.grammar.folding import fold
from chidao.model import Span
from chidao.search.reading.words import phrases

_YEAR = r"(?:\s*(?:,?\s*nam\s+|[/.-]\s*)(?P<year>(?:19|20)\d\d))"
_POINT = re.compile(
    rf"(?:ngay\s+)?(?P<day>0?[1-9]|[12]\d|3[01])(?:\s*[/.-]\s*|\s+thang\s+)(?P<month>0?[1-9]|1[0-2])(?!\d){_YEAR}?(?![\d/])"
    rf"|thang\s+(?P<only_month>0?[1-9]|1[0-2])(?!\d){_YEAR.replace('<year>', '<month_year>')}?(?![\d/])"
    rf"|(?:quy|quí)\s+(?P<quarter>iv|i{{1,3}}|[1-4])(?!\w){_YEAR.replace('<year>', '<quarter_year>')}?(?![\d/])"
    r"|nam\s+(?P<only_year>(?:19|20)\d\d)(?![\d/])"
    r"|(?P<this>thang|quy|nam|tuan)\s+nay(?!\w)|(?P<today>hom\s+nay)(?!\w)")
_TO = re.compile(r"\s*(?:den\s+het|den|-)\s*(?:ngay\s+)?")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day (ISO) that a deadline may have; `firm` where a word such as trước or trong says so.

    A stretch that is only named (``năm 2026``) may be no limit at all: it is preferred, not demanded.
    """

    first: str | None = None
    last: str | None = None
    firm: bool = False
    spans: tuple[Span, ...] = ()
    words: str = ""

    @property
    def bounded(self) -> bool:
        """Whether there is a limit."""
        return bool(self.first or self.last)


class _Stretch(NamedTuple):
    first: str
    last: str
    span: Span
    day: bool
    """Whether it is a single day."""


def find_days(text: str, *, today: datetime.date) -> Days:
    """The limit that the query `text` sets; the last one where it sets several. A day alone is none.

    >>> [(d.first, d.last) for t in ("trước 30/8/2021", "quý II/2022", "30/8/2021")
    ...  for d in [find_days(t, today=datetime.date(2022, 1, 1))]]
    [(None, '2021-08-30'), ('2022-04-01', '2022-06-30'), (None, None)]
    """
    view = fold(text)
    points = [point for m in _POINT.finditer(view) if (point := _stretch(m, today))]
    found = Days()
    at = 0
    while at < len(points):
        point = points[at]
        after = points[at + 1] if at + 1 < len(points) else None
        if after and _TO.fullmatch(view, point.span.end, after.span.start):
            start, firm = _word_before(view, point.span.start, "after") or (point.span.start, True)
            found = Days(point.first, after.last, firm, (*found.spans, Span(start, after.span.end)))
            at += 1
        elif limited := _limited(view, point):
            found = Days(limited.first, limited.last, limited.firm, (*found.spans, *limited.spans))
        at += 1
    return replace(found, words=" ".join(span.of(text) for span in found.spans))


def _limited(view: str, point: _Stretch) -> Days | None:
    if before := _word_before(view, point.span.start, "before"):
        whole = point.day or view[before[0]:point.span.start].split()[0] != "truoc"
        return Days(None, point.last if whole else _day_before(point.first), True, (Span(before[0], point.span.end),))
    if after := _word_before(view, point.span.start, "after"):
        return Days(point.first, None, True, (Span(after[0], point.span.end),))
    if point.day:
        return None
    within = _word_before(view, point.span.start, "within")
    firm = bool(within) or not view[point.span.start:].startswith("nam")
    return Days(point.first, point.last, firm, (Span(within[0] if within else point.span.start, point.span.end),))


def _word_before(view: str, at: int, kind: str) -> tuple[int, bool] | None:
    m = phrases(kind).at_end.search(view[:at].rstrip(" ,:"))
    return (m.start(), True) if m else None


def _stretch(m: re.Match[str], today: datetime.date) -> _Stretch | None:
    span = Span(*m.span())
    if m["today"]:
        return _Stretch(today.isoformat(), today.isoformat(), span, True)
    if m["this"]:
        return _Stretch(*_this(m["this"], today), span, False)
    if m["day"]:
        day = iso(m["year"] or today.year, m["month"], m["day"])
        return _Stretch(day, day, span, True) if day else None
    if m["only_year"]:
        return _Stretch(f"{m['only_year']}-01-01", f"{m['only_year']}-12-31", span, False)
    year = int(m["month_year"] or m["quarter_year"] or today.year)
    if m["only_month"]:
        first = last = int(m["only_month"])
    else:
        quarter = _ROMAN.get(m["quarter"]) or int(m["quarter"])
        first, last = 3 * quarter - 2, 3 * quarter
    return _Stretch(f"{year}-{first:02}-01", last_day(year, last), span, False)


def _this(unit: str, today: datetime.date) -> tuple[str, str]:
    """The week, month, quarter or year that `today` is in."""
    if unit == "tuan":
        monday = today - datetime.timedelta(days=today.weekday())
        return monday.isoformat(), (monday + datetime.timedelta(days=6)).isoformat()
    first = {"thang": today.month, "quy": (today.month - 1) // 3 * 3 + 1, "nam": 1}[unit]
    last = {"thang": today.month, "quy": first + 2, "nam": 12}[unit]
    return f"{today.year}-{first:02}-01", last_day(today.year, last)


def _day_before(day: str) -> str:
    return (datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat()
