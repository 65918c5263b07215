"""Deadlines: what is one, of which kind, and what its value is."""
from __future__ import annotations

import re

import pytest

from chidao import knowledge
from chidao.extraction.deadlines.finding import bounds, find_cell_deadlines, find_deadlines
from chidao.extraction.deadlines.time_points import chains, find_points
from chidao.grammar.folding import plain
from chidao.model import Deadline, Span

ISSUED = "2025-11-20"

TASKS = [  # words of a task, kinds and values
    # by: a day, with or without its year, split over lines, with a time of day
    ("Gửi danh sách về Sở Y tế trước ngày 26/6/2026.", ["by 2026-06-26"]),
    ("Báo cáo chậm nhất ngày 10 tháng 12\nnăm 2025 để tổng hợp", ["by 2025-12-10"]),
    ("Hoàn thành trước 17 giờ 00 ngày 25/11/2025 (qua Sở Nội vụ)", ["by 2025-11-25"]),
    ("Nộp báo cáo trước 30/6", ["by 2026-06-30"]),  # the first one after the date of issue
    ("Nộp báo cáo trước 30/11", ["by 2025-11-30"]),
    ("Muộn nhất đến ngày 30/11/2025 phải xong", ["by 2025-11-30"]),
    ("Tổ chức lễ phát động vào ngày 19/12/2025", ["by 2025-12-19"]),
    ("Ra quân trong ngày 25 và 26/11/2025", ["by 2025-11-25", "by 2025-11-26"]),
    ("Trình trước ngày 15/11/2025 đề án thu gom rác", ["by 2025-11-15"]),  # signed late, still an order
    # by: months, quarters, halves, years
    ("Ban hành kế hoạch trong tháng 11", ["by 2025-11-30"]),
    ("Cắm mốc xong trong quý II/2026", ["by 2026-06-30"]),
    ("Hoàn thành trong 6 tháng đầu năm 2026", ["by 2026-06-30"]),
    ("Bàn giao mặt bằng trước tháng 6/2026", ["by 2026-05-31"]),
    ("Đến hết năm 2030: 90% hộ dân có nước sạch", ["by 2030-12-31"]),
    ("Tổng đàn lợn đến năm 2030 đạt 1,2 triệu con", ["by 2030-12-31"]),
    ("Sơ kết vào quý IV/2027, tổng kết vào năm 2030", ["by 2027-12-31", "by 2030-12-31"]),
    # from, range
    ("Từ ngày 01 tháng 01 năm 2026 dừng nhận hồ sơ giấy", ["from 2026-01-01"]),
    ("Từ quý II/2026, thu phí không dừng", ["from 2026-04-01"]),
    ("Tiêm bổ sung từ ngày 01/12/2025 đến hết ngày 31/01/2026", ["range 2025-12-01/2026-01-31"]),
    ("Trực gác từ 25/12 đến 05/01/2026", ["range 2025-12-25/2026-01-05"]),
    ("Cao điểm từ nay đến ngày 30/12/2025", ["range 2025-11-20/2025-12-30"]),
    ("Khám tuyển trong tháng 4 và tháng 8 năm 2026",
     ["range 2026-04-01/2026-04-30", "range 2026-08-01/2026-08-31"]),
    ("Mở lớp trong các tháng 11, 12 năm 2025", ["range 2025-11-01/2025-11-30", "range 2025-12-01/2025-12-31"]),
    ("Trực ban trong tháng 11, 12/2025", ["range 2025-11-01/2025-12-31"]),  # one stretch under one word
    ("Bơm nước trong 24-48 giờ sau khi lũ rút", ["within PT48H"]),
    ("Áp dụng vé điện tử từ tháng 02/2026 trở đi", ["from 2026-02-01"]),
    # period
    ("Số hóa hồ sơ theo Kế hoạch của Sở (2026 - 2028).", ["period 2026/2028"]),
    ("Xây dựng phần mềm trong năm 2026", ["period 2026"]),
    ("Trong giai đoạn 2026 - 2030, đào tạo 500 y sĩ", ["period 2026/2030"]),
    ("Thực hiện từ năm 2026 đến năm 2028", ["period 2026/2028"]),
    ("Phát triển bộ nhận diện du lịch của thành phố giai đoạn 2026 - 2028.", ["period 2026/2028"]),
    ("Chấm điểm năm 2025 và các năm tiếp theo tại các xã", ["period 2025"]),
    # recurring
    ("Thường xuyên rà soát hộ nghèo; liên tục cập nhật số liệu", ["recurring regular", "recurring regular"]),
    ("Phải thực hiện giám sát thường xuyên, định kỳ tại chợ", ["recurring regular"]),
    ("Báo cáo hằng ngày về Sở Công Thương", ["recurring daily"]),
    ("Báo cáo định kỳ hằng quý (trước ngày 20 của tháng cuối quý)", ["recurring quarterly"]),
    ("định kỳ trước ngày 01/6 và 15/11 hằng năm gửi về Sở", ["recurring half-yearly"]),
    ("Hằng năm, trước ngày 30 tháng 11, gửi báo cáo", ["recurring yearly"]),
    ("Định kỳ báo cáo kết quả trước ngày 15/11 hằng năm", ["recurring yearly"]),
    ("Định kỳ hằng tháng, quý, 6 tháng và năm báo cáo Bộ",
     ["recurring monthly", "recurring quarterly", "recurring half-yearly", "recurring yearly"]),
    ("Giữa năm, cuối năm có sơ kết, tổng kết", ["recurring half-yearly"]),
    ("Ban Chỉ đạo họp 02 lần/năm, Tổ giúp việc 2 lần/tháng", ["recurring half-yearly", "recurring monthly"]),
    # within
    ("Trong vòng 05 ngày làm việc kể từ ngày nhận hồ sơ, phải trả lời", ["within P5D"]),
    ("Phúc tra chậm nhất sau 03 tháng kể từ khi kết thúc thanh tra", ["within P3M"]),
    ("Phản hồi trong 24 giờ kể từ khi nhận tin", ["within PT24H"]),
    # event
    ("Chi trả ngay khi nhận được kinh phí", ["event event"]),
    ("Trước mỗi đợt kiểm tra, phải có kế hoạch", ["event event"]),
    ("Lấy ý kiến người dân trước khi thi công", ["event event"]),
    ("Khi phát hiện rò rỉ khí phải lập tức sơ tán", ["event event"]),
    # a labelled stretch inside the task is read like a cell
    ("Lập đề án nạo vét kênh. Thời gian hoàn thành: Quý I/2026. Cơ quan chủ trì: Sở Xây dựng.", ["by 2026-03-31"]),
    # none
    ("Trước mắt, trước tình hình mưa lũ, trước hết là sơ tán dân", []),
    ("Khẩn trương, kịp thời xử lý ngay, khi cần thiết xin ý kiến", []),
    ("Kết hợp giám sát trọng điểm và giám sát thường xuyên", []),
    ("Bố trí kinh phí chi thường xuyên trong dự toán hằng năm", []),
    ("Phấn đấu vượt chỉ tiêu năm 2025 và kế hoạch năm học 2025 - 2026", []),
    ("Thực hiện Chương trình phát triển đô thị giai đoạn 2026 - 2030", []),
    ("Lập kế hoạch đầu tư công, cân đối vốn giai đoạn 2026 - 2030.", []),
    ("Theo Quy hoạch tỉnh thời kỳ 2021 - 2030, tầm nhìn đến năm 2050", []),
    ("Thống kê số hộ ngập tính đến ngày 31/12/2025", []),
    ("Theo kết luận tại cuộc họp ngày 12/12/2025", []),
    ("Quyết định này có hiệu lực từ ngày 01/12/2025", []),
    ("Từ ngày 15/10 đến ngày 20/10/2025 đã có mưa lớn", []),
    ("Trực 24/24 giờ, đạt 15/18 tiêu chí, tỷ lệ 3/4", []),
    ("Duy trì trật tự trước, trong và sau Tết", []),
]

