"""Mentions of other documents (viện dẫn): by number, by name of a law, by type with date and issuer, by short form."""
from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from chidao import knowledge
from chidao.extraction.issuers import issuer_at, issuer_name
from chidao.extraction.laws import Law, find_laws
from chidao.extraction.relations import relate
from chidao.extraction.wording import words_of
from chidao.grammar.dates import iso
from chidao.grammar.folding import plain, squeeze
from chidao.grammar.letters import LOWER, UPPER
from chidao.grammar.numbers import NUMBER, DocumentNumber, parse_number, type_of_symbol
from chidao.model import Citation, Span

__all__ = ["find_citations", "relate"]

_NUMBER = re.compile(NUMBER)
_DATE = (r"(?P<day>0?[1-9]|[12]\d|3[01])(?:\s?(?P<mark>[/.-])\s?(?P<month>0?[1-9]|1[0-2])\s?(?P=mark)\s?"
         r"(?P<year>(?:19|20)\d\d)(?!\d)"
         r"|\s*(?:tháng|THÁNG)\s*(?P<month_>0?[1-9]|1[0-2])(?:\s*,?\s*(?:năm|NĂM)\s*|\s?/\s?)(?P<year_>(?:19|20)\d\d)(?!\d))")
# "ngày 17/3/2022", ", ngày 17 tháng 3 năm 2022", "(ngày …", "ban hành ngày …"; a blank day still gives the year.
_ON = r"(?P<on>\s*[,(]?\s*(?:(?:được\s+)?(?:ban hành|ký ban hành|ký|thông qua)\s+)?(?:ngày|NGÀY|Ngày)\s*)"
_DATED = re.compile(
    rf"{_ON}(?:{_DATE}|[\d.… ]{{0,6}}(?:tháng|THÁNG)[\d.… ]{{0,6}}(?:năm|NĂM)\s+(?P<bare>(?:19|20)\d\d)(?!\d))")
_SPLIT_DATE = re.compile(rf"\s+{_DATE}")
_YEAR = re.compile(r"\s+(?:năm|NĂM)\s+(?P<bare>(?:19|20)\d\d)(?![\d/-]| *- *\d)")
_LAW_YEAR = re.compile(r"\s+(?:(?:năm|NĂM)\s+)?\(?(?P<bare>(?:19|20)\d\d)\)?(?![\d/-]| *- *\d)")
_OF = re.compile(r"\s*,?\s*(?:của|CỦA)\s+")
_BY = re.compile(rf"\s*,?\s*do\s+(?=[{UPPER}])")
_ISSUED_BY = re.compile(rf"[^\n;|]{0,300}?\sdo\s+(?P<issuer>[{UPPER}][^\n;|,]{2,80}?)\s+ban hành(?=\s*(?:[;.|\n]|$))")
_NO = r"(?:\s*,?\s*(?:(?:mang|có)\s+)?(?:số(?:\s+hiệu)?|Số|SỐ)\s*[:.]?)"
_QUALIFIER = (r"(?:\s+(?!(?:và|hoặc|các|những|tại|theo|của|số|này|trên|đã|được|do|ngày|có|với|thì|là)(?!\w))"
              rf"[{LOWER}]+){{0,5}}")
_GAP = re.compile(rf"(?:{_QUALIFIER}{_NO}|\s*[:]?)\s*|\s*(?:[(]\s*)?{_NO}\s*")
_MEMBER = re.compile(r"(?:[,;:(]|(?<!\w)(?:và|hoặc|cùng|với|đến|các))\s*(?P<no>(?:số|Số)\s*:?\s*)?$")
_NUMBERED = re.compile(r"(?<!\w)(?P<no>(?:số|Số|SỐ)\s*[:.]?\s*)$")
# What a thing is called that has a number but is no document of the kind.
_OTHER_SERIES = re.compile(
    r"(?:QCVN|TCVN|TCCS|ISO|hóa đơn|lô|thửa|tờ bản đồ|tài khoản|biển|chứng chỉ|bằng|mã|hộ chiếu|đăng ký|điện thoại|fax"
    r"|mẫu|giấy chứng nhận[^\n,;|]{0,60})\s*(?:số)?\s*:?\s*$", re.IGNORECASE)
_UNIT = r"(?:điểm|khoản|điều|Điểm|Khoản|Điều|mục|Mục|Chương|chương|Phần|phần|tiết|đoạn|tiểu mục|Phụ lục|phụ lục)"
_LABEL = r"(?:[a-zđ]{1,2}\d{0,2}|[IVXLC]+|\d{1,3}(?:\.\d{1,2})*[a-zđ]?)(?!\w)"
_PROVISION = re.compile(
    rf"(?<!\w)(?P<provision>(?:{_UNIT}\s+{_LABEL}"
    rf"(?:(?:\s*[,;]\s*|\s+(?:và|đến|hoặc)\s+)(?:{_LABEL}|(?={_UNIT})))*\s*,?\s*)+)"
    r"(?:của\s+|tại\s+|thuộc\s+|trong\s+|,\s*)?(?:các\s+)?$")
