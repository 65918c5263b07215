"""The head of a directive: letterhead, number, place and date, type, title, addressees."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from chidao import knowledge
from chidao.grammar import dates
from chidao.grammar.folding import plain, squeeze
from chidao.grammar.letters import UPPER
from chidao.grammar.numbers import NUMBER, parse_number, type_of_symbol
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
    r"C[ỘÔO]NG\s+H[ÒOÀA]{1,2}\s+X[ÃA]\s+H[ỘÔO]I\s+CH\S.{0,40}?(?:VI[ỆE]T\s+NAM|(?=\n|\|))|[ĐD][ộôo]c\s+l[ậâa]p\s*-\s*T[ựưu]\s+do\s*-\s*H[ạa]nh\s+ph[úu]c"
    r"|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM", re.IGNORECASE)
_RULE = re.compile(r"[-_=]{3,}|(?:\*\s*){3,}|(?<=\s)-{2,}(?=\s)")
_CAPITALISED = rf"(?:[{UPPER}][\w'.]*|-)"
_PLACE_DATE = re.compile(
    rf"(?:(?<![\w/.-])(?P<place>{_CAPITALISED}(?:[ ]+{_CAPITALISED}|[ ]phố|[ ]xã|[ ]trấn){{0,5}})\s*[,;.]?\s*)?"
    r"(?<!\w)[Nn]g[àa]y(?P<day>[^|]{0,20}?)th[áa]ng(?P<month>[^|]{0,14}?)\s*n[ăa]m\s*(?P<year>\d{4}|20\s?\d\d|[\s.…_/]{0,20})")
_PLACE_NUMERIC = re.compile(rf"(?<![\w/.-])(?P<place>{_CAPITALISED}(?:[ ]+{_CAPITALISED}){{0,4}})\s*,\s*(?:ngày\s+)?{dates.NUMERIC}")
_SUBJECT = re.compile(r"(?<!\w)V\s?/\s?[vV]?\s*(?:[:.]\s*)?(?=\S)|(?<![^\n|])\s*(?:Về việc|VỀ VIỆC)\s*:?\s+(?=\S)")
_TYPE_TAIL = r"(?:\s+(?:HÀNH\s+ĐỘNG|LIÊN\s+TỊCH|LIÊN\s+NGÀNH|PHỐI\s+HỢP|KHẨN|HỎA\s+TỐC|THƯỢNG\s+KHẨN)(?=\s*$))?"
_BODY = re.compile(
    rf"(?:Căn cứ|Điều\s+1\s*[.:]|Chương\s+I\b|Phần\s+(?:I|thứ nhất)\b|PHẦN\s+(?:I|THỨ NHẤT)\b|[IA]\s*[./)-]+\s*[{UPPER}]|1\s*[.)]\s+\S|Theo đề nghị|Xét )")
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
_SUBJECT_REACH = 600


class _Token(NamedTuple):
    kind: str
    piece: Piece
    match: re.Match[str] | None = None


class _Stated(NamedTuple):
    """What a text says of itself outside its head."""

    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    year: int | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    span: Span | None = None


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
    """The head cut at cells, lines and at number, motto, rules, place and date, V/v, Kính gửi."""
    found = [_Token(kind, Piece(Span(*m.span()), m.group()), m) for kind, pattern in _ANCHORS
             for m in pattern.finditer(view, 0, limit)]
    taken = 0
    cuts: list[_Token] = []
    for token in sorted(found, key=lambda t: (t.piece.span.start, -t.piece.span.end)):
        if token.piece.span.start >= taken and _cuts(view, token, cuts):
            cuts.append(_trimmed_place(token, view))
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


def _cuts(view: str, token: _Token, cuts: list[_Token]) -> bool:
    """Whether an anchor is the head's own and not a part of a sentence or of a title."""
    at = token.piece.span.start
    if token.kind == "motto":
        return not re.search(r"(?:NƯỚC|của|nước)\s+$", view[max(0, at - 8):at])
    if token.kind == "rule":
        return True
    after_cut = bool(cuts) and not view[cuts[-1].piece.span.end:at].strip(" .,;*#")
    line = view[max(view.rfind("\n", 0, at), view.rfind("|", 0, at)) + 1:at].strip(" *#_-.(")
    if after_cut or not line:
        return True
    if token.kind == "label":
        return token.piece.text.endswith(":")
    if token.kind == "number":
        return is_capitals(line) and token.piece.text.startswith("Số")
    if token.kind == "subject":
        return token.piece.text.startswith("V/v") and cuts[-1:] != [] and cuts[-1].kind == "number"
    place = token.match and token.match["place"]
    return bool(cuts) and bool(place) and "," in token.piece.text[:len(place or "") + 3] and not re.search(r"(?:tại|ở|từ|của|do|và|,)$", line)


