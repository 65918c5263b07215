"""The head of a directive: letterhead, number, place and date, type, title, addressees."""
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from chidao import knowledge
from chidao.grammar import dates
from chidao.grammar.folding import plain, squeeze
from chidao.grammar.numbers import type_of_symbol
from chidao.model import Header, SourceText, Span
from chidao.structure import addressees, letterhead
from chidao.structure.casing import is_capitals
from chidao.structure.closing import Closing, find_closing, pieces_from
from chidao.structure.signature import Piece, office_start

_PART = r"[A-ZĐÂÊÔƠƯ][\wĐđ]*(?:[.&][\wĐđ]+)*(?:\([\wĐđ]+\))?"
_STATE = rf"(?P<serial>\d[\d.]*[A-Za-z]?|[^\w\s/|]{{0,3}}\d*[^\w/|\n]{{0,40}})?[\s.…_]{{0,60}}/\s?(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?(?P<symbol>{_PART}(?:\s?-\s?{_PART})*)"
_PARTY = rf"(?P<serial_>\d+|[\s.…_]{{0,40}})\s?-\s?(?P<symbol_>{_PART}\s?/\s?{_PART}(?:-{_PART})*)"
_NUMBER = re.compile(rf"(?<!\w)(?:S[ốóôo]|SỐ)\s*(?:hiệu)?\s*[:.;]?\s*(?P<whole>{_PARTY}|{_STATE})")
_MOTTO = re.compile(
    r"C[ỘÔO]NG\s+H[ÒOÀA]{1,2}\s+X[ÃA]\s+H[ỘÔO]I\s+CH[ỦU].{0,24}?(?:VI[ỆE]T\s+NAM|(?=\n|\|))|[ĐD][ộôo]c\s+l[ậâa]p\s*-\s*T[ựưu]\s+do\s*-\s*H[ạa]nh\s+ph[úu]c"
    r"|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM", re.IGNORECASE)
_RULE = re.compile(r"[-_=]{3,}|(?:\*\s*){3,}|(?<=\s)-{2,}(?=\s)")
_CAPITALISED = r"(?:[A-ZĐÀ-Ỹ][\wà-ỹ'.]*|-)"
_PLACE_DATE = re.compile(
    rf"(?:(?P<place>{_CAPITALISED}(?:[ ]+{_CAPITALISED}|[ ]phố|[ ]xã|[ ]trấn){{0,5}})\s*[,;.]?\s*)?"
    r"(?<!\w)[Nn]g[àa]y(?P<day>[^\n|]{0,20}?)th[áa]ng(?P<month>[^\n|]{0,14}?)\s*n[ăa]m\s*(?P<year>\d{4}|20\s?\d\d|[\s.…_/]{0,20})")
_PLACE_NUMERIC = re.compile(rf"(?P<place>{_CAPITALISED}(?:[ ]+{_CAPITALISED}){{0,4}})\s*,\s*(?:ngày\s+)?{dates.NUMERIC}")
_SUBJECT = re.compile(r"(?<!\w)V\s?/\s?[vV]?\s*(?:[:.]\s*)?(?=\S)|^(?:Về việc|VỀ VIỆC)\s*:?\s+")
_TYPE_TAIL = r"(?:\s+(?:HÀNH\s+ĐỘNG|LIÊN\s+TỊCH|LIÊN\s+NGÀNH|PHỐI\s+HỢP|KHẨN|HỎA\s+TỐC|THƯỢNG\s+KHẨN)(?=\s*$))?"
_BODY = re.compile(
    r"(?:Căn cứ|Điều\s+1\s*[.:]|Chương\s+I\b|Phần\s+(?:I|thứ nhất)\b|PHẦN\s+(?:I|THỨ NHẤT)\b|[IA]\s*[./)-]+\s*[A-ZĐÀ-Ỹ]|1\s*[.)]\s+\S|Theo đề nghị|Xét )")
