"""One body: of a kind that the tables know in the place that the name or the setting gives, or open."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from chidao.grammar.folding import plain, squeeze
from chidao.linking.agencies.kinds import Called, Kind, kinds_with_key
from chidao.linking.agencies.naming import name_key
from chidao.linking.agencies.places import Place, places_named, provinces
from chidao.linking.agencies.regions import PREFIX
from chidao.linking.agencies.registry import agency
from chidao.linking.names.fuzzy import nearest, nearest_office
from chidao.linking.names.meanings import (
    ABOUT,
    COMPLETED,
    ENDED,
    EXPLICIT,
    PLACE_ACTS,
    UNDATED,
    UNLISTED,
    body,
    open_between,
)
from chidao.linking.names.setting import Setting, named_places
from chidao.linking.names.wording import Level, Territory, Wording, split_office
from chidao.model import Agency, Meaning

GOVERNMENT = "Ủy ban nhân dân"
"""What a place that is to act stands for."""

_BEFORE = "2025-02-28"
"""The last day before bodies and units were drawn anew."""
_ORDER: dict[Level, tuple[Level, ...]] = {
    "central": ("central",), "province": ("province", "central"), "district": ("district", "province", "central"),
    "commune": ("commune", "province", "central")}
_AT_CENTRE = ("Trung ương {} Việt Nam", "Ủy ban Trung ương {}", "Trung ương {}", "Tổng {} Việt Nam", "{} Việt Nam")
"""How the central body of an organisation that stands at all levels may be called."""
_REGION = re.compile(r"^(?P<kind>.+\skhu vực)\s+(?:số\s+)?(?P<number>[IVX]+|\d{1,2})$", re.IGNORECASE)


@lru_cache(maxsize=8192)
def called(name: str) -> tuple[Called, ...]:
    """The kinds of bodies that have a name, written without its place."""
    return kinds_with_key(name_key(name)) if name else ()


def one_body(wording: Wording, setting: Setting) -> Meaning | None:
    """One body of a kind that the tables know, or open between several; None where it is no name of one."""
    if wording.every or wording.all_levels:
        return None
    territory = wording.territory
    whole = _central_with_territory(wording) if territory and wording.body else None
    if whole is not None or (territory is not None and territory.every):
        return whole
    if not wording.body:
        return place_acts(territory, wording, setting) if territory else None
    found = called(wording.body)
    if not found:
        return (_of_region(wording) or _at_bare_place(wording, setting)) if territory is None else None
    if territory is not None:
        score = EXPLICIT if territory.name else COMPLETED if setting.place else ABOUT
        return of_kinds(found, places_of(territory, setting), wording, setting, score)
    if found[0].kind.category == "government":  # whose is not said: the issuer's, or one of places that are left out
        place = setting.place
        return open_between([f"{k.id}@{place.id}" for k, _ in found if place and k.level == place.level], wording)
    made = completed(found, wording, setting)
    return made if made.agency or made.candidates or setting.level in (None, "central") else None


def place_acts(territory: Territory, wording: Wording, setting: Setting) -> Meaning | None:
    """A place that is to act stands for its Ủy ban nhân dân."""
    return of_kinds(called(GOVERNMENT), places_of(territory, setting), wording, setting, PLACE_ACTS)


def misspelt(name: str, wording: Wording, setting: Setting) -> Meaning | None:
    """A name with typing errors or damage of recognition: the nearest body, where only one is near."""
    if wording.every or wording.all_levels:
        return None
    office, words = split_office(squeeze(plain(name)))
    if office is None and (near := nearest_office(words)) is not None:
        office, words = split_office(" ".join(near))
    found = nearest(words, tuple(p.id for p in setting.places.values()), setting.on)
    return body(found[0], found[1], wording._replace(office=office)) if found else None


def places_of(territory: Territory, setting: Setting) -> tuple[Place, ...]:
    """The units that a territory means: by its name, or the issuer's own of that kind, the nearest."""
    if territory.name is None:
        known = [*setting.places.values(), *filter(None, (setting.about,))]
        own = [p for p in known if p.unit.casefold() in territory.units]
        return tuple(sorted(own, key=lambda p: p.id.count("/"), reverse=True)[:1])
    within = setting.places.get("province")
    if territory.within is not None:
        upper = named_places(Territory((territory.within[0],), territory.within[1]), setting.on)
        within = upper[0] if len(upper) == 1 else within
    found = named_places(territory, setting.on, within=within)
    if found or within is None:
        return found
    return tuple(p for p in places_named(territory.name, on=setting.on, within=within.id, level="commune")
                 if p.unit.casefold() in territory.units)


