"""A name taken apart: the office of an official, the words of the body, the territory, what only describes."""
from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from chidao import knowledge
from chidao.grammar.folding import plain, squeeze
from chidao.grammar.letters import UPPER

Level = str
"""central, province, district or commune."""

_LEVEL_OF_UNIT = {"tỉnh": "province", "quận": "district", "huyện": "district", "thị xã": "district",
                  "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune"}
_UNIT = r"(?:tỉnh|thành phố|TP\.?(?!\w)|quận|huyện|thị xã|xã|phường|thị trấn|đặc khu)"
_UNITS = rf"{_UNIT}(?:\s*(?:,|/|-|và|hoặc)?\s*(?:các\s+|cấp\s+)?{_UNIT})*"
_NAME = rf"(?-i:[{UPPER}]|\d)[^,;:()/]*?"
_TERRITORY = re.compile(
    rf"(?:^|(?<!hợp tác)(?<!Hợp tác)\s+)(?:(?:trực thuộc|thuộc|của|ở|tại)\s+)?"
    rf"(?P<every>(?:(?:các|cấp|những|từng|mỗi)\s+)*)(?P<units>{_UNITS})"
    rf"(?:\s+(?P<name>{_NAME}))?(?P<further>(?:,\s+(?-i:[{UPPER}])[^,;:()/]*)*)"
    rf"(?:,?\s+(?:thuộc\s+)?(?P<upper>tỉnh|thành phố)\s+(?P<within>{_NAME}))?(?:\s+trực thuộc trung ương)?$",
    re.IGNORECASE)
_ALL_LEVELS = re.compile(r"\s+(?:(?:ở\s+)?các cấp|(?:tại|ở)\s+(?:các\s+)?địa phương)$", re.IGNORECASE)
_EVERY = re.compile(r"^(?:(?:tất cả|toàn thể|toàn bộ|hệ thống|100\s*%|các|những|mọi|mỗi|từng)\s+)+", re.IGNORECASE)
# What says which of a group, or of whose kin it is; the sense of the rest stays.
_DESCRIBES = re.compile(
    r"(?:\s*,)?\s+(?:(?:có\s+)?liên quan(?:\s+(?:khác|quan|xuất))?|khác|hữu quan|nêu trên|trên|ven biển|nêu tại .*"
    r"|được phân công.*|(?:trên địa bàn|trong phạm vi|từ)\s.*|(?:trực\s+)?thuộc phạm vi .*"
    r"|(?<=xã |ng |ện |ãn )thuộc (?:tỉnh|thành phố)|còn lại)$", re.IGNORECASE)
_RELEVANT = re.compile(r"liên quan|hữu quan|nêu trên|nêu tại|ven biển|được phân công|\stừ\s.*\sđến\s", re.IGNORECASE)


