"""Who belongs to a group on a day, and to which groups a body belongs (thành viên của nhóm cơ quan)."""
from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from chidao import knowledge
from chidao.linking.agencies.places import Place, communes, districts, holds, place, province_of, provinces
from chidao.linking.agencies.registry import agency, bodies, central_bodies
from chidao.linking.names.groups import LEVEL_NAMES
from chidao.linking.names.meanings import CENTRE
from chidao.model import Agency

_LEVELS = {name: level for level, name in LEVEL_NAMES.items()}


def parts_of(group: str) -> tuple[tuple[str, str], ...]:
    """The kinds of members of a group, each with its scope.

    >>> parts_of("so+ban.nganh@ha.noi")
    (('so', 'ha.noi'), ('ban.nganh', 'ha.noi'))
    >>> parts_of("uy.ban.nhan.dan.cap.tinh@nghe.an,ha.tinh")
    (('uy.ban.nhan.dan.cap.tinh', 'nghe.an'), ('uy.ban.nhan.dan.cap.tinh', 'ha.tinh'))
    """
    members, _, scopes = group.partition("@")
    return tuple((member, scope) for member in members.split("+") for scope in scopes.split(","))


def members(group: str, on: str) -> tuple[Agency, ...]:
    """The bodies that belong to a group on a day (ISO 8601); none where its name does not say who does.

    >>> [a.id for a in members("co.quan.ngang.bo@viet.nam", "2025-11-20")]
    ['ngan.hang.nha.nuoc.viet.nam', 'thanh.tra.chinh.phu', 'van.phong.chinh.phu']
    >>> len(members("uy.ban.nhan.dan.cap.tinh@viet.nam", "2025-11-20"))
    34
    >>> members("co.quan+don.vi@ha.noi", "2025-11-20")
    ()
    """
    found = {a.id: a for member, scope in parts_of(group) for a in _members(member, scope, on)}
    return tuple(found.values())


def memberships(id: str) -> tuple[tuple[str, str], ...]:
    """The kinds of members that a body is, each with the scopes of the groups that may speak of it.

    >>> memberships("so.y.te@ha.noi")
    (('so', 'ha.noi'), ('so.y.te.cap.tinh', 'ha.noi'), ('so.y.te.cap.tinh', 'viet.nam'))
    >>> memberships("bo.y.te")
    (('bo', 'viet.nam'),)
    """
    body = agency(id)
    if body is None:
        return ()
    of_kind = [(member, body.place or CENTRE) for member in _member_kinds(body)]
    where = place(body.place) if body.place else None
    if where is None:
        return tuple(of_kind)
    each = f"{body.kind}.cap.{LEVEL_NAMES[where.level]}"
    return (*of_kind, *((each, scope) for scope in _scopes(where)))


def _members(member: str, scope: str, on: str) -> Iterator[Agency]:
    each, _, level = member.rpartition(".cap.")
    if each and level in _LEVELS:
        made = (agency(f"{each}@{p.id}") for p in _places(_LEVELS[level], scope, on))
        yield from (a for a in made if a is not None and a.valid(on))
        return
    around = central_bodies(on=on) if scope == CENTRE else bodies(scope, on=on)
    yield from (a for a in around if member in _member_kinds(a))


def _places(level: str, scope: str, on: str) -> Iterator[Place]:
    every = {"province": provinces, "district": districts, "commune": communes}[level]()
    yield from (p for p in every if p.valid(on) and (scope in (CENTRE, p.id) or holds(scope, p.id)))


def _scopes(where: Place) -> Iterator[str]:
    """The place itself, what holds it, the nearest first, and the whole country."""
    yield where.id
    holder = where.holder
    while holder is not None:
        yield holder
        upper = place(holder)
        holder = upper.holder if upper else None
    province = province_of(where.id, where.valid_to or where.valid_from or "2025-07-01")
    if province is not None and where.level != "province" and province.id != where.id.partition("/")[0]:
        yield province.id
    yield CENTRE


def _member_kinds(body: Agency) -> tuple[str, ...]:
    level = "central" if body.place is None else body.level
    return tuple(member for member, at, categories, ids in _table()
                 if at == level and body.category in categories and _begins(body.kind, ids))


def _begins(id: str, ids: tuple[str, ...]) -> bool:
    excepted = tuple(i[1:] for i in ids if i.startswith("!"))
    wanted = tuple(i for i in ids if not i.startswith("!"))
    return not (excepted and id.startswith(excepted)) and (not wanted or id.startswith(wanted))


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]:
    return tuple((row["member"], row["level"], tuple(row["categories"].split("; ")),
                  tuple(row["ids"].split("; ")) if row["ids"] else ()) for row in knowledge.rows("member_kinds"))
