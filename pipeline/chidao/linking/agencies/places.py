"""Administrative units: provinces, districts and communes, each with the days between which it existed."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from chidao import knowledge
from chidao.linking.agencies.naming import name_key

PlaceLevel = Literal["province", "district", "commune"]

REFORM = "2025-07-01"
"""The day on which communes were drawn anew and districts were gone (Nghị quyết 202, 203/2025/QH15)."""
_COMMUNE_UNITS = ("xa.", "phuong.", "thi.tran.", "dac.khu.")


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative unit (đơn vị hành chính) as it was from `valid_from` to `valid_to`, both included.

    `id` says what holds it: ``bac.giang/thanh.pho.bac.giang/xa.tan.tien``. A unit set up anew under an old name
    has the year in its id: ``bac.ninh-2025``. `code` is that of the national list of units, `organ` the
    electronic identifier of a province's Ủy ban nhân dân.
    """

    id: str
    name: str
    unit: str
    level: PlaceLevel
    code: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    aliases: tuple[str, ...] = ()
    basis: str | None = None
    verified: bool = True
    organ: str | None = None

    @property
    def full(self) -> str:
        """The name with the kind of unit: ``thành phố Bắc Giang``."""
        return f"{self.unit} {self.name}"

    @property
    def holder(self) -> str | None:
        """The id of the unit that holds it; a province has none."""
        return self.id.rpartition("/")[0] or None

    def valid(self, on: str) -> bool:
        """Whether it existed on that day (ISO 8601)."""
        return (self.valid_from or "") <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """One unit taken over by another on `date`, the first day of the new one; `decides` what, if there are several."""

    source: str
    target: str
    type: str
    date: str
    decides: str | None
    basis: str
    evidence: str
    verified: bool


def place(id: str) -> Place | None:
    """The unit with that id, or None.

    >>> place("bac.giang/thanh.pho.bac.giang").full
    'thành phố Bắc Giang'
    >>> place("bac.ninh-2025").valid_from
    '2025-07-01'
    """
    table = _communes() if is_commune(id) else _upper()
    return table.get(id)


def is_commune(id: str) -> bool:
    """Whether an id is that of a commune (xã, phường, thị trấn, đặc khu).

    >>> is_commune("bac.ninh-2025/phuong.bac.giang"), is_commune("bac.giang/thi.xa.chu")
    (True, False)
    """
    return "/" in id and id.rpartition("/")[2].startswith(_COMMUNE_UNITS)


def places_named(name: str, *, on: str, unit: str | None = None, within: str | None = None,
                 level: PlaceLevel | None = None) -> tuple[Place, ...]:
    """The units of that name (without the kind of unit) that existed on a day.

    `unit` narrows them to a kind of unit, `within` to those that the place with that id holds (a commune may be
    asked for within its province), `level` to a level. Communes are looked for within a place only.

    >>> [p.id for p in places_named("Bắc Ninh", on="2022-05-01", unit="tỉnh")]
    ['bac.ninh']
    >>> [p.id for p in places_named("Bắc Giang", on="2025-08-01", within="bac.ninh-2025")]
    ['bac.ninh-2025/phuong.bac.giang']
    """
    wanted = name_key(name)
    found = list(_upper_by_key().get(wanted, ()))
    if within is not None and level in (None, "commune"):
        found += _communes_by_key().get(wanted, ())
    return tuple(p for p in found if p.valid(on) and level in (None, p.level)
                 and (unit is None or p.unit.casefold() == unit.casefold())
                 and (within is None or holds(within, p.id)))


def holds(outer: str, inner: str) -> bool:
    """Whether the unit `inner` lies in `outer`; a province that was only renamed goes on holding its units.

    >>> holds("quang.ninh-2026", "quang.ninh/phuong.ha.long"), holds("bac.ninh", "bac.ninh-2025/phuong.bac.giang")
    (True, False)
    """
    heads = {root(outer), outer}
    return inner != outer and any(root(holder) in heads or holder in heads for holder in _holders(inner))


def _holders(id: str) -> Iterator[str]:
    while "/" in id:
        id = id.rpartition("/")[0]
        yield id


def province_of(id: str, on: str) -> Place | None:
    """The province that holds a place, as it was on that day, itself if it is one; None where there was none.

    >>> province_of("quang.ninh/phuong.ha.long", "2026-10-01").full
    'thành phố Quảng Ninh'
    """
    first = root(id.partition("/")[0])
    return next((p for p in lineage(first) if p.valid(on)), None)


@cache
def root(id: str) -> str:
    """The id under which a province or district was first known, before it was only renamed.

    >>> root("hue"), root("bac.giang/thi.xa.viet.yen")
    ('thua.thien.hue', 'bac.giang/huyen.viet.yen')
    """
    while id in _renamed():
        id = _renamed()[id]
    return id


@lru_cache(maxsize=1)
def _renamed() -> dict[str, str]:
    return {c.target: c.source for c in changes() if c.type == "renamed"}


