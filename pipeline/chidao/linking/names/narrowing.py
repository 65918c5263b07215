"""Groups of provinces that the text narrows: a list, a stretch of the coast, what it says of those that are meant."""
from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from chidao import knowledge
from chidao.linking.agencies.places import Place, place, provinces
from chidao.linking.names.groups import LEVEL_NAMES
from chidao.linking.names.meanings import CENTRE, INFERRED_PLACES
from chidao.linking.names.setting import Setting
from chidao.model import Meaning

REACH = 400
"""Letters behind a name in which its list of provinces stands."""
_PROVINCES = f".cap.{LEVEL_NAMES['province']}"
_BELOW = tuple(f".cap.{name}" for name in LEVEL_NAMES.values())
_CHOSEN = re.compile(r"\s+(?:ven biển|(?:(?:thuộc|tại|ở|trong)\s+)?(?:vùng|khu vực|miền)\s|Tây Nguyên"
                     r"|được (?:phân công|lựa chọn|chọn)|từ\s+[^\W\d_])")


def narrowed(meaning: Meaning, name: str, behind: str, setting: Setting) -> Meaning:
    """The group with the provinces that its name, or the text behind it, lists; `relevant` where it only says some.

    >>> from chidao.linking.names.resolution import resolve
    >>> central = Setting("central", on="2025-11-20", dated=True)
    >>> group = resolve("Ủy ban nhân dân các tỉnh", central)
    >>> narrowed(group, "Ủy ban nhân dân các tỉnh", ": Nghệ An, Hà Tĩnh và Quảng Trị báo cáo.", central).agency
    'uy.ban.nhan.dan.cap.tinh@nghe.an,ha.tinh,quang.tri-2025'
    >>> narrowed(group, "Ủy ban nhân dân các tỉnh", " tại khu vực có mưa lớn báo cáo.", central).relevant
    True
    """
    what, _, scope = (meaning.agency or "").partition("@")
    if meaning.kind != "group" or not what.endswith(_BELOW):
        return meaning
    if what.endswith(_PROVINCES) and "+" not in what and scope == CENTRE:
        listed = _listed(name, behind, setting.on)
        if listed:
            return replace(meaning, agency=f"{what}@{_ids(listed)}", relevant=False)
        stretch = _stretch(f"{name}{behind}", len(name), setting.on)
        if stretch:
            return replace(meaning, agency=f"{what}@{_ids(stretch)}", score=min(meaning.score, INFERRED_PLACES),
                           relevant=True)
    return replace(meaning, relevant=True) if _CHOSEN.match(behind) else meaning


def _ids(places: tuple[Place, ...]) -> str:
    return ",".join(p.id for p in places)


def _listed(name: str, behind: str, on: str) -> tuple[Place, ...]:
    """The provinces of a list that stands in the name or right behind it; none where it goes on with others."""
    m = _list(on).search(name + behind)
    if m is None or m.start("list") > len(name) + len(": "):
        return ()
    known = _by_name(on)
    found = tuple(dict.fromkeys(known[n.casefold()] for n in re.findall(_any(on), m["list"], re.IGNORECASE)))
    only_cities = all(p.unit != "tỉnh" for p in found)  # "các tỉnh, thành phố Hà Nội, Huế": of all provinces, too
    return () if only_cities and not m["colon"] and "tỉnh" in m["units"].casefold() else found


def _stretch(words: str, reach: int, on: str) -> tuple[Place, ...]:
    """The provinces along the coast "từ Hà Tĩnh đến Khánh Hòa", in the order of the table."""
    m = re.search(rf"\stừ\s+(?:(?:tỉnh|thành phố)\s+)?(?P<first>{_any(on)})\s+đến\s+(?:(?:tỉnh|thành phố)\s+)?"
                  rf"(?P<last>{_any(on)})(?!\w)", words)
    if m is None or m.start() > reach + len(" ven biển"):
        return ()
    known, coast = _by_name(on), _coast(on)
    first, last = known[m["first"].casefold()].id, known[m["last"].casefold()].id
    if first not in coast or last not in coast or coast.index(first) >= coast.index(last):
        return ()
    between = coast[coast.index(first):coast.index(last) + 1]
    return tuple(p for p in map(place, between) if p is not None)


@lru_cache(maxsize=64)
def _by_name(on: str) -> dict[str, Place]:
    return {p.name.casefold(): p for p in provinces() if p.valid(on)}


@lru_cache(maxsize=64)
def _any(on: str) -> str:
    names = sorted((p.name for p in _by_name(on).values()), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, names)) + ")"


@lru_cache(maxsize=64)
def _list(on: str) -> re.Pattern[str]:
    one = rf"(?:(?:tỉnh|thành phố|TP\.?)\s+)?{_any(on)}(?!\w)"
    return re.compile(
        rf"(?i:(?P<units>(?:tỉnh|thành phố|địa phương)(?:[,/]?\s*(?:và\s+)?(?:tỉnh|thành phố))?))\s*(?P<colon>:?)\s*"
        rf"(?P<list>{one}(?:\s*(?:,|;|và|,\s*và)\s*{one})+)"
        r"(?!\s*(?:,|;|và)\s*(?:các|một số|những)(?!\w))(?!\s*(?:\.\.|…))")


@lru_cache(maxsize=64)
def _coast(on: str) -> tuple[str, ...]:
    """The ids of the provinces of that day by the sea, from north to south."""
    found = (place(row["province"]) for row in knowledge.rows("coast_provinces"))
    return tuple(p.id for p in found if p is not None and p.valid(on))
