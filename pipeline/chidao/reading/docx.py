"""Word documents: paragraphs and tables in order, with the numbers that Word makes itself."""
from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from chidao.errors import ReadingError
from chidao.reading.blocks import Block, Grid, GridCell, Paragraph, write
from chidao.reading.content import Content
from chidao.reading.decoding import clean
from chidao.reading.limits import DEFAULTS, Limits
from chidao.reading.numbering import Numbering

_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): ""}
_SKIPPED = frozenset(map(qn, ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:rPr", "w:pPr", "w:sectPr")))
_WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:smartTag", "w:customXml")))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


def read(data: bytes, limits: Limits = DEFAULTS) -> Content:
    """The text of a Word document; headers and footers with words in them are furniture at its start and end.

    Raises ReadingError ``encrypted``, ``damaged`` or ``too_large``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(info.file_size for info in package.infolist())
            if any(info.flag_bits & 1 for info in package.infolist()):
                raise ReadingError("encrypted")
        if unpacked > limits.expansion:
            raise ReadingError("too_large", f" ({unpacked // 2**20} MiB)")
        document = Document(io.BytesIO(data))
        return write(_document(document))
    except ReadingError:
        raise
    except Exception as error:  # python-docx tells of broken packages by exceptions of a dozen kinds
        raise ReadingError("damaged", f" ({type(error).__name__})") from error


def _document(document: Any) -> Iterator[Block]:
    numbering = Numbering(document)
    headers, footers = _margins(document)
    yield from (Paragraph(text, furniture=True) for text in headers)
    yield from _blocks(document.element.body, numbering)
    yield from _notes(document)
    yield from (Paragraph(text, furniture=True) for text in footers)


def _margins(document: Any) -> tuple[list[str], list[str]]:
    """The texts of headers and of footers, each once; numbers of pages are fields and no text."""
    texts: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for section in document.sections:
        for i, names in enumerate((("header", "first_page_header"), ("footer", "first_page_footer"))):
            for part in (getattr(section, name) for name in names):
                if not part.is_linked_to_previous:
                    lines = (_plain(p).strip() for p in part._element.iter(qn("w:p")))
                    texts[i].update((line, None) for line in lines if any(map(str.isalpha, line)))
    return list(texts[0]), list(texts[1])


def _notes(document: Any) -> Iterator[Block]:
    """Footnotes and endnotes, each with the mark that stands in the text."""
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if relation.is_external or kind not in ("footnotes", "endnotes"):
            continue
        for note in etree.fromstring(relation.target_part.blob):
            if note.get(qn("w:type")) is None and note.get(qn("w:id")) is not None:
                text = "\n".join(_plain(p) for p in note.iter(qn("w:p"))).strip()
                if text:
                    yield Paragraph(f"[{note.get(qn('w:id'))}] {text}")


def _blocks(container: Any, numbering: Numbering) -> Iterator[Block]:
    """Paragraphs and tables of a body or a cell, also those inside content controls and inserted parts."""
    for child in container:
        if child.tag == qn("w:p"):
            yield Paragraph(f"{numbering.label(child)} {_plain(child)}".strip())
            for box in _text_boxes(child):
                yield from _blocks(box, numbering)
        elif child.tag == qn("w:tbl"):
            yield _grid(child, numbering)
        elif child.tag in _WRAPPERS:
            yield from _blocks(child, numbering)


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    """Text boxes anchored in a paragraph; Word writes each twice, the second time for old versions."""
    for box in paragraph.iter(qn("w:txbxContent")):
        if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
            yield box


def _plain(paragraph: Any) -> str:
    return clean("".join(_runs(paragraph)))


def _runs(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in (qn("w:t"), _MATH_TEXT):
            yield child.text or ""
        elif tag in _BREAKS:
            yield _BREAKS[tag]
        elif tag == qn("w:sym"):
            yield _symbol(child)
        elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
            yield f"[{child.get(qn('w:id'))}]"
        elif tag not in _SKIPPED and tag not in (_FALLBACK, qn("w:txbxContent"), qn("w:tbl")) and isinstance(tag, str):
            yield from _runs(child)


def _symbol(element: Any) -> str:
    code = element.get(qn("w:char")) or ""
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "-" if "\uf000" <= char <= "\uf0ff" else char


def _grid(table: Any, numbering: Numbering) -> Grid:
    """Cells at their places; what is merged downwards counts for the cell where it begins."""
    cells: list[GridCell] = []
    above: dict[int, int] = {}  # column -> index of the cell that a merge may go on from
    for row, tr in enumerate(_rows(table)):
        column = _integer(tr.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
        for tc in _cells(tr):
            span = max(1, _integer(tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1))
            merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val")) != "restart" and column in above
            if goes_on:
                first = cells[above[column]]
                cells[above[column]] = first._replace(rows=row - first.row + 1)
            else:
                above[column] = len(cells)
                cells.append(GridCell(row, column, 1, span, list(_blocks(tc, numbering))))
            column += span
    return Grid(cells)


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == qn("w:tr"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _cells(child)


def _integer(element: Any, default: int) -> int:
    value = element.get(qn("w:val")) if element is not None else None
    return int(value) if value and value.isdigit() and len(value) < 5 else default
