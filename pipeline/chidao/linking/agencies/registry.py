"""Bodies by id and by name: `agency`, `find`, `bodies`."""
from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import groupby

from chidao.linking.agencies import places, regions
from chidao.linking.agencies.kinds import Called, Kind, kind, kinds, kinds_with_key
from chidao.linking.agencies.naming import UNITS, joined, words
from chidao.linking.agencies.places import Place
from chidao.model import Agency

_UNIT_WORDS = tuple(tuple(unit.split()) for unit in UNITS)


@cache
def agency(id: str) -> Agency | None:
    """The body with that id, or None.

    >>> agency("so.y.te@ha.noi").name
    'Sở Y tế thành phố Hà Nội'
    >>> agency("so.y.te@bac.giang").valid_to, agency("bo.ke.hoach.va.dau.tu").valid_to
    ('2025-06-30', '2025-02-28')
    """
    kind_id, _, place_id = id.partition("@")
    if not place_id:
        known = kind(kind_id, "central")
        return _central(known) if known else None
    if regions.is_region(place_id):
        return _regional(kind_id, place_id)
    where = places.place(place_id)
    known = kind(kind_id, where.level) if where else None
    return _local(known, where) if known and where and known.exists_in(where) else None


def find(name: str, place: str | None = None, on: str | None = None) -> tuple[Agency, ...]:
    """The bodies that a name means on a day (ISO 8601, default: today); one where nothing is open.

    `place` is the id of the unit in which the name is used: ``Sở Y tế`` means the sở of its province, ``UBND thành
    phố`` the committee of the city that it is or lies in. A place in the name itself goes first. Names compare
    without punctuation and "và", abbreviations as written out; nothing is guessed from a name that is not known.

    >>> [a.id for a in find("Sở LĐ-TB&XH tỉnh Bắc Giang", on="2022-05-01")]
    ['so.lao.dong.thuong.binh.va.xa.hoi@bac.giang']
    >>> [a.id for a in find("Phòng Y tế thành phố", "bac.giang/thanh.pho.bac.giang", "2021-06-23")]
    ['phong.y.te@bac.giang/thanh.pho.bac.giang']
    >>> find("Sở Y tế", on="2022-05-01")
    ()
    """
    day = on or datetime.date.today().isoformat()
    parts = words(name)
    for end in range(len(parts), 0, -1):
        known = kinds_with_key(joined(parts[:end]))
        if known:
            found = tuple(dict.fromkeys(_meant(known, parts[end:], place, day)))
            if found:
                return found
    return ()


def bodies(place: str, *, on: str, category: str | None = None) -> tuple[Agency, ...]:
    """All bodies of a place that existed on a day, of one category (department, division, party, …) where given.

    >>> len([a for a in bodies("ha.noi", on="2022-01-01", category="department") if a.name.startswith("Sở")])
    18
    """
    where = places.place(place)
    if where is None:
        return ()
    made = (_local(k, where) for k in kinds() if category in (None, k.category) and k.exists_in(where))
    return tuple(a for a in made if a is not None and a.valid(on))


def central_bodies(*, on: str, category: str | None = None) -> tuple[Agency, ...]:
    """All central bodies that existed on a day, of one category (ministry, party, …) where given.

    >>> len(central_bodies(on="2024-01-01", category="ministry")), len(central_bodies(on="2026-01-01",
    ...     category="ministry"))
    (22, 17)
    """
    made = (_central(k) for k in kinds() if k.level == "central" and category in (None, k.category))
    return tuple(a for a in made if a.valid(on))


def _meant(known: tuple[Called, ...], rest: tuple[str, ...], place: str | None, on: str) -> Iterator[Agency]:
    """The bodies of these kinds in the place that the words after the kind name, or in that of the context."""
    if not rest:
        yield from _unplaced(known, place, on)
        return
    for k, _ in known:
        if k.level == "region":
            made = agency(f"{k.id}@{regions.PREFIX}{rest[-1]}")
            if made and made.valid(on):
                yield made
    for _, same_level in groupby(places_meant(rest, place, on), key=lambda p: p.level):
        found = [a for where in same_level for a in _in(known, where, on)]
        if found:
            yield from found
            return


def _unplaced(known: tuple[Called, ...], place: str | None, on: str) -> Iterator[Agency]:
    """By a name without place: that of the context's own level, else of what holds it, else the central one."""
    for where in _around(place, on) if place else ():
        found = list(_in(known, where, on)) or list(_covering(known, where, on))
        if found:
            yield from found
            return
    made = (_central(k) for k, _ in known if k.level == "central")
    yield from (a for a in made if a.valid(on))