_EMBEDDED = re.compile(r"(?<=\s)(?:Căn cứ\s+(?:Luật|Nghị|Quyết|Hiến|Thông|Chỉ|Kế|Công|Pháp|các|chức|Bộ luật|Kết)|(?:QUYẾT|THÔNG)\s+(?:ĐỊNH|NGHỊ|BÁO)\s*:|Theo đề nghị|Xét )")
_SECRECY = re.compile(r"^(?:Độ\s+mật\s*:\s*)?(TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)\s*$", re.IGNORECASE)
_LEAD_WORDS = re.compile(r"^(?:V\s?/\s?v|Về\s+việc)\s*[:.]?\s*", re.IGNORECASE)
_OPEN_END = re.compile(r"(?:[,;–-]|\b(?:của|và|về|trong|cho|tại|đối với|với|trên|theo|giai đoạn|năm|thành phố|tỉnh|số|ngày|các|địa bàn|thực hiện|quản lý|công tác|ban hành|phê duyệt|quy định))$", re.IGNORECASE)
_HORIZON = re.compile(
    r"(?:thời\s+gian\s+(?:thực\s+hiện|triển\s+khai)\s*(?:kế\s+hoạch|chương\s+trình|đề\s+án)?)\s*:\s*(?:trong\s+|từ\s+)?(?P<words>[^\n.;]{3,60})", re.IGNORECASE)
_YEARS = re.compile(r"(?:giai\s+đoạn|từ\s+năm|từ)\s+(?P<a>20\d\d)\s*(?:-|đến(?:\s+năm)?)\s*(?P<b>20\d\d)", re.IGNORECASE)
_ONE_YEAR = re.compile(r"năm\s+(?P<a>20\d\d)(?!\s*(?:-|đến|và|,)\s*(?:năm\s+)?20)", re.IGNORECASE)
_REACH = 14_000
_TITLE_REACH = 1_600


class _Token(NamedTuple):
    kind: str
    piece: Piece
    match: re.Match[str] | None = None


class _Head:
    """What the pieces of the head gave so far."""

    def __init__(self) -> None:
        self.names: list[Piece] = []
        self.number: _Token | None = None
        self.date: _Token | None = None
        self.type: tuple[str, Span] | None = None
        self.title: list[Piece] = []
        self.subject: list[Piece] = []
        self.authority: Piece | None = None
        self.secrecy: _Token | None = None
        self.addressed: addressees.Addressees | None = None
        self.start: int | None = None
        self.end = 0

    def took(self, piece: Piece) -> None:
        self.start = piece.span.start if self.start is None else self.start
        self.end = max(self.end, piece.span.end)


def find_header(source: SourceText, closing: Closing | None = None) -> tuple[Header, Span]:
    """The identifying fields of a directive, each with its evidence, and the block that holds them.

    The block ends where the body begins. What the text does not show is None: a blank number, a blank
    date, the issuer of a text without letterhead, signature or self-reference.

    >>> text = ("ỦY BAN NHÂN DÂN TỈNH CÀ MAU | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\n"
    ...         "Số: 08/KH-UBND | Cà Mau, ngày 05 tháng 02 năm 2024\\nKẾ HOẠCH\\nTrồng rừng năm 2024\\nCăn cứ Luật Lâm nghiệp;")
    >>> header, block = find_header(SourceText(text, "text", "", "a.txt"))
    >>> header.number, header.date, header.issuer, header.title
    ('08/KH-UBND', '2024-02-05', 'Ủy ban nhân dân tỉnh Cà Mau', 'Trồng rừng năm 2024')
    """
    foot = find_closing(source.text) if closing is None else closing
    view = _visible(source)
    head = _read_head(view, _limit(view, foot))
    return _header(view, head, foot), Span(head.start or 0, head.end)


def _visible(source: SourceText) -> str:
    """The plain view with menus and lists of related documents blanked out."""
    view = plain(source.text)
    for region in source.regions:
        if region.kind in ("furniture", "related"):
            a, b = region.span
            view = view[:a] + re.sub(r"[^\n]", " ", view[a:b]) + view[b:]
    return view


def _limit(view: str, foot: Closing) -> int:
    start = foot.start if foot.start is not None else foot.annex_start
    return min(len(view), _REACH, start if start else len(view))


def _tokens(view: str, limit: int) -> Iterator[_Token]:
    """The head cut at cells, lines and at number, motto, rules, place and date, V/v."""
    found = [_Token(kind, Piece(Span(*m.span()), m.group()), m) for kind, pattern in _ANCHORS
             for m in pattern.finditer(view, 0, limit)]
    taken = 0
    cuts: list[_Token] = []
    for token in sorted(found, key=lambda t: (t.piece.span.start, -t.piece.span.end)):
        if token.piece.span.start >= taken and (token.kind != "subject" or _at_piece_start(view, token.piece.span.start, taken)):
            cuts.append(token)
            taken = token.piece.span.end
    at = 0
    for cut in [*cuts, None]:
        end = cut.piece.span.start if cut else limit
        for piece in pieces_from(view, at, end):
            bare = piece.text.lstrip("# \t>")
            if bare:
                yield _Token("text", Piece(Span(piece.span.end - len(bare), piece.span.end), bare))
        if cut:
            yield cut
            at = cut.piece.span.end


