"""Where and when a directive speaks: its issuer's level, place and body, its day, what it defines (ngữ cảnh)."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from chidao.extraction.agencies.finding import find_agencies
from chidao.grammar.folding import document_view, key, plain
from chidao.grammar.letters import UPPER
from chidao.linking.agencies.kinds import kinds_with_key
from chidao.linking.agencies.naming import name_key
from chidao.linking.agencies.places import REFORM, Place, holds, place, places_named, province_of, provinces
from chidao.linking.names.wording import Level, Territory, take_apart
from chidao.model import Directive, Header

_PROVINCE_IN_TEXT = re.compile(rf"(?:tỉnh|[Tt]hành phố|TP\.?)\s+((?:[{UPPER}]\w+[ -]*){{1,4}})")
_DEFINED = re.compile(
    rf"\((?:sau đây|dưới đây|gọi|viết|từ đây|tên)[^()]{{0,40}}?(?:là|tắt)[: ]+"
    rf"[\"“]?(?P<short>[^()\"”]{{2,60}}?)[\"”]?\)"
    rf"|\((?P<letters>[{UPPER}][{UPPER}&.-]{{2,14}})\)")
_NEWEST = "9999-12-31"
_OTHER_DAYS = ("2025-06-30", "2025-07-01", "2026-10-01")
"""Days before and after units were drawn anew: a unit that is not of the directive's day is of one of them."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What completes a relative name.

    `level` is the issuer's (central, province, district, commune), None where the issuer is not known; `places` the
    units that hold it, by level; `body` its own id, `body_words` its name without the place; `on` the day, sure only
    where `dated`; `defined` the words before each short name that the text gives, by the key of the short name;
    `about` the one province that the title of a central directive is about.
    """

    level: Level | None = None
    places: dict[Level, Place] = field(default_factory=dict)
    body: str | None = None
    body_words: str = ""
    on: str = _NEWEST
    dated: bool = False
    defined: dict[str, str] = field(default_factory=dict)
    about: Place | None = None

    @property
    def place(self) -> Place | None:
        """The unit that the issuer governs or serves; None for central issuers."""
        return self.places.get(self.level or "")

    def full_name(self, short: str) -> str | None:
        """The body that the text calls `short`, as it names it where it says so; None where it does not."""
        before = self.defined.get(key(short))
        meant = _body_at_end(before) if before else None
        return meant if meant and key(meant) != key(short) else None

    @property
    def districts(self) -> bool:
        """Whether there were districts on the day."""
        return self.on < REFORM


def setting_of(directive: Directive) -> Setting:
    """The setting of a directive, from its header and, where that leaves it open, from its text."""
    header, text = directive.header, directive.text
    on, dated = _day(header, directive)
    level, unit, words = _issuer(header, on, text)
    places = _holders(unit, on) if unit else {}
    body = _body(words, level, unit, on)
    about = _province_in_title(header.title or "", on) if level == "central" else None
    return Setting(level, places, body, words, on, dated, dict(_definitions(document_view(text))), about)


def _province_in_title(title: str, on: str) -> Place | None:
    """The one province that a title names: "buổi làm việc với Thường trực Tỉnh ủy Thanh Hóa"."""
    words = f" {key(title)} "
    found = [p for p in provinces() if p.valid(on) and any(
        f" {before} {key(p.name)} " in words for before in (p.unit.casefold(), "tỉnh ủy", "thành ủy"))]
    return found[0] if len(found) == 1 else None


def _day(header: Header, directive: Directive) -> tuple[str, bool]:
    """The day of a directive; without one the last day that it cites, or the end of its year."""
    if header.date:
        return header.date, True
    cited = max((c.date for c in directive.citations if c.date and c.date <= "2027"), default=None)
    year = header.year or next((int(y) for y in re.findall(r"20\d\d", header.horizon or "")), None)
    if cited and (year is None or cited[:4] >= str(year)):
        return cited, False
    return (f"{year}-06-30", False) if year else (cited or _NEWEST, False)


def _issuer(header: Header, on: str, text: str) -> tuple[Level | None, Place | None, str]:
    """Level, unit and words of the issuing body."""
    if not header.issuer:
        return None, None, ""
    wording = take_apart(header.issuer)
    words, territory = wording.body, wording.territory
    if territory is None or territory.name is None:
        words, unit = _trailing_place(words, on)
        if unit is not None:
            return unit.level, unit, words
        found = [k for k, _ in kinds_with_key(name_key(words)) if k.level == "central"]
        if found or re.match(r"(?:Bộ|Cục|Tổng cục|Ban .*Trung ương|Quốc hội|Đảng)(?!\w)", words):
            return "central", None, words
        return ("central", None, words) if "quốc gia" in words.casefold() else (None, None, words)
    unit = _one_place(territory, on, text)
    if unit is None:
        return None, None, words
    return unit.level, unit, words


def _trailing_place(words: str, on: str) -> tuple[str, Place | None]:
    """The words before a province's bare name at their end, and that province: "Sở Y tế Hà Nội", "Thành ủy Huế"."""
    for unit in provinces():
        if unit.valid(on) and words.endswith(" " + unit.name):
            return words[:-len(unit.name)].strip(), unit
    return words, None


