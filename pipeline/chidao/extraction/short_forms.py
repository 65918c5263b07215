"""Short forms of mentions (``NQ 38``, ``Nghị quyết số 128``), with the full form that they mean."""
from __future__ import annotations

import re

from chidao.extraction.provisions import provision_before
from chidao.extraction.spans import overlaps
from chidao.extraction.tails import read_tail
from chidao.extraction.type_words import TypeWord, type_before
from chidao.extraction.wording import words_of
from chidao.model import Citation, Span

MAY_BE_VERBS = ("Quyết định", "Thông báo", "Hướng dẫn", "Báo cáo", "Quy định", "Kế hoạch", "Chương trình", "Kết luận",
                "Hợp đồng")
"""Types whose name, written small, may be a verb or a common noun."""

_SHORT_AFTER = re.compile(rf"\s*(?:$|[,;:.)|\n”\"…]|{words_of('short_goes_on')})")
# "NQ 38", "Nghị quyết số 128", "NQ 18/2008": the bare number; its type word is looked for before it.
_SHORT = re.compile(
    r" (?:(?P<no>(?:số|Số)\s+))?(?P<number>[0-9]\d{0,4}(?:\.\d{1,2})?[a-z]?)(?:/(?P<year>(?:19|20)\d\d))?"
    r"(?![\w%]|[/.,]\d|\s?[/-]\s?[\w])")


def find_short_forms(view: str, full: list[Citation]) -> list[Citation]:
    """``NQ 38``, ``Nghị quyết 128``, ``NQ 18/2008``, linked to the nearest full form before, else after."""
    spans = [c.span for c in full]
    by_serial: dict[tuple[str, str], list[Citation]] = {}
    for c in full:
        if c.number:
            by_serial.setdefault((c.type, _serial(c.number)), []).append(c)
    found = []
    for m in _SHORT.finditer(view):
        if overlaps(Span(*m.span()), spans):
            continue
        head = type_before(view, m.start())
        if head is None or _is_verb(view, head):
            continue
        start, _, type_ = head
        same = [c for c in by_serial.get((type_, _serial(m["number"])), ())
                if not m["year"] or str(c.year) == m["year"] or f"/{m['year']}/" in (c.number or "")]
        referent = _nearest(same, start)
        if referent is None and not _is_surely_short(view, view[start:head[1]], m):
            continue
        tail = read_tail(view, m.end())
        if referent:
            found.append(Citation(Span(start, tail.end), type_, referent.number, referent.name, tail.date,
                                  tail.year or referent.year, tail.issuer or referent.issuer,
                                  provision_before(view, start), form="short"))
        else:
            printed = m["number"] + (f"/{m['year']}" if m["year"] else "")
            year = int(m["year"]) if m["year"] else tail.year
            found.append(Citation(Span(start, tail.end), type_, printed, None, tail.date, year, tail.issuer,
                                  provision_before(view, start), form="short"))
    return found


def _serial(number: str) -> str:
    m = re.match(r"0*(\d+(?:\.\d+)?[a-zđ]?)", number)
    return m[1] if m else number


def _nearest(same: list[Citation], at: int) -> Citation | None:
    earlier = [c for c in same if c.span.end <= at]
    return earlier[-1] if earlier else (same[0] if same else None)


def _is_verb(view: str, head: TypeWord) -> bool:
    """Whether a type word in small letters is rather a verb: "quyết định 02 nội dung"."""
    return view[head[0]].islower() and head[2] in MAY_BE_VERBS


def _is_surely_short(view: str, word: str, m: re.Match[str]) -> bool:
    """Whether "Nghị quyết 57" is one also without a full form: a type that is a name here, and no noun counted."""
    if word.isupper() or word[0].islower() or len(word) < 4:
        return bool(m["year"]) and len(m["number"]) > 1
    if word not in ("Nghị quyết", "Nghị định", "Thông tư", "Chỉ thị", "Quyết định", "Kết luận", "Công điện"):
        return False
    return bool(m["no"]) or bool(m["year"]) or bool(_SHORT_AFTER.match(view, m.end()))
