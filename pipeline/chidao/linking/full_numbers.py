"""Numbers in the form in which mentions meet: noughts, the Assembly's two spellings, a symbol that was left out."""
from __future__ import annotations

import re

from chidao.model import Citation

_SERIAL_OF_YEAR = re.compile(r"\d+/((?:19|20)\d\d)")
_GLUED = re.compile(r"(\d{1,3})((?:19|20)\d\d)/(?=\D)")
_NO_TERM = re.compile(r"\d+/(\d{4})/(?:UBTV)?QH")
_TERMS = {12: 2007, 13: 2011, 14: 2016, 15: 2021, 16: 2026}  # first years; the twelfth sat for four
_ASSEMBLY = re.compile(r"^(\d+[a-zđ]?(?:/\d{4})?)/(?:NQ|L|PL)-(?=(?:UBTV)?QH\d)")
_LAWS = ("Luật", "Bộ luật")


def full_number(c: Citation) -> str | None:
    """The number of a mention, with the symbol where type and issuer leave only one: "NĐ 30/2020" is 30/2020/NĐ-CP.

    >>> from chidao.model import Span
    >>> full_number(Citation(Span(0, 10), "Nghị quyết", "18/2008", issuer="Quốc hội", form="short"))
    '18/2008/QH12'

    A slash that was lost before the year is put back where the day tells that year: "272019/NĐ-CP ngày 13/3/2019".

    >>> full_number(Citation(Span(0, 10), "Nghị định", "272019/NĐ-CP", date="2019-03-13", year=2019))
    '27/2019/NĐ-CP'
    """
    glued = _GLUED.match(c.number or "")
    if glued and c.date and glued[2] == c.date[:4]:
        return f"{glued[1]}/{(c.number or '')[glued.end(1):]}"
    m = _SERIAL_OF_YEAR.fullmatch(c.number) if c.number and c.form == "short" else None
    if m is None:
        return c.number
    if c.type == "Nghị định":
        return f"{c.number}/NĐ-CP"
    of_assembly = c.type in _LAWS or (c.type == "Nghị quyết" and c.issuer == "Quốc hội")
    return f"{c.number}/QH{_term(int(m[1]))}" if of_assembly and _term(int(m[1])) else c.number


def canonical(number: str) -> str:
    """One form for what is written in two: "7/KH-UBND" and "07/KH-UBND", "18/2008/NQ-QH12" and "18/2008/QH12".

    >>> canonical("18/2008/NQ-QH12"), canonical("7/KH-UBND"), canonical("72/2025/QH")
    ('18/2008/QH12', '07/KH-UBND', '72/2025/QH15')

    More noughts belong to the number: a province merged in mid-year writes "015/2025/QĐ-UBND" for its second 15.
    """
    number = _ASSEMBLY.sub(r"\1/", re.sub(r"^(?=\d(?!\d))", "0", number))
    cut = _NO_TERM.fullmatch(number)
    return number + _term(int(cut[1])) if cut else number


def _term(year: int) -> str:
    """The term of the National Assembly that sat all through a year; "" for a year in which two sat.

    >>> _term(2025), _term(2021)
    ('15', '')
    """
    found = [term for term, first in _TERMS.items() if first < year < first + 5]
    return str(found[0]) if found else ""