def named_places(territory: Territory, on: str, *, within: Place | None = None) -> tuple[Place, ...]:
    """The provinces and districts that a territory with a name may be on a day; without a fit those of other days.

    >>> from chidao.linking.names.wording import Territory
    >>> [p.id for p in named_places(Territory(("thành phố",), "Bắc Giang"), "2021-06-23")]
    ['bac.giang/thanh.pho.bac.giang']
    """
    for day in (on, *_OTHER_DAYS):
        found = [p for unit in territory.units for p in places_named(territory.name or "", on=day, unit=unit)]
        if within is not None:
            found = [p for p in found if p.id == within.id or holds(within.id, p.id)] or found
        if found:
            return tuple(found)
    return ()


def _one_place(territory: Territory, on: str, text: str) -> Place | None:
    """The unit that the issuer's name says; of several districts of that name the one whose province the text names."""
    found = named_places(territory, on)
    if not found and set(territory.units) & {"xã", "phường", "thị trấn", "đặc khu"}:
        found = tuple(_communes(territory, on, text))
    if len(found) <= 1:
        return found[0] if found else None
    named = {key(m) for m in _PROVINCE_IN_TEXT.findall(plain(text))}
    held = [p for p in found if (upper := province_of(p.id, on)) and key(upper.name) in named]
    return held[0] if len(held) == 1 else None


def _communes(territory: Territory, on: str, text: str) -> Iterator[Place]:
    """The communes of that name in the provinces that the text names."""
    named = {key(m) for m in _PROVINCE_IN_TEXT.findall(plain(text))}
    for unit in provinces():
        if unit.valid(on) and key(unit.name) in named:
            yield from (p for p in places_named(territory.name or "", on=on, within=unit.id, level="commune")
                        if p.unit.casefold() in territory.units)


def _holders(unit: Place, on: str) -> dict[Level, Place]:
    """The unit and those that hold it, by level."""
    found: dict[Level, Place] = {unit.level: unit}
    upper = province_of(unit.id, on)
    if upper is not None:
        found["province"] = upper
    holder = place(unit.holder) if unit.holder else None
    if holder is not None and holder.level == "district":
        found["district"] = holder
    return found


def _body(words: str, level: Level | None, unit: Place | None, on: str) -> str | None:
    """The id of the issuing body, where the tables know its kind."""
    plainer = re.sub(r"^Chủ tịch\s+(?=Ủy ban)", "", words)
    found = [k for k, _ in kinds_with_key(name_key(plainer)) if k.level == level]
    if not found:
        return None
    return found[0].id if unit is None else f"{found[0].id}@{unit.id}"


def _definitions(text: str) -> Iterator[tuple[str, str]]:
    """The short names that a text gives, as keys, each with the words before the bracket."""
    for m in _DEFINED.finditer(text):
        yield key(m["short"] or m["letters"]), text[max(0, m.start() - 200):m.start()].rstrip()


def _body_at_end(words: str) -> str | None:
    """The name of a body that ends where `words` end."""
    found = [a for a in find_agencies(words) if a.span.end >= len(words) - 1]
    return found[-1].name if found else None