CELLS = [  # content of a deadline cell, kinds and values
    ("Tháng 6/2026", ["by 2026-06-30"]),
    ("12/2026", ["by 2026-12-31"]),
    ("Quí IV-2025", ["by 2025-12-31"]),
    ("Quý III Năm 2026", ["by 2026-09-30"]),
    ("Quý IV/2025- Quý II/2026", ["range 2025-10-01/2026-06-30"]),
    ("Năm 2026", ["period 2026"]),
    ("2026", ["period 2026"]),
    ("2025-2026", ["period 2025/2026"]),
    ("Năm 2025 và các năm tiếp theo", ["period 2025"]),
    ("15/12/2025", ["by 2025-12-15"]),
    ("30/09/2025", ["by 2025-09-30"]),  # past, yet it is what the cell says
    ("Trước 30/6", ["by 2026-06-30"]),
    ("Thường xuyên, hằng năm", ["recurring regular", "recurring yearly"]),
    ("Nhiệm vụ thường xuyên", ["recurring regular"]),
    ("Thường xuyên, định kỳ hằng quý báo cáo về Sở Nội vụ", ["recurring regular", "recurring quarterly"]),
    ("Triển khai từ năm 2026 và thực hiện thường xuyên, liên tục", ["from 2026-01-01", "recurring regular"]),
    ("05 ngày làm việc", ["within P5D"]),
    ("Từ nay đến hết năm 2025.", ["range 2025-11-20/2025-12-31"]),
    ("Theo Kế hoạch", []),
    ("Khi có phát sinh", []),
]