_ENDS_WITH_UNIT = re.compile(
    rf"(?:(?<!\w)(?:{_UNIT}|và|đến|hoặc)\s+|[,;]\s*){_LABEL}\s*,?\s*(?:(?:của|tại|thuộc|trong)\s+)?(?:các\s+)?$")
_OF_ASSEMBLY = re.compile(r"\s+(?:của|do)\s+(?:Quốc hội|nước Cộng hòa)[^,;.\n]{0,60}$")
_ASKED_BY = re.compile(rf"(?:đề nghị|kiến nghị|ý kiến|báo cáo|đề xuất|trình)\s+của\s+(?P<issuer>"
                       rf"(?-i:[{UPPER}])[^\n;.]{{1,110}}?)"
                       r"\s+tại\s+(?:các\s+)?$", re.IGNORECASE)
_LIST_GAP = re.compile(r"\s*(?:[,;]|,?\s*(?:và|hoặc|cùng)(?:\s+với)?)?\s*(?:các\s+)?(?:số\s*)?\(?\s*", re.IGNORECASE)
_SHORT_AFTER = re.compile(rf"\s*(?:$|[,;:.)|\n”\"…]|{words_of('short_goes_on')})")
_DAY = re.compile(r"(?:ngày|NGÀY)\s+(?=[0-9])")
_OF_BODY = re.compile(rf"\s(?:của|CỦA)\s+[{UPPER}][^\n,;.|]{{2,90}}$")
_WORDS = re.compile(r"(?<!\w)[^\W\d_]+")
# "NQ 38", "Nghị quyết số 128", "NQ 18/2008": the bare number; its type word is looked for before it.
_SHORT = re.compile(
    r" (?:(?P<no>(?:số|Số)\s+))?(?P<number>[0-9]\d{0,4}(?:\.\d{1,2})?[a-z]?)(?:/(?P<year>(?:19|20)\d\d))?"
    r"(?![\w%]|[/.,]\d|\s?[/-]\s?[\w])")


class Tail(NamedTuple):
    """What follows a number: where it ends, and the date, year and issuer it gives."""

    end: int
    date: str | None = None
    year: int | None = None
    issuer: str | None = None


def find_citations(text: str) -> tuple[Citation, ...]:
    """Every mention of another document in `text`, in order, also repeated ones.

    A mention is the longest unbroken run of type, number, date and issuer; its number is repaired, members of a
    list share type and issuer, short forms (``NQ 38``) take the number of the nearest full form. Offsets are
    code points of `text`, which must be NFC.

    >>> [(c.type, c.number, c.date, c.issuer) for c in find_citations("theo Nghị quyết số 45/NQCP ngày 02/4/2024")]
    [('Nghị quyết', '45/NQ-CP', '2024-04-02', 'Chính phủ')]
    """
    view = plain(text)
    laws = find_laws(view, text)
    numbered = _by_number(view, laws)
    taken = [c.span for c in numbered]
    named = [_by_name(view, law) for law in laws if not _overlaps(law.span, taken)]
    taken = sorted([*taken, *(c.span for c in named)])
    dated = [c for c in _by_date(view, taken) if not _overlaps(c.span, taken)]
    full = _shared(view, sorted([*numbered, *named, *dated], key=lambda c: c.span))
    short = _by_short_form(view, full)
    return tuple(sorted([*full, *short], key=lambda c: c.span))


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(o.start < span.end and span.start < o.end for o in _near(span, others))


def _near(span: Span, others: list[Span]) -> list[Span]:
    from bisect import bisect_left
    at = bisect_left(others, (span.start, 0))
    return others[max(0, at - 1):at + 3]


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


def _numbered(view: str, at: Span, number: DocumentNumber, law_at: dict[int, Law], done: int,
              before: Citation | None) -> Citation | None:
    left = view[max(done, at.start - 120):at.start]
    offset = at.start - len(left)
    law = _law_before(left, offset, law_at)
    if law:
        tail = _tail(view, at.end)
        return Citation(Span(law.span.start, tail.end), law.type, number.number, law.name, tail.date,
                        tail.year or number.year, tail.issuer or number.issuer, _provision(view, law.span.start))
    head = _head(left)
    found = _headed(head, number, offset) if head else _headless(left, offset, number, before, done)
    if found is None:
        return None
    start, type_, issuer = found
    tail = _tail(view, at.end)
    issuer = tail.issuer or issuer or _proposer(view, start, type_) or number.issuer
    return Citation(Span(start, tail.end), type_, number.number, None, tail.date, tail.year or number.year, issuer,
                    _provision(view, start))


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