def _trimmed_place(token: _Token, view: str) -> _Token:
    """A date whose place took words of the sentence before it, cut back to the province's name."""
    if token.kind != "date" or token.match is None or not token.match["place"]:
        return token
    cut = letterhead.province_at_end(token.match["place"])
    at = token.piece.span.start
    if not cut or view[:at].rstrip(" ")[-1:] in "\n|":
        return token
    pattern = _PLACE_DATE if token.match.re is _PLACE_DATE else _PLACE_NUMERIC
    m = pattern.match(view, at + cut)
    return _Token("date", Piece(Span(*m.span()), m.group()), m) if m else token


_ANCHORS = (("motto", _MOTTO), ("number", _NUMBER), ("date", _PLACE_DATE), ("date", _PLACE_NUMERIC), ("rule", _RULE), ("subject", _SUBJECT),
            ("label", addressees.LABEL))


def _read_head(view: str, limit: int) -> _Head:
    head = _Head()
    stage = "top"
    for token in _tokens(view, limit):
        piece = token.piece
        if token.kind == "rule":
            if stage == "title" and head.title:
                stage = "after"
            continue
        if token.kind == "label":
            head.took(piece)
            head.addressed = addressees.read_addressees(view, piece.span.end, limit)
            head.end = max(head.end, head.addressed.span.end)
            break
        if token.kind != "text":
            if stage in ("title", "after") and head.title and not _late(head, token):
                break
            head.took(piece)
            if token.kind == "number":
                head.number = head.number or token
            elif token.kind == "date":
                head.date = head.date or token
            elif token.kind == "subject" and head.type is None and not head.subject:
                stage = "subject"
            continue
        if stage in ("title", "after") and _dispatched(view, head, piece, limit):
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
                if rest is not None and (_dispatched(view, head, rest, limit) or _take_title(view, head, rest)):
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


def _dispatched(view: str, head: _Head, piece: Piece, limit: int) -> bool:
    """Whether a dispatch names its addressees here ("THỦ TƯỚNG CHÍNH PHỦ điện:"); reads them if so."""
    label = addressees.DISPATCH.search(piece.text)
    words = piece.text[:label.start()] if label else ""
    cut = letterhead.authority_at_end(words)
    if label is None or not (cut or letterhead.is_authority(words) or (head.type and head.type[0] == "Công điện" and not words.strip())):
        return False
    if cut and not letterhead.is_authority(words):
        head.title.append(Piece(Span(piece.span.start, piece.span.start + len(words[:cut].rstrip())), words[:cut].rstrip()))
    head.took(Piece(Span(piece.span.start, piece.span.start + label.end()), ""))
    head.addressed = addressees.read_addressees(view, piece.span.start + label.end(), limit)
    head.end = max(head.end, head.addressed.span.end)
    return True


def _late(head: _Head, token: _Token) -> bool:
    """A number or a date that the page put under the title."""
    return (token.kind == "number" and head.number is None) or (token.kind == "date" and head.date is None)


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
        wordless = len(text) < 16 and not any(c.isalpha() for c in text)
        return (is_capitals(text) and office_start(text) != 0) or (wordless and text[:1].isdigit())
    if is_capitals(text):
        return False
    if _OPEN_END.search(above.text) and not text.rstrip().endswith((".", ";", ":")):
        return True
    if text.rstrip()[-1:] in ".;:" or len(text) > 160 or addressees.OPENER.match(text):
        return False
    return gap.count("\n") <= 1 and "|" not in gap