def lineage(province: str) -> Iterator[Place]:
    """A province and what it was renamed to, in order of time."""
    after = {c.source: c.target for c in changes() if c.type == "renamed"}
    id: str | None = province
    while id is not None:
        found = place(id)
        if found is not None:
            yield found
        id = after.get(id)


def communes_from(district: str) -> tuple[str, ...]:
    """Ids of the communes that were drawn on the area of a district in 2025.

    >>> communes_from("ba.ria.vung.tau/huyen.con.dao")
    ('ho.chi.minh-2025/dac.khu.con.dao',)
    """
    drawn = [c.target for c in changes_of(district) if is_commune(c.target)]
    drawn += [id for old in communes_in(district) for id in _targets()[old]]
    return tuple(dict.fromkeys(drawn))


def communes_in(district: str) -> tuple[str, ...]:
    """Ids of the communes of a district before 2025-07-01.

    >>> len(communes_in("bac.giang/thanh.pho.bac.giang"))
    31
    """
    return tuple(_old_communes_of().get(district, ()))


def successors_of(id: str) -> tuple[PlaceChange, ...]:
    """What a unit passed to when it ended; of a commune's several the first has the main part of it."""
    if not is_commune(id) or id not in _targets():
        return changes_of(id)
    targets = _targets()[id]
    order = (commune_order(targets[0].partition("/")[0]) if targets else None) or {}
    decides = "thôn, tổ dân phố, khu dân cư" if len(targets) > 1 else None
    return tuple(PlaceChange(id, target, "split" if decides else "merged", REFORM, decides, order.get("basis", ""),
                             order.get("source", ""), order.get("verified") == "yes") for target in targets)


def predecessors_of(id: str) -> tuple[str, ...]:
    """Ids of the units that passed to a unit when they ended.

    >>> predecessors_of("bac.ninh-2025")
    ('bac.giang', 'bac.ninh')
    """
    own = [c.source for c in changes() if c.target == id]
    return (*own, *_sources().get(id, ())) if is_commune(id) else tuple(own)


def commune_order(province: str) -> dict[str, str] | None:
    """The row of the resolution that drew the communes of a province (of 2025) anew."""
    return next((row for row in knowledge.rows("agencies/commune_orders") if row["province"] == province), None)


@lru_cache(maxsize=1)
def changes() -> tuple[PlaceChange, ...]:
    """The changes of provinces and districts."""
    return tuple(PlaceChange(row["from"], row["to"], row["type"], row["date"], row["decides"] or None, row["basis"],
                             row["source"], row["verified"] == "yes")
                 for row in knowledge.rows("agencies/place_changes"))


def changes_of(id: str) -> tuple[PlaceChange, ...]:
    """The changes by which a province or district ended."""
    return tuple(c for c in changes() if c.source == id)


def provinces() -> tuple[Place, ...]:
    """All provinces and cities under the central government, of all times."""
    return tuple(p for p in _upper().values() if p.level == "province")


def districts() -> tuple[Place, ...]:
    """All districts, of all times."""
    return tuple(p for p in _upper().values() if p.level == "district")


def communes() -> tuple[Place, ...]:
    """All communes, of all times; reads the large tables."""
    return tuple(_communes().values())


@lru_cache(maxsize=1)
def _upper() -> dict[str, Place]:
    return {p.id: p for p in (*_read("provinces", "province"), *_read("districts", "district"))}


def _read(table: str, level: PlaceLevel) -> Iterator[Place]:
    for row in knowledge.rows(f"agencies/{table}"):
        yield Place(
            row["id"], row["name"], row["unit"], level, row["code"] or None, row["valid_from"] or None,
            row["valid_to"] or None, tuple(row["aliases"].split("; ")) if row.get("aliases") else (),
            row["basis"] or None, row["verified"] == "yes", row.get("organ") or None)


@lru_cache(maxsize=1)
def _communes() -> dict[str, Place]:
    old = (Place(id, name, unit, "commune", code, None, "2025-06-30")
           for id, name, unit, code, _ in knowledge.cells("agencies/communes"))
    new = (Place(id, name, unit, "commune", code, REFORM) for id, name, unit, code in
           knowledge.cells("agencies/communes_2025"))
    return {p.id: p for p in (*old, *new)}


@lru_cache(maxsize=1)
def _targets() -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(row[4].split("; ")) if row[4] else () for row in knowledge.cells("agencies/communes")}


@lru_cache(maxsize=1)
def _sources() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id, targets in _targets().items():
        for target in targets:
            found.setdefault(target, []).append(id)
    return found


@lru_cache(maxsize=1)
def _old_communes_of() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id in _targets():
        found.setdefault(id.rpartition("/")[0], []).append(id)
    return found


@lru_cache(maxsize=1)
def _upper_by_key() -> dict[str, list[Place]]:
    return _by_key(_upper().values())


@lru_cache(maxsize=1)
def _communes_by_key() -> dict[str, list[Place]]:
    return _by_key(_communes().values())


def _by_key(places: Iterable[Place]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for p in places:
        for name in (p.name, *p.aliases):
            found.setdefault(name_key(name), []).append(p)
    return found