def completed(found: Sequence[Called], wording: Wording, setting: Setting) -> Meaning:
    """A name without place: the body of the issuer's own level, else of what holds it, else the central one."""
    if setting.level == "central" and not any(k.level == "central" for k, _ in found):
        found = next(filter(None, (called(spelled.format(wording.body)) for spelled in _AT_CENTRE)), found)
    for level in _ORDER.get(setting.level or "", ("central",)):
        of_level = [c for c in found if c.kind.level == level]
        unit = setting.places.get(level)
        if of_level and level == "central":
            return _central(of_level, found, wording, setting)
        if of_level and unit is not None:
            alone = len(found) == len(of_level) or not setting.dated
            made = of_kinds(of_level, (unit,), wording, setting, COMPLETED, alone=alone)
            if made is not None:
                return made
    about = of_kinds(found, (setting.about,), wording, setting, ABOUT) if setting.about else None
    return about or Meaning("open", office=wording.office)


def _central(of_level: Sequence[Called], found: Sequence[Called], wording: Wording, setting: Setting) -> Meaning:
    """The central body, but where the issuer's own place had one of that name: which one serves it now is not said."""
    alive = [k for k, _ in of_level if _alive(k, setting.on)] or [k for k, _ in of_level]
    if setting.level != "central" and any(k.level == setting.level for k, _ in found):
        return open_between([k.id for k in alive], wording)
    return body(alive[0].id, _score(alive[0].id, EXPLICIT, setting), wording)


def of_kinds(found: Sequence[Called], places: Sequence[Place], wording: Wording, setting: Setting, score: float,
             *, alone: bool = True) -> Meaning | None:
    """The body of one of these kinds in one of these places; several possible ones are candidates.

    With `alone` false a body that had ended is none: another of that name may be meant.
    """
    made = _existing(found, places)
    if not made and alone:  # in the unit as it was before
        earlier = [q for p in places for q in named_places(Territory((p.unit.casefold(),), p.name), _BEFORE)]
        made = _existing(found, earlier)
    valid = [a for a in made if a.valid(setting.on)]
    if not valid and not alone:
        return None
    latest = max(((a.valid_to or "9") for a in made), default="")
    choice = valid or [a for a in made if (a.valid_to or "9") == latest]
    if len(choice) > 1:
        return open_between([a.id for a in choice], wording)
    return body(choice[0].id, _score(choice[0].id, score, setting), wording) if choice else None


def _existing(found: Sequence[Called], places: Sequence[Place]) -> list[Agency]:
    """The bodies of these kinds in these places, whenever they existed."""
    ids = dict.fromkeys(f"{k.id}@{p.id}" for p in places for k, unit in found
                        if unit in (None, p.unit.casefold()) and k.exists_in(p))
    return [a for a in map(agency, ids) if a is not None]


def _central_with_territory(wording: Wording) -> Meaning | None:
    """A central body whose own name ends in a territory: "Đại học Quốc gia Thành phố Hồ Chí Minh"."""
    territory = wording.territory
    if territory is None or territory.name is None:
        return None
    found = [k for k, _ in called(f"{wording.body} {territory.units[0]} {territory.name}") if k.level == "central"]
    return body(found[0].id, EXPLICIT, wording) if found else None


def _at_bare_place(wording: Wording, setting: Setting) -> Meaning | None:
    """A body with a province's bare name behind it, or that name alone: "Sở Y tế Hà Nội", "Thuế Đồng Nai"."""
    unit = next((u for u in provinces() if u.valid(setting.on) and wording.body.endswith(u.name)), None)
    if unit is None:
        return None
    before = wording.body[:-len(unit.name)].rstrip(" -.")
    if not before:
        return of_kinds(called(GOVERNMENT), (unit,), wording, setting, PLACE_ACTS)
    found = called(before)
    return of_kinds(found, (unit,), wording, setting, EXPLICIT) if found else None


def _of_region(wording: Wording) -> Meaning | None:
    """A body of a region of its service: "Chi cục Thuế khu vực XX"; the tables do not know all regions."""
    m = _REGION.match(wording.body)
    if m is None:
        return None
    number = _roman(int(m["number"])) if m["number"].isdigit() else m["number"]
    ids = [f"{k.id}@{PREFIX}{number.casefold()}" for k, _ in called(m["kind"]) if k.level == "region"]
    if len(ids) != 1:
        return None
    listed = agency(ids[0]) is not None
    return body(ids[0], EXPLICIT if listed else UNLISTED, wording, listed=listed)


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def _score(id: str, score: float, setting: Setting) -> float:
    """`score`, lower where the body did not exist on the day or the day is not known and matters."""
    made = agency(id)
    if made is None or not made.valid(setting.on):
        return min(score, ENDED)
    return score if setting.dated or not (made.valid_from or made.valid_to) else min(score, UNDATED)


def _alive(k: Kind, on: str) -> bool:
    return (k.valid_from or "") <= on and (k.valid_to is None or on <= k.valid_to)