class Territory(NamedTuple):
    """The territory in a name: words of units with their levels, its own name, the unit that it belongs to."""

    units: tuple[str, ...]
    name: str | None = None
    every: bool = False
    within: tuple[str, str] | None = None

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that the units speak of; "thành phố" is that of the units beside it, alone it is none."""
        found = dict.fromkeys(_LEVEL_OF_UNIT[u] for u in self.units if u in _LEVEL_OF_UNIT)
        return tuple(found)


class Wording(NamedTuple):
    """The parts of a name. `body` without office and territory; `every`: spoken of several; `relevant`: not all of
    them ("liên quan", "nêu trên", "từ Hà Tĩnh đến Khánh Hòa")."""

    body: str
    office: str | None = None
    territory: Territory | None = None
    every: bool = False
    all_levels: bool = False
    relevant: bool = False


@lru_cache(maxsize=4096)
def take_apart(name: str) -> Wording:
    """The parts of a name.

    >>> take_apart("Giám đốc Sở Y tế tỉnh Sơn La")
    Wording(body='Sở Y tế', office='Giám đốc', territory=Territory(units=('tỉnh',), name='Sơn La', every=False, \
within=None), every=False, all_levels=False, relevant=False)
    >>> take_apart("Ủy ban nhân dân các quận, huyện").territory.levels
    ('district',)
    """
    words = squeeze(plain(name).replace("phố. ", "phố ")).strip(" .,;:")
    office, rest = split_office(words)
    relevant = bool(_RELEVANT.search(rest))
    while (shorter := _DESCRIBES.sub("", rest)) != rest and shorter.strip():
        rest = shorter
    every = bool(_EVERY.match(rest)) and not _territory_alone(rest)
    rest = _EVERY.sub("", rest) if every else rest
    whole = _ALL_LEVELS.sub("", rest)
    body, territory = split_territory(whole)
    return Wording(body, office, territory, every, whole != rest, relevant)


def split_territory(words: str) -> tuple[str, Territory | None]:
    """The words before the territory at the end of a name, and the territory.

    >>> split_territory("Thuế tỉnh Đắk Lắk")
    ('Thuế', Territory(units=('tỉnh',), name='Đắk Lắk', every=False, within=None))
    """
    m = _TERRITORY.search(words)
    if m is None:
        return words, None
    units = tuple(dict.fromkeys(_unit(u) for u in re.findall(_UNIT, m["units"], re.IGNORECASE)))
    upper = (_unit(m["upper"]), m["within"]) if m["within"] else None
    name = (m["name"] + m["further"]) if m["name"] and m["further"] and m["every"] else m["name"]
    every = bool(m["every"]) or len(units) > 1
    return words[:m.start()].strip(" ,"), Territory(units, name, every, upper)


def _unit(word: str) -> str:
    word = squeeze(word.casefold())
    return "thành phố" if word.startswith("tp") else word


def _territory_alone(words: str) -> bool:
    m = _TERRITORY.match(words)
    return m is not None and m.start() == 0


def split_office(words: str) -> tuple[str | None, str]:
    """The office at the head of a name and the rest; the body that the office names goes back to the rest."""
    m = _offices().match(words)
    if m is None:
        return None, words
    office, rest = m["office"], words[m.end():].strip()
    body = next((h for h in _bodies_in_offices() if office.casefold().endswith(" " + h.casefold())), None)
    if office.casefold() == "thường trực":
        return None, words  # "Thường trực Hội đồng nhân dân" is a body
    if body and not rest.casefold().startswith(body.casefold()):
        rest = f"{body} {rest}".strip()
    return re.sub(r"^(?:các |những )?đồng chí\s+", "", office, flags=re.IGNORECASE) or office, rest


@lru_cache(maxsize=1)
def _offices() -> re.Pattern[str]:
    """Offices of the tables, one or several, that another word follows or nothing."""
    known = sorted({row["position"] for row in knowledge.rows("positions")}, key=len, reverse=True)
    one = r"Chủ tịch Hội đồng (?:thành viên|quản trị)|" + "|".join(re.escape(p) for p in known)
    return re.compile(rf"^(?P<office>(?:(?:các|những)\s+)?(?:{one})(?:\s*(?:,|và|kiêm|hoặc)\s*(?:{one})(?!\w))*)(?!\w)"
                      r"(?:\s+của)?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _bodies_in_offices() -> tuple[str, ...]:
    """First words of bodies that an office of the tables ends in: "Chánh Văn phòng", "Trưởng Công an"."""
    offices = [row["position"].casefold() for row in knowledge.rows("positions")]
    heads = {row["head"] for row in knowledge.rows("agency_heads")} - {"Thủ tướng", "Thường trực"}
    return tuple(sorted((h for h in heads if any(p.endswith(" " + h.casefold()) for p in offices)),
                        key=len, reverse=True))


def one_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern of the longest of some phrases that stands at a place, as whole words.

    >>> one_of(["cơ quan", "cơ quan thuế"]).match("cơ quan thuế").group()
    'cơ quan thuế'
    """
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(phrases, key=len, reverse=True)))})(?!\w)")
