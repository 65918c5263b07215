"""Heads further down in a file: where one stands, what was read of it, and whether it is a form's."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from chidao import knowledge
from chidao.grammar.folding import key
from chidao.grammar.numbers import type_of_symbol
from chidao.model import SourceText, Span
from chidao.structure import letterhead
from chidao.structure.casing import is_capitals
from chidao.structure.closing import pieces_from
from chidao.structure.head import MOTTO, NUMBER, Head, read_head
from chidao.structure.signature import Piece, person

# Where a document says its number: at the beginning of a line or a cell.
_SLOT = re.compile(r"(?:^|\|)[ \t#>]*(?=S[ốóôoỐ](?:\s*hiệu)?[\s:.;][^|]{0,80}?[/-])", re.MULTILINE)
# A number as recognition may damage it ("số: Z7 /QĐ-TTg", "Số: 4/35 /SGDĐT-TC"): its symbol is left.
_DAMAGED = re.compile(r"(?:^|\|)[ \t#>]*(?P<slot>[Ss][ốóôoỐ]\s?[:.;]?[^\n|]{0,24}?/\s?(?P<symbol>[A-ZĐ]{2}[\w-]*))",
                      re.MULTILINE)
# What only a form has in its head: room to fill in, marks of notes, "TÊN CƠ QUAN", "TỈNH A".
_FORM = re.compile(r"…|\.{3,}|_{3,}|[\[(<]\s*\d{1,2}\s*[\])>]|<|(?<!\w)TÊN\s+(?:CƠ\s+QUAN|TỔ\s+CHỨC|ĐƠN\s+VỊ)"
                   r"|\s[A-ZĐ]$", re.MULTILINE)
_SAMPLE = re.compile(r"^\W*(?:(?:phụ\s+lục|biểu)\s+)?(?:(?:các|biểu)\s+)?mẫu(?!\w)|^\W*ví\s+dụ(?!\w)", re.IGNORECASE)
_SERIAL = re.compile(r"\d[\d.]*[A-Za-z]?")
_ABOVE = 700  # characters above the number in which the letterhead stands
_HEAD = 6_000
_FIRST_HEAD = 14_000  # a page of a website may have a menu above it
_NAME = 200
_LABELS = 4  # lines above a head that may say that it is a sample
_TOP = 4  # short lines between the top of the page and the letterhead
_LETTERHEAD = 10  # lines above the number on a recognised page, with what stamps and marks were taken for
_LINE = 160


@dataclass(frozen=True, slots=True)
class Start:
    """A head in the whole text. `top` is where its letterhead begins, `cut` the same or the top of its page.

    `serial` is "" where the number is blank, `symbol` as symbols are compared.
    """

    top: int
    cut: int
    end: int
    serial: str
    symbol: str
    issuer: str
    day: str
    title: str
    kind: str | None
    is_form: bool
    is_copy: bool
    has_motto: bool
    has_year: bool
    tops_page: bool
    recognised: bool

    @property
    def is_whole(self) -> bool:
        """Whether number, day and motto are all there."""
        return bool(self.serial and self.day and self.has_motto)

    def repeats(self, other: Start) -> bool:
        """Whether this is the head of the other document once more: over a part of it, or on each page.

        An annex that has the number of its decision is no decision.
        """
        if self.symbol != other.symbol or self.serial != other.serial or (
                self.issuer != other.issuer and self.day != other.day):
            return False
        named = type_of_symbol(self.symbol)
        return bool(self.serial) or self.title == other.title or (named is not None and self.kind != named)


def slots(source: SourceText, view: str) -> list[int]:
    """Where numbers of documents may stand, in order; on recognised pages damaged ones, too."""
    found = {m.end() for m in _SLOT.finditer(view)}
    if any(box.confidence for box in source.boxes):
        found |= {m.start("slot") for m in _DAMAGED.finditer(view)}
    return sorted(found)


def first_start(source: SourceText, view: str) -> Start | None:
    """The head that the text begins with; None where it has none."""
    head = read_head(view, min(len(view), _FIRST_HEAD))
    if head.start is None or (head.number is None and head.type is None):
        return None
    number = head.number.match if head.number else None
    symbol = (number["symbol"] or number["symbol_"] or "") if number else ""
    serial = (number["serial"] or number["serial_"] or "") if number else ""
    return _read(source, view, head, head.start, head.start, head.end, serial, symbol)


def find_start(source: SourceText, view: str, at: int, *, after: int) -> Start | None:
    """The head whose number stands at the offset `at`, below `after`; None where that is no document's."""
    number = NUMBER.match(view, at)
    symbol = (number["symbol"] or number["symbol_"]) if number else None
    serial = (number["serial"] or number["serial_"] or "") if number else ""
    page = _page_top(source, at)
    recognised = _is_recognised(source, Span(at, at + 1))
    if symbol is None and recognised:
        damaged = _DAMAGED.match(view, max(view.rfind("\n", 0, at), view.rfind("|", 0, at)) + 1)
        symbol = damaged["symbol"] if damaged else None
    if symbol is None:
        return None
    pieces = list(pieces_from(view, max(after, at - _ABOVE), at))
    names = _letterhead_above(pieces, page, recognised=recognised)
    top = names[0].span.start if names else at
    head = read_head(view[top:top + _HEAD], min(_HEAD, len(view) - top))
    read = head.number.piece.span.start + top if head.number else None
    if read != at and (number or (read is not None and read < at)):
        return None
    if not letterhead.read_letterhead(head.names)[0] or not (head.type or head.subject or head.addressed):
        return None
    if not (MOTTO.search(view[top:top + head.end]) or head.date):
        return None
    return _read(source, view, head, top, _cut(view, page, top), top + head.end, serial, symbol)


