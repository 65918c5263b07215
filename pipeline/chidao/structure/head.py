"""Reading the head of a directive piece by piece: letterhead, number, date, type, title, V/v, addressees."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

from chidao.grammar import dates
from chidao.grammar.folding import squeeze
from chidao.grammar.letters import UPPER
from chidao.model import Span
from chidao.structure import addressees, letterhead
from chidao.structure.casing import is_capitals
from chidao.structure.closing import pieces_from
from chidao.structure.signature import Piece, office_start
from chidao.structure.spacing import mend_spacing
from chidao.structure.words import any_of, type_words, types

_PART = r"[A-ZĐÂÊÔƠƯ][\wĐđ]*(?:[.&][\wĐđ]+)*(?:\([\wĐđ]+\))?"
_STATE = (r"(?P<serial>\d[\d.]*[A-Za-z]?|[^\w\s/|]{0,3}\d*[^\w/|\n]{0,40})?[\s.…_]{0,60}/\s?"
          rf"(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?(?P<symbol>{_PART}(?:\s?-\s?{_PART})*)")
_PARTY = rf"(?P<serial_>\d+|[\s.…_]{{0,40}})\s?-\s?(?P<symbol_>{_PART}\s?/\s?{_PART}(?:-{_PART})*)"
# The symbol's last letters may be driven apart: QĐ - U B ND.
NUMBER = re.compile(
    r"(?:L(?<!\w.)(?:uật|ệnh)\s+số|P(?<!\w.)háp\s+lệnh\s+số|N(?<!\w.)ghị\s+quyết\s+số|S(?<!\w.)[ốóôoỐ])"
    r"\s*(?:hiệu)?\s*[:.;]?\s*"
    rf"(?P<whole>(?:{_PARTY}|{_STATE})(?P<broken>(?: [A-ZĐ]{{1,4}})+(?=\s*(?:$|\n|\||V\s?/)))?)")
# Quốc hiệu and tiêu ngữ as scans damage them too.
MOTTO = re.compile(
    r"[CcĐđDd](?i:(?<=C)[ỘÔO]NG\s+H[ÒOÀA]{1,2}\s+X[ÃA]\s+H[ỘÔO]I\s+CH\S.{0,40}?(?:VI[ỆE]T\s+NAM|(?=\n|\|))"
    r"|(?<=[ĐD])[ộôo]c\s+l[ậâa]p\s*-\s*T[ựưu]\s+do\s*-\s*H[ạa]nh\s+ph[úu]c|(?<=Đ)ẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM)")
_RULE = re.compile(  # begins with a set, so that the engine skips to it: "---", "***" or " -- "
    r"[-_=¯*](?:(?<=[-_=¯])[-_=¯]{2,}|(?<=\*)\s*(?:\*\s*){2,}|(?<=\s-)-+(?=\s))")
_CAPITALISED = rf"(?:[{UPPER}][\w'.]*|-)"
_PLACE_NAME = re.compile(rf"{_CAPITALISED}(?:[ ]+{_CAPITALISED}|[ ]phố|[ ]xã|[ ]trấn){{0,5}}")
_PLACE_BEFORE = (
    rf"(?:(?<![\w/.-])(?P<place>{_CAPITALISED}(?:[ ]+{_CAPITALISED}|[ ]phố|[ ]xã|[ ]trấn){{0,5}})\s*[,;.]?\s*)?")
_DATE = (
    r"[Nn](?<!\w.)g[àa]y(?P<day>[^|]{0,20}?)th[áa]ng(?P<month>[^|]{0,14}?)\s*n[ăa]m\s*"
    r"(?P<year>\d{4}|20\s?\d\d|[\s.…_/]{0,20})")
_PLACE_DATE, _DATE_ALONE = re.compile(_PLACE_BEFORE + _DATE), re.compile(_DATE)
_PLACE_NUMERIC = re.compile(
    rf"(?P<place>[{UPPER}-](?<![\w/.-].)(?:(?<=-)|(?<!-)[\w'.]*)(?:[ ]+{_CAPITALISED}){{0,4}})"
    rf"\s*,\s*(?:ngày\s+)?{dates.NUMERIC}")
_SUBJECT = re.compile(
    r"[V\s](?:(?<=V)(?<!\w.)\s?/\s?[vV]?\s*(?:[:.]\s*)?(?=\S)"
    r"|(?<![^\n|][V\s])(?:(?<=V)|\s*V)(?:ề việc|Ề VIỆC)\s*:?\s+(?=\S))")
_ANCHORS = (("motto", MOTTO), ("number", NUMBER), ("date", _PLACE_NUMERIC), ("rule", _RULE), ("subject", _SUBJECT),
            ("label", addressees.LABEL))
_TYPE_TAIL = (r"(?:\s+(?:HÀNH\s+ĐỘNG|LIÊN\s+TỊCH|LIÊN\s+NGÀNH|PHỐI\s+HỢP|KHẨN|HỎA\s+TỐC|THƯỢNG\s+KHẨN)"
              r"(?=\s*$))?")
_BODY = re.compile(
    r"(?:Căn cứ|Theo đề nghị|Xét |Điều\s+1\s*[.:]|Chương\s+I\b|Phần\s+(?:I|thứ nhất)\b|PHẦN\s+(?:I|THỨ NHẤT)\b"
    rf"|[IA]\s*[./)-]+\s*[{UPPER}]|1\s*[.)]\s+\S)")
_EMBEDDED = re.compile(
    r"(?<=\s)(?:Căn cứ\s+(?:Luật|Nghị|Quyết|Hiến|Thông|Chỉ|Kế|Công|Pháp|các|chức|Bộ luật|Kết)"
    r"|(?:QUYẾT|THÔNG)\s+(?:ĐỊNH|NGHỊ|BÁO)\s*:|Theo đề nghị|Xét )")
_SECRECY = re.compile(r"^(?:Độ\s+mật\s*:\s*)?(TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)\s*$", re.IGNORECASE)
_OPEN_END = re.compile(rf"(?:[,;-]|(?<!\w){any_of('unfinished')})$", re.IGNORECASE)
_TITLE_REACH = 1_600
_SUBJECT_REACH = 600
_NAME_REACH = 200


class Token(NamedTuple):
    """A piece of the head: plain text, or what a pattern knows it for."""

    kind: str
    piece: Piece
    match: re.Match[str] | None = None
    place: Piece | None = None


@dataclass(slots=True)
class Head:
    """What the head gave; `start` is None where there is none, `end` is where the body begins."""

    names: list[Piece] = field(default_factory=list)
    number: Token | None = None
    date: Token | None = None
    type: tuple[str, Span] | None = None
    title: list[Piece] = field(default_factory=list)
    subject: list[Piece] = field(default_factory=list)
    authority: Piece | None = None
    secrecy: Piece | None = None
    addressed: addressees.Addressees | None = None
    start: int | None = None
    end: int = 0
    stage: Literal["top", "subject", "title", "after"] = "top"

    def took(self, span: Span) -> None:
        """Widens the block to hold `span`."""
        self.start = span.start if self.start is None else self.start
        self.end = max(self.end, span.end)


def read_head(view: str, limit: int) -> Head:
    """Reads the plain `view` from its beginning up to the first paragraph of the body, or `limit`."""
    head = Head()
    for token in _tokens(view, limit):
        if _known(view, head, token, limit) if token.kind != "text" else _text(view, head, token.piece, limit):
            break
    return head


def _known(view: str, head: Head, token: Token, limit: int) -> bool:
    """Takes what a pattern knows; True when the head ends."""
    if token.kind == "rule":
        if head.stage == "title" and head.title:
            head.stage = "after"
        return False
    if token.kind == "label":
        head.took(token.piece.span)
        _address(view, head, token.piece.span.end, limit)
        return True
    if head.title and head.stage in ("title", "after") and not _late(head, token):
        return True
    head.took(token.piece.span)
    if token.kind == "number":
        head.number = head.number or token
    elif token.kind == "date":
        head.date = head.date or token
    elif token.kind == "subject" and head.type is None and not head.subject:
        head.stage = "subject"
    return False


def _text(view: str, head: Head, piece: Piece, limit: int) -> bool:
    """Takes a piece of text; True when the body begins with it."""
    if _SECRECY.match(piece.text):
        head.secrecy = head.secrecy or piece
        return False
    if head.stage in ("top", "subject") and (kind := _type_at(view, piece, begun=head.start is not None)):
        head.type = kind
        head.stage = "title"
        head.took(kind[1])
        rest = _after(piece, kind[1].end)
        return rest is not None and _text(view, head, rest, limit)
    if head.stage == "top":
        return _top(head, piece)
    if head.stage == "subject":
        return _subject(head, piece)
    if _dispatched(view, head, piece, limit):
        return True
    if head.stage == "title":
        return _title(view, head, piece)
    if not letterhead.is_authority(piece.text):
        return True
    head.authority = head.authority or piece
    head.took(piece.span)
    return False


def _top(head: Head, piece: Piece) -> bool:
    if _BODY.match(piece.text) or (head.start is not None and addressees.OPENER.match(piece.text)):
        return True
    if is_capitals(piece.text) and len(piece.text) < _NAME_REACH:
        head.names.append(piece)
        if letterhead.read_letterhead([piece])[0]:
            head.took(piece.span)
        return False
    return head.number is not None and len(piece.text) > 150


def _subject(head: Head, piece: Piece) -> bool:
    """Takes the words after V/v; True when `piece` is the body, in a letter that names no addressee."""
    text = piece.text
    if head.subject and (
            sum(len(p.text) for p in head.subject) > _SUBJECT_REACH
            or (is_capitals(head.subject[-1].text) and not is_capitals(text))
            or _BODY.match(text) or (addressees.OPENER.match(text) and len(text) > 90)):
        return True
    if head.number is None and head.names == [] and is_capitals(text) and letterhead.read_letterhead([piece])[0]:
        _restart(head)
        return _top(head, piece)
    head.subject.append(piece)
    head.took(piece.span)
    return False


def _restart(head: Head) -> None:
    """Forgets the "V/v …" that a page put above the letterhead as its own title."""
    head.subject.clear()
    head.stage = "top"
    head.start, head.end = None, 0


def _title(view: str, head: Head, piece: Piece) -> bool:
    """Takes a line of the title; True when the body begins with it, or within."""
    embedded = None if _BODY.match(piece.text) else _EMBEDDED.search(piece.text)
    if embedded:
        piece = _first(piece, embedded.start())
    if head.title and letterhead.is_authority(piece.text):
        head.authority = piece
        head.took(piece.span)
        return embedded is not None
    if head.title and not _goes_on(view, head.title[-1], piece):
        return True
    if not head.title and _BODY.match(piece.text) and len(piece.text) > 30 and piece.text.rstrip()[-1:] in ";:.":
        return True
    head.took(piece.span)
    cut = letterhead.authority_at_end(piece.text) if is_capitals(piece.text) else None
    if cut:
        head.authority = Piece(Span(piece.span.start + cut, piece.span.end), piece.text[cut:])
        piece = _first(piece, cut)
    if piece.text:
        head.title.append(piece)
    return embedded is not None or sum(len(p.text) for p in head.title) > _TITLE_REACH


def _goes_on(view: str, above: Piece, piece: Piece) -> bool:
    """Whether a line continues the title's line above it."""
    text = piece.text
    if _BODY.match(text) or re.match(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ QUYẾT)\s*:", text):
        return False
    if text[:1].islower() and not re.match(r"[a-zđ]\s*[.)]", text):
        return True
    if is_capitals(above.text):
        wordless = len(text) < 16 and text[:1].isdigit() and not any(c.isalpha() for c in text)
        return wordless or (is_capitals(text) and office_start(text) != 0)
    if is_capitals(text):
        return False
    if _OPEN_END.search(above.text) and not text.rstrip().endswith((".", ";", ":")):
        return True
    if text.rstrip()[-1:] in ".;:" or len(text) > 160 or addressees.OPENER.match(text):
        return False
    gap = view[above.span.end:piece.span.start]
    return gap.count("\n") <= 1 and "|" not in gap


