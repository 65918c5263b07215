"""Names that speak of several bodies: the same body of several places, groups by their nouns."""
from __future__ import annotations

import re
from functools import lru_cache

from chidao import knowledge
from chidao.linking.names import groups
from chidao.linking.names.bodies import GOVERNMENT, called, of_kinds, place_acts, places_of
from chidao.linking.names.meanings import CENTRE, COMPLETED, UNKNOWN_MEMBERS, group
from chidao.linking.names.setting import Setting
from chidao.linking.names.wording import Level, Territory, Wording
from chidao.model import Meaning

_OF_EACH = re.compile(r"^(?P<body>.+?)\s+(?:các|những)\s+(?P<whom>(?:quân khu|ban|bộ|ngành|sở|cơ quan|đơn vị|địa phương|tỉnh ủy"
                      r"|thành ủy|đảng ủy|trường)(?:,|\s|$).*)$")
_CENTRAL = ("bo", "co.quan.ngang.bo", "co.quan.thuoc.chinh.phu")
_LEVELS: tuple[Level, ...] = ("province", "district", "commune")


def of_several_places(wording: Wording, setting: Setting) -> Meaning | None:
    """A body of each of several places: "Ủy ban nhân dân các xã, phường", "Sở Y tế các tỉnh", "cấp xã"."""
    territory = wording.territory
    if wording.all_levels:
        levels = [level for level in _LEVELS if setting.districts or level != "district"]
        return _of_levels(wording.body, tuple(levels), setting.place.id if setting.place else CENTRE, wording)
    if territory is None:
        return _of_each(wording)
    if not territory.every and (wording.every or not wording.body or territory.name or places_of(territory, setting)):
        return None
    return _in_territories(territory, wording, setting)


def by_nouns(wording: Wording, setting: Setting) -> Meaning | None:
    """A group by its nouns: "các sở, ban, ngành tỉnh", "cơ quan, đơn vị"."""
    if not wording.body or not (wording.every or _is_generic(wording.body)):
        return None
    members = groups.members_named(wording.body, setting.level or "province", districts=setting.districts)
    places = places_of(wording.territory, setting) if wording.territory is not None else ()
    scope = places[0].id if places else setting.place.id if setting.place else CENTRE
    if any(member in _CENTRAL for member in members):
        scope = CENTRE
    return group(members or (groups.slug(wording.body),), scope, wording, COMPLETED if members else UNKNOWN_MEMBERS,
                 known=bool(members))


def _in_territories(territory: Territory, wording: Wording, setting: Setting) -> Meaning | None:
    levels = territory.levels or (("province",) if setting.level == "central" else ("district",))
    own = setting.places.get(levels[0])
    if levels == (setting.level,) and len(territory.units) == 1 and territory.name is None and own is not None:
        if not wording.body:  # "cấp tỉnh" in a directive of the province
            return place_acts(territory._replace(every=False), wording, setting)
        return of_kinds(called(wording.body), (own,), wording, setting, COMPLETED)
    words = wording.body or GOVERNMENT
    if not called(words) and (groups.is_other(words) or groups.members_named(words, "province",
                                                                             districts=setting.districts)):
        return None
    return _of_levels(words, levels, _scope(setting, levels[-1]), wording)


def _of_levels(words: str, levels: tuple[Level, ...], scope: str, wording: Wording) -> Meaning:
    found = called(words)
    kind = found[0].kind.id if found else groups.slug(words)
    members = tuple(f"{kind}.cap.{groups.LEVEL_NAMES[level]}" for level in levels)
    return group(members, scope, wording, COMPLETED if found else UNKNOWN_MEMBERS, known=bool(found))


def _of_each(wording: Wording) -> Meaning | None:
    """A body that each of some group has: "Ban Chỉ đạo các quân khu"."""
    m = _OF_EACH.match(wording.body)
    if m is None or called(wording.body):
        return None
    return group((f"{groups.slug(m['body'])}.cac.{groups.slug(m['whom'])}",), CENTRE, wording, UNKNOWN_MEMBERS,
                 known=False)


def _scope(setting: Setting, level: Level) -> str:
    """The unit whose bodies of a level a group has: the issuer's, or what holds it where that is no wider."""
    if setting.level not in _LEVELS:
        return CENTRE
    wider = _LEVELS[:_LEVELS.index(setting.level) + 1] if _LEVELS.index(setting.level) < _LEVELS.index(level) \
        else _LEVELS[:_LEVELS.index(level)]
    unit = next((setting.places[w] for w in reversed(wider) if w in setting.places), None)
    return unit.id if unit else CENTRE


def _is_generic(words: str) -> bool:
    """Whether words begin with a noun of groups, not as the name of a body does."""
    named = groups.nouns(words)
    first = next(iter(named), "")
    noun = next((n for n in _group_nouns() if re.match(rf"{re.escape(n)}(?!\w)", first)), None)
    if noun is None:
        return False
    if words[0].islower():
        return True
    return noun not in _small_heads() or (noun == first and len(named) > 1)


@lru_cache(maxsize=1)
def _group_nouns() -> tuple[str, ...]:
    return tuple(sorted({row["noun"].casefold() for row in knowledge.rows("actor_groups")}, key=len, reverse=True))


@lru_cache(maxsize=1)
def _small_heads() -> frozenset[str]:
    return frozenset(row["head"].casefold() for row in knowledge.rows("agency_heads") if row["tail"] != "unit")
