"""What is printed on a page beside the text: page numbers, running heads and feet, notes of programs, footnotes."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice, takewhile
from typing import NamedTuple

from chidao.reading.lines import is_item
from chidao.reading.printed.lines import Line, typical
from chidao.reading.printed.pages import Page
from chidao.reading.regions import SIGNED_BY, is_furniture, stamp_end

_PAGE_NUMBER = re.compile(r"[-–—]?\s*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE)
_NOTE = re.compile(r"(?:\[?\d{1,2}\]?(?!\d)|\*)[.)]?\s*\S")
_EDGE = 0.13  # share of the page's height, at its top and bottom, where page numbers and running heads stand
_MAX_RUNNING = 3  # lines of a running head
_STEP = 4.0  # points
_MARGIN = 56.7  # points: 20 mm, the least that Nghị định 30/2020/NĐ-CP asks for below the text
_APART = 1.3  # heights of a line between the text and what stands beside it
_SMALL = 0.88  # notes are set smaller than the text


class _Edge(NamedTuple):
    """A line at the edge of a page, and how far it stands from there: below 0 from the bottom."""

    line: Line
    inset: float

    @property
    def shape(self) -> str:
        """What running heads have in common though the page number in them changes."""
        return re.sub(r"\d+", "0", self.line.text)

    @property
    def place(self) -> tuple[str, int]:
        return self.shape, round(self.inset / _STEP)


def find_furniture(pages: Sequence[Page]) -> set[tuple[int, Line]]:
    """Page numbers, running heads and the notes of signing programs, as (page, line)."""
    edges = [_edges(page) for page in pages]
    often = Counter(chain.from_iterable({edge.shape for edge in chain(*sides)} for sides in edges))
    twice = Counter(chain.from_iterable({edge.place for edge in chain(*sides)} for sides in edges))
    enough, half = max(3, len(pages) / 3), max(2, len(pages) / 2 - 1)

    def is_running(edge: _Edge) -> bool:
        if _PAGE_NUMBER.fullmatch(edge.line.text):
            return True
        return (not is_item(edge.line.text) and not edge.line.column
                and (often[edge.shape] >= enough or twice[edge.place] >= half))

    found = set()
    for page, sides in zip(pages, edges, strict=True):
        for side in sides:
            found |= {(page.number, edge.line) for edge in islice(takewhile(is_running, side), _MAX_RUNNING)}
        found |= {(page.number, line) for line in page.lines if is_furniture(line.text)}
        found |= {(page.number, line) for line in _stamps(page.lines)}
    return found | set(_outside_the_text(pages, found))


def _stamps(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of the text stamps of digital signatures: between signer and time, set as the signer is."""
    for i, first in enumerate(lines):
        if SIGNED_BY.fullmatch(first.text) and is_furniture(first.text):
            apart = (j for j in range(i + 1, len(lines)) if abs(lines[j].x0 - first.x0) > _STEP)
            below = lines[i:next(apart, len(lines))]
            yield from below[:stamp_end([line.text for line in below], 0)]


def _edges(page: Page) -> tuple[list[_Edge], list[_Edge]]:
    """The lines at the top of a page, and those at its bottom; from the outside inwards."""
    lines = sorted(page.lines, key=lambda line: line.top)
    return ([_Edge(line, line.top) for line in lines if line.bottom <= _EDGE * page.height],
            [_Edge(line, line.bottom - page.height) for line in reversed(lines)
             if line.top >= (1 - _EDGE) * page.height])


def _outside_the_text(pages: Sequence[Page], known: set[tuple[int, Line]]) -> Iterator[tuple[int, Line]]:
    """The one line at the end of a page that stands in its margin, apart from the text."""
    ends = {page.number: _ends(page, known) for page in pages}
    for page in pages:
        if len(ends[page.number]) < 2:
            continue
        above, last = ends[page.number][-2:]
        text_ends = max((ends[number][-1] for number in ends if number != page.number and ends[number]), default=0)
        full = text_ends if text_ends >= -_EDGE * page.height else 0
        for line in page.lines:
            if (line.bottom - page.height == last and not line.column and last - above > (1 + _APART) * line.height
                    and (line.top >= page.height - _MARGIN or (full < 0 and last > full + _STEP))):
                yield page.number, line


def _ends(page: Page, known: set[tuple[int, Line]]) -> list[float]:
    """Where the lines and tables of the text end, below 0 from the bottom of the page, in order."""
    return sorted(item.bottom - page.height for item in page.items
                  if not isinstance(item, Line) or (page.number, item) not in known)


def find_notes(page: Page, known: set[tuple[int, Line]]) -> list[Line]:
    """The footnotes of a page: smaller lines at its end, the first with a mark."""
    lines = [line for line in page.lines if line.column == 0 and (page.number, line) not in known]
    if len(lines) < 4:
        return []
    body = typical((line.type_size, len(line.text)) for line in lines)
    notes: list[Line] = []
    for line in reversed(lines):
        if line.type_size > _SMALL * body:
            break
        notes.insert(0, line)
    last = max((line.bottom for line in page.lines if line.column), default=0)
    while notes and (not _NOTE.match(notes[0].text) or notes[0].top < last):
        del notes[0]
    return notes
