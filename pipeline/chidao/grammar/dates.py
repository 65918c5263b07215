"""Dates as directives print them: 17/3/2022, 17-3-2022, ngày 17 tháng 3 năm 2022."""
from __future__ import annotations

import calendar
import datetime
import re
from typing import NamedTuple

from chidao.model import Span

# Digits may be zero-padded or not; a line break or blanks may stand anywhere between the words.
DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
MONTH = r"(?P<month>0?[1-9]|1[0-2])"
YEAR = r"(?P<year>(?:19|20)\d\d)"
NUMERIC = rf"{DAY}\s?[/.-]\s?{MONTH}\s?[/.-]\s?{YEAR}(?!\d)"
SPELLED = rf"{DAY}\s+tháng\s+{MONTH}(?:\s*,?\s+năm\s+|\s?/\s?){YEAR}(?!\d)"
_SPELLED = re.sub("<(day|month|year)>", r"<\1_>", SPELLED)
_FULL = re.compile(rf"(?<![\d/.-])(?:{NUMERIC}|{_SPELLED})", re.IGNORECASE)


class Date(NamedTuple):
    """A full date in the text; `value` is ISO 8601."""

    span: Span
    value: str


def iso(year: int | str, month: int | str, day: int | str) -> str | None:
    """The ISO date, or None where there is no such day (31/4)."""
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def last_day(year: int, month: int) -> str:
    """The last day of the month, as an ISO date."""
    return f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


def find_dates(text: str) -> tuple[Date, ...]:
    """All full dates of `text` in order; dates that do not exist are left out.

    >>> [d.value for d in find_dates("ngày 17/3/2022 và ngày 05 tháng 02 năm 2021")]
    ['2022-03-17', '2021-02-05']
    """
    found = []
    for m in _FULL.finditer(text):
        suffix = "" if m["day"] else "_"
        value = iso(m["year" + suffix], m["month" + suffix], m["day" + suffix])
        if value:
            found.append(Date(Span(*m.span()), value))
    return tuple(found)
