"""Faults in the tables of the registry: what a lawyer should look at again after a correction."""
from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from chidao import knowledge
from chidao.linking.agencies import places, regions
from chidao.linking.agencies.kinds import Kind, fits, kind, kinds, spellings
from chidao.linking.agencies.naming import name_key
from chidao.linking.agencies.places import Place
from chidao.linking.agencies.registry import agency
from chidao.linking.agencies.succession import steps

_TABLES_OF_CHANGES = ("kind_changes", "place_changes", "commune_orders", "regions")
_BEGINNING, _END = "0000", "9999"


class Fault(NamedTuple):
    """What is wrong (`code`) with which row (`where`)."""

    code: str
    where: str


def faults() -> Iterator[Fault]:
    """All faults of the tables, both ways: bodies that end without a word, successors that are not there.

    >>> list(faults())
    []
    """
    days = list(_days())
    yield from days
    if days:  # no other question can be asked before these are right
        return
    yield from _sources()
    yield from _places()
    yield from _place_changes()
    yield from _kinds()
    yield from _kind_changes()
    yield from _names()
    yield from _regions()
    yield from _ended_bodies()


def _sources() -> Iterator[Fault]:
    """Every row that states a change has a source, and a legal basis unless it is unverified."""
    for table in _TABLES_OF_CHANGES:
        for row in knowledge.rows(f"agencies/{table}"):
            where = f"{table}: {' '.join(row.values())[:80]}"
            if not row["source"] or row["verified"] not in ("yes", "unverified"):
                yield Fault("no_source", where)
            if row["verified"] == "yes" and not row["basis"]:
                yield Fault("no_basis", where)


def _days() -> Iterator[Fault]:
    for p in (*places.provinces(), *places.districts(), *places.communes()):
        yield from _interval(p.id, p.valid_from, p.valid_to)
    for k in kinds():
        yield from _interval(f"{k.level}:{k.id}", k.valid_from, k.valid_to)


def _places() -> Iterator[Fault]:
    seen: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for p in (*places.provinces(), *places.districts(), *places.communes()):
        seen[p.holder or "", f"{p.unit} {name_key(p.name)}"].append(p)
        if p.holder and places.place(p.holder) is None:
            yield Fault("no_holder", p.id)
        if p.valid_to and not places.successors_of(p.id) and not (p.level == "district" and places.communes_from(p.id)):
            yield Fault("ends_without_successor", p.id)
    for same in seen.values():
        for a, b in combinations(same, 2):
            if _overlap(a, b):
                yield Fault("two_of_one_name", f"{a.id} {b.id}")


def _place_changes() -> Iterator[Fault]:
    for c in _all_place_changes():
        source, target = places.place(c.source), places.place(c.target)
        if source is None or target is None:
            yield Fault("unknown_place", f"{c.source} {c.target}")
        elif source.valid_to != _day_before(c.date) or not target.valid(c.date):
            yield Fault("days_apart", f"{c.source} {c.target}")
    reached = {c.target for c in _all_place_changes()}
    for p in (*places.provinces(), *places.districts(), *places.communes()):
        if p.valid_from and p.id not in reached:
            yield Fault("begins_without_predecessor", p.id)


def _all_place_changes() -> Iterator[places.PlaceChange]:
    yield from places.changes()
    for p in places.communes():
        if p.valid_to:
            yield from places.successors_of(p.id)


def _kinds() -> Iterator[Fault]:
    for k in kinds():
        for id in k.places:
            if places.place(id.removeprefix("!")) is None:
                yield Fault("unknown_place", f"{k.id} {id}")
        if k.parent and kind(k.parent, k.level) is None:
            yield Fault("unknown_parent", f"{k.id} {k.parent}")
    if len(kinds()) != len(knowledge.rows("agencies/kinds")):
        yield Fault("two_of_one_id", "kinds")