def said(deadlines: tuple[Deadline, ...]) -> list[str]:
    return [f"{d.kind} {d.value}" for d in deadlines]


@pytest.mark.parametrize(("text", "expected"), TASKS)
def test_words_of_a_task(text: str, expected: list[str]) -> None:
    assert said(find_deadlines(text, issued=ISSUED, year=2025)) == expected


@pytest.mark.parametrize(("text", "expected"), CELLS)
def test_deadline_cell(text: str, expected: list[str]) -> None:
    assert said(find_cell_deadlines(text, issued=ISSUED, year=2025)) == expected


def test_span_covers_the_limit_and_its_words() -> None:
    text = "Báo cáo về **Sở Nội vụ** trước ngày 26/6/2026, qua trục liên thông."
    assert [d.span.of(text) for d in find_deadlines(text)] == ["trước ngày 26/6/2026"]


def test_consumed_spans_hold_no_deadline() -> None:
    text = "Chuyển hạn trước ngày 17/3/2026 của Kế hoạch thành trước ngày 20/6/2026"
    citation = Span(text.index("trước"), text.index(" thành"))
    assert said(find_deadlines(text, issued=ISSUED, consumed=[citation])) == ["by 2026-06-20"]
    assert len(find_deadlines(text, issued=ISSUED)) == 2


@pytest.mark.parametrize(("issued", "year", "expected"), [
    ("2025-11-20", None, "2026-06-30"),  # the first after the date of issue
    ("2025-11-20", 2027, "2027-06-30"),  # the horizon of a plan made in the year before
    (None, 2025, "2025-06-30"),
    (None, None, "--06-30"),  # nothing is known, nothing is invented
])
def test_year_left_out(issued: str | None, year: int | None, expected: str) -> None:
    assert [d.value for d in find_deadlines("trước ngày 30/6", issued=issued, year=year)] == [expected]


