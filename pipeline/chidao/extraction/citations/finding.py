"""Mentions of other documents (viện dẫn): by number, by name of a law, by type with date and issuer, by short form."""
from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from chidao.extraction.citations.anaphors import find_anaphors
from chidao.extraction.citations.issuers import issuer_at, issuer_name
from chidao.extraction.citations.laws import Law, find_laws
from chidao.extraction.citations.provisions import provision_before
from chidao.extraction.citations.relations import relate
from chidao.extraction.citations.short_forms import MAY_BE_VERBS, find_short_forms
from chidao.extraction.citations.spans import overlaps
from chidao.extraction.citations.tails import OF, read_tail
from chidao.extraction.citations.type_words import TypeWord, type_before, type_of, type_words
from chidao.grammar.folding import document_view
from chidao.grammar.letters import LOWER, UPPER
from chidao.grammar.numbers import NUMBER, DocumentNumber, joint_issuers, parse_number, type_of_symbol
from chidao.model import Citation, Span

__all__ = ["find_citations", "relate"]

_NUMBER = re.compile(NUMBER)
_NO = r"(?:\s*,?\s*(?:(?:mang|có)\s+)?(?:số(?:\s+hiệu)?|Số|SỐ)\s*[:.]?)"
_STOPS = r"(?:hoặc|các|những|tại|theo|của|số|này|trên|đã|được|do|ngày|có|với|thì|là)"
_QUALIFIER = rf"(?:\s+(?!(?:và|{_STOPS})(?!\w))[{LOWER}]+){{0,5}}"
_GAP = re.compile(rf"(?:{_QUALIFIER}{_NO}|\s*[:]?)\s*|\s*(?:[(]\s*)?{_NO}\s*")
# "Báo cáo giải trình, tiếp thu số …": a longer description, where the symbol says the same type
_DESCRIBED = re.compile(rf"(?:,?\s+(?!{_STOPS}(?!\w))[{LOWER}]+){{1,6}}{_NO}\s*")
_MEMBER = re.compile(r"(?:[,;:(]|(?<!\w)(?:và|hoặc|cùng|với|đến|các))\s*(?P<no>(?:số|Số)\s*:?\s*)?$")
_NUMBERED = re.compile(r"(?<!\w)(?P<no>(?:số|Số|SỐ)\s*[:.]?\s*)$")
# What a thing is called that has a number but is no document of the kind.
_OTHER_SERIES = re.compile(
    r"(?:QCVN|TCVN|TCCS|ISO|hóa đơn|lô|thửa|tờ bản đồ|tài khoản|biển|chứng chỉ|bằng|mã|hộ chiếu|đăng ký|điện thoại|fax"
    r"|mẫu|giấy chứng nhận[^\n,;|]{0,60})\s*(?:số)?\s*:?\s*$", re.IGNORECASE)
_OF_ASSEMBLY = re.compile(r"\s+(?:của|do)\s+(?:Quốc hội|nước Cộng hòa)[^,;.\n]{0,60}$")
_SAID_BY = re.compile(
    r"(?:(?P<asks>đề nghị|kiến nghị|ý kiến|báo cáo|đề xuất|trình)|chỉ đạo|kết luận|yêu cầu|chấp thuận|hướng dẫn"
    r"|quy định)"
    rf"\s+của\s+(?P<issuer>(?-i:[{UPPER}])[^\n;.]{{1,110}}?)\s+(?:nêu\s+)?tại\s+(?:các\s+)?$", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"số(?<=\s..)\s*:?\s*(?P<number>\d[\w./&-]*[A-ZĐ]{2}[\w/&-]*)(?=\s)")
_BY_ANYBODY = ("Công văn", "Báo cáo", "Tờ trình", "Thông báo", "Hợp đồng", "Giấy phép")
_LIST_GAP = re.compile(r"\s*(?:[,;]|,?\s*(?:và|hoặc|cùng)(?:\s+với)?)?\s*(?:các\s+)?(?:số\s*)?\(?\s*", re.IGNORECASE)
_DAY = re.compile(r"(?:ngày|NGÀY)\s+(?=[0-9])")
_OF_BODY = re.compile(rf"\s(?:của|CỦA)\s+[{UPPER}][^\n,;.|]{{2,90}}$")


def find_citations(text: str) -> tuple[Citation, ...]:
    """Every mention of another document in `text`, in order, also repeated ones.

    A mention is the longest unbroken run of type, number, date and issuer; its number is repaired, members of a
    list share type and issuer; short forms (``NQ 38``) and pointing ones (``Nghị quyết này``) take the number of
    the full form that they mean. Offsets are code points of `text`, which must be NFC.

    >>> [(c.type, c.number, c.date, c.issuer) for c in find_citations("theo Nghị quyết số 45/NQCP ngày 02/4/2024")]
    [('Nghị quyết', '45/NQ-CP', '2024-04-02', 'Chính phủ')]
    """
    view = document_view(text)
    laws = find_laws(view, text)
    numbered = _by_number(view, laws)
    numbered = sorted([*numbered, *_as_printed(view, [c.span for c in numbered])], key=lambda c: c.span)
    taken = [c.span for c in numbered]
    by_name = [_by_name(view, law) for law in laws if not overlaps(law.span, taken)]
    taken = sorted([*taken, *(c.span for c in by_name)])
    dated = [c for c in _by_date(view, taken) if not overlaps(c.span, taken)]
    full = _shared(view, sorted([*numbered, *by_name, *dated], key=lambda c: c.span))
    named = sorted([*full, *find_short_forms(view, full)], key=lambda c: c.span)
    return tuple(sorted([*named, *find_anaphors(view, named)], key=lambda c: c.span))


