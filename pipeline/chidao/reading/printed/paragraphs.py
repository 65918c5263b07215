"""Lines to paragraphs, over the ends of pages, and tables to rows; every printed line keeps its box."""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Literal, NamedTuple, cast

from chidao.model import Box, Cell, Region, RegionKind, Span, Table
from chidao.reading.content import Content
from chidao.reading.lines import goes_on, is_capitals, is_item, starts_anew
from chidao.reading.printed.furniture import find_furniture, find_notes
from chidao.reading.printed.lines import Line
from chidao.reading.printed.pages import Margins, Page, PrintedPage, margins, read_page
from chidao.reading.printed.tables import RuledTable

_NOTE_START = re.compile(r"(?:\[?\d{1,2}\]?|\*)[.)]?\s*\S")
_BROKEN = re.compile(r"[^\W_][/-]$")  # a number or a compound, after its hyphen or slash
_INDENT = 6.0  # points
_CAPITAL = 1.4  # how much wider than others capitals are
_SHORT_OF = 3.0  # points that a full line may lack at its end


class Placed(NamedTuple):
    """A line, its page and the margins there."""

    line: Line
    page: int
    margins: Margins

    @property
    def text(self) -> str:
        return self.line.text

    def is_full(self, following: Placed) -> bool:
        """Whether the first word of the line that follows had no room on this one."""
        line = following.line
        word = line.text.split(maxsplit=1)[0]
        width = (line.x1 - line.x0) / len(line.text) * (_CAPITAL if word.isupper() else 1)
        return self.line.x1 + width * (len(word) + 1) >= self.margins.right - _SHORT_OF

    @property
    def is_centred(self) -> bool:
        """Whether the line stands between the margins, as titles do."""
        left, right = self.line.x0 - self.margins.left, self.margins.right - self.line.x1
        return (left > 3 * _INDENT and abs(left - right) <= 2 * _INDENT
                and abs(self.line.x0 - self.margins.indent) > 2)


class Entry(NamedTuple):
    """What stands at one place of a page."""

    item: Line | RuledTable
    page: int
    margins: Margins
    kind: Literal["text", "furniture", "note"]


@dataclass
class OpenCell:
    column: int
    rows: int
    columns: int
    parts: list[Placed]

    @property
    def text(self) -> str:
        return joined(self.parts)


@dataclass
class OpenRow:
    cells: list[OpenCell]
    repeated: bool = False

    @property
    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells]


@dataclass
class OpenTable:
    edges: tuple[float, ...]
    rows: list[OpenRow]


def compose(pages: Iterable[PrintedPage]) -> Content:
    """The text of printed pages with regions, tables and a box for each printed line.

    >>> from chidao.reading.printed.words import Word
    >>> words = [Word("KẾ", 250, 60, 265, 74, 0), Word("HOẠCH", 269, 60, 310, 74, 0), Word("A", 90, 90, 99, 104, 1)]
    >>> content = compose([PrintedPage(1, 595, 842, words)])
    >>> content.text, content.boxes[0].span
    ('KẾ HOẠCH\\nA', Span(start=0, end=8))
    """
    return write([read_page(page) for page in pages])


def write(pages: Sequence[Page]) -> Content:
    """The text of pages whose lines and tables stand in the order of reading."""
    draft = _Draft()
    for entry in _with_recipients_together(list(_entries(pages))):
        draft.add(entry)
    draft.close()
    text = "\n".join(draft.lines)
    return Content(text, tables=tuple(draft.tables), boxes=tuple(draft.boxes), pages=len(pages),
                   regions=tuple(draft.regions))


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
        if right and _goes_on_below(out[right.start - 1], out[right.start], entry):
            out.insert(right.start, entry._replace(item=cast(Line, entry.item)._replace(column=1)))
        else:
            out.append(entry)
    return out


def _right_column(entries: Sequence[Entry]) -> range | None:
    """Where the right column of a foot that ends a page stands, the page numbers after it left aside."""
    end = len(entries)
    while end and entries[end - 1].kind == "furniture":
        end -= 1
    start = end
    while start and _column(entries[start - 1]) == 2:
        start -= 1
    return range(start, end) if 0 < start < end and _column(entries[start - 1]) == 1 else None


