"""Short forms of mentions (``NQ 38``, ``Nghị quyết số 128``), with the full form that they mean."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from chidao.extraction.citations.provisions import provision_before
from chidao.extraction.citations.spans import overlaps
from chidao.extraction.citations.tails import Tail, read_tail
from chidao.extraction.citations.type_words import TypeWord, type_before
from chidao.extraction.citations.wording import words_of
from chidao.grammar.folding import key
from chidao.model import Citation, Span

MAY_BE_VERBS = ("Quyết định", "Thông báo", "Hướng dẫn", "Báo cáo", "Quy định", "Kế hoạch", "Chương trình", "Kết luận",
                "Hợp đồng")
"""Types whose name, written small, may be a verb or a common noun."""

# Also without its full form, "Nghị quyết 57" can only be a document; one of these with its year says more.
_SURE = ("Nghị quyết", "Nghị định", "Thông tư", "Chỉ thị", "Quyết định", "Kết luận", "Công điện")
_WITH_YEAR = (*_SURE[:5], "Luật", "Pháp lệnh", "Thông tư liên tịch")
_SERIAL = (r"(?P<number>[0-9]\d{0,4}(?:\.\d{1,2})?[a-zđ]?)(?:/(?P<year>(?:19|20)\d\d))?"
           r"(?![\w%/]|[.,]\d|\s?-\s?\w|\s*-\s*-)")
# "NQ 38", "Nghị quyết số 128", "NQ 18/2008": the bare number; its type word is looked for before it.
_SPACED = re.compile(rf" (?P<no>(?:số|Số|SỐ)\s*:?\s*)?{_SERIAL}")
_JOINED = re.compile(rf"(?P<word>NQ|NĐ|QĐ|CT|KL|CĐ|CV|TB)(?<![\w/.-]..)-?{_SERIAL}")
_NEXT = re.compile(rf"\s*(?:,|;|\s(?:và|hoặc))\s+(?:số\s+)?{_SERIAL}")
_AFTER = re.compile(rf"\s*(?:$|[,;:.)|\n”\"…]|{words_of('short_goes_on')})")
_COUNTED = re.compile(rf"\s+(?:{words_of('counted')}|(?:ngày|tháng)(?!\w|\s*\d)|điều(?!\w|\s+chỉnh)"
                      r"|năm(?!\w|\s+(?:19|20)\d\d(?!\s*-)))", re.IGNORECASE)
# "(sau đây gọi tắt là Nghị quyết 128)", "(Đề án 06)"
_CALLED = re.compile(
    r"[(gGvV](?:(?P<bracket>(?<=[(]))|(?i:(?<=g)ọi|(?<=v)iết)\s+(?i:(?:chung\s+|tắt\s+)*là)\s*:?)\s*[“\"]?\s*"
    r"(?=(?P<words>[^\W\d_]+(?:\s+[^\W\d_]+){0,4})\s+(?i:số\s+)?\d+(?(bracket)\s*[)]))")
_NAMING = re.compile(r"(?:(?:gọi|viết)\s+(?:chung\s+|tắt\s+)*là\s*:?|[(])\s*[“\"]?\s*$", re.IGNORECASE)
_APPROVES = re.compile(
    r"[^.;:\n“”]{0,60}?(?<!\w)(?:phê duyệt|ban hành)\s+(?P<type>Đề án|Chương trình|Kế hoạch|Chiến lược|Dự án)(?!\w)")
_SENTENCE_END = re.compile(r"\n|\.\s")


class _Short(NamedTuple):
    """A bare number with its type word."""

    head: TypeWord
    number: str
    year: str | None
    spelled: bool  # with "số"
    end: int


_BySerial = dict[tuple[str, str], list[Citation]]


def find_short_forms(view: str, full: Sequence[Citation]) -> list[Citation]:
    """Short forms in plain text with number and year of the full form that they mean.

    Where two full forms fit, it is the one that the text called so, or the one in the same sentence; else, as
    without a full form, what can only be a document keeps its bare number. A decree with its year is written out.

    >>> known = Citation(Span(0, 26), "Nghị quyết", "45/NQ-CP", year=2024)
    >>> [c.number for c in find_short_forms("Nghị quyết số 45/NQ-CP năm 2024; theo NQ 45", [known])]
    ['45/NQ-CP']
    """
    spans = [c.span for c in full]
    by_serial: _BySerial = {}
    for c in full:
        if c.number:
            by_serial.setdefault((c.type, _serial(c.number)), []).append(c)
    _add_aliases(view, full, by_serial)
    found: list[Citation] = []
    called: dict[tuple[str, str], Citation] = {}
    for short in sorted(_shorts(view, spans), key=lambda s: s.head):
        mention = _read(view, short, by_serial, called)
        if mention:
            found += [mention, *_members(view, mention, by_serial, spans)]
    for c in full:
        if c.number:
            found += _members(view, c, by_serial, spans)
    return _apart(found)


def _shorts(view: str, spans: Sequence[Span]) -> Iterator[_Short]:
    for m in _SPACED.finditer(view):
        head = None if overlaps(Span(*m.span()), spans) else type_before(view, m.start())
        if head and not _is_verb(view, head):
            yield _Short(head, m["number"], m["year"], bool(m["no"]), m.end())
    for m in _JOINED.finditer(view):
        head = None if overlaps(Span(*m.span()), spans) else type_before(view, m.end("word"))
        if head and head.start == m.start():
            yield _Short(head, m["number"], m["year"], False, m.end())


def _read(view: str, short: _Short, by_serial: _BySerial, called: dict[tuple[str, str], Citation]) -> Citation | None:
    """The mention; what the text calls by that short form here is kept in `called`."""
    if _COUNTED.match(view, short.end):
        return None
    named = short.head.type, _serial(short.number)
    same = by_serial.get(named, [])
    # "vốn của Chương trình 1719 năm 2024": the year of the money, not of the decision
    tail = Tail(short.end) if same and all(c.type != short.head.type for c in same) else read_tail(view, short.end)
    possible = [c for c in same if _agrees(c, short, tail)]
    meant = called[named] if called.get(named) in possible else _meant(view, possible, short.head.start)
    if meant and _NAMING.search(view, max(0, short.head.start - 40), short.head.start):
        called[named] = meant
    span = Span(short.head.start, tail.end)
    if meant:
        return Citation(span, meant.type, meant.number, meant.name, tail.date, tail.year or meant.year,
                        tail.issuer or meant.issuer, provision_before(view, span.start), form="short")
    if not possible and not _is_surely_one(view, short):
        return None
    year = int(short.year) if short.year else tail.year
    number = short.number + (f"/{short.year}" if short.year else "")
    open_ = Citation(span, short.head.type, number, None, tail.date, year, tail.issuer,
                     provision_before(view, span.start), form="short")
    return _written_out(open_)


def _written_out(c: Citation) -> Citation:
    """A decree is numbered by the year: "Nghị định 123/2020" is 123/2020/NĐ-CP."""
    if c.type != "Nghị định" or c.number is None or c.year is None or c.year < 1997:
        return c
    return replace(c, number=f"{c.number.split('/')[0]}/{c.year}/NĐ-CP", issuer=c.issuer or "Chính phủ")


def _members(view: str, first: Citation, by_serial: _BySerial, spans: Sequence[Span]) -> Iterator[Citation]:
    """Further numbers of a list: "NQ 38 và 128"; only those that a full form explains."""
    end = first.span.end
    while m := _NEXT.match(view, end):
        at = Span(m.start("number"), m.end())
        if overlaps(at, spans) or _COUNTED.match(view, m.end()):
            return
        meant = _meant(view, by_serial.get((first.type, _serial(m["number"])), []), at.start)
        if meant is None:
            return
        yield Citation(at, meant.type, meant.number, meant.name, None, meant.year, meant.issuer, form="short")
        end = m.end()


def _add_aliases(view: str, full: Sequence[Citation], by_serial: _BySerial) -> None:
    """Other types with the same number: what a decision approves, and what the text calls so.

    "Quyết định số 06/QĐ-TTg … phê duyệt Đề án …" is also "Đề án 06"; "Quyết định số 1719/QĐ-TTg … (sau đây gọi
    tắt là Chương trình 1719)".
    """
    numbered = [c for c in full if c.number]
    for c in numbered:
        m = _APPROVES.match(view, c.span.end)
        if m:
            by_serial.setdefault((m["type"], _serial(c.number or "")), []).append(c)
    for m in _CALLED.finditer(view):
        word = type_before(view, m.end("words"))
        number = re.match(r"\s+(?:số\s+)?(\d+)", view[m.end("words"):m.end("words") + 20])
        if word is None or number is None:
            continue
        serial = _serial(number[1])
        near = [c for c in numbered if m.start() - 500 < c.span.end <= m.start() and _serial(c.number or "") == serial]
        if near:
            by_serial.setdefault((word.type, serial), near[-1:])


def _meant(view: str, same: Sequence[Citation], at: int) -> Citation | None:
    """The nearest before offset `at`, else the first after; None where two documents are as likely."""
    earlier = [c for c in same if c.span.end <= at]
    if earlier and not _SENTENCE_END.search(view, earlier[-1].span.end, at):
        return earlier[-1]
    if not _are_one(earlier or same):
        return None
    return earlier[-1] if earlier else same[0]


def _are_one(same: Sequence[Citation]) -> bool:
    """Whether mentions with one serial are of one document; one without a year says nothing against it."""
    return len({c.number for c in same}) == 1 and len({c.year for c in same if c.year}) <= 1


def _agrees(c: Citation, short: _Short, tail: Tail) -> bool:
    """Whether year and issuer of a full form leave it possible."""
    if short.year and str(c.year) != short.year and f"/{short.year}/" not in (c.number or ""):
        return False
    if tail.year and c.year and tail.year != c.year:
        return False
    return not tail.issuer or not c.issuer or _same_body(tail.issuer, c)


def _same_body(issuer: str, c: Citation) -> bool:
    if re.search(r"[/-]T[WƯ]$", c.number or ""):
        return bool(re.search(r"Trung ương|Chính trị|Bí thư|Đảng", issuer))
    said, known = _without_place(issuer), _without_place(c.issuer or "")
    return said in known or known in said


def _without_place(issuer: str) -> str:
    return re.split(r"\s(?:tỉnh|thành phố|huyện|quận|xã|phường)(?!\w)", key(issuer))[0]


def _apart(found: Sequence[Citation]) -> list[Citation]:
    """In order, the first of those that overlap."""
    out: list[Citation] = []
    for c in sorted(found, key=lambda c: c.span):
        if not out or c.span.start >= out[-1].span.end:
            out.append(c)
    return out


def _serial(number: str) -> str:
    m = re.match(r"0*(\d+(?:\.\d+)?[a-zđ]?)", number)
    return m[1] if m else number


def _is_verb(view: str, head: TypeWord) -> bool:
    """Whether a type word in small letters is rather a verb: "quyết định 02 nội dung"."""
    return view[head.start].islower() and head.type in MAY_BE_VERBS


def _is_surely_one(view: str, short: _Short) -> bool:
    """Whether "Nghị quyết 57" is one also without a full form: a type that is a name here, and no noun counted."""
    word = view[short.head.start:short.head.end]
    if short.year and short.head.type in _WITH_YEAR:
        return len(short.number) > 1
    if word not in _SURE:
        return False
    return short.spelled or bool(_AFTER.match(view, short.end))