def _dispatched(view: str, head: Head, piece: Piece, limit: int) -> bool:
    """Whether a dispatch names its addressees here ("THỦ TƯỚNG CHÍNH PHỦ điện:"); reads them if so."""
    label = addressees.DISPATCH.search(piece.text)
    if label is None:
        return False
    before = _first(piece, label.start())
    cut = letterhead.authority_at_end(before.text)
    alone = letterhead.is_authority(before.text)
    if not (cut or alone or (head.type and head.type[0] == "Công điện" and not before.text)):
        return False
    if cut and not alone:
        head.title.append(_first(piece, cut))
    head.took(Span(piece.span.start, piece.span.start + label.end()))
    _address(view, head, piece.span.start + label.end(), limit)
    return True


def _address(view: str, head: Head, start: int, limit: int) -> None:
    head.addressed = addressees.read_addressees(view, start, limit)
    head.end = max(head.end, head.addressed.span.end)


def _late(head: Head, token: Token) -> bool:
    """A number or a date that the page put under the title."""
    return (token.kind == "number" and head.number is None) or (token.kind == "date" and head.date is None)


def _type_at(view: str, piece: Piece, *, begun: bool) -> tuple[str, Span] | None:
    """The type that a piece begins with, in capitals; alone on its line also in small letters."""
    m = _type_heading().match(view, piece.span.start)
    if m and not re.match(r"\s*:", view[m.end():m.end() + 3]):
        following = view[m.end():piece.span.end]
        if begun or not following.strip() or is_capitals(following[:60]):
            return types()[squeeze(m["type"])], Span(m.start(), m.end())
    alone = squeeze(piece.text).strip(" .*")
    if begun and alone.upper() in types() and not alone.isupper() and alone[:1].isupper():
        return types()[alone.upper()], piece.span
    return None