def _ends_subject(view: str, head: _Head, piece: Piece) -> bool:
    """Whether a piece after V/v is the body, in a letter that names no addressee."""
    if not head.subject:
        return False
    if sum(len(p.text) for p in head.subject) > _SUBJECT_REACH:
        return True
    if is_capitals(head.subject[-1].text) and not is_capitals(piece.text):
        return True
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
    stated = _stated_elsewhere(view, head, foot) if symbol is None else _Stated()
    if stated.number and stated.span:
        number, symbol, year = stated.number, stated.symbol, stated.year
        evidence["number"] = stated.span
        if date is None and stated.date:
            date, date_year = stated.date, int(stated.date[:4])
            evidence["date"] = stated.span
    kind = _kind(view, head, stated, symbol, evidence)
    title = _title(view, head, stated, kind, evidence)
    issuer = _issuer(view, head, foot, stated, number=number, symbol=symbol, kind=kind, title=title, place=place, evidence=evidence)
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


def _stated_elsewhere(view: str, head: _Head, foot: Closing) -> _Stated:
    """Number and date of a text without letterhead: from "(Kèm theo Quyết định số …)" over its annex, or a page's title."""
    start = foot.annex_start
    if start is not None and (m := _attachment().search(view, start, start + 1_500)):
        return _stated(m)
    if head.start is None or not (head.names or head.addressed):
        m = _page_title().match(view)
        if m:
            return _stated(m)
    return _Stated()


def _stated(m: re.Match[str]) -> _Stated:
    parsed = parse_number(m["number"])
    if parsed is None:
        return _Stated()
    found = dates.find_dates(m["date"] or "")
    groups = m.groupdict()
    issuer = squeeze(groups.get("issuer") or "").strip(" .)") or None
    return _Stated(
        type=_types()[squeeze(m["type"]).upper()], number=re.sub(r"\s+", "", m["number"]), symbol=parsed.symbol, year=parsed.year,
        date=found[0].value if found else None, issuer=issuer, title=squeeze(groups.get("title") or "") or None, span=Span(*m.span("number")))


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


def _kind(view: str, head: _Head, stated: _Stated, symbol: str | None, evidence: dict[str, Span]) -> str | None:
    """The type: by the heading, the symbol, what the annex or the page's title states, or as a letter."""
    named = type_of_symbol(symbol) if symbol else None
    by_symbol = evidence.get("number") or evidence.get("symbol")
    if named == "Văn bản hợp nhất" and by_symbol:
        evidence["type"] = by_symbol
        return named
    if head.type:
        evidence["type"] = head.type[1]
        return head.type[0]
    if stated.type and stated.span:
        evidence["type"] = stated.span
        return stated.type
    if named and by_symbol:
        evidence["type"] = by_symbol
        return named
    if head.addressed:
        evidence["type"] = head.addressed.span
        return "Công văn"
    return _self_named(view, evidence)


def _self_named(view: str, evidence: dict[str, Span]) -> str | None:
    """The type by which a text without any head calls itself: "Kết luận này"."""
    said = list(_this().finditer(view))
    if not said:
        return None
    best = Counter(m["type"] for m in said).most_common(1)[0][0]
    evidence["type"] = next(Span(*m.span()) for m in said if m["type"] == best)
    return _types()[squeeze(best).upper()]


def _title(view: str, head: _Head, stated: _Stated, kind: str | None, evidence: dict[str, Span]) -> str | None:
    pieces = head.title or head.subject
    if pieces:
        span = Span(pieces[0].span.start, pieces[-1].span.end)
        evidence["title"] = span
        words = letterhead.mend_spacing(squeeze(" ".join(p.text for p in pieces)))
        return _LEAD_WORDS.sub("", words).strip(" .*#") or None
    if stated.title and stated.span:
        evidence["title"] = stated.span
        return stated.title
    if head.type is None and kind not in (None, "Công văn"):
        m = re.compile(rf"ban hành {kind}\s+(?P<title>[^\n;:]{{12,300}}?)(?:,?\s+(?:với|gồm|cụ thể|như sau|nội dung)|[:;\n])", re.IGNORECASE).search(
            view, head.end, head.end + 2_500)
        if m:
            evidence["title"] = Span(*m.span("title"))
            return squeeze(m["title"]).strip(" ,.")
    return None


