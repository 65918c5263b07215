"""The header fields of a directive, each with the place that it was read from."""
from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from chidao import knowledge
from chidao.grammar import dates
from chidao.grammar.folding import document_view, key, plain, squeeze
from chidao.grammar.numbers import NUMBER, parse_number, type_of_symbol
from chidao.model import Header, SourceText, Span
from chidao.structure import letterhead
from chidao.structure.closing import Closing, find_closing
from chidao.structure.head import Head, read_head
from chidao.structure.signature import Piece
from chidao.structure.spacing import mend_spacing
from chidao.structure.words import alternatives, type_words, types

_OF = re.compile(r"\W*của\s+", re.IGNORECASE)
_LEAD_WORDS = re.compile(r"^(?:V\s?/\s?v|Về\s+việc)\s*[:.]?\s*", re.IGNORECASE)
_HORIZON = re.compile(
    r"thời\s+gian\s+(?:thực\s+hiện|triển\s+khai)\s*(?:kế\s+hoạch|chương\s+trình|đề\s+án)?\s*:"
    r"\s*(?:trong\s+|từ\s+)?(?P<words>[^\n.;]{3,60})", re.IGNORECASE)
_YEARS = re.compile(
    r"(?:giai\s+đoạn|từ\s+năm|từ)\s+(?P<a>20\d\d)\s*(?:-|đến(?:\s+năm)?)\s*(?P<b>20\d\d)", re.IGNORECASE)
_ONE_YEAR = re.compile(r"năm\s+(?P<a>20\d\d)(?!\s*(?:-|đến|và|,)\s*(?:năm\s+)?20)", re.IGNORECASE)
_NOT_WHEN = re.compile(r"(?:tháng|quý|đến|ngày)\s+\S*\s*$", re.IGNORECASE)
_ISSUING_OFFICE = re.compile(
    r"^(?:chủ\s+tịch|bộ\s+trưởng(?:,\s*chủ\s+nhiệm)?|thống\s+đốc|(?:tổng\s+|chi\s+)?cục\s+trưởng"
    r"|(?:tổng\s+)?giám\s+đốc|chánh\s+văn\s+phòng|trưởng(?=\s+ban))\s+(?=\S)", re.IGNORECASE)

_REACH = 14_000


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


def find_header(source: SourceText, closing: Closing | None = None) -> tuple[Header, Span]:
    """The identifying fields of a directive, each with its evidence, and the block that holds them.

    The block ends where the body begins. What the text does not show is None: a blank number, a blank
    date, the issuer of a text without letterhead, signature or self-reference.

    >>> text = ("ỦY BAN NHÂN DÂN TỈNH CÀ MAU | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\n"
    ...         "Số: 08/KH-UBND | Cà Mau, ngày 05 tháng 02 năm 2024\\n"
    ...         "KẾ HOẠCH\\nTrồng rừng năm 2024\\nCăn cứ Luật Lâm nghiệp;")
    >>> header, block = find_header(SourceText(text, "text", "", "a.txt"))
    >>> header.number, header.date, header.issuer, header.title
    ('08/KH-UBND', '2024-02-05', 'Ủy ban nhân dân tỉnh Cà Mau', 'Trồng rừng năm 2024')
    """
    foot = find_closing(source.text) if closing is None else closing
    view = visible(source)
    head = read_head(view, _limit(view, foot))
    return _sure(_header(view, head, foot), source), Span(head.start or 0, head.end)


def _sure(header: Header, source: SourceText) -> Header:
    """Without a number or day that recognition is not sure of: what is written by hand is read wrongly."""
    unsure = [name for name in ("number", "date")
              if name in header.evidence and _confidence(source, header.evidence[name]) < _least_sure()[name]]
    if not unsure:
        return header
    evidence = {name: span for name, span in header.evidence.items() if name not in unsure}
    if "number" in unsure:
        evidence.setdefault("symbol", header.evidence["number"])
    return replace(header, evidence=evidence, number=None if "number" in unsure else header.number,
                   date=None if "date" in unsure else header.date)


@cache
def _least_sure() -> dict[str, int]:
    """Least confidence, in percent, of what recognition reads of a directive's own number and day."""
    return {row["what"].removeprefix("own_"): int(row["least"]) for row in knowledge.rows("recognition")
            if row["what"].startswith("own_")}


def _confidence(source: SourceText, span: Span) -> int:
    """The least confidence, in percent, of the recognised words of `span` that have digits; 100 where none was."""
    return min((sure for box in source.locate(span)
                for word, sure in zip(box.span.of(source.text).split(), box.confidence, strict=False)
                if any(map(str.isdigit, word))), default=100)


def visible(source: SourceText) -> str:
    """The plain view with menus and lists of related documents blanked out."""
    view = document_view(source.text)
    for region in source.regions:
        if region.kind in ("furniture", "note", "related"):
            a, b = region.span
            view = view[:a] + re.sub(r"[^\n]", " ", view[a:b]) + view[b:]
    return view


def _limit(view: str, foot: Closing) -> int:
    start = foot.start if foot.start is not None else foot.annex_start
    return min(len(view), _REACH, start if start else len(view))


