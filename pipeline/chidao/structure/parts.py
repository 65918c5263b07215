"""What is issued with a directive: attached plans and annexes that have no number of their own."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, takewhile

from chidao.grammar.folding import document_view, squeeze
from chidao.model import Part, Span
from chidao.structure.casing import is_capitals
from chidao.structure.closing import ATTACHED, pieces_from
from chidao.structure.head import read_head
from chidao.structure.signature import Piece, office_start
from chidao.structure.spacing import mend_spacing
from chidao.structure.words import type_words

_ANNEX = re.compile(r"\W*PH[ỤU]\s+L[ỤU]C(?:\s+(?:SỐ\s*:?\s*)?(?P<number>[IVXL]+|\d{1,2}[A-Z]?|[A-Z]))?(?!\w)\W*"
                    r"(?P<title>.*)", re.DOTALL)
_HEADING = 8  # lines of a heading down to the note "(Kèm theo …)"
_IN_SMALL = 3  # of these, lines of a title in small letters
_TITLE = 4
_LONG = 300
_REACH = 3_000


def find_parts(text: str, start: int | None) -> tuple[Part, ...]:
    """The parts from `start` on, where an annex begins after the signature; () where there is none.

    A part begins with a line PHỤ LỤC, or with a heading over a note "(Kèm theo …)".

    >>> text = "KẾ HOẠCH\\nTrồng rừng\\n(Kèm theo Quyết định số 9/QĐ-UBND)\\n1. Sở Tài chính\\nPHỤ LỤC I\\nBIỂU GIAO"
    >>> [(part.label, part.type, part.title) for part in find_parts(text, 0)]
    [(None, 'Kế hoạch', 'Trồng rừng'), ('Phụ lục I', None, 'BIỂU GIAO')]
    """
    if start is None:
        return ()
    view = document_view(text)
    starts = [*sorted({start, *_headings(view, start)}), len(text)]
    return tuple(_part(view, Span(a, b)) for a, b in pairwise(starts))


def _headings(view: str, start: int) -> Iterator[int]:
    """Where annexes and attached documents begin."""
    heading: list[Piece] = []
    for piece in pieces_from(view, start, len(view)):
        if _is_annex(piece.text):
            yield piece.span.start
            heading = [piece]
        elif heading and ATTACHED.match(piece.text):
            if not _is_annex(heading[0].text):
                yield heading[0].span.start
            heading = []
        elif _goes_on(heading, piece.text):
            heading.append(piece)
        else:
            heading = [piece] if _is_heading(piece.text) else []


def _goes_on(heading: Sequence[Piece], text: str) -> bool:
    if not heading or len(heading) >= _HEADING or len(text) > _LONG:
        return False
    small = sum(not is_capitals(piece.text) for piece in heading)
    typed = any(_type().match(piece.text) or _is_annex(piece.text) for piece in heading)
    return _is_heading(text) or (typed and small < _IN_SMALL) or text.startswith("Độc lập")


def _is_heading(text: str) -> bool:
    return is_capitals(text) and office_start(text) is None


def _is_annex(text: str) -> bool:
    m = _ANNEX.match(text)
    return m is not None and (not m["title"] or is_capitals(m["title"]))


def _part(view: str, span: Span) -> Part:
    span = Span(span.start, span.start + len(span.of(view).rstrip(" \n|")))
    near = min(span.end, span.start + _REACH)
    pieces = [piece.text for piece in pieces_from(view, span.start, near)]
    if pieces and (annex := _ANNEX.match(pieces[0])) and _is_annex(pieces[0]):
        label = f"Phụ lục {annex['number']}" if annex["number"] else "Phụ lục"
        return Part(span, label=label, title=_title([annex["title"], *pieces[1:]]))
    head = read_head(view[span.start:near], near - span.start)
    if head.type is None:
        return Part(span, title=_title(pieces))
    return Part(span, type=head.type[0], title=_joined([p.text for p in takewhile(_is_of_title, head.title)]))


def _title(pieces: Sequence[str]) -> str | None:
    """The lines in capitals that a heading begins with."""
    return _joined(list(takewhile(_is_heading, filter(None, pieces)))[:_TITLE])


def _is_of_title(piece: Piece) -> bool:
    return not ATTACHED.match(piece.text)


def _joined(lines: Sequence[str]) -> str | None:
    return mend_spacing(squeeze(" ".join(lines))).strip(" .*#") or None


@cache
def _type() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{type_words()})(?!\w)")
