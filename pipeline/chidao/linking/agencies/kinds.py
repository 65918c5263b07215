"""Kinds of bodies at a level: their names, when they existed, and in which places."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from chidao import knowledge
from chidao.linking.agencies.naming import name_key
from chidao.linking.agencies.places import Place

Level = Literal["central", "region", "province", "district", "commune"]

_PLACED = re.compile(r"\s*\{(?:place|name|number|alone)\}")
_COMMITTEES = {"tỉnh": "Tỉnh ủy", "huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy", "thành phố": "Thành ủy"}
_YOUTH = {"tỉnh": "Tỉnh đoàn", "huyện": "Huyện đoàn", "quận": "Quận đoàn", "thị xã": "Thị đoàn",
          "thành phố": "Thành đoàn"}


class Called(NamedTuple):
    """A kind that has a name; `unit` where only the body of such a unit is called so (Thành ủy: of a thành phố)."""

    kind: Kind
    unit: str | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of body at a level (loại cơ quan): ``so.y.te`` in provinces, ``phong.y.te`` in districts.

    `aliases` are other names, without the place. `category` is state, ministry, department, party …; `units` and
    `places` say where it exists, where it does not exist everywhere (``!ha.noi``: not in Hà Nội).
    """

    id: str
    level: Level
    name: str
    aliases: tuple[str, ...]
    category: str
    symbols: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    parent: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    basis: str | None = None
    source: str | None = None
    verified: bool = True
    code: str | None = None

    def exists_in(self, place: Place) -> bool:
        """Whether there is such a body in that place, whenever."""
        if self.level != place.level or (self.units and place.unit not in self.units):
            return False
        return fits(self.places, place.id)

    def named(self, place: Place) -> str:
        """The full name of the body of that kind in a place."""
        if "{" not in self.name:
            return f"{self.name} {place.full}"
        return self.name.format(place=place.full, name=place.name, alone="", **_by_unit(place.unit.casefold())).strip()


def fits(places: tuple[str, ...], id: str) -> bool:
    """Whether a list of ids of places admits one: all that it does not except with ``!``, if it excepts any.

    >>> fits((), "ha.noi"), fits(("!ha.noi",), "ha.noi"), fits(("ha.noi",), "hue")
    (True, False, False)
    """
    only = [p for p in places if not p.startswith("!")]
    return f"!{id}" not in places and (not only or id in only)


def kind(id: str, level: str) -> Kind | None:
    """The kind of body with that id at a level, or None.

    >>> kind("phong.y.te", "district").valid_to
    '2025-06-30'
    """
    return _kinds().get((id, level))


def kinds() -> tuple[Kind, ...]:
    """All kinds of bodies."""
    return tuple(_kinds().values())


def kinds_with_key(name_key: str) -> tuple[Called, ...]:
    """The kinds that are called so, by the key of a name without place."""
    return tuple(_by_key().get(name_key, ()))


@lru_cache(maxsize=1)
def _kinds() -> dict[tuple[str, str], Kind]:
    made = (_made(row) for row in knowledge.rows("agencies/kinds"))
    return {(k.id, k.level): k for k in made}


def _made(row: dict[str, str]) -> Kind:
    level: Level = row["level"]  # type: ignore[assignment]
    return Kind(
        row["id"], level, row["name"], _list(row["aliases"]), row["category"], _list(row["symbols"]),
        _list(row["units"]), _list(row["places"]), row["parent"] or None, row["valid_from"] or None,
        row["valid_to"] or None, row["basis"] or None, row["source"] or None, row["verified"] == "yes",
        row.get("code") or None)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("; ")) if cell else ()


@lru_cache(maxsize=1)
def _by_key() -> dict[str, list[Called]]:
    found: dict[str, list[Called]] = {}
    for k in kinds():
        for known, unit in {(name_key(name), unit) for name, unit in spellings(k)}:
            found.setdefault(known, []).append(Called(k, unit))
    return found


def spellings(k: Kind) -> Iterator[tuple[str, str | None]]:
    """The names of a kind without place, each with the unit that it implies, and with its field spelled other ways."""
    for template in (k.name, *k.aliases):
        bare = _PLACED.sub("", template)
        for unit in (_COMMITTEES if "{" in bare else (None,)):
            name = bare.format(**_by_unit(unit)) if unit else bare
            yield name, unit
            yield from ((name.replace(field, other), unit) for field, others in _fields() if field in name
                        for other in others)


def _by_unit(unit: str) -> dict[str, str]:
    return {"committee": _COMMITTEES.get(unit, "Đảng ủy"), "youth": _YOUTH.get(unit, "Đoàn Thanh niên")}


@lru_cache(maxsize=1)
def _fields() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((row["name"], _list(row["aliases"])) for row in knowledge.rows("agencies/fields"))