def _proposer(view: str, start: int, type_: str) -> str | None:
    """Who signs a proposal: "đề nghị của Giám đốc Sở Y tế tại Tờ trình số …"."""
    if type_ not in ("Tờ trình", "Công văn", "Báo cáo"):
        return None
    asked = _ASKED_BY.search(view, max(0, start - 140), start)
    return issuer_name(asked["issuer"]) if asked else None


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


def _head(left: str) -> Head | None:
    words = list(_type_words().finditer(left))
    if not words:
        return None
    m = words[-1]
    gap = left[m.end():]
    issuer = None
    of = _OF.match(gap)
    if of:
        end = issuer_at(gap, of.end())
        if end is None:
            return None
        issuer, gap = issuer_name(gap[of.end():end]), gap[end:]
    if not _GAP.fullmatch(gap):
        return None
    type_ = _types()[_type_key(m.group())]
    return Head(m.start() if type_ else len(left), type_, issuer, m.group()[0].islower())


def _settled(head: Head, number: DocumentNumber) -> str:
    """The type by the word before the number, or by the symbol where that word is general or a verb."""
    if head.type is None:
        return number.type or _of_assembly(number) or "Công văn"
    if number.type and head.small and head.type != number.type and head.type in _VERBS:
        return number.type
    return head.type


_VERBS = ("Quyết định", "Thông báo", "Hướng dẫn", "Báo cáo", "Quy định", "Kế hoạch", "Chương trình", "Kết luận",
          "Hợp đồng")


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


def _tail(view: str, at: int, *, law: bool = False) -> Tail:
    """Date and issuer after offset `at`, in either order, as far as they follow without a break."""
    end, date, year, issuer = at, None, None, None
    for _ in range(3):
        m = None if date or year else (_DATED.match(view, end) or (_LAW_YEAR if law else _YEAR).match(view, end))
        if m:
            date, year = _value(m)
            end = _closed(view, m)
            continue
        of = None if issuer else (_OF.match(view, end) or _BY.match(view, end))
        stop = issuer_at(view, of.end()) if of else None
        if of is None or stop is None:
            break
        if of.re is _BY and not re.match(r"\s+ban hành", view[stop:stop + 12]):
            break
        issuer, end = issuer_name(view[of.end():stop]), stop
    if issuer is None and not law:
        by = _ISSUED_BY.match(view, end)
        issuer = issuer_name(by["issuer"]) if by else None
    return Tail(end, date, year, issuer)


def _value(m: re.Match[str]) -> tuple[str | None, int | None]:
    groups = m.groupdict()
    year = groups.get("year") or groups.get("year_") or groups.get("bare")
    month = groups.get("month") or groups.get("month_")
    date = iso(year, month, groups["day"]) if year and month and groups.get("day") else None
    return date, int(year) if year else None


def _closed(view: str, m: re.Match[str]) -> int:
    """The end of a date, with the bracket that it opened."""
    opened = "(" in (m.groupdict().get("on") or "")
    return m.end() + 1 if opened and view[m.end():m.end() + 1] == ")" else m.end()


def _provision(view: str, start: int) -> str | None:
    if not _ENDS_WITH_UNIT.search(view, max(0, start - 34), start):
        return None
    m = _PROVISION.search(view, max(0, start - 160), start)
    return squeeze(m["provision"]).rstrip(",; ") if m else None


def _by_name(view: str, law: Law) -> Citation:
    tail = _tail(view, law.span.end, law=True)
    return Citation(Span(law.span.start, tail.end), law.type, None, law.name, tail.date, tail.year, tail.issuer,
                    _provision(view, law.span.start))


def _by_date(view: str, taken: list[Span]) -> list[Citation]:
    """Documents without a number: "Quyết định ngày 05/3/2020 của Thủ tướng Chính phủ"."""
    found = []
    for m in _DAY.finditer(view):
        if _overlaps(Span(*m.span()), taken):
            continue
        head = _dated_head(view, m.start())
        if head is None:
            continue
        start, end, type_ = head
        tail = _tail(view, end)
        if tail.date and tail.issuer and tail.end > m.start() and view[tail.end:tail.end + 1] != "/":
            found.append(Citation(Span(start, tail.end), type_, None, None, tail.date, tail.year, tail.issuer,
                                  _provision(view, start)))
    return found


