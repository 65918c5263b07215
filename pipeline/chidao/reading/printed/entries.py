"""What stands on the pages one after the other: notes after the text of their page, recipients together."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, cast

from chidao.reading.lines import is_capitals
from chidao.reading.printed.furniture import find_furniture, find_notes
from chidao.reading.printed.lines import Line
from chidao.reading.printed.pages import Margins, Page, margins
from chidao.reading.printed.tables import RuledTable


class Entry(NamedTuple):
    """What stands at one place of a page."""

    item: Line | RuledTable
    page: int
    margins: Margins
    kind: Literal["text", "furniture", "note"]


def find_entries(pages: Sequence[Page]) -> list[Entry]:
    """What stands on the pages, in order; recipients that go on over a page stand before the signature."""
    return _with_recipients_together(list(_entries(pages)))


def _entries(pages: Sequence[Page]) -> Iterator[Entry]:
    """What stands on the pages, in order; notes after the text of their page."""
    furniture = find_furniture(pages)
    known: Margins | None = None
    for page in pages:
        known = margins(page, known)
        notes = find_notes(page, furniture)
        for item in page.items:
            if isinstance(item, RuledTable) or item not in notes:
                is_furniture = isinstance(item, Line) and (page.number, item) in furniture
                yield Entry(item, page.number, known, "furniture" if is_furniture else "text")
        for note in notes:
            yield Entry(note, page.number, known, "note")


def _with_recipients_together(entries: list[Entry]) -> list[Entry]:
    """Recipients that go on over the page stand before the signature, which the list was printed beside."""
    out: list[Entry] = []
    for entry in entries:
        right = _right_column(out)
        if isinstance(entry.item, Line) and entry.item.rest and (entry.item.column == 2 or not right):
            out.insert(_end_of_text(out), entry)
        elif right and _goes_on_below(out[right.start - 1], out[right.start], entry):
            out.insert(right.start, entry._replace(item=cast(Line, entry.item)._replace(column=1)))
        else:
            out.append(entry)
    return out


def _right_column(entries: Sequence[Entry]) -> range | None:
    """Where the right column of a foot that ends a page stands, the page numbers after it left aside."""
    start = end = _end_of_text(entries)
    while start and _column(entries[start - 1]) == 2:
        start -= 1
    return range(start, end) if 0 < start < end and _column(entries[start - 1]) == 1 else None


def _end_of_text(entries: Sequence[Entry]) -> int:
    """Where page numbers and the like begin that stand at the end."""
    return next((i for i in range(len(entries), 0, -1) if entries[i - 1].kind != "furniture"), 0)


def _column(entry: Entry) -> int:
    return entry.item.column if isinstance(entry.item, Line) and entry.kind == "text" else 0


def _goes_on_below(left: Entry, right: Entry, entry: Entry) -> bool:
    """Whether a line on the next page belongs to the left column: it begins with a dash, or goes on with an entry."""
    if not isinstance(entry.item, Line) or not isinstance(left.item, Line) or not isinstance(right.item, Line):
        return False
    if entry.kind != "text" or entry.page == right.page or entry.item.x1 > right.item.x0 or entry.item.column == 2:
        return False
    if entry.item.rest:
        return True
    return not entry.item.column and (entry.item.text.startswith("-") or (
        left.page == entry.page and not left.item.text.endswith((";", ".")) and not is_capitals(entry.item.text)))
