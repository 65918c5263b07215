"""Who took over from a body that ended: one body, candidates with what decides between them, or none with a reason."""
from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from chidao import knowledge
from chidao.linking.agencies import places, regions
from chidao.linking.agencies.kinds import fits
from chidao.linking.agencies.registry import agency
from chidao.model import Agency

Outcome = Literal["itself", "one", "candidates", "none"]
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One change in a chain: the body `source` passed to `target` on `date`, the first day of the new one.

    `type` is renamed, merged, split, moved or ended; `decides` what decides where there are several targets: a field
    of work or an area. A `target` of None has a `reason`.
    """

    source: str
    target: str | None
    type: str
    date: str
    decides: str | None
    basis: str
    evidence: str
    verified: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Successor:
    """A body that may have the work today, the changes that lead to it, and what must hold for it (`decides`)."""

    agency: Agency
    chain: tuple[Step, ...]

    @property
    def decides(self) -> tuple[str, ...]:
        """What decides that it is this one, a field or area a split; empty where nothing was split."""
        return tuple(dict.fromkeys(step.decides for step in self.chain if step.decides))


@dataclass(frozen=True, slots=True)
class Successors:
    """What became of a body by a day: itself, one successor, candidates, or none and why (`reason`).

    `dead_ends` are changes that lead nowhere: a part of the work that the tables know no successor for.
    """

    agency: Agency
    on: str
    outcome: Outcome
    successors: tuple[Successor, ...] = ()
    dead_ends: tuple[tuple[Step, ...], ...] = ()

    @property
    def reason(self) -> str | None:
        """Why there is none, or why a part of the work has none."""
        return next((chain[-1].reason for chain in self.dead_ends if chain[-1].reason), None)


@dataclass(frozen=True, slots=True)
class Held:
    """A body that has some work, and the province for which it has it where it is one of a region."""

    agency: Agency
    scope: str | None


def successors(id: str, on: str | None = None) -> Successors | None:
    """What became of the body with that id by a day (default: today); None where there is no such body.

    Chains are followed to the bodies that exist on that day.

    >>> found = successors("cuc.thue@bac.giang", "2025-08-01")
    >>> found.outcome, [s.agency.id for s in found.successors]
    ('one', ['thue@bac.ninh-2025'])
    >>> [step.target for step in found.successors[0].chain]
    ['chi.cuc.thue@khu.vuc.vi', 'thue@bac.ninh-2025']
    >>> split = successors("so.lao.dong.thuong.binh.va.xa.hoi@bac.giang", "2025-08-01")
    >>> split.outcome, [s.agency.id for s in split.successors][:2], split.successors[1].decides
    ('candidates', ['so.noi.vu@bac.ninh-2025', 'so.y.te@bac.ninh-2025'], \
('bảo trợ xã hội, trẻ em, phòng, chống tệ nạn xã hội',))
    """
    first = agency(id)
    if first is None:
        return None
    return _successors(first, on or datetime.date.today().isoformat())


@lru_cache(maxsize=4096)
def _successors(first: Agency, on: str) -> Successors:
    if first.valid_to is None or on <= first.valid_to:
        return Successors(first, on, "itself", (Successor(first, ()),))
    ends = list(_ends(Held(first, None), (), on))
    reached = _merged(Successor(held.agency, chain) for held, chain in ends if held)
    dead = tuple(chain for held, chain in ends if held is None)
    outcome: Outcome = "none" if not reached else ("one" if len(reached) == 1 and not dead else "candidates")
    if outcome == "one":
        reached = tuple(replace(s, chain=tuple(replace(step, decides=None) for step in s.chain)) for s in reached)
    return Successors(first, on, outcome, reached, dead)


def _merged(found: Iterator[Successor]) -> tuple[Successor, ...]:
    """The successors, each body once, by the chain that reaches it first."""
    by_id: dict[str, Successor] = {}
    for s in found:
        by_id.setdefault(s.agency.id, s)
    return tuple(by_id.values())


def _ends(held: Held, chain: tuple[Step, ...], on: str) -> Iterator[tuple[Held | None, tuple[Step, ...]]]:
    """Where all chains from a body lead by a day: to a body, or to a last step without target."""
    ended = held.agency.valid_to
    if ended is None or on <= ended:
        yield held, chain
        return
    if len(chain) >= _LONGEST:
        raise RuntimeError(f"succession without end from {chain[0].source}")
    for step, target in steps(held.agency, held.scope):
        if target is None:
            yield None, (*chain, step)
        else:
            yield from _ends(target, (*chain, step), on)


def steps(ended: Agency, scope: str | None = None) -> list[tuple[Step, Held | None]]:
    """The next bodies after one that ended, for the province `scope` where a region holds its work.

    Nothing `decides` where there is one only.
    """
    day = _day_after(ended.valid_to or "")
    rows = [row for row in _rows(ended.kind, ended.level) if row["date"] == day and _applies(row, ended, scope)]
    found = [each for row in rows for each in _by_kind(ended, row, scope)] if rows else list(_by_place(ended, day))
    return [(replace(step, decides=None), target) for step, target in found] if len(found) == 1 else found


def _by_kind(ended: Agency, row: dict[str, str], scope: str | None) -> Iterator[tuple[Step, Held | None]]:
    """The body's kind ended: its successors of another kind, in the places that follow."""
    if not row["to"]:
        yield _step(ended, None, row, reason=row["note"] or None), None
        return
    found = False
    for place in _targets_of(ended, row["to_level"], row["date"], scope):
        target = _body(row["to"], row["to_level"], place, row["date"])
        if target is not None:
            found = True
            yield _step(ended, target, row), Held(target, place if row["to_level"] == "region" else None)
    if not found and row["to_level"] != "commune":
        missing = f"bảng không có {row['to']} ở nơi kế tục"
        yield _step(ended, None, row, reason=row["note"] or missing), None


