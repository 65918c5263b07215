"""From whom a body took over: the last changes before it, and all whose work is with it on a day."""
from __future__ import annotations

from collections.abc import Iterator

from chidao.linking.agencies import places, regions
from chidao.linking.agencies.registry import agency
from chidao.linking.agencies.succession import Step, Successor, changes, steps, successors
from chidao.model import Agency


def predecessors(id: str) -> tuple[Step, ...]:
    """The last changes by which others passed to the body with that id, in order of time.

    >>> [step.source for step in predecessors("so.tai.chinh@ha.noi")][0]
    'so.ke.hoach.va.dau.tu@ha.noi'
    """
    body = agency(id)
    if body is None:
        return ()
    found = [step for source in _that_may_precede(body) for step, target in steps(source, _scope(body))
             if target is not None and target.agency.id == id]
    return tuple(sorted(dict.fromkeys(found), key=lambda step: (step.date, step.source)))


def origins(id: str, on: str) -> dict[str, Successor]:
    """All bodies whose work is with the body `id` on a day, itself first, each with the chain that led there.

    >>> found = origins("thue@bac.ninh-2025", "2025-12-01")
    >>> [step.target for step in found["cuc.thue@bac.giang"].chain]
    ['chi.cuc.thue@khu.vuc.vi', 'thue@bac.ninh-2025']
    """
    found: dict[str, Successor] = {}
    tried: set[str] = set()
    open_ = [id]
    while open_:
        here = open_.pop(0)
        if here in tried:
            continue
        tried.add(here)
        known = successors(here, on)
        way = next((s for s in known.successors if s.agency.id == id), None) if known else None
        if way is not None:
            found[here] = way
        open_ += [step.source for step in predecessors(here)]
    return found


def _scope(body: Agency) -> str | None:
    """The province for which a region may have held a body's work before."""
    return None if body.place is None else body.place.partition("/")[0]


def _that_may_precede(body: Agency) -> Iterator[Agency]:
    """Bodies that ended and whose work may have come to this one: by kind, and in the places before."""
    rows = [row for rows in changes().values() for row in rows
            if (row["to"], row["to_level"]) == (body.kind, body.level)]
    wanted = dict.fromkeys([(row["from"], row["from_level"]) for row in rows] + [(body.kind, body.level)])
    for kind, level in wanted:
        for place in _places_before(body, kind, level):
            found = agency(f"{kind}@{place}" if place else kind)
            if found is not None and found.valid_to is not None and found.id != body.id:
                yield found


def _places_before(body: Agency, kind: str, level: str) -> Iterator[str]:
    """Ids of the places of a level from which work of a kind may have come to a body."""
    if body.place is None:
        yield ""
        return
    if regions.is_region(body.place):
        known = regions.region(body.kind, body.place)
        yield from known.provinces if known else ()
        return
    origins = [body.place, *places.predecessors_of(body.place)]
    if level == "region":
        yield from (r.id for r in regions.regions() if r.kind == kind and set(r.provinces) & set(origins))
    elif level == "district" and body.level == "province":
        yield from (d.id for d in places.districts() if d.id.partition("/")[0] in origins)
    elif level == "district" and body.level == "commune":
        yield from dict.fromkeys(id.rpartition("/")[0] for id in origins if id.count("/") == 2)
        yield from (id for id in origins if id.count("/") == 1 and not places.is_commune(id))
    else:
        yield from origins