def _in(known: tuple[Called, ...], where: Place, on: str) -> Iterator[Agency]:
    for k, unit in known:
        made = _local(k, where) if unit in (None, where.unit.casefold()) and k.exists_in(where) else None
        if made and made.valid(on):
            yield made


def _covering(known: tuple[Called, ...], where: Place, on: str) -> Iterator[Agency]:
    for k, _ in known:
        region = regions.covering(k.id, where.id, on) if k.level == "region" and where.level == "province" else None
        made = _regional(k.id, region.id) if region else None
        if made and made.valid(on):
            yield made


def places_meant(rest: tuple[str, ...], place: str | None, on: str) -> tuple[Place, ...]:
    """The units that words of a name mean: "tỉnh", "thành phố Bắc Giang", "xã Tân An huyện Yên Dũng", "Hà Nội".

    The nearest to the place of the context first; without one the widest first.

    >>> [p.id for p in places_meant(("thành", "phố"), "bac.giang/thanh.pho.bac.giang", "2021-06-23")]
    ['bac.giang/thanh.pho.bac.giang']
    """
    split = _split_units(rest)
    found: tuple[Place, ...] | None = None
    for unit, name in reversed(split):  # from the widest to the narrowest
        found = _step(unit, name, found, place, on)
        if not found:
            return ()
    return found or ()


def _step(unit: str | None, name: tuple[str, ...], outer: tuple[Place, ...] | None, place: str | None,
          on: str) -> tuple[Place, ...]:
    if not name:
        return tuple(p for p in _around(place, on) if p.unit.casefold() == unit)[:1] if place and unit else ()
    if outer:
        return tuple(p for o in outer for p in places.places_named(" ".join(name), on=on, unit=unit, within=o.id))
    around = list(_around(place, on)) if place else []
    for scope in [p.id for p in around]:
        near = places.places_named(" ".join(name), on=on, unit=unit, within=scope)
        own = tuple(p for p in around if p.id == scope and _called(p, unit, name))
        if own or near:
            return own or near
    return places.places_named(" ".join(name), on=on, unit=unit)


def _called(p: Place, unit: str | None, name: tuple[str, ...]) -> bool:
    return unit in (None, p.unit.casefold()) and joined(words(p.name)) == joined(name)


def _split_units(rest: tuple[str, ...]) -> list[tuple[str | None, tuple[str, ...]]]:
    """The words of a place cut at the kinds of units: "xã Tân An huyện Yên Dũng" in two."""
    split: list[tuple[str | None, tuple[str, ...]]] = []
    i = 0
    while i < len(rest):
        unit = next((u for u in _UNIT_WORDS if rest[i:i + len(u)] == u), ())
        i += len(unit)
        start = i
        while i < len(rest) and not any(rest[i:i + len(u)] == u for u in _UNIT_WORDS):
            i += 1
        split.append((" ".join(unit) or None, rest[start:i]))
    return split


def _around(place: str, on: str) -> Iterator[Place]:
    """A place and what holds it, the nearest first, as they were on a day."""
    here: str | None = place
    while here is not None and "/" in here:
        where = places.place(here)
        if where is not None:
            yield where
        here = where.holder if where else None
    province = places.province_of(place, on)
    if province is not None:
        yield province


@lru_cache(maxsize=4096)
def _local(k: Kind, where: Place) -> Agency | None:
    since, until = _both(k.valid_from, where.valid_from, max), _both(k.valid_to, where.valid_to, min)
    if since and until and since > until:
        return None
    return Agency(
        f"{k.id}@{where.id}", k.named(where), k.id, k.level, k.category, where.id, since, until, k.aliases, k.symbols,
        f"{k.parent}@{where.id}" if k.parent else None, where.organ if k.category == "government" else k.code,
        k.basis, k.source, k.verified and where.verified)


def _both(a: str | None, b: str | None, choose: Callable[[list[str]], str]) -> str | None:
    days = [day for day in (a, b) if day]
    return choose(days) if days else None


@lru_cache(maxsize=512)
def _central(k: Kind) -> Agency:
    return Agency(k.id, k.name, k.id, k.level, k.category, None, k.valid_from, k.valid_to, k.aliases, k.symbols,
                  k.parent, k.code, k.basis, k.source, k.verified)


def _regional(kind_id: str, region_id: str) -> Agency | None:
    k, region = kind(kind_id, "region"), regions.region(kind_id, region_id)
    if k is None or region is None:
        return None
    return Agency(
        f"{k.id}@{region.id}", k.name.format(number=region.number), k.id, k.level, k.category, region.id,
        region.valid_from, region.valid_to, k.aliases, k.symbols, k.parent, k.code, region.basis, k.source,
        region.verified)

