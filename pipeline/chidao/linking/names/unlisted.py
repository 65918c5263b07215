"""Bodies that the tables do not know, by the first words of their names: a name in a place, never sure."""
from __future__ import annotations

import re
from functools import lru_cache

from chidao import knowledge
from chidao.linking.agencies.places import provinces
from chidao.linking.names.bodies import called, completed, places_of
from chidao.linking.names.meanings import SURE, UNLISTED, body, slug
from chidao.linking.names.setting import Setting
from chidao.linking.names.wording import Wording, one_of, take_apart
from chidao.model import Meaning

_CENTRAL_HEADS = {"Cục", "Vụ", "Tổng cục"}
_ALL_KNOWN = {"Sở", "Bộ"}
"""Heads of bodies that the tables list completely: another name of that kind is none."""
_INNER = {"Cục", "Vụ", "Văn", "Phòng", "Trung", "Viện", "Thanh", "Ban", "Tổ", "Báo", "Tạp", "Trường", "Nhà"}
"""First syllables of what a ministry has inside itself."""
_PART = re.compile(r"(?P<part>.+?)\s+(?:thuộc\s+)?"
                   r"(?P<whole>(?:Bộ|Sở|Văn phòng|Ủy ban|Tổng cục|Cục|Ban|Hội đồng|Tòa án|Viện)\s.*)$")
_NATIONAL = re.compile(r"Việt Nam|quốc gia|Nhà nước|Trung ương|Quốc hội|Chính phủ", re.IGNORECASE)


def unlisted(wording: Wording, setting: Setting) -> Meaning | None:
    """The body of a name that begins as bodies' names do and goes on; None where it does not, or its place is open.

    The id is made of the name: ``trung.tam.chuyen.doi.so@ho.chi.minh-2025``; of what a central body has inside, of
    the part and the whole: ``vu.phap.che@bo.y.te``.
    """
    m = _first_words().match(wording.body)
    head, rest = m.group() if m else "", wording.body[m.end() if m else 0:].strip()
    if not head or head in _ALL_KNOWN or not rest or wording.every or rest.casefold().startswith("khu vực"):
        return None
    if _heads()[head] not in ("long", "proper"):  # no words of its own follow such a head
        return _inside(wording, setting)
    if head in _CENTRAL_HEADS and setting.level != "central" and not _PART.match(wording.body):
        return None  # of a ministry that is not named
    return _inside(wording, setting) or _local(wording, setting) or _central(wording, setting)


@lru_cache(maxsize=1)
def _heads() -> dict[str, str]:
    """First words of names of bodies, with what may follow them."""
    return {row["head"]: row["tail"] for row in knowledge.rows("agency_heads")}


@lru_cache(maxsize=1)
def _first_words() -> re.Pattern[str]:
    return one_of(_heads())


def _inside(wording: Wording, setting: Setting) -> Meaning | None:
    """A part of a central body that the tables know: "Cục Pháp chế Bộ Quốc phòng"."""
    m = _PART.match(wording.body)
    found = called(m["whole"]) if m and wording.territory is None else ()
    if m is None or not found:
        return None
    whole = completed(found, take_apart(m["whole"]), setting)
    if whole.kind != "body" or whole.score < SURE or "@" in (whole.agency or "@"):
        return None
    return body(f"{slug(m['part'])}@{whole.agency}", UNLISTED, wording, listed=False)


def _local(wording: Wording, setting: Setting) -> Meaning | None:
    """In the place that the name says, or the issuer's."""
    name, place = wording.body, setting.place
    if wording.territory is not None:
        place = next(iter(places_of(wording.territory, setting)), None)
    else:
        unit = next((u for u in provinces() if u.valid(setting.on) and name.endswith(" " + u.name)), None)
        if unit is not None:
            before = name[:-len(unit.name)].strip()
            name, place = before if before not in _heads() else name, unit  # "Đại học Đà Nẵng" is all name
    return body(f"{slug(name)}@{place.id}", UNLISTED, wording, listed=False) if place else None


def _central(wording: Wording, setting: Setting) -> Meaning | None:
    """Of the centre, inside the issuer where ministries have such a thing inside."""
    if setting.level != "central" or wording.territory is not None:
        return None
    inner = setting.body and wording.body.split()[0] in _INNER and not _NATIONAL.search(wording.body)
    id = f"{slug(wording.body)}@{setting.body}" if inner else slug(wording.body)
    return body(id, UNLISTED, wording, listed=False)