def _kind_changes() -> Iterator[Fault]:
    """Of kinds: what is passed on ends the day before, what takes over is there; nothing ends or begins unsaid."""
    passed, taken = set(), set()
    for row in knowledge.rows("agencies/kind_changes"):
        source, target = kind(row["from"], row["from_level"]), kind(row["to"], row["to_level"])
        where = f"{row['from_level']}:{row['from']} {row['to_level']}:{row['to']}"
        passed.add((row["from"], row["from_level"]))
        taken.add((row["to"], row["to_level"]))
        if source is None or (row["to"] and target is None):
            yield Fault("unknown_kind", where)
        elif source.valid_to != _day_before(row["date"]) or (target and not _valid(target, row["date"])):
            yield Fault("days_apart", where)
        elif not row["to"] and not row["note"]:
            yield Fault("ends_without_reason", where)
    for k in kinds():
        if k.valid_to and k.level != "region" and (k.id, k.level) not in passed:
            yield Fault("ends_without_successor", f"{k.level}:{k.id}")
        if k.valid_from and (k.id, k.level) not in taken and not k.basis:
            yield Fault("begins_without_predecessor", f"{k.level}:{k.id}")


def _names() -> Iterator[Fault]:
    """No name means two kinds of one level at one time in one place."""
    by_name: dict[tuple[str, str, str | None], set[Kind]] = defaultdict(set)
    for k in kinds():
        for name, unit in spellings(k):
            by_name[name_key(name), k.level, unit].add(k)
    for (name, level, _), same in by_name.items():
        for a, b in combinations(sorted(same, key=lambda k: k.id), 2):
            if _overlap(a, b) and _meet(a, b):
                yield Fault("two_of_one_name", f"{level}: {name}: {a.id} {b.id}")


def _meet(a: Kind, b: Kind) -> bool:
    """Whether there are places where both exist."""
    if a.units and b.units and not set(a.units) & set(b.units):
        return False
    named = {id.removeprefix("!") for id in (*a.places, *b.places)}
    return any(fits(a.places, id) and fits(b.places, id) for id in (*named, ""))


def _regions() -> Iterator[Fault]:
    """A region's provinces are there, and none is in two regions of one service at a time."""
    covered: dict[tuple[str, str], list[regions.Region]] = defaultdict(list)
    for r in regions.regions():
        for id in r.provinces:
            p = places.place(id)
            if p is None or not p.valid(r.valid_from or _BEGINNING):
                yield Fault("unknown_place", f"{r.kind} {r.id} {id}")
            covered[r.kind, id].append(r)
    for (kind_id, id), same in covered.items():
        if any(_overlap(a, b) for a, b in combinations(same, 2)):
            yield Fault("two_regions", f"{kind_id} {id}")


def _ended_bodies() -> Iterator[Fault]:
    """Every body of a province or district that ended, and every central one, has a next step; one fault a kind."""
    silent: dict[Kind, str] = {}
    for where in (None, *places.provinces(), *places.districts()):
        for k in kinds():
            if k.level != (where.level if where else "central") or k in silent:
                continue
            body = agency(f"{k.id}@{where.id}" if where else k.id)
            if body and body.valid_to and not steps(body):
                silent[k] = body.id
    yield from (Fault("ends_without_successor", id) for id in silent.values())


def _interval(id: str, since: str | None, until: str | None) -> Iterator[Fault]:
    for day in (since, until):
        try:
            datetime.date.fromisoformat(day or "2000-01-01")
        except ValueError:
            yield Fault("no_day", f"{id} {day}")
    if since and until and since > until:
        yield Fault("ends_before_it_begins", id)


def _overlap(a: Kind | Place | regions.Region, b: Kind | Place | regions.Region) -> bool:
    return (a.valid_from or _BEGINNING) <= (b.valid_to or _END) and (b.valid_from or _BEGINNING) <= (a.valid_to or _END)


def _valid(k: Kind, day: str) -> bool:
    return (k.valid_from or _BEGINNING) <= day <= (k.valid_to or _END)


def _day_before(day: str) -> str:
    return (datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat()


def main(found: Iterable[Fault]) -> int:
    """Print the faults, one a line; 1 where there are any."""
    shown = [f"{fault.code}\t{fault.where}" for fault in found]
    print(*shown, sep="\n", end="\n" if shown else "")
    return 1 if shown else 0


if __name__ == "__main__":
    raise SystemExit(main(faults()))