def _issuer(view: str, head: _Head, foot: Closing, stated: _Stated, *, number: str | None, symbol: str | None, kind: str | None,
            title: str | None, place: str | None, evidence: dict[str, Span]) -> str | None:
    """The issuer, from the first of: letterhead, authority line, symbol, signature, self-reference."""
    bodies, span = letterhead.read_letterhead(head.names)
    name = letterhead.full_name(bodies)
    by_symbol = evidence.get("number") or evidence.get("symbol")
    if name is None and head.authority:
        name, span = _of_authority(head.authority.text), head.authority.span
    if name is None and symbol:
        name, span = letterhead.issuer_of_symbol(number, symbol), by_symbol
    if name is None and stated.issuer and stated.span:
        name, span = _of_authority(letterhead.expand(stated.issuer)), stated.span
    if name is None and foot.signature_span:
        name, span = letterhead.issuer_of_signature(foot.authority), foot.signature_span
    if name is None and symbol and (m := re.search(r"(?:UBND|HĐND)(?![A-ZĐ])", symbol)):
        name, span = letterhead.full_name([m.group()]), by_symbol
    if name is None and kind:
        found = letterhead.self_reference(view, head.end, foot.annex_start or len(view), kind=kind, authority=foot.authority)
        name, span = found if found else (None, None)
    if name is None:
        return None
    if span:
        evidence["issuer"] = span
    return letterhead.place_issuer(name, view, title=title, place=place)


def _of_authority(text: str) -> str | None:
    """The body in an authority line, without the office of its head and its term."""
    body = re.sub(r",?\s+(?:khóa|nhiệm\s+kỳ|kỳ\s+họp).*$", "", plain(text).strip(" .:,"), flags=re.IGNORECASE)
    office = r"(?:chủ\s+tịch|bộ\s+trưởng(?:,\s*chủ\s+nhiệm)?|thống\s+đốc|(?:tổng\s+|chi\s+)?cục\s+trưởng|(?:tổng\s+)?giám\s+đốc|chánh\s+văn\s+phòng|trưởng(?=\s+ban))"
    return letterhead.full_name([re.sub(rf"^{office}\s+(?=\S)", "", body, flags=re.IGNORECASE)])


def _horizon(view: str, title: str | None, head: _Head, evidence: dict[str, Span]) -> str | None:
    """When the plan runs, as a year or a range of years; from its own line, else from the title."""
    found = list(_HORIZON.finditer(view, head.end))
    m = found[0] if len(found) == 1 else None
    if m and (value := _years(m["words"])):
        evidence["horizon"] = Span(*m.span("words"))
        return value
    value = _years(title) if title and head.type else None
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
    return re.compile(rf"(?P<type>{_type_words()})(?!\w){_TYPE_TAIL}", re.MULTILINE)


@lru_cache(maxsize=1)
def _attachment() -> re.Pattern[str]:
    """The line over an annex that names the document it belongs to, with its number."""
    return re.compile(
        rf"[(\[]\s*(?:Ban hành\s+)?k[èe]m\s+theo\s+(?P<type>{_type_words()})\s+(?:số\s*:?\s*)?(?P<number>{NUMBER})"
        r"(?:\s+ngày\s+(?P<date>[\w\s/.-]{6,32}?)(?:\s+của\s+(?P<issuer>[^)\]\n;]{4,90}(?:\n[^)\]\n;]{2,60})?))?\s*[)\]])?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _page_title() -> re.Pattern[str]:
    """The first line of a page that lost its letterhead: "Quyết định 36/QĐ-BYT ngày 21/11/2024 về …"."""
    return re.compile(
        rf"\s*#*\s*(?i:(?P<type>{_type_words()}))\s+(?:số\s*:?\s*)?(?P<number>{NUMBER})(?:\s+(?:ngày|năm)\s+(?P<date>[\d/.-]{{4,10}}))?"
        r"\s+(?P<title>(?:về|V/v|hợp nhất|quy định|ban hành|phê duyệt|công bố)[^\n|]{5,400}?)"
        r"(?:\s+do\s+(?P<issuer>[^\n|]{3,70}?)\s+ban hành(?:\s[^\n]*)?)?(?=\n|$)")


@lru_cache(maxsize=1)
def _this() -> re.Pattern[str]:
    names = "|".join(row["type"] for row in knowledge.rows("document_types") if row["type"] not in ("Luật", "Lệnh", "Bộ luật", "Dự án"))
    return re.compile(rf"(?<!\w)(?P<type>{names}) này(?!\w)")


def _type_words() -> str:
    return "|".join(r"\s+".join(map(re.escape, n.split())) for n in sorted(_types(), key=len, reverse=True))