def _header(view: str, head: Head, foot: Closing) -> Header:
    evidence = dict(foot.evidence)
    number, symbol, year = _number(head, evidence)
    place, date, date_year = _place_and_date(head, evidence)
    stated = _stated_elsewhere(view, head, foot) if symbol is None else _Stated()
    if stated.symbol and stated.span:
        number, symbol, year = stated.number, stated.symbol, stated.year
        evidence["number" if number else "symbol"] = stated.span
        if date is None and stated.date:
            date, date_year = stated.date, int(stated.date[:4])
            evidence["date"] = stated.span
    kind = _kind(view, head, stated, symbol, evidence)
    title = _title(view, head, stated, kind, evidence)
    issuer = _issuer(view, head, foot, stated, number=number, symbol=symbol, kind=kind, title=title, place=place,
                     evidence=evidence)
    horizon = _horizon(view, title, head, evidence)
    if head.addressed and head.addressed.names:
        evidence["addressees"] = head.addressed.span
    if head.secrecy:
        evidence["secrecy"] = head.secrecy.span
    return Header(
        type=kind, number=number, symbol=symbol, issuer=issuer, place=place, date=date, title=title, signer=foot.signer,
        year=date_year or year or (int(horizon) if horizon and horizon.isdigit() else None),
        addressees=head.addressed.names if head.addressed else (), recipients=foot.recipients, horizon=horizon,
        secrecy=squeeze(head.secrecy.text).capitalize() if head.secrecy else None, evidence=evidence)


def _stated_elsewhere(view: str, head: Head, foot: Closing) -> _Stated:
    """Number and date of a text without letterhead: from the line over its annex, or the title of its page."""
    start = foot.annex_start
    if start is not None and (m := _attachment().search(view, start, start + 1_500)):
        return _stated(m)
    if head.start is None or not (head.names or head.addressed):
        m = _page_title().match(view)
        if m:
            return _stated(m)
    return _Stated()


def _stated(m: re.Match[str]) -> _Stated:
    blank = m["number"].startswith("/")
    parsed = parse_number(m["number"])
    if parsed is None and not blank:
        return _Stated()
    found = dates.find_dates(m["date"] or "")
    groups = m.groupdict()
    issuer = squeeze(groups.get("issuer") or "").strip(" .)") or None
    return _Stated(
        type=types().get(squeeze(m["type"]).upper()), number=None if blank else re.sub(r"\s+", "", m["number"]),
        symbol=parsed.symbol if parsed else m["number"][1:], year=parsed.year if parsed else None,
        date=found[0].value if found else None, issuer=issuer, title=squeeze(groups.get("title") or "") or None,
        span=Span(*m.span("number")))


def _number(head: Head, evidence: dict[str, Span]) -> tuple[str | None, str | None, int | None]:
    m = head.number.match if head.number else None
    if m is None:
        return None, None, None
    symbol = re.sub(r"\s+", "", (m["symbol"] or m["symbol_"]) + (m["broken"] or "")).strip(".-")
    serial = re.sub(r"\s+", "", (m["serial"] if m["symbol"] else m["serial_"]) or "").strip(".…_")
    year = int(m["year"]) if m["year"] else None
    if not re.fullmatch(r"\d[\d.]*[A-Za-z]?", serial):
        evidence["symbol"] = Span(*m.span("symbol" if m["symbol"] else "symbol_"))
        return None, symbol, year
    evidence["number"] = Span(*m.span("whole"))
    mark = "/" if m["symbol"] else "-"
    return f"{serial}{mark}{f'{year}/' if year else ''}{symbol}", symbol, year


def _place_and_date(head: Head, evidence: dict[str, Span]) -> tuple[str | None, str | None, int | None]:
    m = head.date.match if head.date else None
    if head.date is None or m is None:
        return None, None, None
    place = head.date.place.text.strip(" ,;") if head.date.place else None
    if head.date.place:
        evidence["place"] = head.date.place.span
    groups = m.groupdict()
    day, month, year = (re.sub(r"[\s,]+", "", groups[k] or "") for k in ("day", "month", "year"))
    printed = int(year) if re.fullmatch(r"(?:19|20)\d\d", year) else None
    if not (printed and re.fullmatch(r"\d{1,2}", day) and re.fullmatch(r"\d{1,2}", month)):
        return place, None, printed
    value = dates.iso(printed, month, day)
    if value:
        evidence["date"] = Span(m.start("day"), m.end())
    return place, value, printed


def _kind(view: str, head: Head, stated: _Stated, symbol: str | None, evidence: dict[str, Span]) -> str | None:
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
    return types()[squeeze(best).upper()]


