"""What follows the number or name of a document: its date and who issued it, in either order."""
from __future__ import annotations

import re
from typing import NamedTuple

from chidao.extraction.citations.issuers import issuer_name, issuers_at
from chidao.grammar.dates import iso
from chidao.grammar.letters import UPPER

_YEAR_WORD = "năm|NĂM|nám|ngăm|tháng"  # as it is misprinted, too: "ngày 15 tháng 9 tháng 2022"
_DATE = (r"(?P<day>0?[1-9]|[12]\d|3[01])(?:\s?(?P<mark>[/.-])\s?(?P<month>0?[1-9]|1[0-2])(?:\s?(?P=mark)\s?| )"
         r"(?P<year>(?:19|20)\d\d)(?!\d)"
         r"|\s*(?:tháng|THÁNG|năm(?=\s+\d{1,2}\s+năm))\s*(?P<month_>0?[1-9]|1[0-2])"
         rf"(?:\s*,?\s*(?:{_YEAR_WORD})\s*|\s?/\s?)(?P<year_>(?:19|20)\d\d)(?!\d))")
# "ngày 17/3/2022", ", ngày 17 tháng 3 năm 2022", "(ngày …", "ban hành ngày …"; a blank day still gives the year.
_ON = r"(?P<on>\s*[,(]?\s*(?:(?:được\s+)?(?:ban hành|ký ban hành|ký|thông qua)\s+)?(?:(?:ngày|NGÀY|Ngày)\s*){1,2})"
_DATED = re.compile(
    rf"{_ON}(?:{_DATE}|[\d.… ]{{0,6}}(?:tháng|THÁNG)[\d.… ]{{0,6}}(?:năm|NĂM)\s+(?P<bare>(?:19|20)\d\d)(?!\d))")
_YEAR = re.compile(r"\s+(?:năm|NĂM)\s+(?P<bare>(?:19|20)\d\d)(?![\d/-]| *- *\d)")
_LAW_YEAR = re.compile(r"\s+(?:(?:năm|NĂM)\s+)?\(?(?P<bare>(?:19|20)\d\d)\)?(?![\d/-]| *- *\d)")
OF = re.compile(r"\s*,?\s*(?:của|CỦA)\s+")
"""Leads to the issuer: "… của Chính phủ"."""
_BY = re.compile(rf"\s*,?\s*do\s+(?=[{UPPER}])")
_ISSUED_BY = re.compile(rf"[^\n;|]{0,300}?\sdo\s+(?P<issuer>[{UPPER}][^\n;|,]{2,80}?)\s+ban hành(?=\s*(?:[;.|\n]|$))")


class Tail(NamedTuple):
    """What follows a number: where it ends, and the date, year and issuer it gives."""

    end: int
    date: str | None = None
    year: int | None = None
    issuer: str | None = None


def read_tail(view: str, at: int, *, law: bool = False, bodies: int = 1) -> Tail:
    """Date and issuer after offset `at` of plain text, in either order, as far as they follow without a break.

    `bodies`: how many may have issued it together.

    >>> read_tail("38/NQ-CP ngày 17/3/2022 của Chính phủ về", 8)
    Tail(end=37, date='2022-03-17', year=2022, issuer='Chính phủ')
    """
    end, date, year, issuer = at, None, None, None
    for _ in range(3):
        m = None if date or year else (_DATED.match(view, end) or (_LAW_YEAR if law else _YEAR).match(view, end))
        if m:
            date, year = _value(m)
            end = _closed(view, m)
            continue
        of = None if issuer else (OF.match(view, end) or _BY.match(view, end))
        stop = issuers_at(view, of.end(), bodies) if of else None
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
