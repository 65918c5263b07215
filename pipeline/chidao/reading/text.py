"""Plain text and Markdown, also texts saved from web pages, with their tables flattened to ``a | b`` lines."""
from __future__ import annotations

import re
from collections.abc import Iterator

from chidao.model import Cell, Span, Table
from chidao.reading.content import Content
from chidao.reading.decoding import clean, decode
from chidao.reading.layout import is_layout
from chidao.reading.limits import DEFAULTS, Limits
from chidao.reading.lines import rejoin

_RULE = re.compile(r"[\s|:+-]+")
_ROW_GAP = 2  # lines without a bar between two rows: what is left of a cell that was broken into lines


def read(data: bytes, limits: Limits = DEFAULTS) -> Content:
    """The text of `data` with broken lines re-joined and its flattened tables found."""
    decoded = decode(data)
    text = rejoin(clean(decoded.text))
    return Content(text, tables=tuple(find_tables(text)), warnings=decoded.warnings)


def find_tables(text: str) -> Iterator[Table]:
    """The tables of `text`: runs of lines whose cells are parted by bars; layout tables are left out.

    >>> [[c.span.of("TT | Việc\\n1 | Báo cáo") for c in t.cells] for t in find_tables("TT | Việc\\n1 | Báo cáo")]
    [['TT', 'Việc', '1', 'Báo cáo']]
    """
    for run in _runs(text):
        rows = [row for row in (_cells(text, line) for line in run) if row]
        while rows and is_layout([[span.of(text) for span in rows[0]]]):
            del rows[0]
        while rows and is_layout([[span.of(text) for span in rows[-1]]]):
            del rows[-1]
        widest = max(map(len, rows), default=0)
        if widest < 2 or (len(rows) == 1 and widest < 3):
            continue
        cells = tuple(Cell(span, i, j) for i, row in enumerate(rows) for j, span in enumerate(row))
        yield Table(Span(cells[0].span.start, cells[-1].span.end), cells)


def _runs(text: str) -> Iterator[list[Span]]:
    """Groups of lines that follow one another and begin and end with a row."""
    run: list[Span] = []
    waiting: list[Span] = []
    for match in re.finditer(r"^.*$", text, re.MULTILINE):
        line = Span(*match.span())
        if "|" in match.group():
            run += [*waiting, line]
            waiting = []
        elif not match.group().strip():
            continue
        elif len(waiting) == _ROW_GAP:
            if run:
                yield run
            run, waiting = [], []
        elif run:
            waiting.append(line)
    if run:
        yield run


def _cells(text: str, line: Span) -> list[Span]:
    """The cells of a row; bars at its ends are borders. A rule (``|---|---|``) has none."""
    row = line.of(text)
    if _RULE.fullmatch(row):
        return []
    start = line.start + len(row) - len(row.lstrip(" \t|"))
    bare = row.rstrip().removesuffix("|")
    end = line.start + len(bare)
    spans, at = [], start
    for part in text[start:end].split("|"):
        left = at + len(part) - len(part.lstrip())
        spans.append(Span(left, max(left, at + len(part.rstrip()))))
        at += len(part) + 1
    return spans
