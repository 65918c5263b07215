"""Who belongs to a group of bodies (các sở, ban, ngành): by its class and scope, on a day."""
from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import lru_cache

from chidao import knowledge
from chidao.linking.agencies import places
from chidao.linking.agencies.kinds import kinds
from chidao.linking.agencies.registry import agency
from chidao.model import Agency

EVERYWHERE = "viet.nam"
"""The scope of a group whose members are all over the country, or central."""
_OF_A_LEVEL = re.compile(r"(?P<kind>.+)\.cap\.(?P<level>tinh|huyen|xa)")
_LEVELS = {"tinh": "province", "huyen": "district", "xa": "commune"}


def is_member(body: Agency, member: str, scope: str, on: str | None) -> bool:
    """Whether a body is one of a class of members (``so``, ``uy.ban.nhan.dan.cap.xa``) of a scope on a day.

    `scope` is the id of a unit or `EVERYWHERE`; without a day a body of any time is.

    >>> is_member(agency("so.y.te@ha.noi"), "so", "ha.noi", "2022-01-01")
    True
    >>> is_member(agency("cong.an@ha.noi"), "so", "ha.noi", "2022-01-01")
    False
    >>> is_member(agency("uy.ban.nhan.dan@ha.noi/quan.ba.dinh"), "uy.ban.nhan.dan.cap.huyen", "ha.noi", "2022-01-01")
    True
    """
    if on is not None and not body.valid(on):
        return False
    of_level = _OF_A_LEVEL.fullmatch(member)
    if of_level:
        return (body.kind == of_level["kind"] and body.level == _LEVELS[of_level["level"]]
                and (scope == EVERYWHERE or places.holds(scope, body.place or "")))
    return _in_scope(body, scope) and any(_is_of(row, body) for row in _classes().get((member, body.level), ()))


def members(member: str, scope: str, on: str) -> tuple[Agency, ...]:
    """The bodies of a class in a scope on a day.

    >>> [a.id for a in members("uy.ban.nhan.dan.cap.tinh", "viet.nam", "2026-01-01")][:2]
    ['uy.ban.nhan.dan@an.giang-2025', 'uy.ban.nhan.dan@bac.ninh-2025']
    >>> len(members("bo", "viet.nam", "2024-01-01")), len(members("bo", "viet.nam", "2026-01-01"))
    (18, 14)
    """
    return tuple(a for a in _possible(member, scope) if is_member(a, member, scope, on))


def _possible(member: str, scope: str) -> Iterator[Agency]:
    of_level = _OF_A_LEVEL.fullmatch(member)
    if of_level:
        level = _LEVELS[of_level["level"]]
        made: Iterator[Agency | None] = (agency(f"{of_level['kind']}@{p.id}") for p in _places(level))
        yield from (a for a in made if a is not None)
        return
    where = places.place(scope)
    for k in kinds():
        if k.level == (where.level if where else "central"):
            found = agency(f"{k.id}@{scope}" if where else k.id)
            if found is not None:
                yield found


def _places(level: str) -> tuple[places.Place, ...]:
    if level == "province":
        return places.provinces()
    return places.districts() if level == "district" else places.communes()


def _in_scope(body: Agency, scope: str) -> bool:
    return body.place is None if scope == EVERYWHERE else body.place == scope


def _is_of(row: dict[str, str], body: Agency) -> bool:
    patterns = row["kinds"].split("; ")
    if body.category not in row["categories"].split("; ") or any(
            fnmatchcase(body.kind, p[1:]) for p in patterns if p.startswith("!")):
        return False
    wanted = [p for p in patterns if not p.startswith("!")]
    return not wanted or any(fnmatchcase(body.kind, p) for p in wanted)


@lru_cache(maxsize=1)
def _classes() -> dict[tuple[str, str], list[dict[str, str]]]:
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in knowledge.rows("agencies/classes"):
        found.setdefault((row["class"], row["level"]), []).append(row)
    return found
