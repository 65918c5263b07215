"""Regions of vertical services that cover several provinces (Chi cục Thuế khu vực VI)."""
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from chidao import knowledge
from chidao.linking.agencies.places import root, successors_of

PREFIX = "khu.vuc."


@dataclass(frozen=True, slots=True)
class Region:
    """A region (khu vực) of one service: the provinces that it covers, by the ids they had when it was set up."""

    id: str
    kind: str
    number: str
    provinces: tuple[str, ...]
    valid_from: str | None
    valid_to: str | None
    basis: str
    verified: bool


def is_region(place: str) -> bool:
    """Whether the id of a place is that of a region.

    >>> is_region("khu.vuc.vi"), is_region("bac.giang")
    (True, False)
    """
    return place.startswith(PREFIX)


def region(kind: str, id: str) -> Region | None:
    """The region of a service by its id.

    >>> region("chi.cuc.thue", "khu.vuc.vi").provinces
    ('bac.giang', 'lang.son', 'bac.kan', 'cao.bang')
    """
    return _regions().get((kind, id))


def covering(kind: str, province: str, on: str) -> Region | None:
    """The region of a service that covers a province on a day; None where the table has none.

    >>> covering("chi.cuc.hai.quan", "can.tho-2025", "2025-12-01").number
    'XIX'
    >>> covering("chi.cuc.thue", "bac.giang", "2025-04-01").number
    'VI'
    """
    return next((r for (k, _), r in _regions().items() if k == kind and (r.valid_from or "") <= on
                 and (r.valid_to is None or on <= r.valid_to)
                 and any(_became(p, province) for p in r.provinces)), None)


def _became(province: str, later: str) -> bool:
    """Whether a province is, was renamed to, or went into another."""
    into = {root(c.target) for c in successors_of(province)}
    return root(later) in {root(province), *into}


def regions() -> tuple[Region, ...]:
    """All regions of all services."""
    return tuple(_regions().values())


@lru_cache(maxsize=1)
def _regions() -> dict[tuple[str, str], Region]:
    made = (Region(f"{PREFIX}{row['number'].lower()}", row["kind"], row["number"],
                   tuple(row["provinces"].split("; ")), row["valid_from"] or None, row["valid_to"] or None,
                   row["basis"], row["verified"] == "yes") for row in knowledge.rows("agencies/regions"))
    return {(r.kind, r.id): r for r in made}
