"""Names that speak of several bodies: the same body of several places, groups by their nouns."""
from __future__ import annotations

import re
from functools import lru_cache

from chidao import knowledge
from chidao.linking.names import groups
from chidao.linking.names.bodies import GOVERNMENT, called, of_kinds, place_acts, places_of
from chidao.linking.names.meanings import CENTRE, COMPLETED, UNKNOWN_MEMBERS, group
from chidao.linking.names.setting import Setting
from chidao.linking.names.wording import Level, Territory, Wording, one_of
from chidao.model import Meaning

_OF_EACH = re.compile(r"^(?P<body>.+?)\s+(?:các|những)\s+(?P<whom>(?:quân khu|ban|bộ|ngành|sở|cơ quan|đơn vị|địa phương"
                      r"|tỉnh ủy|thành ủy|đảng ủy|trường)(?:,|\s|$).*)$")
_CENTRAL = ("bo", "co.quan.ngang.bo", "co.quan.thuoc.chinh.phu")
_LEVELS: tuple[Level, ...] = ("province", "district", "commune")


def of_several_places(wording: Wording, setting: Setting) -> Meaning | None:
    """A body of each of several places: "Ủy ban nhân dân các xã, phường", "Sở Y tế các tỉnh", "cấp xã"."""
    territory = wording.territory
    if wording.all_levels:
        levels = [level for level in _LEVELS if setting.districts or level != "district"]
        return _of_levels(wording.body, tuple(levels), setting.place.id if setting.place else CENTRE, wording)
    if territory is None:
        return _of_kind(wording, setting) or _of_each(wording, setting)
    if not territory.every and (wording.every or not wording.body or territory.name or setting.level is None
                                or places_of(territory, setting)):
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
    first, last = _first_and_last(words)
    if not called(last):
        members = groups.members_named(words, setting.level or "province", districts=setting.districts)
        if groups.is_other(words) or (members and setting.level in levels):
            return None
        first, last = "", words
    before = groups.members_named(first, setting.level or "central", districts=setting.districts)
    named = wording._replace(relevant=True) if territory.name else wording  # "các tỉnh Nghệ An, Quảng Ngãi"
    return _of_levels(last, levels, _scope(setting, levels[-1]), named, before)


def _first_and_last(words: str) -> tuple[str, str]:
    """A list of names cut before the last: "các sở, ngành, | Ủy ban nhân dân"; a name with commas stays whole."""
    if called(words):
        return "", words
    parts = re.split(r"(?:,\s+|\s+và\s+)(?:các\s+)?", words)
    return ", ".join(parts[:-1]), parts[-1]


def _of_levels(words: str, levels: tuple[Level, ...], scope: str, wording: Wording,
               before: tuple[str, ...] = ()) -> Meaning:
    found = called(words)
    of_level = {level: next((k.id for k, _ in found if k.level == level), None) for level in levels}
    nouns = {level: [of_level[level] or (found[0].kind.id if found else "")] for level in levels} if found \
        else dict.fromkeys(levels, groups.slug(words).split("+"))
    members = tuple(f"{noun}.cap.{groups.LEVEL_NAMES[level]}" for level in levels for noun in nouns[level])
    return group((*before, *members), scope, wording, COMPLETED if found else UNKNOWN_MEMBERS, known=bool(found))


def _of_kind(wording: Wording, setting: Setting) -> Meaning | None:
    """All bodies of a kind below the issuer: "các Sở Xây dựng", "Phòng Văn hóa - Xã hội" where a province speaks."""
    found = [k for k, _ in called(wording.body) if k.level in _LEVELS and (k.valid_to or setting.on) >= setting.on]
    if not found or (not wording.every and (setting.level not in _LEVELS or not all(
            _LEVELS.index(k.level) > _LEVELS.index(setting.level) for k in found))):
        return None
    own = _LEVELS.index(setting.level) if setting.level in _LEVELS else -1
    below = [k.level for k in found if _LEVELS.index(k.level) > own]
    return _of_levels(wording.body, (below[0],), _scope(setting, below[0]), wording) if below else None


def _of_each(wording: Wording, setting: Setting) -> Meaning | None:
    """A body that each of some group has: "Ban Chỉ đạo các quân khu", "Ủy ban nhân dân các địa phương"."""
    m = _OF_EACH.match(wording.body)
    if m is None or called(wording.body):
        return None
    each = groups.level_below(setting.level, districts=setting.districts)
    if m["whom"] == "địa phương" and called(m["body"]) and each:
        return _of_levels(m["body"], (each,), _scope(setting, each), wording)
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
    m = _group_nouns().match(first)
    if m is None:
        return False
    noun = m.group()
    if words[0].islower():
        return True
    return noun not in _small_heads() or (noun == first and len(named) > 1)


@lru_cache(maxsize=1)
def _group_nouns() -> re.Pattern[str]:
    return one_of({row["noun"].casefold() for row in knowledge.rows("actor_groups")})


@lru_cache(maxsize=1)
def _small_heads() -> frozenset[str]:
    return frozenset(row["head"].casefold() for row in knowledge.rows("agency_heads") if row["tail"] != "unit")
