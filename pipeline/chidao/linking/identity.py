"""Ids of documents: LEX URNs (RFC 9676), and the full form that a short mention means."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from chidao import knowledge
from chidao.grammar.folding import fold, key, squeeze
from chidao.grammar.letters import UPPER
from chidao.grammar.numbers import DocumentNumber, joint_issuers, parse_number
from chidao.linking.full_numbers import canonical, full_number
from chidao.linking.law_numbers import law_number, law_of_number, law_versions, written_out
from chidao.model import Citation, Header

_POSITION = re.compile(
    r"^(?:(?:Phó\s+)?(?:Bộ trưởng|Thứ trưởng|Giám đốc|Chủ tịch|Thống đốc|Cục trưởng|Tổng cục trưởng|Viện trưởng"
    r"|Chánh án|Trưởng ban|Tổng Giám đốc|Thường trực|Chủ nhiệm|Chánh Thanh tra)(?:,\s*Chủ nhiệm)?\s+)+(?=\S)",
    re.IGNORECASE)
_PLACE = re.compile(
    rf"\s*(?<!\w)(tỉnh|thành phố|TP\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+((?-i:[{UPPER}\d])[^,;]*)$",
    re.IGNORECASE)
_LOCAL = re.compile(
    r"^(?:Ủy ban nhân dân|Hội đồng nhân dân|Sở|Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Đảng ủy|Ban Thường vụ"
    r"|Ban Chấp hành Đảng bộ|Thường trực|Công an tỉnh|Công an thành phố|Thanh tra tỉnh|Ban Dân tộc|Ban Quản lý"
    r"|Đoàn đại biểu|Thuế|Ban .*\s(?:Tỉnh ủy|Thành ủy))(?!\w)", re.IGNORECASE)
_PARTY_COMMITTEE = re.compile(
    r"^(?:Ban Thường vụ|Ban Chấp hành|Thường trực)?\s*(?:Đảng bộ|(Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy))\s*(.*)$",
    re.IGNORECASE)
_CENTRAL_PARTY = "trung.uong.dang"
_LAWS = ("Luật", "Bộ luật")


@lru_cache(maxsize=256)  # of the same few documents, mention after mention
def urn(type: str, number: str | None, issuer: str | None, year: int | None, *, name: str | None = None) -> str | None:
    """The LEX URN of a document, or None where year or issuer is open (numbers start anew each year).

    >>> urn("Nghị quyết", "38/NQ-CP", "Chính phủ", 2022)
    'urn:lex:vn:chinh.phu:nghi.quyet:2022;38-nq-cp'
    >>> urn("Kế hoạch", "25/KH-UBND", "Ủy ban nhân dân thành phố Cần Thơ", 2022)
    'urn:lex:vn;can.tho:uy.ban.nhan.dan:ke.hoach:2022;25-kh-ubnd'
    >>> urn("Kế hoạch", "25/KH-UBND", None, 2022) is None
    True

    Where they differ, the year in a number outweighs that of a date, the type of a symbol that of the word before it.

    >>> urn("Nghị quyết", "18/2008/NQ-QH12", None, 2009) == urn("Nghị quyết", "18/2008/QH12", None, 2008)
    True
    """
    parsed = parse_number(number) if number else None
    year = (parsed.year if parsed else None) or year
    type = _type_by_symbol(type, parsed) if parsed else type
    authority = _authority(number, issuer, type)
    if year is None or authority is None or not (number or name):
        return None
    place, body = authority
    what = _dashed(canonical(number)) if number else _dashed(_bare_name(type, name or ""))
    return f"urn:lex:vn{';' + place if place else ''}:{body}:{_dotted(type)}:{year};{what}"


def _type_by_symbol(type: str, parsed: DocumentNumber) -> str:
    """The type by the symbol where it names one: a "Luật số 62/2025/NĐ-CP" is a decree, a "Luật 45/2019/QH14" a code.

    QĐ of the Party may be a decision or a regulation: there the word decides.
    """
    if parsed.type is None:
        return law_of_number(parsed.number) or type if type in _LAWS else type
    both = parsed.party and parsed.type == "Quyết định" and type in ("Quy định", "Quyết định", "Quy chế")
    return type if both or parsed.type in ("Công văn", "Lệnh") else parsed.type


def directive_id(header: Header, sha256: str, document: int = 1) -> str:
    """The id of a directive that we hold: its URN, or one from its content where number, issuer or year are blank.

    `document` says which one of its file it is.

    >>> draft = Header(type="Kế hoạch", symbol="KH-UBND", year=2022)
    >>> directive_id(draft, "0f3a" * 16), directive_id(draft, "0f3a" * 16, 2)
    ('urn:chidao:0f3a0f3a0f3a0f3a', 'urn:chidao:0f3a0f3a0f3a0f3a.2')
    """
    known = urn(header.type, header.number, header.issuer, header.year) if header.type and header.number else None
    return known or f"urn:chidao:{sha256[:16]}{f'.{document}' if document > 1 else ''}"


def link(citations: Sequence[Citation], header: Header) -> tuple[Citation, ...]:
    """The same mentions with `target`, or with `candidates` where the text leaves year or issuer open.

    A mention without a year takes that of a full form of the same type and number in the document, if there is
    one only; a local body without a place is one of the directive's own place. Candidates of a short form are the
    full forms with its bare number.
    """
    full = _full_forms(citations)
    linked = tuple(_linked(c, full, header) for c in citations)
    return tuple(replace(c, candidates=_with_that_serial(c, linked)) if _is_open_short(c) else c for c in linked)


def full_form_of(i: int, citations: Sequence[Citation]) -> int | None:
    """The index of the full form that mention `i` means: itself, else the nearest before, else the first after.

    >>> from chidao.extraction.citations.finding import find_citations
    >>> full_form_of(1, find_citations("Nghị quyết số 38/NQ-CP ngày 17/3/2022; theo NQ 38"))
    0
    """
    c = citations[i]
    if c.form == "full":
        return i
    same = [j for j, f in enumerate(citations) if f.form == "full" and (c.year is None or f.year in (None, c.year))
            and (f.type, f.number, f.name) == (c.type, c.number, c.name)]
    before = [j for j in same if j < i]
    return before[-1] if before else (same[0] if same else None)


def _is_open_short(c: Citation) -> bool:
    return c.form == "short" and c.target is None and c.number is not None and parse_number(c.number) is None


def _with_that_serial(c: Citation, citations: Iterable[Citation]) -> tuple[str, ...]:
    """The documents cited in full that "NQ 38" may be: those with its number, and not of another body or year."""
    serial = _serial(c.number or "")
    found = {f.target for f in citations if f.form == "full" and f.target and f.number and f.type == c.type
             and _serial(f.number) == serial and c.year in (None, f.year)
             and (c.issuer is None or f.issuer is None or key(c.issuer) == key(f.issuer))}
    return tuple(sorted(u for u in found if u))


def _serial(number: str) -> str:
    return re.split(r"[/-]", number, maxsplit=1)[0].lstrip("0")


def _full_forms(citations: Iterable[Citation]) -> dict[tuple[str, str], list[Citation]]:
    """The mentions with a year or a number, by type and number or name; those that say the same stand once."""
    forms: dict[tuple[str, str], dict[tuple[object, ...], Citation]] = {}
    for c in citations:
        if c.year is not None or c.number:
            said = (c.form, c.type, c.number, c.name, c.year, c.date, c.issuer)
            for known in _keys(c):
                forms.setdefault(known, {}).setdefault(said, c)
    return {known: list(found.values()) for known, found in forms.items()}


def _keys(c: Citation) -> list[tuple[str, str]]:
    names = [c.number, written_out(c.name) if c.name else None]
    return [(key(c.type), key(n)) for n in names if n]


def _linked(c: Citation, full: dict[tuple[str, str], list[Citation]], header: Header) -> Citation:
    same = [f for known in _keys(c) for f in full.get(known, ())]
    meant = _completed(c, same)
    target = urn_of(meant, header)
    if target:
        return replace(c, target=target)
    found = (urn_of(_completed(f, same), header) for f in same)
    options = {u for u in found if u}
    own = urn_of(replace(meant, issuer=meant.issuer or header.issuer), header) if _is_local_number(meant) else None
    if len(options) == 1 and own is None:
        return replace(c, target=options.pop())
    if c.name and not options:
        return replace(c, candidates=_laws_of_that_name(c, header))
    return replace(c, candidates=tuple(sorted(options | ({own} if own else set()))))


def _laws_of_that_name(c: Citation, header: Header) -> tuple[str, ...]:
    """A law by its name alone: those passed before the directive, the latest first."""
    until = header.date or f"{header.year or 9999}-12-31"
    versions = [v for v in law_versions(c.type, c.name or "") if v.date <= until]
    found = (urn(c.type, v.number, None, v.year) for v in versions)
    return tuple(u for u in found if u)


def _completed(c: Citation, same: Sequence[Citation]) -> Citation:
    """Number, year and issuer from the other mentions, each where they agree."""
    numbers = {f.number for f in same if f.number and (c.year is None or f.year in (None, c.year))}
    years = {f.year for f in same if f.year}
    issuers = {f.issuer for f in same if f.issuer and (c.year is None or f.year in (None, c.year))}
    number = c.number or (numbers.pop() if len(numbers) == 1 and c.name else None)
    parsed = parse_number(number) if number else None
    year = c.year or (parsed.year if parsed else None) or (years.pop() if len(years) == 1 else None)
    issuer = c.issuer or (issuers.pop() if len(issuers) == 1 else None)
    if (number, year, issuer) == (c.number, c.year, c.issuer):
        return c
    return replace(c, number=number, year=year, issuer=issuer)


def urn_of(c: Citation, header: Header) -> str | None:
    """The LEX URN of what a mention in the directive with that header names; None where the mention leaves it open.

    >>> from chidao.model import Span
    >>> law = Citation(Span(0, 17), "Luật", name="Luật Đất đai", year=2024)
    >>> urn_of(law, Header())
    'urn:lex:vn:quoc.hoi:luat:2024;31-2024-qh15'
    """
    c = replace(c, number=full_number(c))
    if c.form == "short" and c.number and parse_number(c.number) is None:
        return None
    if c.name and c.number is None:
        c = replace(c, number=law_number(c.type, c.name, c.year, c.date))
    issuer = c.issuer
    if issuer and _LOCAL.match(_body_of(issuer)) and not _place_of(issuer):
        issuer = _with_own_place(issuer, header)
        if issuer is None:
            return None
    return urn(c.type, c.number, issuer, c.year, name=c.name)


def _is_local_number(c: Citation) -> bool:
    parsed = parse_number(c.number) if c.number else None
    return bool(parsed and not c.issuer and re.search(r"UBND|HĐND|UB$", parsed.symbol))


def _with_own_place(issuer: str, header: Header) -> str | None:
    own = _PLACE.search(header.issuer or "")
    bare = re.search(r"(?:tỉnh|huyện|quận|xã|phường|thành phố)$", issuer)
    return f"{issuer} {squeeze(own.group())}" if own and not bare else None


def _authority(number: str | None, issuer: str | None, type_: str) -> tuple[str | None, str] | None:
    """Place and body as they stand in a URN; None where they are open."""
    parsed = parse_number(number) if number else None
    if type_ in ("Luật", "Bộ luật", "Hiến pháp"):
        return None, "quoc.hoi"
    if type_ == "Pháp lệnh":
        return None, "uy.ban.thuong.vu.quoc.hoi"
    if parsed and re.search(r"(?:^|[/-])(?:TW|TƯ)$", parsed.symbol):
        return None, _CENTRAL_PARTY
    together = joint_issuers(parsed.symbol) if parsed else ()
    if together and not any(_LOCAL.match(body) for body in together):
        return None, "+".join(_dotted(body) for body in together)
    by_symbol = parsed.issuer if parsed and parsed.issuer and not _LOCAL.match(parsed.issuer) else None
    body = by_symbol or issuer
    if not body:
        return None
    return _party(body) or _state(body)


def _party(issuer: str) -> tuple[str | None, str] | None:
    m = _PARTY_COMMITTEE.match(issuer)
    if not m:
        return None
    place = _place_of(issuer) or (_dotted(m[2]) if m[1] and m[2] else None)
    return (place, "dang.bo") if place else None


def _state(issuer: str) -> tuple[str | None, str] | None:
    body = _body_of(issuer)
    place = _place_of(issuer)
    if place is None and _LOCAL.match(body):
        return None
    return place, _dotted(_PLACE.sub("", body))


def _body_of(issuer: str) -> str:
    """The body for which an official signs: "Bộ trưởng Bộ Tài chính" -> "Bộ Tài chính"."""
    return issuer if key(issuer) in ("thủ tướng chính phủ", "chủ tịch nước") else _POSITION.sub("", issuer)


def _place_of(issuer: str) -> str | None:
    m = _PLACE.search(issuer)
    if not m:
        return None
    level = m[1].lower().rstrip(".")
    level = "thành phố" if level == "tp" else level
    name = _dotted(m[2])
    return name if level == "tỉnh" or (level == "thành phố" and key(m[2]) in _cities()) else f"{_dotted(level)}.{name}"


@lru_cache(maxsize=1)
def _cities() -> frozenset[str]:
    """Names of cities that are or were directly under the central government."""
    return frozenset(key(row["name"]) for row in knowledge.provinces() if row["unit"].lower() == "thành phố")


def _bare_name(type_: str, name: str) -> str:
    return written_out(name)[len(type_):].strip() or name


def _dotted(words: str) -> str:
    return ".".join(re.findall(r"[a-z0-9]+", fold(words)))


def _dashed(words: str) -> str:
    return "-".join(re.findall(r"[a-z0-9.]+", fold(words).replace("&", "")))
