"""The calendar, read again: days, rules, identifiers that last, lines folded between letters."""
from __future__ import annotations

import datetime
import io

import pytest
from icalendar import Calendar
from rows_by_hand import body, limit, make_task

from chidao.export import ics
from chidao.storage.rows import DeadlineRow, TaskRow

NOW = datetime.datetime(2026, 1, 6, tzinfo=datetime.UTC)
BY = limit("trước ngày 30/6/2026", due="2026-06-30")
MONTHLY = limit("trước ngày 25 hằng tháng", "recurring", "monthly", rrule="FREQ=MONTHLY;BYMONTHDAY=25")


def written(rows: list[TaskRow]) -> bytes:
    file = io.BytesIO()
    count = ics.write(rows, file, now=NOW)
    assert count == file.getvalue().count(b"BEGIN:VEVENT")
    return file.getvalue()


def events(rows: list[TaskRow]) -> list[Calendar]:
    return list(Calendar.from_ical(written(rows)).walk("VEVENT"))


def test_a_deadline_is_an_event_on_its_day() -> None:
    event, = events([make_task("Lập danh mục", [body("Sở Xây dựng")], [BY])])
    assert event.decoded("dtstart") == datetime.date(2026, 6, 30)
    assert event["summary"] == "Sở Xây dựng: Lập danh mục"
    assert "Chủ trì: Sở Xây dựng" in event["description"]


def test_a_recurring_one_repeats_from_the_first_day_after_the_document() -> None:
    event, = events([make_task("Báo cáo", deadlines=[MONTHLY])])
    assert event.decoded("dtstart") == datetime.date(2026, 1, 25)
    assert event["rrule"].to_ical() == b"FREQ=MONTHLY;BYMONTHDAY=25"


def test_a_rule_without_a_day_says_that_the_day_is_not_the_documents() -> None:
    monthly = limit("hằng tháng", "recurring", "monthly", rrule="FREQ=MONTHLY")
    vague, exact = events([make_task("Báo cáo", deadlines=[monthly]), make_task("Báo cáo", deadlines=[MONTHLY])])
    assert "Văn bản không nêu ngày" in vague["description"]
    assert "Văn bản không nêu ngày" not in exact["description"]


@pytest.mark.parametrize("regular", [
    limit("thường xuyên", "recurring", "regular"),
    limit("hàng ngày", "recurring", "daily", rrule="FREQ=DAILY"),  # an event each day would bury the others
])
def test_what_gives_no_day_has_no_event(regular: DeadlineRow) -> None:
    undated = make_task("c", deadlines=[MONTHLY], date=None)
    assert events([make_task("a", deadlines=[regular]), make_task("b"), undated]) == []


def test_identifiers_last() -> None:
    """The same words have the same UID wherever they stand; words twice in a document are two events."""
    rows = [make_task("Báo cáo", deadlines=[BY], order=n) for n in (1, 2)] + [make_task("Kiểm tra", deadlines=[BY])]
    first = [event["uid"] for event in events(rows)]
    assert len(set(first)) == 3
    assert [event["uid"] for event in events([make_task("Báo cáo", deadlines=[BY], order=9)])] == first[:1]


def test_lines_are_folded_between_letters() -> None:
    text = "Rà soát, bổ sung quy hoạch thủy lợi nội đồng; kiểm tra đê điều ở các xã, phường. " * 5
    lines = written([make_task(text, deadlines=[BY])]).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert [line.decode("utf-8") for line in lines]  # each line alone is whole UTF-8
    assert events([make_task(text, deadlines=[BY])])[0]["description"].startswith(text.strip())