def _first(piece: Piece, size: int) -> Piece:
    """The first `size` characters of a piece, without the blanks at their end."""
    text = piece.text[:size].rstrip()
    return Piece(Span(piece.span.start, piece.span.start + len(text)), text)


def _after(piece: Piece, at: int) -> Piece | None:
    """What a piece holds after the offset `at`, or None."""
    rest = piece.text[at - piece.span.start:]
    bare = rest.strip(" .*#_")
    if not bare:
        return None
    begin = at + rest.index(bare)
    return Piece(Span(begin, begin + len(bare)), bare)


def _tokens(view: str, limit: int) -> Iterator[Token]:
    """The head cut at cells, lines and at number, motto, rules, place and date, V/v, Kính gửi."""
    known = [("date", m) for m in _dates(view, limit)]
    known += [(kind, m) for kind, pattern in _ANCHORS for m in pattern.finditer(view, 0, limit)]
    found = [Token(kind, Piece(Span(*m.span()), m.group()), m) for kind, m in known]
    taken = 0
    cuts: list[Token] = []
    for token in sorted(found, key=lambda t: (t.piece.span.start, -t.piece.span.end)):
        if token.piece.span.start < taken:
            continue
        placed = _placed(view, token, taken) if token.kind == "date" else token
        if placed.place or _cuts(view, placed, cuts):
            cuts.append(placed)
            taken = placed.piece.span.end
    at = 0
    for cut in [*cuts, None]:
        for piece in pieces_from(view, at, cut.piece.span.start if cut else limit):
            bare = piece.text.lstrip("# \t>")
            if bare:
                yield Token("text", Piece(Span(piece.span.end - len(bare), piece.span.end), bare))
        if cut:
            yield cut
            at = cut.piece.span.end


