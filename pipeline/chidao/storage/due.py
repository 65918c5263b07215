"""The last day that can be reckoned from a deadline, and the state of a task on a day."""
from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from chidao.grammar.dates import iso, last_day
from chidao.model import Deadline, DeadlineKind
from chidao.storage.rows import TaskState

SOON = datetime.timedelta(days=7)
_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def last_day_of(kind: DeadlineKind, value: str) -> str | None:
    """The last day of a deadline; None where the words give none (from, recurring, within, event).

    >>> last_day_of("by", "2021-06-26"), last_day_of("range", "2022-01-01/2022-03-31"), last_day_of("period", "2022")
    ('2021-06-26', '2022-03-31', '2022-12-31')
    >>> last_day_of("recurring", "monthly") is None
    True
    """
    if kind not in ("by", "range", "period"):
        return None
    m = _PARTIAL.fullmatch(value.rpartition("/")[2])
    if not m:
        return None
    year, month, day = m.groups()
    if day:
        return iso(year, month, day)
    if month:
        return last_day(int(year), int(month)) if 1 <= int(month) <= 12 else None
    return f"{year}-12-31"


def earliest(deadlines: Iterable[Deadline]) -> str | None:
    """The first of the deadlines' last days: what is not done by then is late.

    >>> from chidao.model import Span
    >>> earliest([Deadline(Span(0, 9), "by", "2021-06-30"), Deadline(Span(9, 20), "event", "event")])
    '2021-06-30'
    """
    return min((day for d in deadlines if (day := last_day_of(d.kind, d.value))), default=None)


def state(due: str | None, *, deadlines: int, today: datetime.date) -> TaskState:
    """The state on the day `today` of a task with that many `deadlines`, the earliest of them on `due`.

    >>> state("2022-06-30", deadlines=1, today=datetime.date(2022, 6, 25))
    'due_soon'
    """
    if not deadlines:
        return "no_deadline"
    if due is None:
        return "undated"
    if due < today.isoformat():
        return "overdue"
    return "due_soon" if due <= (today + SOON).isoformat() else "not_due"