def _dated_head(view: str, at: int) -> tuple[int, int, str] | None:
    """Start, end and type of the word before a date, with or without its issuer between."""
    word = _type_before(view, at)
    if word is None and (of := _OF_BODY.search(view, max(0, at - 110), at)):
        word = _type_before(view, of.start())
    return word


def _type_before(view: str, at: int) -> tuple[int, int, str] | None:
    """The type word that ends, but for blanks, at offset `at`."""
    floor = max(0, at - 34)
    left = view[floor:at]
    end = len(left.rstrip())
    if not end or not left[end - 1].isalpha() or "\n" in left[end:]:
        return None
    for m in list(_WORDS.finditer(left, 0, end))[-5:]:
        type_ = _types().get(_type_key(left[m.start():end]))
        if type_:
            return floor + m.start(), floor + end, type_
    return None


def _type_key(words: str) -> str:
    return squeeze(words).lower()


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


def _by_short_form(view: str, full: list[Citation]) -> list[Citation]:
    """``NQ 38``, ``Nghị quyết 128``, ``NQ 18/2008``, linked to the nearest full form before, else after."""
    spans = [c.span for c in full]
    by_serial: dict[tuple[str, str], list[Citation]] = {}
    for c in full:
        if c.number:
            by_serial.setdefault((c.type, _serial(c.number)), []).append(c)
    found = []
    for m in _SHORT.finditer(view):
        if _overlaps(Span(*m.span()), spans):
            continue
        head = _type_before(view, m.start())
        if head is None or _is_verb(view, head):
            continue
        start, _, type_ = head
        same = [c for c in by_serial.get((type_, _serial(m["number"])), ())
                if not m["year"] or str(c.year) == m["year"] or f"/{m['year']}/" in (c.number or "")]
        referent = _nearest(same, start)
        if referent is None and not _is_surely_short(view, view[start:head[1]], m):
            continue
        tail = _tail(view, m.end())
        if referent:
            found.append(Citation(Span(start, tail.end), type_, referent.number, referent.name, tail.date,
                                  tail.year or referent.year, tail.issuer or referent.issuer, _provision(view, start),
                                  form="short"))
        else:
            printed = m["number"] + (f"/{m['year']}" if m["year"] else "")
            year = int(m["year"]) if m["year"] else tail.year
            found.append(Citation(Span(start, tail.end), type_, printed, None, tail.date, year, tail.issuer,
                                  _provision(view, start), form="short"))
    return found


def _serial(number: str) -> str:
    m = re.match(r"0*(\d+(?:\.\d+)?[a-zđ]?)", number)
    return m[1] if m else number


def _nearest(same: list[Citation], at: int) -> Citation | None:
    earlier = [c for c in same if c.span.end <= at]
    return earlier[-1] if earlier else (same[0] if same else None)


def _is_verb(view: str, head: tuple[int, int, str]) -> bool:
    """Whether a type word in small letters is rather a verb: "quyết định 02 nội dung"."""
    return view[head[0]].islower() and head[2] in _VERBS


def _is_surely_short(view: str, word: str, m: re.Match[str]) -> bool:
    """Whether "Nghị quyết 57" is one also without a full form: a type that is a name here, and no noun counted."""
    if word.isupper() or word[0].islower() or len(word) < 4:
        return bool(m["year"]) and len(m["number"]) > 1
    if word not in ("Nghị quyết", "Nghị định", "Thông tư", "Chỉ thị", "Quyết định", "Kết luận", "Công điện"):
        return False
    return bool(m["no"]) or bool(m["year"]) or bool(_SHORT_AFTER.match(view, m.end()))


@lru_cache(maxsize=1)
def _types() -> dict[str, str | None]:
    """Type word in small letters -> type; None for general words such as văn bản."""
    listed = {_type_key(plain(row["type"])): row["type"] for row in knowledge.rows("document_types")}
    return {_type_key(plain(row["words"])): row["type"] or None for row in knowledge.rows("type_words")} | listed


def _alternatives() -> str:
    words = [row["type"] for row in knowledge.rows("document_types")]
    words += [row["words"] for row in knowledge.rows("type_words")]
    small = {plain(w) for w in words if " " in w or w[0].islower()}
    abbreviations = {w for w in words if (" " not in w and w[:2].isupper()) or w == "TTr"}
    names = sorted({plain(w) for w in words} - abbreviations | small, key=len, reverse=True)
    spelled = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in names)
    short = "|".join(sorted(abbreviations, key=len, reverse=True))
    return rf"(?:(?i:{spelled})|(?-i:{short}))"


@lru_cache(maxsize=1)
def _type_words() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/-])(?<!pháp ){_alternatives()}(?!\w)")
