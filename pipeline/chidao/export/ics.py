"""A calendar of deadlines (RFC 5545): one all-day event a deadline, repeating where the task recurs."""
from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import IO

from icalendar import Calendar, Event, vRecur

from chidao.export.words import legal, readable
from chidao.grammar.folding import key
from chidao.storage.rows import DeadlineRow, TaskRow

_SHORT = 90


def write(rows: Iterable[TaskRow], file: IO[bytes], *, now: datetime.datetime | None = None) -> int:
    """Writes the deadlines that a day can be given to; gives how many there were.

    An event is an event, not a to-do: the calendars that offices use do not import to-dos. A recurring
    deadline starts with the first day of its rule from the date of its document, and is left out where that is
    unknown; where its words name no day (hằng tháng), the description says so. What is to be done every day
    has no event. The same deadline has the same UID in every export. `now` is the time stamp (default: the clock's).
    """
    stamp = now or datetime.datetime.now(datetime.UTC)
    calendar = Calendar()
    calendar.add("prodid", "-//chidao//Sổ theo dõi nhiệm vụ//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Thời hạn nhiệm vụ")
    seen: Counter[str] = Counter()
    for row in rows:
        for deadline in row.deadlines:
            event = _event(row, deadline, seen, stamp)
            if event:
                calendar.add_component(event)
    file.write(calendar.to_ical())
    return len(calendar.subcomponents)


def _event(row: TaskRow, deadline: DeadlineRow, seen: Counter[str], stamp: datetime.datetime) -> Event | None:
    start = _first_day(row, deadline)
    if not start:
        return None
    event = Event()
    event.add("uid", _uid(row, deadline, seen))
    event.add("dtstamp", stamp)
    event.add("dtstart", start)
    event.add("dtend", start + datetime.timedelta(days=1))
    if deadline.rrule:
        event.add("rrule", vRecur.from_ical(deadline.rrule))
    event.add("summary", _summary(row))
    event.add("description", _description(row, deadline))
    event.add("categories", [legal(row.document_label)])
    event.add("transp", "TRANSPARENT")  # a deadline takes no one's time
    return event


def _first_day(row: TaskRow, deadline: DeadlineRow) -> datetime.date | None:
    if deadline.due and not deadline.rrule:
        return datetime.date.fromisoformat(deadline.due)
    if not deadline.rrule or not row.document_date or deadline.rrule.startswith("FREQ=DAILY"):
        return None
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    issued = datetime.datetime.fromisoformat(row.document_date)
    first = next(iter(rrulestr(deadline.rrule, dtstart=issued)), None)
    return first.date() if first else None


def _uid(row: TaskRow, deadline: DeadlineRow, seen: Counter[str]) -> str:
    """From what is said, not from where it stands: it outlives a new extraction. The same words twice are counted."""
    said = "\n".join((row.document, key(row.text), deadline.kind, deadline.value))
    seen[said] += 1
    return hashlib.sha256(f"{said}\n{seen[said]}".encode()).hexdigest()[:32] + "@chidao"


def _summary(row: TaskRow) -> str:
    text = ": ".join(part for part in (", ".join(map(readable, row.leads)), readable(row.text)) if part)
    return text if len(text) <= _SHORT else text[:_SHORT].rsplit(" ", 1)[0] + " …"


def _description(row: TaskRow, deadline: DeadlineRow) -> str:
    said = (
        ("", readable(row.text)),
        ("Chủ trì", ", ".join(map(readable, row.leads))),
        ("Phối hợp", ", ".join(map(readable, row.coordinators))),
        ("Thời hạn", readable(deadline.text)),
        ("Văn bản", ", ".join(part for part in (readable(row.document_label), " › ".join(row.path)) if part)),
    )
    lines = [f"{label}: {text}" if label else text for label, text in said if text]
    if deadline.rrule and "BY" not in deadline.rrule:
        lines.append("Văn bản không nêu ngày: sự kiện lặp lại kể từ ngày ban hành.")
    return "\n".join(lines)