def _at_piece_start(view: str, at: int, taken: int) -> bool:
    line = view[max(view.rfind("\n", 0, at), view.rfind("|", 0, at), taken - 1) + 1:at]
    return not line.strip(" #*.-")


_ANCHORS = (("motto", _MOTTO), ("number", _NUMBER), ("date", _PLACE_DATE), ("date", _PLACE_NUMERIC), ("rule", _RULE), ("subject", _SUBJECT))


def _read_head(view: str, limit: int) -> _Head:
    head = _Head()
    stage = "top"
    for token in _tokens(view, limit):
        piece = token.piece
        if token.kind == "rule":
            if stage == "title" and head.title:
                stage = "after"
            continue
        if token.kind in ("motto", "number", "date", "subject"):
            if stage in ("title", "after") and head.title and token.kind != "subject" and not _late(head, token):
                if _sentence_holds(view, piece):
                    break
                continue
            if stage == "subject" and token.kind in ("number", "date") and _inside_words(view, piece):
                head.subject.append(piece)
                head.took(piece)
                continue
            if stage == "title" and token.kind in ("number", "date") and _inside_words(view, piece):
                head.title.append(piece)
                head.took(piece)
                continue
            if token.kind in ("number", "date") and not _takes(view, head, token):
                continue
            head.took(piece)
            if token.kind == "number":
                head.number = token
            elif token.kind == "date":
                head.date = head.date or token
            elif token.kind == "subject":
                if head.type is None and not head.subject:
                    stage = "subject"
            continue
        label = addressees.LABEL.match(piece.text)
        if label:
            head.took(piece)
            head.addressed = addressees.read_addressees(view, piece.span.start + label.end(), limit)
            head.end = max(head.end, head.addressed.span.end)
            break
        dispatch = addressees.DISPATCH.search(piece.text)
        if dispatch and stage in ("title", "after") and (is_capitals(piece.text[:dispatch.start()]) or letterhead.authority_at_end(piece.text[:dispatch.start()])):
            words = piece.text[:dispatch.start()]
            cut = letterhead.authority_at_end(words)
            if cut and not letterhead.is_authority(words):
                head.title.append(Piece(Span(piece.span.start, piece.span.start + cut), words[:cut]))
            head.took(Piece(Span(piece.span.start, piece.span.start + dispatch.end()), ""))
            head.addressed = addressees.read_addressees(view, piece.span.start + dispatch.end(), limit)
            head.end = max(head.end, head.addressed.span.end)
            break
        if _SECRECY.match(piece.text):
            head.secrecy = head.secrecy or token
            continue
        if stage in ("top", "subject"):
            kind = _type_at(view, piece, begun=head.start is not None)
            if kind:
                head.type = kind
                head.took(Piece(kind[1], ""))
                rest = _after(piece, kind[1].end)
                stage = "title"
                if rest is not None and _take_title(view, head, rest):
                    break
                continue
        if stage == "subject":
            if _ends_subject(view, head, piece):
                break
            head.subject.append(piece)
            head.took(piece)
            continue
        if stage == "top":
            if _BODY.match(piece.text) or (head.start is not None and addressees.OPENER.match(piece.text)):
                break
            if is_capitals(piece.text) and len(piece.text) < 200:
                head.names.append(piece)
                if letterhead.read_letterhead([piece])[0]:
                    head.took(piece)
            elif head.number and len(piece.text) > 150:
                break
            continue
        if stage == "title":
            if _take_title(view, head, piece):
                break
            continue
        if letterhead.is_authority(piece.text):
            head.authority = head.authority or piece
            head.took(piece)
            continue
        break
    return head


def _takes(view: str, head: _Head, token: _Token) -> bool:
    """Whether a number or a date is the directive's own: at the start of a piece, and the first."""
    if token.kind == "number":
        return head.number is None and _starts_piece(view, token.piece.span.start)
    before = view[max(0, token.piece.span.start - 30):token.piece.span.start]
    own = token.match is not None and bool(token.match["place"] or _starts_piece(view, token.piece.span.start))
    return head.date is None and own and not re.search(r"(?:số|của|từ|đến)\s+\S*\s*$", before)