def _title(view: str, head: Head, stated: _Stated, kind: str | None, evidence: dict[str, Span]) -> str | None:
    pieces = (head.title[1:] if _decider(head) else head.title) or head.subject
    if pieces:
        span = Span(pieces[0].span.start, pieces[-1].span.end)
        evidence["title"] = span
        words = mend_spacing(squeeze(" ".join(p.text for p in pieces)))
        return _LEAD_WORDS.sub("", words).strip(" .*#") or None
    if stated.title and stated.span:
        evidence["title"] = stated.span
        return stated.title
    if head.type is None and kind not in (None, "Công văn"):
        ends = r"(?:,?\s+(?:với|gồm|cụ thể|như sau|nội dung)|[:;\n])"
        m = re.search(rf"ban hành {kind}\s+(?P<title>[^\n;:]{{12,300}}?){ends}", view[:head.end + 2_500], re.IGNORECASE)
        if m:
            evidence["title"] = Span(*m.span("title"))
            return squeeze(m["title"]).strip(" ,.")
    return None


def _issuer(
        view: str, head: Head, foot: Closing, stated: _Stated, *, number: str | None, symbol: str | None,
        kind: str | None, title: str | None, place: str | None, evidence: dict[str, Span]) -> str | None:
    """The issuer, from the first of: letterhead, authority line, symbol, signature, self-reference."""
    bodies, span = letterhead.read_letterhead(head.names)
    name = letterhead.full_name(bodies)
    by_symbol = evidence.get("number") or evidence.get("symbol")
    whole = letterhead.issuer_of_symbol(number, symbol) if symbol else None
    if name and whole and key(whole).startswith(f"{key(name)} "):
        name = whole
    if decider := _decider(head):
        name, span = _of_authority(_OF.sub("", decider.text)), decider.span
    if name is None and head.authority:
        name, span = _of_authority(head.authority.text), head.authority.span
    if name is None and whole:
        name, span = whole, by_symbol
    if name is None and stated.issuer and stated.span:
        name, span = _of_authority(letterhead.expand(stated.issuer)), stated.span
    if name is None and foot.signature_span:
        name, span = letterhead.issuer_of_signature(foot.authority), foot.signature_span
    if name is None and symbol and (m := re.search(r"(?:UBND|HĐND)(?![A-ZĐ])", symbol)):
        name, span = letterhead.full_name([m.group()]), by_symbol
    if name is None and kind:
        found = letterhead.self_reference(
            view, head.end, foot.annex_start or len(view), kind=kind, authority=foot.authority)
        name, span = found if found else (None, None)
    if name is None:
        return None
    if span:
        evidence["issuer"] = span
    return letterhead.place_issuer(name, view, title=title, place=place)


def _decider(head: Head) -> Piece | None:
    """The line of the title that names who decides: "NGHỊ QUYẾT | CỦA BỘ CHÍNH TRỊ | về …"."""
    first = head.title[0] if len(head.title) > 1 else None
    return first if first and _OF.match(first.text) and letterhead.is_authority(_OF.sub("", first.text)) else None


def _of_authority(text: str) -> str | None:
    """The body in an authority line, without the office of its head and its term."""
    body = re.sub(r",?\s+(?:khóa|nhiệm\s+kỳ|kỳ\s+họp).*$", "", plain(text).strip(" .:,"), flags=re.IGNORECASE)
    return letterhead.full_name([_ISSUING_OFFICE.sub("", body)])


def _horizon(view: str, title: str | None, head: Head, evidence: dict[str, Span]) -> str | None:
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
    found = [m for m in _ONE_YEAR.finditer(words) if not _NOT_WHEN.search(words[:m.start()])]
    return found[-1]["a"] if found else None


@cache
def _attachment() -> re.Pattern[str]:
    """The line over an annex that names the document it belongs to, with its number."""
    return re.compile(
        rf"[(\[]\s*(?:Ban hành\s+)?k[èe]m\s+theo\s+(?P<type>{type_words()}|văn bản)\s+"
        rf"(?:số\s*:?\s*)?(?P<number>{NUMBER}|/(?-i:[A-ZĐ]{{2,}}[\w-]*))"
        r"(?:\s+ngày\s+(?P<date>[\w\s/.-]{6,32}?)"
        r"(?:\s+của\s+(?P<issuer>[^)\]\n;]{4,90}(?:\n[^)\]\n;]{2,60})?))?\s*[)\]])?", re.IGNORECASE)


@cache
def _page_title() -> re.Pattern[str]:
    """The first line of a page that lost its letterhead: "Quyết định 36/QĐ-BYT ngày 21/11/2024 về …"."""
    return re.compile(
        rf"\s*#*\s*(?i:(?P<type>{type_words()}))\s+(?:số\s*:?\s*)?(?P<number>{NUMBER})"
        r"(?:\s+(?:ngày|năm)\s+(?P<date>[\d/.-]{4,10}))?"
        r"\s+(?P<title>(?:về|V/v|hợp nhất|quy định|ban hành|phê duyệt|công bố)[^\n|]{5,400}?)"
        r"(?:\s+do\s+(?P<issuer>[^\n|]{3,70}?)\s+ban hành(?:\s[^\n]*)?)?(?=\n|$)")


@cache
def _this() -> re.Pattern[str]:
    names = alternatives(set(types().values()) - {"Luật", "Lệnh", "Bộ luật", "Dự án"})
    return re.compile(rf"(?<!\w)(?P<type>{names}) này(?!\w)")