def _by_place(ended: Agency, day: str) -> Iterator[tuple[Step, Held | None]]:
    """The body's place ended: the bodies of the same kind in the places that follow."""
    for change in places.successors_of(ended.place or ""):
        target = agency(f"{ended.kind}@{change.target}")
        reason = None if target else f"bảng không có {ended.kind} ở {change.target}"
        yield Step(ended.id, target.id if target else None, change.type, day, change.decides, change.basis,
                   change.evidence, change.verified, reason), Held(target, None) if target else None


def _targets_of(ended: Agency, level: str, day: str, scope: str | None) -> tuple[str, ...]:
    """Ids of the places in which the successors of another kind are: by level, as of the first day."""
    own = ended.place
    if level == "central" or own is None:
        return ("",)
    if regions.is_region(own):
        known = regions.region(ended.kind, own)
        covered = (scope,) if scope else (known.provinces if known else ())
        return tuple(dict.fromkeys(new for province in covered for new in _as_of(province, day)))
    if level in ("province", "region"):
        return _as_of(own.partition("/")[0], day)
    if level == "commune" and ended.level == "district":
        return places.communes_from(own) if day >= places.REFORM else places.communes_in(own)
    return _as_of(own, day)


def _as_of(place: str, day: str) -> tuple[str, ...]:
    """The place itself if it exists on a day, else those that followed it."""
    known = places.place(place)
    if known is None or known.valid(day):
        return (place,)
    later = [c.target for c in places.successors_of(place)] if known.valid_to and known.valid_to < day else []
    return tuple(dict.fromkeys(new for target in later for new in _as_of(target, day)))


def _body(kind: str, level: str, place: str, day: str) -> Agency | None:
    if level == "region":
        region = regions.covering(kind, place, day)
        return agency(f"{kind}@{region.id}") if region else None
    return agency(f"{kind}@{place}" if place else kind)


def _step(ended: Agency, target: Agency | None, row: dict[str, str], reason: str | None = None) -> Step:
    return Step(ended.id, target.id if target else None, row["type"], row["date"], row["decides"] or None, row["basis"],
                row["source"], row["verified"] == "yes", reason)


def _applies(row: dict[str, str], ended: Agency, scope: str | None) -> bool:
    own = ended.place or ""
    where = (scope or own if regions.is_region(own) else own).partition("/")[0]
    return fits(tuple(row["places"].split("; ")) if row["places"] else (), where)


def _day_after(day: str) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=1)).isoformat()


@lru_cache(maxsize=1)
def changes() -> dict[tuple[str, str], list[dict[str, str]]]:
    """The rows of the changes of kinds, by the kind and level that ended."""
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in knowledge.rows("agencies/kind_changes"):
        found.setdefault((row["from"], row["from_level"]), []).append(row)
    return found


def _rows(kind: str, level: str) -> list[dict[str, str]]:
    return changes().get((kind, level), [])