def _starts_piece(view: str, at: int) -> bool:
    before = view[:at].rstrip(" *_#\t")
    return not before or before[-1] in "\n|-*)" or _MOTTO.search(before[-40:]) is not None or is_capitals(before.splitlines()[-1])


def _late(head: _Head, token: _Token) -> bool:
    """A number or a date that the page put under the title."""
    return (token.kind == "number" and head.number is None) or (token.kind == "date" and head.date is None)


def _inside_words(view: str, piece: Piece) -> bool:
    """Whether a number or date stands inside a sentence: "Quyết định số 12/QĐ-TTg ngày 05 tháng 02 năm 2024"."""
    before = view[max(0, piece.span.start - 40):piece.span.start]
    return re.search(r"[\wà-ỹ]\s*$", before) is not None and "\n" not in before[len(before.rstrip(" \t")):] and "|" not in before.rstrip(" ")[-1:]


def _sentence_holds(view: str, piece: Piece) -> bool:
    return _inside_words(view, piece)


def _take_title(view: str, head: _Head, piece: Piece) -> bool:
    """Adds a piece to the title; True when the body begins with it."""
    text = piece.text
    embedded = _EMBEDDED.search(text) if not _BODY.match(text) else None
    if embedded:
        text = text[:embedded.start()]
        piece = Piece(Span(piece.span.start, piece.span.start + len(text.rstrip())), text.rstrip())
    if head.title and letterhead.is_authority(piece.text):
        head.authority = piece
        head.took(piece)
        return embedded is not None
    if head.title and not _goes_on(view, head, piece):
        return True
    if not head.title and (_BODY.match(text) and len(text) > 30 and text.rstrip()[-1:] in ";:."):
        return True
    cut = letterhead.authority_at_end(piece.text) if is_capitals(piece.text) else None
    if cut:
        head.authority = Piece(Span(piece.span.start + cut, piece.span.end), piece.text[cut:])
        head.took(head.authority)
        piece = Piece(Span(piece.span.start, piece.span.start + len(piece.text[:cut].rstrip())), piece.text[:cut].rstrip())
    if piece.text.strip():
        head.title.append(piece)
        head.took(piece)
    return embedded is not None or sum(len(p.text) for p in head.title) > _TITLE_REACH


def _goes_on(view: str, head: _Head, piece: Piece) -> bool:
    """Whether a line continues the title above it."""
    text, above = piece.text, head.title[-1]
    if _BODY.match(text) or re.match(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ QUYẾT)\s*:", text):
        return False
    gap = view[above.span.end:piece.span.start]
    if text[:1].islower() and not re.match(r"[a-zđ]\s*[.)]", text):
        return True
    if is_capitals(above.text):
        return is_capitals(text) and office_start(text) is None
    if is_capitals(text):
        return False
    if _OPEN_END.search(above.text) and not text.rstrip().endswith((".", ";", ":")):
        return True
    if text.rstrip()[-1:] in ".;:" or len(text) > 160 or addressees.OPENER.match(text):
        return False
    return gap.count("\n") <= 1 and "|" not in gap


def _ends_subject(view: str, head: _Head, piece: Piece) -> bool:
    """Whether a piece after V/v is the body, in a letter that names no addressee."""
    if is_capitals(piece.text) and len(piece.text) > 12:
        return False
    if not head.subject:
        return False
    return _BODY.match(piece.text) is not None or (addressees.OPENER.match(piece.text) is not None and len(piece.text) > 90)


def _after(piece: Piece, at: int) -> Piece | None:
    rest = piece.text[at - piece.span.start:]
    bare = rest.strip(" .*#_")
    if not bare:
        return None
    begin = at + rest.index(bare)
    return Piece(Span(begin, begin + len(bare)), bare)


def _type_at(view: str, piece: Piece, *, begun: bool) -> tuple[str, Span] | None:
    """The type that a piece begins with, in capitals; alone on its line also in small letters."""
    m = _type_heading().match(view, piece.span.start)
    if m and not re.match(r"\s*:", view[m.end():m.end() + 3]):
        words = squeeze(m["type"])
        following = view[m.end():piece.span.end]
        if not following.strip() or is_capitals(following[:60]) or begun:
            return _types()[words], Span(m.start(), m.end())
    alone = squeeze(piece.text).strip(" .*")
    if begun and alone.upper() in _types() and not alone.isupper() and alone[:1].isupper():
        return _types()[alone.upper()], piece.span
    return None