def _by_number(view: str, laws: tuple[Law, ...]) -> list[Citation]:
    law_at = {law.span.end: law for law in laws}
    found: list[Citation] = []
    done = 0
    for m in _NUMBER.finditer(view):
        number = parse_number(m.group())
        if number is None or m.start() < done:
            continue
        citation = _numbered(view, Span(*m.span()), number, law_at, done, found[-1] if found else None)
        if citation:
            found.append(citation)
            done = citation.span.end
    return found


def _as_printed(view: str, taken: list[Span]) -> list[Citation]:
    """Letters of companies, whose numbers follow no rule: "công văn số 1025-CVHQ ngày 10/10/2025 của Công ty …"."""
    found = []
    for m in _OWN_NUMBER.finditer(view):
        head = None if overlaps(Span(*m.span("number")), taken) else type_before(view, len(view[:m.start()].rstrip()))
        tail = read_tail(view, m.end())
        if head and head.type in _BY_ANYBODY and (tail.date or tail.issuer):
            found.append(Citation(Span(head.start, tail.end), head.type, m["number"], None, tail.date, tail.year,
                                  tail.issuer))
    return found


def _numbered(view: str, at: Span, number: DocumentNumber, law_at: dict[int, Law], done: int,
              before: Citation | None) -> Citation | None:
    left = view[max(done, at.start - 120):at.start]
    offset = at.start - len(left)
    law = _law_before(left, offset, law_at)
    if law:
        tail = read_tail(view, at.end)
        return Citation(Span(law.span.start, tail.end), law.type, number.number, law.name, tail.date,
                        tail.year or number.year, tail.issuer or number.issuer, provision_before(view, law.span.start))
    head = _head(left, number)
    found = _headed(head, number, offset) if head else _headless(left, offset, number, before, done)
    if found is None:
        return None
    start, type_, issuer = found
    tail = read_tail(view, at.end, bodies=_bodies(number, type_))
    issuer = tail.issuer or issuer or _said_before(view, start, type_, number) or number.issuer
    return Citation(Span(start, tail.end), type_, number.number, None, tail.date, tail.year or number.year, issuer,
                    provision_before(view, start))


def _headed(head: Head, number: DocumentNumber, offset: int) -> tuple[int, str, str | None]:
    return offset + head.start, _settled(head, number), head.issuer


def _headless(left: str, offset: int, number: DocumentNumber, before: Citation | None,
              done: int) -> tuple[int, str, None] | None:
    """Start and type of a number without a type word: a member of a list, or one whose symbol tells all."""
    start = _member_start(left, offset, before, done)
    type_ = number.type or (before.type if before and start is not None else _of_assembly(number))
    if type_ is None or (start is None and not _stands_alone(left, number)):
        return None
    no = _NUMBERED.search(left)
    return offset + (no.start("no") if no else len(left)), type_, None


def _bodies(number: DocumentNumber, type_: str) -> int:
    """How many bodies may have issued a document together, by its symbol."""
    if type_ in ("Thông tư liên tịch", "Nghị quyết liên tịch"):
        return max(2, len(re.split(r"[-/]", number.symbol)) - 1)
    return max(1, len(joint_issuers(number.symbol)))


def _said_before(view: str, start: int, type_: str, number: DocumentNumber) -> str | None:
    """Who speaks in the document: "đề nghị của Giám đốc Sở Y tế tại Tờ trình số …", "chỉ đạo của UBND tỉnh tại …"."""
    said = _SAID_BY.search(view, max(0, start - 140), start)
    if not said:
        return None
    issuer = issuer_name(said["issuer"])
    if type_ in ("Tờ trình", "Công văn", "Báo cáo") and said["asks"]:
        return issuer
    words = re.split(r"[-/]", number.symbol)
    return issuer if any(word in words and body in issuer for word, body in _SPEAKERS) else None


_SPEAKERS = (("UBND", "Ủy ban nhân dân"), ("HĐND", "Hội đồng nhân dân"), ("TU", "Tỉnh ủy"), ("TU", "Thành ủy"))


def _law_before(left: str, offset: int, law_at: dict[int, Law]) -> Law | None:
    """The law whose name stands right before "số": Luật Thủy lợi số 08/2017/QH14."""
    bare = left.rstrip(" :\n")
    unnumbered = bare.removesuffix("số").rstrip(" ,(\n")
    of = _OF_ASSEMBLY.search(unnumbered)
    ends = (len(bare), len(unnumbered), of.start() if of else 0)
    return next((law_at[offset + end] for end in ends if offset + end in law_at), None)