@pytest.mark.parametrize(("text", "rrule"), [
    ("báo cáo trước ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=25"),
    ("báo cáo trước ngày 25/12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25"),
    ("báo cáo trước ngày 15/6 và 15/12 hằng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15"),
    ("báo cáo trước ngày 01/6 và 15/11 hằng năm", "FREQ=YEARLY;BYMONTH=6,11;BYMONTHDAY=1,15;BYSETPOS=1,4"),
    ("định kỳ hằng quý (trước ngày 20 tháng cuối quý)", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"),
    ("báo cáo trước 16 giờ 00 thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"),
    ("báo cáo hằng quý", "FREQ=MONTHLY;INTERVAL=3"),
])
def test_rule_of_recurrence(text: str, rrule: str) -> None:
    assert [d.rrule for d in find_deadlines(text)] == [rrule]


@pytest.mark.parametrize(("text", "working"), [("trong vòng 05 ngày làm việc", True), ("trong vòng 05 ngày", False)])
def test_working_days(text: str, working: bool) -> None:
    assert [d.working_days for d in find_deadlines(text)] == [working]


@pytest.mark.parametrize(("kind", "value", "expected"), [
    ("by", "2026-06-30", (None, "2026-06-30")),
    ("by", "--06-30", (None, None)),
    ("from", "2026-01-01", ("2026-01-01", None)),
    ("range", "2026-01-01/2026-03-31", ("2026-01-01", "2026-03-31")),
    ("period", "2026", ("2026-01-01", "2026-12-31")),
    ("recurring", "monthly", (None, None)),
    ("within", "P5D", (None, None)),
    ("event", "event", (None, None)),
])
def test_bounds(kind: str, value: str, expected: tuple[str | None, str | None]) -> None:
    assert bounds(Deadline(Span(0, 1), kind, value)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("row", knowledge.rows("deadline_limits"), ids=lambda r: r["words"])
def test_limit_rows(row: dict[str, str]) -> None:
    assert said(find_deadlines(row["example"], issued="2026-05-04")) == [row["value"]]
    assert find_deadlines(row["counter_example"], issued="2026-05-04") == ()


@pytest.mark.parametrize("row", knowledge.rows("deadline_recurring"), ids=lambda r: r["example"])
def test_recurring_rows(row: dict[str, str]) -> None:
    assert said(find_deadlines(row["example"], issued="2026-05-04")) == [f"recurring {row['value']}"]
    assert f"recurring {row['value']}" not in said(find_deadlines(row["counter_example"], issued="2026-05-04"))


@pytest.mark.parametrize("row", knowledge.rows("deadline_events"), ids=lambda r: r["example"])
def test_event_rows(row: dict[str, str]) -> None:
    assert said(find_deadlines(row["example"])) == ["event event"]
    assert find_deadlines(row["counter_example"]) == ()


@pytest.mark.parametrize("row", knowledge.rows("deadline_exclusions"), ids=lambda r: r["example"])
def test_exclusion_rows(row: dict[str, str]) -> None:
    assert find_deadlines(row["example"], issued="2026-05-04") == ()
    assert find_deadlines(row["counter_example"], issued="2026-05-04")


@pytest.mark.parametrize("row", knowledge.rows("deadline_years"), ids=lambda r: r["example"])
def test_year_rows(row: dict[str, str]) -> None:
    named = row["value"] == "none"
    sets, names = (row["counter_example"], row["example"]) if named else (row["example"], row["counter_example"])
    assert said(find_deadlines(sets, issued="2026-05-04")) == ["by 2030-12-31"]
    assert find_deadlines(names, issued="2026-05-04") == ()


@pytest.mark.parametrize(("text", "expected"), [
    ("từ ngày 25 đến ngày 30/11/2025", [("2025-11-25", "2025-11-25"), ("2025-11-30", "2025-11-30")]),
    ("tháng 12 đến tháng 3/2026", [("2025-12-01", "2025-12-31"), ("2026-03-01", "2026-03-31")]),
    ("ngày 31/4", []),  # no such day
    ("ngày 29/02 và ngày 01/3/2027", [("2027-02-28", "2027-02-28"), ("2027-03-01", "2027-03-01")]),
    ("tháng 2 năm 2028", [("2028-02-01", "2028-02-29")]),
])
def test_points(text: str, expected: list[tuple[str, str]]) -> None:
    found = [p for chain, _ in chains(find_points(text), text) for p in chain]
    assert [(p.begin(), p.end()) for p in found] == expected


def test_real_values_have_the_agreed_form(real_data: object) -> None:
    forms = {"by": r"(\d{4}|-)-\d\d-\d\d", "from": r"(\d{4}|-)-\d\d-\d\d", "range": r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d",
             "recurring": "daily|weekly|monthly|quarterly|half-yearly|yearly|regular",
             "within": r"PT?\d+[HMDWY]", "period": r"\d{4}(/\d{4})?", "event": "event"}
    lines = [line for path in sorted(real_data.glob("real/directives/*.txt"))[:40]  # type: ignore[attr-defined]
             for line in path.read_text("utf-8").splitlines()]
    finders = (find_deadlines, find_cell_deadlines)
    found = [(line, d) for line in lines for find in finders for d in find(line, year=2025)]
    assert len(found) > 100
    for line, d in found:
        assert re.fullmatch(forms[d.kind], d.value), (line, d)
        assert 0 <= d.span.start < d.span.end <= len(plain(line))