def _header(view: str, head: _Head, foot: Closing) -> Header:
    evidence = dict(foot.evidence)
    number, symbol, year = _number(head, evidence)
    place, date, date_year = _place_and_date(head, evidence)
    kind = _kind(view, head, symbol, evidence)
    title = _title(view, head, kind, evidence)
    issuer = _issuer(view, head, foot, number=number, symbol=symbol, title=title, place=place, evidence=evidence)
    horizon = _horizon(view, title, head, evidence)
    if head.addressed and head.addressed.names:
        evidence["addressees"] = head.addressed.span
    if head.secrecy:
        evidence["secrecy"] = head.secrecy.piece.span
    return Header(
        type=kind, number=number, symbol=symbol, issuer=issuer, place=place, date=date,
        year=date_year or year or (int(horizon) if horizon and horizon.isdigit() else None), title=title, signer=foot.signer,
        addressees=head.addressed.names if head.addressed else (), recipients=foot.recipients, horizon=horizon,
        secrecy=squeeze(head.secrecy.piece.text).capitalize() if head.secrecy else None, evidence=evidence)


def _number(head: _Head, evidence: dict[str, Span]) -> tuple[str | None, str | None, int | None]:
    m = head.number.match if head.number else None
    if m is None:
        return None, None, None
    symbol = re.sub(r"\s+", "", m["symbol"] or m["symbol_"]).strip(".-")
    serial = re.sub(r"\s+", "", (m["serial"] if m["symbol"] else m["serial_"]) or "").strip(".…_")
    year = int(m["year"]) if m["year"] else None
    if not re.fullmatch(r"\d[\d.]*[A-Za-z]?", serial):
        evidence["symbol"] = Span(*m.span("symbol" if m["symbol"] else "symbol_"))
        return None, symbol, year
    evidence["number"] = Span(*m.span("whole"))
    mark = "/" if m["symbol"] else "-"
    return f"{serial}{mark}{f'{year}/' if year else ''}{symbol}", symbol, year


def _place_and_date(head: _Head, evidence: dict[str, Span]) -> tuple[str | None, str | None, int | None]:
    m = head.date.match if head.date else None
    if m is None:
        return None, None, None
    groups = m.groupdict()
    place = squeeze(groups["place"] or "").strip(" ,;") or None
    if place:
        evidence["place"] = Span(*m.span("place"))
    day, month, year = (re.sub(r"[\s,]+", "", groups[k] or "") for k in ("day", "month", "year"))
    printed = int(year) if re.fullmatch(r"(?:19|20)\d\d", year) else None
    if not (printed and re.fullmatch(r"\d{1,2}", day) and re.fullmatch(r"\d{1,2}", month)):
        return place, None, printed
    value = dates.iso(printed, month, day)
    if value:
        evidence["date"] = Span(m.start("day") if not m["place"] else m.end("place"), m.end())
    return place, value, printed


def _kind(view: str, head: _Head, symbol: str | None, evidence: dict[str, Span]) -> str | None:
    named = type_of_symbol(symbol) if symbol else None
    if named == "Văn bản hợp nhất":
        evidence["type"] = evidence.get("number") or evidence["symbol"]
        return named
    if head.type:
        evidence["type"] = head.type[1]
        return head.type[0]
    if named and (named != "Công văn" or head.subject or head.addressed):
        evidence["type"] = evidence.get("number") or evidence["symbol"]
        return named
    if head.subject or head.addressed:
        evidence["type"] = head.subject[0].span if head.subject else head.addressed.span if head.addressed else Span(0, 0)
        return "Công văn"
    return named


def _title(view: str, head: _Head, kind: str | None, evidence: dict[str, Span]) -> str | None:
    pieces = head.title or (head.subject if kind == "Công văn" or head.type is None else [])
    if pieces:
        span = Span(pieces[0].span.start, pieces[-1].span.end)
        evidence["title"] = span
        words = letterhead.mend_spacing(squeeze(" ".join(p.text for p in pieces)))
        return _LEAD_WORDS.sub("", words).strip(" .*#") or None
    if head.type is None and kind not in (None, "Công văn"):
        m = re.compile(rf"ban hành {kind}\s+(?P<title>[^\n;:]{{12,300}}?)(?:,?\s+(?:với|gồm|cụ thể|như sau|nội dung)|[:;\n])", re.IGNORECASE).search(
            view, head.end, head.end + 2_500)
        if m:
            evidence["title"] = Span(*m.span("title"))
            return squeeze(m["title"]).strip(" ,.")
    return None