class Head(NamedTuple):
    """The type word before a number: where it begins, its type (None for "văn bản"), the issuer between."""

    start: int
    type: str | None
    issuer: str | None
    small: bool  # written small, so that it may be a verb


def _head(left: str, number: DocumentNumber) -> Head | None:
    words = list(type_words().finditer(left))
    if not words:
        return None
    m = words[-1]
    gap = left[m.end():]
    issuer = None
    of = OF.match(gap)
    if of:
        end = issuer_at(gap, of.end())
        if end is None:
            return None
        issuer, gap = issuer_name(gap[of.end():end]), gap[end:]
    type_ = type_of(m.group())
    if not _GAP.fullmatch(gap) and not (type_ and type_ == number.type and _DESCRIBED.fullmatch(gap)):
        return None
    return Head(m.start() if type_ else len(left), type_, issuer, m.group()[0].islower())


def _settled(head: Head, number: DocumentNumber) -> str:
    """The type by the word before the number, or by the symbol where that word is general or a verb."""
    if head.type is None:
        return number.type or _of_assembly(number) or "Công văn"
    if number.type and head.small and head.type != number.type and head.type in MAY_BE_VERBS:
        return number.type
    return head.type


def _of_assembly(number: DocumentNumber) -> str | None:
    """A bare 12/2021/UBTVQH15 is taken for a resolution, 31/2024/QH15 for a law."""
    if number.symbol.startswith("UBTVQH"):
        return "Nghị quyết"
    return "Luật" if number.symbol.startswith("QH") and number.year else None


def _member_start(left: str, offset: int, before: Citation | None, done: int) -> int | None:
    """Where a member of a list without a type word of its own begins; None when it is no such member."""
    m = _MEMBER.search(left)
    if not m or not before:
        return None
    close = offset - done < 400 or before.span.end == done
    start = offset + (m.start("no") if m["no"] else len(left))
    gap = left[:m.start()]
    return start if close and "\n" not in gap[-200:] and (m["no"] or not gap.strip()) else None


def _stands_alone(left: str, number: DocumentNumber) -> bool:
    """Whether a number without a type word is a document's: by its symbol."""
    words = number.symbol.replace("/", "-").split("-")
    if number.symbol.startswith(("QH", "UBTVQH")):
        return number.year is not None
    if number.type is None or len(words) < 2:
        return False
    if number.type != "Công văn":
        return True
    return not _OTHER_SERIES.search(left[-90:]) and (
        number.party or number.issuer is not None or words[0] in ("UBND", "HĐND", "CV"))


def _by_name(view: str, law: Law) -> Citation:
    tail = read_tail(view, law.span.end, law=True)
    return Citation(Span(law.span.start, tail.end), law.type, None, law.name, tail.date, tail.year, tail.issuer,
                    provision_before(view, law.span.start))


def _by_date(view: str, taken: list[Span]) -> list[Citation]:
    """Documents without a number: "Quyết định ngày 05/3/2020 của Thủ tướng Chính phủ"."""
    found = []
    for m in _DAY.finditer(view):
        if overlaps(Span(*m.span()), taken):
            continue
        head = _dated_head(view, m.start())
        if head is None:
            continue
        start, end, type_ = head
        tail = read_tail(view, end)
        if tail.date and tail.issuer and tail.end > m.start() and view[tail.end:tail.end + 1] != "/":
            found.append(Citation(Span(start, tail.end), type_, None, None, tail.date, tail.year, tail.issuer,
                                  provision_before(view, start)))
    return found


def _dated_head(view: str, at: int) -> TypeWord | None:
    """Start, end and type of the word before a date, with or without its issuer between."""
    word = type_before(view, at)
    if word is None and (of := _OF_BODY.search(view, max(0, at - 110), at)):
        word = type_before(view, of.start())
    return word


def _shared(view: str, found: list[Citation]) -> list[Citation]:
    """Lists: the issuer of a later member holds for those before it; a date for bare numbers before it."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        this, following = out[i], out[i + 1]
        if this.number is None or following.number is None:
            continue
        gap = view[this.span.end:following.span.start]
        if len(gap) > 40 or not _LIST_GAP.fullmatch(gap):
            continue
        if this.issuer is None and _body(this.number) == _body(following.number):
            out[i] = replace(this, issuer=following.issuer)
        if this.date is None and following.date and _is_bare(view, following):
            out[i] = replace(out[i], date=following.date, year=following.year)
    return out


def _body(number: str) -> str:
    """The part of a symbol that stands for the body: UBND of 12/QĐ-UBND and of 15/UBND-NC."""
    words = re.split(r"[-/]", re.sub(r"^[\d.]+[a-zđ]?[/-](?:\d{4}/)?", "", number))
    typed = type_of_symbol(words[0]) not in (None, "Công văn") or words[0] in ("CV", "NQ", "QĐ")
    return words[1] if typed and len(words) > 1 else words[0]


def _is_bare(view: str, citation: Citation) -> bool:
    """Whether a member of a list is a number without its own "số" or type word."""
    return view[citation.span.start].isdigit()