def _dates(view: str, limit: int) -> Iterator[re.Match[str]]:
    """The spelled dates up to `limit`, each with its place; that is sought only on the line before a date."""
    at = done = 0
    while date := _DATE_ALONE.search(view, at, limit):
        line = view.rfind("\n", 0, len(view[:date.start()].rstrip(" \n,;."))) + 1
        at = date.end()
        if whole := _PLACE_DATE.search(view, max(done, line), limit):
            yield whole
            at = done = whole.end()


def _cuts(view: str, token: Token, cuts: list[Token]) -> bool:
    """Whether an anchor is the head's own and not a part of a sentence or of a title."""
    at = token.piece.span.start
    if token.kind == "motto":
        return not re.search(r"(?:NƯỚC|của|nước)\s+$", view[max(0, at - 8):at])
    if token.kind == "rule":
        return True
    line = view[max(view.rfind("\n", 0, at), view.rfind("|", 0, at)) + 1:at].strip(" *#_-.(")
    if not line or (cuts and not view[cuts[-1].piece.span.end:at].strip(" .,;*#")):
        return True
    if token.kind == "label":
        return token.piece.text.endswith(":")
    if token.kind == "number":
        return is_capitals(line) and token.piece.text.startswith("Số")
    if token.kind == "subject":
        return token.piece.text.startswith("V/v") and bool(cuts) and cuts[-1].kind == "number"
    return False


def _placed(view: str, token: Token, taken: int) -> Token:
    """A date with the place before it: a whole cell, its letters joined, or the province that ends a sentence."""
    match = token.match
    if match is None:
        return token
    at = match.start("day") - len("ngày") if match.re is _PLACE_DATE else match.end("place")
    if "\n" in view[match.start():at].rstrip(" "):
        at = match.end("place")
    start = max(view.rfind("\n", 0, at), view.rfind("|", 0, at), taken - 1) + 1
    before = view[start:at].rstrip(" ,;.*_")
    words = before.lstrip(" ,;.*#_-")
    name = mend_spacing(words)
    if not words or not _PLACE_NAME.fullmatch(name):
        cut = letterhead.province_at_end(words)
        if not cut or view[at - 2:at].strip() != "," or re.search(r"(?:tại|ở|từ|của|do|và|,)\s*$", words[:cut]):
            return token
        words = name = words[cut:]
    begin = start + len(before) - len(words)
    span = Span(begin, token.piece.span.end)
    return Token("date", Piece(span, span.of(view)), match, Piece(Span(begin, begin + len(words)), name))


@cache
def _type_heading() -> re.Pattern[str]:
    return re.compile(rf"(?P<type>{type_words()})(?!\w){_TYPE_TAIL}", re.MULTILINE)
