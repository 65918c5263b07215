"""Laws by name: the number of "Luật Đất đai năm 2024", and the laws that "Luật Đất đai" may be."""
from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from chidao import knowledge
from chidao.grammar.folding import key


class LawVersion(NamedTuple):
    """A law of that name: its number and the day it was passed."""

    number: str
    date: str

    @property
    def year(self) -> int:
        """The year it was passed."""
        return int(self.date[:4])


def law_number(type_: str, name: str, year: int | None, date: str | None = None) -> str | None:
    """The number of the law of that name and year; None where the table has none or two, or no year is given.

    >>> law_number("Luật", "Luật Đất đai", 2024), law_number("Luật", "Luật Đất đai", None)
    ('31/2024/QH15', None)
    """
    versions = [v for v in law_versions(type_, name) if v.year == year]
    same_day = [v for v in versions if v.date == date]
    found = same_day or versions
    return found[0].number if len(found) == 1 else None


def law_versions(type_: str, name: str) -> tuple[LawVersion, ...]:
    """The laws of that name, abbreviations written out, the latest first.

    >>> [v.number for v in law_versions("Luật", "Luật NSNN")]
    ['89/2025/QH15', '83/2015/QH13', '01/2002/QH11']
    """
    return _versions().get((type_, name_key(name)), ())


def law_of_number(number: str) -> str | None:
    """The type of the law with that number: "Bộ luật", where a mention may say "Luật"; None for one not in the table.

    >>> law_of_number("45/2019/QH14"), law_of_number("1/2099/QH29")
    ('Bộ luật', None)
    """
    return _types().get(number)


def law_date(number: str) -> str | None:
    """The day on which the law with that number was passed; None for one not in the table.

    >>> law_date("45/2019/QH14"), law_date("1/2099/QH29")
    ('2019-11-20', None)
    """
    return _dates().get(number)


def name_key(name: str) -> str:
    """A key in which "Luật NSNN" and "Luật Ngân sách nhà nước", "A và B" and "A, B" meet.

    >>> name_key("Luật Tín ngưỡng và tôn giáo") == name_key("Luật tín ngưỡng, tôn giáo")
    True
    """
    return key(written_out(name)).replace(" và ", " ")


@lru_cache(maxsize=1)
def _types() -> dict[str, str]:
    return {row["number"]: row["type"] for row in knowledge.rows("law_numbers")}


@lru_cache(maxsize=1)
def _dates() -> dict[str, str]:
    return {row["number"]: row["date"] for row in knowledge.rows("law_numbers")}


@lru_cache(maxsize=256)
def written_out(name: str) -> str:
    """The name of a law with its abbreviations written out.

    >>> written_out("Luật NSNN")
    'Luật ngân sách nhà nước'
    """
    for row in knowledge.rows("law_abbreviations"):
        name = re.sub(rf"(?<!\w){re.escape(row['abbr'])}(?!\w)", row["words"], name)
    return name


@lru_cache(maxsize=1)
def _versions() -> dict[tuple[str, str], tuple[LawVersion, ...]]:
    found: dict[tuple[str, str], list[LawVersion]] = {}
    for row in knowledge.rows("law_numbers"):
        named = row["type"], name_key(f"{row['type']} {row['name']}")
        found.setdefault(named, []).append(LawVersion(row["number"], row["date"]))
    return {named: tuple(sorted(laws, key=lambda law: law.date, reverse=True)) for named, laws in found.items()}