def _column(entry: Entry) -> int:
    return entry.item.column if isinstance(entry.item, Line) and entry.kind == "text" else 0


def _goes_on_below(left: Entry, right: Entry, entry: Entry) -> bool:
    """Whether a line on the next page belongs to the left column: it begins with a dash, or goes on with an entry."""
    if not isinstance(entry.item, Line) or not isinstance(left.item, Line) or not isinstance(right.item, Line):
        return False
    if entry.kind != "text" or entry.page == right.page or entry.item.x1 > right.item.x0:
        return False
    return entry.item.text.startswith("-") or (
        left.page == entry.page and not left.item.text.endswith((";", ".")) and not is_capitals(entry.item.text))


@dataclass
class _Draft:
    lines: list[str] = field(default_factory=list)
    at: int = 0
    boxes: list[Box] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    paragraph: list[Placed] = field(default_factory=list)
    table: OpenTable | None = None
    # Page numbers and footnotes, until the text pauses.
    waiting: list[tuple[list[Placed], RegionKind]] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        if isinstance(entry.item, RuledTable):
            self._add_table(entry.item, entry.page, entry.margins)
            return
        placed = Placed(entry.item, entry.page, entry.margins)
        if entry.kind == "text":
            self._add_line(placed)
        elif entry.kind == "note" and self._open_note() and not _NOTE_START.match(placed.text):
            self.waiting[-1][0].append(placed)
        else:
            self.waiting.append(([placed], "note" if entry.kind == "note" else "furniture"))

    def _open_note(self) -> bool:
        return bool(self.waiting) and self.waiting[-1][1] == "note"

    def close(self) -> None:
        """Writes what is still open."""
        if self.table:
            self._write_table(self.table)
            self.table = None
        if self.paragraph:
            self._write(self.paragraph)
            self.paragraph = []
        for parts, kind in self.waiting:
            self.regions.append(Region(self._write(parts), kind))
        self.waiting = []

    def _add_line(self, placed: Placed) -> None:
        if self.table is None and self.paragraph and continues(self.paragraph, placed):
            self.paragraph.append(placed)
            return
        self.close()
        self.paragraph = [placed]

    def _add_table(self, table: RuledTable, page: int, known: Margins) -> None:
        rows = _open_rows(table, page, known)
        if self.table is None or not _same_edges(self.table.edges, table.edges):
            self.close()
            self.table = OpenTable(table.edges, rows)
            return
        rows = _without_repeated(self.table, rows)
        last = next(row for row in reversed(self.table.rows) if not row.repeated)
        if rows and _is_rest_of_row(last, rows[0]):
            _append_row(last, rows.pop(0))
        self.table.rows += rows

    def _write(self, parts: Sequence[Placed]) -> Span:
        start = self.at
        self._boxes(parts, start)
        text = joined(parts)
        self.lines.append(text)
        self.at += len(text) + 1
        return Span(start, start + len(text))

    def _boxes(self, parts: Sequence[Placed], at: int) -> None:
        for part, after in zip_longest(parts, parts[1:]):
            line = part.line
            self.boxes.append(Box(Span(at, at + len(line.text)), part.page, round(line.x0, 2), round(line.top, 2),
                                  round(line.x1, 2), round(line.bottom, 2), line.edges, line.confidence))
            at += len(line.text) + len(_joint(part, after))

    def _write_table(self, table: OpenTable) -> None:
        start, cells, number = self.at, [], 0
        for row in table.rows:
            if not any(row.texts):
                continue
            text = " | ".join(row.texts)
            at = self.at
            for cell in row.cells:
                self._boxes(cell.parts, at)
                if not row.repeated:
                    span = Span(at, at + len(cell.text))
                    cells.append(Cell(span, number, cell.column, cell.rows, cell.columns))
                at += len(cell.text) + 3
            if row.repeated:
                self.regions.append(Region(Span(self.at, self.at + len(text)), "furniture"))
            self.lines.append(text)
            self.at += len(text) + 1
            number += not row.repeated
        if cells:
            self.tables.append(Table(Span(start, self.at - 1), tuple(cells)))