def _read(
    source: SourceText, view: str, head: Head, top: int, cut: int, end: int, serial: str, symbol: str,
) -> Start:
    symbol, serial = re.sub(r"\s+", "", symbol).strip(".-"), re.sub(r"\s+", "", serial)
    named = type_of_symbol(symbol)
    kind = head.type[0] if head.type else named
    block = Span(top, max(end, top + 1))
    recognised = _is_recognised(source, block)
    page = _page_top(source, top)
    return Start(
        top=top, cut=cut, end=end, serial=serial.lstrip("0") if _SERIAL.fullmatch(serial) else "",
        symbol=symbol, title=key(" ".join(p.text for p in head.title or head.subject)),
        issuer=key(" ".join(letterhead.read_letterhead(head.names)[0])), day=_day(head), kind=kind,
        is_form=_is_form(view, head, top, page, recognised=recognised),
        is_copy=not _copies().isdisjoint({kind, named}), has_motto=MOTTO.search(block.of(view)) is not None,
        has_year=bool(head.date and head.date.match and head.date.match["year"].strip().isdigit()),
        tops_page=cut < top or page == top, recognised=recognised)


def _is_recognised(source: SourceText, span: Span) -> bool:
    return any(box.confidence for box in source.locate(span))


def _letterhead_above(pieces: list[Piece], page: int, *, recognised: bool) -> list[Piece]:
    """The lines of the letterhead among those above a number: down from the first that names the body or the state.

    On a recognised page these are all that stand above it.
    """
    own = [piece for piece in pieces if piece.span.start >= page]
    if recognised and own and len(own) <= _LETTERHEAD and all(len(piece.text) < _LINE for piece in own):
        return own
    taken: list[Piece] = []
    for piece in reversed(pieces):
        if piece.span.start < page or not _is_of_letterhead(piece.text):
            break
        taken.insert(0, piece)
    first = next((i for i, p in enumerate(taken) if MOTTO.match(p.text) or letterhead.read_letterhead([p])[0]), None)
    return taken[first:] if first is not None else []


def _is_of_letterhead(text: str) -> bool:
    if MOTTO.search(text):
        return True
    if person(text):
        return False
    return len(text) < _NAME and (not any(map(str.isalpha, text)) or is_capitals(text) or _is_day(text))


def _day(head: Head) -> str:
    """The day in digits, "" where it is blank."""
    groups = head.date.match.groupdict() if head.date and head.date.match else {}
    digits = [re.sub(r"\D", "", groups.get(name) or "").lstrip("0") for name in ("year", "month", "day")]
    return "-".join(digits) if all(digits) else ""


def _is_day(text: str) -> bool:
    return len(text) < 80 and re.search(r"ngày\b.*\btháng\b.*\bnăm\b", text) is not None


def _page_top(source: SourceText, at: int) -> int:
    """Where the page begins that holds the offset `at`; 0 where the source has no pages."""
    boxes = source.locate(Span(at, at + 1))
    if not boxes:
        return 0
    return next(box.span.start for box in source.boxes if box.page == boxes[0].page)


def _cut(view: str, page: int, top: int) -> int:
    """Where the document begins: at the top of its page where little else stands above the letterhead."""
    above = list(pieces_from(view, page, top)) if page else []
    return page if page and len(above) <= _TOP and all(len(p.text) < 80 for p in above) else top


def _is_form(view: str, head: Head, top: int, page: int, *, recognised: bool) -> bool:
    """Whether a head has room to be filled in, or stands under a heading that says that it is a sample.

    On a scan dots may be what a number was written on by hand.
    """
    above = list(pieces_from(view, max(page, top - _ABOVE), top))[-_LABELS:]
    if any(_SAMPLE.match(piece.text) for piece in above):
        return True
    pieces = [*head.names, *head.title, *head.subject]
    if not recognised:
        pieces += [token.piece for token in (head.number, head.date) if token]
    return any(_FORM.search(piece.text) for piece in pieces)


@cache
def _copies() -> frozenset[str]:
    """Types of certified copies: their note stands at the end of what was copied."""
    return frozenset(row["type"] for row in knowledge.rows("document_types") if row["class"] == "copy")