def _issuer(view: str, head: _Head, foot: Closing, *, number: str | None, symbol: str | None, title: str | None, place: str | None,
            evidence: dict[str, Span]) -> str | None:
    """The issuer, from the first of: letterhead, authority line, signature, symbol, self-reference."""
    bodies, span = letterhead.read_letterhead(head.names)
    name = letterhead.full_name(bodies)
    if name is None and head.authority:
        name, span = _of_authority(head.authority.text), head.authority.span
    if name is None and symbol:
        name = letterhead.issuer_of_symbol(number, symbol)
        span = evidence.get("number") or evidence.get("symbol")
    if name is None and foot.signer and foot.signature_span:
        body = _of_signature(foot)
        name, span = body, foot.signature_span if body else span
    if name is None and symbol and re.search(r"(?:UBND|HĐND)(?![A-Z])", symbol):
        name = "Ủy ban nhân dân" if "UBND" in symbol else "Hội đồng nhân dân"
        span = evidence.get("number") or evidence.get("symbol")
    if name is None and (head.start is not None or foot.start is not None):
        found = letterhead.self_reference(view, head.end, min(len(view), head.end + 4_000))
        name, span = found if found else (None, None)
    if name is None:
        return None
    if span:
        evidence["issuer"] = span
    return letterhead.place_issuer(name, view, title=title, place=place)


def _of_authority(text: str) -> str | None:
    body = re.sub(r",?\s+(?:KHÓA|KHOÁ|NHIỆM\s+KỲ|KỲ\s+HỌP).*$", "", plain(text).strip(" .:,"))
    body = re.sub(r"^(?:CHỦ\s+TỊCH|BỘ\s+TRƯỞNG(?:,\s*CHỦ\s+NHIỆM)?|THỐNG\s+ĐỐC|(?:TỔNG\s+|CHI\s+)?CỤC\s+TRƯỞNG|(?:TỔNG\s+)?GIÁM\s+ĐỐC|CHÁNH\s+VĂN\s+PHÒNG)\s+(?=\S)", "", body)
    return letterhead.full_name([body])


def _of_signature(foot: Closing) -> str | None:
    """The body that the signature names after TM., or whose head signs."""
    lines = " ".join(squeeze(a) for a in foot.authority)
    m = re.search(r"T\s?[./]?\s?M\.?\s+(.+?)(?=\s+(?:K/?T|Q|T/?L)\b|\s+(?:PHÓ\s+)?(?:CHỦ\s+TỊCH|BÍ\s+THƯ|THỦ\s+TƯỚNG|BỘ\s+TRƯỞNG|TRƯỞNG\s+BAN|GIÁM\s+ĐỐC)|$)", lines)
    if m:
        return letterhead.full_name([m[1]])
    return "Thủ tướng Chính phủ" if re.search(r"(?<!PHÓ )THỦ\s+TƯỚNG", lines) else None


def _horizon(view: str, title: str | None, head: _Head, evidence: dict[str, Span]) -> str | None:
    """When the plan runs, as a year or a range of years; from its own line, else from the title."""
    m = _HORIZON.search(view, head.end)
    if m and (value := _years(m["words"])):
        evidence["horizon"] = Span(*m.span("words"))
        return value
    value = _years(title) if title else None
    if value and "title" in evidence:
        evidence["horizon"] = evidence["title"]
    return value


def _years(words: str) -> str | None:
    if m := _YEARS.search(words):
        return f"{m['a']}/{m['b']}"
    found = [m for m in _ONE_YEAR.finditer(words) if not re.search(r"(?:tháng|quý|đến|ngày)\s+\S*\s*$", words[:m.start()], re.IGNORECASE)]
    return found[-1]["a"] if found else None


@lru_cache(maxsize=1)
def _types() -> dict[str, str]:
    return {row["type"].upper(): row["type"] for row in knowledge.rows("document_types")}


@lru_cache(maxsize=1)
def _type_heading() -> re.Pattern[str]:
    names = sorted(_types(), key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, n.split())) for n in names)
    return re.compile(rf"(?P<type>{words})(?!\w){_TYPE_TAIL}", re.MULTILINE)