def joined(parts: Sequence[Placed]) -> str:
    """The printed lines as one; what was broken after a hyphen or a slash is whole again: ``38/NQ-CP``, ``và/hoặc``."""
    return "".join(part.text + _joint(part, after) for part, after in zip_longest(parts, parts[1:]))


def _joint(part: Placed, after: Placed | None) -> str:
    if after is None or (_BROKEN.search(part.text) and after.text[0].isalnum()):
        return ""
    return " "


def continues(paragraph: Sequence[Placed], placed: Placed) -> bool:
    """Whether a printed line goes on with the paragraph, by its place on the page and by its words."""
    first, last = paragraph[0], paragraph[-1]
    text = joined(paragraph)
    if last.line.column != placed.line.column:
        return False
    if placed.line.column:
        return goes_on(text, placed.text) or _is_rest_of_entry(text, placed)
    if _is_apart(last, placed):
        return False
    full = last.is_full(placed) and not last.is_centred and not starts_anew(placed.text)
    if is_capitals(text):
        return goes_on(text, placed.text) or (is_item(text) and is_capitals(placed.text) and full)
    return goes_on(text, placed.text) or (full and _is_set_as_next(first, last, placed, text))


def _is_apart(last: Placed, placed: Placed) -> bool:
    return last.page == placed.page and placed.line.top - last.line.bottom > 1.3 * last.line.height


def _is_rest_of_entry(text: str, placed: Placed) -> bool:
    """In the list of recipients every entry begins with a dash."""
    return (placed.line.column == 1 and text.startswith(("-", "Nơi nhận")) and text[-1] not in ";.:"
            and not placed.text.startswith(("-", "Nơi nhận"))) or text.endswith("Lưu:")


def _is_set_as_next(first: Placed, last: Placed, placed: Placed, text: str) -> bool:
    """A full line is followed by one that begins at the margin, or under the text after a marker."""
    indent = placed.line.x0 - placed.margins.left
    first_indent = first.line.x0 - first.margins.left
    ended = text.rstrip("\"”’')]")[-1:] in (".", ";", ":", "!", "?")
    if is_item(placed.text) or is_capitals(placed.text):
        return indent <= _INDENT < first_indent and not ended
    if first_indent - indent > _INDENT:
        return indent <= _INDENT or not ended
    if first is not last:  # from the third line on the second shows where lines begin
        return abs(indent - (last.line.x0 - last.margins.left)) <= _INDENT and not (ended and indent > _INDENT)
    hangs = indent - first_indent > _INDENT and is_item(text)
    return (hangs or indent <= _INDENT) and not ended


def _open_rows(table: RuledTable, page: int, known: Margins) -> list[OpenRow]:
    rows = [[c for c in table.cells if c.row == number] for number in range(max(c.row for c in table.cells) + 1)]
    return [OpenRow([OpenCell(c.column, c.rows, c.columns, [Placed(line, page, known) for line in c.lines])
                     for c in sorted(row, key=lambda c: c.column)]) for row in rows]


def _same_edges(a: Sequence[float], b: Sequence[float]) -> bool:
    return len(a) == len(b) and all(abs(x - y) <= 6 for x, y in zip(a, b, strict=True))


def _without_repeated(table: OpenTable, rows: list[OpenRow]) -> list[OpenRow]:
    """The rows of the next page, those that repeat the head of the table marked."""
    for old, new in zip(table.rows, rows, strict=False):
        if not any(new.texts) or [t.casefold() for t in old.texts] != [t.casefold() for t in new.texts]:
            break
        new.repeated = True
    head = [row for row in rows if row.repeated]
    table.rows += head
    return rows[len(head):]


def _is_rest_of_row(old: OpenRow, new: OpenRow) -> bool:
    """A row that the end of a page cut: its first cell is empty and some cell's sentence goes on."""
    if not new.cells or new.cells[0].text:
        return False
    above = {cell.column: cell.text for cell in old.cells}
    return any(above.get(cell.column) and cell.text and goes_on(above[cell.column], cell.text) for cell in new.cells)


def _append_row(old: OpenRow, new: OpenRow) -> None:
    above = {cell.column: cell for cell in old.cells}
    for cell in new.cells:
        if cell.column in above:
            above[cell.column].parts += cell.parts
        elif cell.parts:
            old.cells.append(cell)
    old.cells.sort(key=lambda cell: cell.column)
