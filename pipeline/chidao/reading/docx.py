"""Word documents: paragraphs and tables in order, with the numbers that Word makes itself, changes accepted."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from chidao.errors import ReadingError
from chidao.reading.blocks import Block, Grid, GridCell, Paragraph, write
from chidao.reading.content import Content
from chidao.reading.docx_package import open_document
from chidao.reading.docx_text import FALLBACK, Words
from chidao.reading.limits import DEFAULTS, Limits
from chidao.reading.numbering import Numbering

_WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:smartTag", "w:customXml")))
_GONE = tuple(f"{qn('w:rPr')}/{qn(change)}" for change in ("w:del", "w:moveFrom"))
_HEADERS = ("header", "first_page_header", "even_page_header")
_FOOTERS = ("footer", "first_page_footer", "even_page_footer")
_P, _TBL, _TR, _TC, _BOX = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc", "w:txbxContent"))
_NOTES = {"footnotes": "footnoteReference", "endnotes": "endnoteReference"}


def read(data: bytes, limits: Limits = DEFAULTS) -> Content:
    """The text of a Word document; headers and footers with words in them are furniture at its start and end.

    Footnotes and endnotes come after the text as regions of kind ``note``, each with the mark that it bears in it.
    Raises ReadingError ``encrypted``, ``damaged`` or ``too_large``.
    """
    document = open_document(data, limits)
    try:
        reader = _Reader(Words.of(document), Numbering(document))
        content = write(_document(document, reader))
    except Exception as error:  # python-docx tells of broken parts by exceptions of a dozen kinds
        raise ReadingError("damaged", f" ({type(error).__name__})") from error
    foreign = any(True for _ in document.element.body.iter(qn("w:altChunk")))
    encoding = reader.words.encoding
    return content._replace(warnings=(
        *((f"encoding: {encoding}",) if encoding else ()), *(("not read: altChunk",) if foreign else ())))


@dataclass(frozen=True, slots=True)
class _Reader:
    words: Words
    numbering: Numbering


def _document(document: Any, reader: _Reader) -> Iterator[Block]:
    yield from (Paragraph(text, "furniture") for text in _margins(document, reader.words, _HEADERS))
    yield from _blocks(document.element.body, reader)
    yield from _notes(document, reader.words)
    yield from (Paragraph(text, "furniture") for text in _margins(document, reader.words, _FOOTERS))


def _margins(document: Any, words: Words, names: tuple[str, ...]) -> list[str]:
    """The lines of headers or of footers, each once; numbers of pages are fields and no text."""
    lines: dict[str, None] = {}
    for section in document.sections:
        for part in (getattr(section, name) for name in names):
            if not part.is_linked_to_previous:
                found = (words.plain(paragraph).strip() for paragraph in part._element.iter(qn("w:p")))
                lines.update((line, None) for line in found if any(map(str.isalpha, line)))
    return list(lines)


def _notes(document: Any, words: Words) -> Iterator[Block]:
    """Footnotes and endnotes, each with the mark that stands in the text."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if relation.is_external or kind not in _NOTES:
            continue
        for note in etree.fromstring(relation.target_part.blob, parser):
            if not isinstance(note.tag, str) or note.get(qn("w:type")) not in (None, "normal"):
                continue
            text = " ".join(filter(None, (words.plain(paragraph).strip() for paragraph in note.iter(_P))))
            mark = words.notes.get((_NOTES[kind], note.get(qn("w:id"), "")), "")
            if text:
                yield Paragraph(f"{mark} {text}".strip(), "note")


def _blocks(container: Any, reader: _Reader) -> Iterator[Block]:
    """Paragraphs and tables of a body or a cell, also those inside content controls and inserted parts."""
    waiting = ""  # words before a paragraph's end that was deleted: they go on in the next one
    for child in container:
        if child.tag == _P:
            text = waiting + reader.words.plain(child)
            waiting = text if _goes_on(child) else ""
            if not waiting:
                yield Paragraph(f"{reader.numbering.label(child, text)} {text}".strip())
            for box in _text_boxes(child):
                yield from _blocks(box, reader)
        elif child.tag == _TBL:
            yield _grid(child, reader)
        elif child.tag in _WRAPPERS:
            yield from _blocks(child, reader)
    if waiting:
        yield Paragraph(waiting.strip())


def _goes_on(paragraph: Any) -> bool:
    """Whether the end of the paragraph was deleted or moved away."""
    properties = paragraph.find(qn("w:pPr"))
    return properties is not None and any(properties.find(path) is not None for path in _GONE)


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    """Text boxes anchored in a paragraph; Word writes each twice, the second time for old versions."""
    for box in paragraph.iter(_BOX):
        anchor = next(box.iterancestors(_P))
        if anchor is paragraph and not any(parent.tag == FALLBACK for parent in box.iterancestors()):
            yield box


def _grid(table: Any, reader: _Reader) -> Grid:
    """Cells at their places; what is merged downwards counts for the cell where it begins."""
    cells: list[GridCell] = []
    above: dict[int, int] = {}  # column -> index of the cell that a merge may go on from
    for row, tr in enumerate(_rows(table)):
        column = _integer(tr.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
        for tc in _cells(tr):
            span = max(1, _integer(tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1))
            merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            beside = tc.find(f"{qn('w:tcPr')}/{qn('w:hMerge')}")
            if beside is not None and beside.get(qn("w:val")) != "restart" and cells and cells[-1].row == row:
                cells[-1] = cells[-1]._replace(columns=cells[-1].columns + span)
            elif merge is not None and merge.get(qn("w:val")) != "restart" and column in above:
                first = cells[above[column]]
                cells[above[column]] = first._replace(rows=row - first.row + 1)
            else:
                above[column] = len(cells)
                cells.append(GridCell(row, column, 1, span, list(_blocks(tc, reader))))
            column += span
    return Grid(cells)


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == _TR and child.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == _TC and child.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is None:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _cells(child)


def _integer(element: Any, default: int) -> int:
    value = element.get(qn("w:val")) if element is not None else None
    return int(value) if value and value.isdigit() and len(value) < 5 else default
