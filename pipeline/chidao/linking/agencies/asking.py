"""The one body that a person asks for by name, place and day."""
from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import lru_cache

from chidao.errors import AgencyError
from chidao.linking.agencies import places
from chidao.linking.agencies.kinds import kinds, kinds_with_key
from chidao.linking.agencies.naming import joined, words
from chidao.linking.agencies.registry import agency, find, places_meant
from chidao.linking.agencies.unaccented import readings
from chidao.model import Agency

_SHOWN = 6


def asked_for(name: str, *, place: str | None = None, on: str | None = None, until: str | None = None) -> Agency:
    """The body of that name, or with that id.

    Names may be typed without diacritics. `place` is a unit by name (``Hà Nội``, ``thành phố Bắc Giang``) or id. With
    `on` the body of that day; without it that of the day `until` (default: today), else the last before that had the
    name. Raises AgencyError: ``agency_unknown``, ``agency_ambiguous``, ``agency_needs_place``, ``place_unknown``.

    >>> asked_for("Sở KH&ĐT", place="Hà Nội").id
    'so.ke.hoach.va.dau.tu@ha.noi'
    >>> asked_for("so y te", place="bac ninh", on="2024-05-01").id
    'so.y.te@bac.ninh'
    >>> asked_for("Phòng Y tế", place="thành phố Bắc Giang", on="2021-06-23").id
    'phong.y.te@bac.giang/thanh.pho.bac.giang'
    """
    known = agency(name)
    if known is not None:
        return known
    days = (on,) if on else _days(until or datetime.date.today().isoformat())
    for day in days:
        found = _named(name, place, day)
        if len(found) > 1:
            raise AgencyError("agency_ambiguous", _listed(found))
        if found:
            return found[0]
    if place is not None and not any(_places(place, day) for day in days):
        raise AgencyError("place_unknown", place)
    if place is None and _is_local(name):
        raise AgencyError("agency_needs_place", name)
    raise AgencyError("agency_unknown", f"{name} ({place})" if place else name)


def _named(name: str, place: str | None, day: str) -> list[Agency]:
    where = [None] if place is None else _places(place, day)
    for reading in readings(name):
        found = {a.id: a for id in where for a in find(reading, id, day)}
        if found:
            return list(found.values())
    return []


def _places(place: str, day: str) -> list[str]:
    """Ids of the units that a person names; the widest of a name where no kind of unit is said."""
    if places.place(place) is not None:
        return [place]
    for reading in readings(place):
        meant = places_meant(words(reading), None, day)
        if meant:
            return [p.id for p in meant if p.level == meant[0].level]
    return []


def _is_local(name: str) -> bool:
    parts = words(name)
    return any(k.level != "central" for end in range(len(parts), 0, -1) for k, _ in kinds_with_key(joined(parts[:end])))


def _listed(found: Iterable[Agency]) -> str:
    shown = [f"{a.id} ({a.name})" for a in found]
    return "; ".join(shown[:_SHOWN]) + (" …" if len(shown) > _SHOWN else "")


def _days(until: str) -> tuple[str, ...]:
    """That day, then the last days of what ended before, the latest first."""
    return (until, *(end for end in _ends() if end < until))


@lru_cache(maxsize=1)
def _ends() -> tuple[str, ...]:
    ends = {end for end in (*(k.valid_to for k in kinds()), *(p.valid_to for p in places.provinces()),
                            *(p.valid_to for p in places.districts())) if end}
    return tuple(sorted(ends, reverse=True))
