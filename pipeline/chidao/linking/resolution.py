"""Which document of a register a mention means that its own directive leaves open (no year, no issuer)."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from chidao.linking.identity import urn, urn_of
from chidao.linking.law_numbers import law_versions
from chidao.model import Citation, Header

_URN = re.compile(r"urn:lex:[^:]+:(?P<body>[^:]+):(?P<type>[^:]+):(?P<year>\d{4});(?P<what>.+)")
_REACH = 5
"""Years back to which a number without a year may reach and still be certain: numbers start anew each year."""


class Known(NamedTuple):
    """A document that the register knows for certain, by a directive that it holds or a mention with its day."""

    id: str
    date: str | None


class Candidate(NamedTuple):
    """A document that a mention may mean; `score` from 0 to 1, `sure` where nothing but the year was open."""

    id: str
    score: float
    sure: bool


def candidates(c: Citation, citing: Header, known: Sequence[Known]) -> tuple[Candidate, ...]:
    """What a mention without target may mean, the likeliest first.

    `known` are documents with the mention's number, `citing` is the header of the directive that makes it.
    One that is later than that directive, or of another body where the body is known, is none. A later year
    is likelier than an earlier one; where the body is open, nothing is sure. Candidates that the mention has
    from its own directive are not added to, and are alike; of laws with one name the latest is likeliest.

    >>> from chidao.model import Span
    >>> dispatch = Citation(Span(0, 9), "Công điện", "7/CĐ-TTg")
    >>> old = Known("urn:lex:vn:thu.tuong.chinh.phu:cong.dien:2021;07-cd-ttg", "2021-01-05")
    >>> candidates(dispatch, Header(year=2023), [old])[0].score
    0.95
    """
    if c.name and not c.number:
        return _laws(c, citing, known)
    if c.candidates:
        share = round(0.9 / len(c.candidates), 3)
        return tuple(Candidate(id, share, False) for id in c.candidates)
    found = {k.id: _fit(c, citing, k) for k in known if not _is_later(k, citing)}
    sure = {id for id, fit in found.items() if fit == "sure"}
    possible = sorted(sure or {id for id, fit in found.items() if fit}, key=lambda id: (-_year(id), id))
    top = 0.95 if sure else 0.5
    shares = _halving(len(possible))
    return tuple(Candidate(id, round(top * s, 3), bool(sure)) for id, s in zip(possible, shares, strict=True))


def settled(c: Citation, citing: Header, known: Sequence[Known]) -> str | None:
    """The one document that a mention can mean, where only its year was open and one document fits; else None.

    >>> from chidao.model import Span
    >>> dispatch = Citation(Span(0, 9), "Công điện", "7/CĐ-TTg")
    >>> settled(dispatch, Header(year=2023), [Known("urn:lex:vn:thu.tuong.chinh.phu:cong.dien:2023;07-cd-ttg", None)])
    'urn:lex:vn:thu.tuong.chinh.phu:cong.dien:2023;07-cd-ttg'
    """
    found = candidates(c, citing, known)
    if len(found) != 1 or not found[0].sure:
        return None
    now = _year_of(citing)
    return found[0].id if now and now - _year(found[0].id) <= _REACH else None


def _laws(c: Citation, citing: Header, known: Sequence[Known]) -> tuple[Candidate, ...]:
    """The laws that a name without number may mean: those of the mention, the table and the register, latest first.

    With a year only those of that year. Sure is one alone that was passed more than a year before the directive: a
    newer one may not yet be in force. Of several the latest is by far the likeliest where it is as old as that.
    """
    listed = [Known(id, v.date) for v in law_versions(c.type, c.name or "")
              if (id := urn(c.type, v.number, None, v.year))]
    own = [Known(id, None) for id in c.candidates]
    found = {k.id: k.date for k in (*own, *known, *listed)
             if not _is_later(k, citing) and c.year in (None, _year(k.id))}
    ordered = sorted(found, key=lambda id: (_year(id), found[id] or "", id), reverse=True)
    now = _year_of(citing)
    settled_in = bool(ordered) and (c.year is not None or (now is not None and now - _year(ordered[0]) > 1))
    alone = len(ordered) == 1 and settled_in
    shares = _halving(len(ordered))
    if settled_in and not alone:
        shares = [0.9, *(0.1 * s for s in _halving(len(ordered) - 1))]
    return tuple(Candidate(id, round(0.95 * s, 3), alone) for id, s in zip(ordered, shares, strict=True))


def serial_candidates(c: Citation, citing: Header, known: Sequence[Known]) -> tuple[Candidate, ...]:
    """What "NQ 18/2008" or "Nghị quyết 38" may mean: documents of that type whose number begins so, none sure."""
    found = [k.id for k in known if not _is_later(k, citing) and c.year in (None, _year(k.id))]
    ordered = sorted(found, key=lambda id: (-_year(id), id))
    return tuple(Candidate(id, round(0.5 * s, 3), False) for id, s in zip(ordered, _halving(len(ordered)), strict=True))


def _halving(count: int) -> list[float]:
    """Shares of one, each half of that before."""
    whole = sum(2.0 ** -i for i in range(count))
    return [2.0 ** -i / whole for i in range(count)]


def _fit(c: Citation, citing: Header, known: Known) -> str | None:
    """"sure" where the mention with that year is that document, "open" where its body is not known."""
    m = _URN.fullmatch(known.id)
    if m is None or (c.year and c.year != int(m["year"])):
        return None
    dated = urn_of(replace(c, year=int(m["year"])), citing)
    if dated:
        return "sure" if dated == known.id else None
    named = urn_of(replace(c, year=int(m["year"]), issuer="Chính phủ"), Header())
    other = _URN.fullmatch(named) if named else None
    return "open" if other and (other["type"], other["what"]) == (m["type"], m["what"]) else None


def _is_later(known: Known, citing: Header) -> bool:
    if known.date and citing.date:
        return known.date > citing.date
    now = _year_of(citing)
    m = _URN.fullmatch(known.id)
    return bool(now and m and int(m["year"]) > now)


def _year_of(citing: Header) -> int | None:
    year = (citing.date or "")[:4]
    return citing.year or (int(year) if year.isdecimal() else None)


def _year(id: str) -> int:
    m = _URN.fullmatch(id)
    return int(m["year"]) if m else 0
