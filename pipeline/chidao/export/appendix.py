"""The appendix that offices use (phụ lục phân công nhiệm vụ): its title block and what stands in each cell.

The form is Vietnamese whatever language the user speaks; `xlsx`, `docx` and `csv` only lay it out.
"""
from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chidao.export.words import readable
from chidao.storage.rows import AgencyRoleRow, TaskRow

TITLE = "PHỤ LỤC PHÂN CÔNG NHIỆM VỤ"


class Column(NamedTuple):
    """A heading and the share of the page's width that it takes."""

    heading: str
    width: int


COLUMNS = (
    Column("STT", 7), Column("Nhiệm vụ", 47), Column("Cơ quan chủ trì", 20), Column("Cơ quan phối hợp", 21),
    Column("Kết quả/Sản phẩm", 16), Column("Thời gian hoàn thành", 16), Column("Hạn cuối", 13), Column("Ghi chú", 17),
    Column("Văn bản", 17), Column("Vị trí", 9), Column("Dẫn chứng (ký tự, trang)", 14),
)
HEADINGS = tuple(column.heading for column in COLUMNS)
DUE = HEADINGS.index("Hạn cuối")


class Line(NamedTuple):
    """A row of the appendix, in the order of `COLUMNS`."""

    number: int
    task: str
    lead: str
    coordinator: str
    product: str
    time: str
    due: datetime.date | None
    note: str
    document: str
    place: str
    evidence: str


def lines(rows: Iterable[TaskRow]) -> list[Line]:
    """The rows of the appendix, numbered from 1."""
    return [_line(at, row) for at, row in enumerate(rows, start=1)]


def subtitle(rows: Sequence[TaskRow]) -> str:
    """What stands below the title: the document that all tasks are of, or how many documents there are."""
    documents = {row.document for row in rows}
    if len(documents) == 1:
        return f"(Kèm theo {_named(rows[0])})"
    return f"(Tổng hợp từ {len(documents)} văn bản)"


def _named(row: TaskRow) -> str:
    """The document of `row` as others refer to it: type, number, date and issuer, each where it is known."""
    title = readable(row.document_title or "")
    return " ".join(part for part in (
        row.document_type or "văn bản",
        f"số {row.document_number}" if row.document_number else "",
        _spelled(row.document_date) if row.document_date else "",
        f"của {row.document_issuer}" if row.document_issuer else "",
        f"“{title}”" if title and not row.document_number else "",
    ) if part)


def _spelled(date: str) -> str:
    """A date as Decree 30/2020/NĐ-CP writes it: days below 10 and months 1 and 2 with a zero."""
    year, month, day = map(int, date.split("-"))
    return f"ngày {day:02d} tháng {f'{month:02d}' if month < 3 else month} năm {year}"


def _line(at: int, row: TaskRow) -> Line:
    return Line(
        number=at,
        task=readable(row.text),
        lead=_listed(row.leads),
        coordinator=_listed(row.coordinators),
        product=_listed([product.text for product in row.products]),
        time=_listed([deadline.text for deadline in row.deadlines]),
        due=datetime.date.fromisoformat(row.due) if row.due else None,
        note=_note(row),
        document=readable(row.document_label),
        place=" › ".join(row.path),
        evidence=f"{row.span.start}–{row.span.end}" + (f", tr. {row.page}" if row.page else ""),
    )


def _listed(names: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(map(readable, names)))


def _note(row: TaskRow) -> str:
    """What a reader must know to trust the row: inherited bodies, requests, and who else has a part."""
    leads, partners = row.by_role("lead"), row.by_role("coordinator")
    notes = [
        "chỉ tiêu" if row.kind == "target" else "",
        "chủ trì kế thừa từ đề mục" if any(r.source == "inherited" for r in leads) else "",
        "phối hợp kế thừa từ đề mục" if any(r.source == "inherited" for r in partners) else "",
        "đề nghị (không phải giao)" if any(r.mood == "request" for r in leads) else "",
        _bodies("báo cáo", row.by_role("reports_to")),
        _bodies("theo dõi", row.by_role("monitors")),
    ]
    said = "; ".join(note for note in notes if note)
    return said[:1].upper() + said[1:]


def _bodies(label: str, bodies: Sequence[AgencyRoleRow]) -> str:
    return f"{label}: {_listed([body.name for body in bodies])}" if bodies else ""
