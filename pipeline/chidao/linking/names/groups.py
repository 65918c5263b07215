"""Groups (nhóm cơ quan): whom a name such as "các sở, ban, ngành" speaks of."""
from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from chidao import knowledge
from chidao.grammar.folding import fold
from chidao.linking.names.wording import Level, one_of

_PARTED = re.compile(r"\s*[,;/]\s*|\s+(?:và|hoặc|cùng)\s+|\s+-\s+(?=đơn vị|trường)", re.IGNORECASE)
_ARTICLES = re.compile(r"^(?:các|những|mọi|và)\s+", re.IGNORECASE)
_OWNER = re.compile(
    r"\s+(?:(?:trực thuộc|thuộc|của|tại)(?:\s+(?:ủy ban nhân dân|tỉnh|thành phố|trung ương))*|thành viên|cấp \w+"
    r"|trung ương|(?:có )?liên quan)$", re.IGNORECASE)
_UNITS = {"tỉnh": "tinh", "quận": "huyen", "huyện": "huyen", "thị xã": "huyen", "xã": "xa", "phường": "xa",
          "thị trấn": "xa", "đặc khu": "xa"}
LEVEL_NAMES = {"province": "tinh", "district": "huyen", "commune": "xa"}
"""The levels below the centre as ids of groups name them."""
_PUBLIC = re.compile(r"(?:cơ quan|đơn vị|địa phương|chính quyền|sở|bộ|ngành|ủy ban|đoàn thể)(?!\w)")
_BELOW: dict[Level, Level] = {"central": "province", "province": "commune", "district": "commune"}


def government(level: Level) -> str:
    """The member that all Ủy ban nhân dân of a level are.

    >>> government("commune")
    'uy.ban.nhan.dan.cap.xa'
    """
    return f"uy.ban.nhan.dan.cap.{LEVEL_NAMES[level]}"


def nouns(words: str) -> tuple[str, ...]:
    """The nouns of a group's name, in small letters, without articles and owners.

    >>> nouns("bộ, cơ quan ngang Bộ và các địa phương")
    ('bộ', 'cơ quan ngang bộ', 'địa phương')
    """
    parts = [_ARTICLES.sub("", part.casefold().strip(" .")) for part in _PARTED.split(words)]
    found = dict.fromkeys(part for before, part in pairwise(["", *parts])
                          if part and not (part == "địa phương" and before.endswith("trung ương")))
    return tuple(found)  # "cơ quan báo chí Trung ương, địa phương" is one noun


def members_named(words: str, level: Level, *, districts: bool) -> tuple[str, ...]:
    """The members that the nouns of a group name surely have, where a body of `level` speaks.

    `districts` says whether there were districts on the day. Nouns that name nobody for sure give none.

    >>> members_named("sở, ban, ngành, đoàn thể", "province", districts=False)
    ('so', 'ban.nganh', 'doan.the')
    >>> members_named("cơ quan, đơn vị", "province", districts=False)
    ()
    """
    named = nouns(words)
    level = "central" if "bộ" in named else level  # "các bộ, ngành" are of the centre whoever names them
    found = [m for noun in named for m in _members(noun, level, districts)]
    return tuple(dict.fromkeys(found))


def level_below(level: Level | None, *, districts: bool) -> Level | None:
    """The level that "địa phương" means in a directive of `level`; None where there is none below."""
    return "district" if districts and level == "province" else _BELOW.get(level or "")


def slug(words: str) -> str:
    """The nouns of a group without known members, as its id names them.

    >>> slug("cơ quan, đơn vị")
    'co.quan+don.vi'
    """
    return "+".join(".".join(re.findall(r"\w+", fold(noun))) for noun in nouns(words)[:4])


def is_other(words: str) -> bool:
    """Whether a name speaks of people, firms and the like, and of no public body.

    >>> is_other("cán bộ, công chức"), is_other("cơ quan, doanh nghiệp"), is_other("hội nông dân")
    (True, False, False)
    """
    found = nouns(words)
    return bool(found) and bool(_others().match(found[0])) and not any(_PUBLIC.match(noun) for noun in found)


def _members(noun: str, level: Level, districts: bool) -> tuple[str, ...]:
    bare = _OWNER.sub("", noun) if noun not in {n for n, _ in _table()} else noun
    if bare in _UNITS:
        return (f"uy.ban.nhan.dan.cap.{_UNITS[bare]}",)
    found = _table().get((bare, "*")) or _table().get((bare, level)) or ()
    below = level_below(level, districts=districts)
    known = (m for m in found if m != "other" and (m != "cap.duoi" or below))
    return tuple(government(below) if m == "cap.duoi" and below else m for m in known)


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], tuple[str, ...]]:
    return {(row["noun"], row["at"]): tuple(row["member"].split("; ")) for row in knowledge.rows("group_members")}


@lru_cache(maxsize=1)
def _others() -> re.Pattern[str]:
    listed = {row["noun"].casefold() for row in knowledge.rows("actor_groups") if row["kind"] == "other"}
    listed |= {row["noun"] for row in knowledge.rows("group_members") if row["member"] == "other"}
    return one_of({*listed, "người", "doanh nghiệp"})
