"""What the headings say: of which kind the items under them are, and of which genre a document is by its title."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from chidao import knowledge
from chidao.grammar.folding import squeeze

SectionKind = Literal["task", "target", "money", "none"]
Genre = Literal["directive", "rules", "procedure", "answer"]
# Types whose Điều, khoản and điểm are rules of law, not work that is assigned.
RULES_OF_LAW = frozenset(
    {
        "Luật",
        "Bộ luật",
        "Pháp lệnh",
        "Nghị định",
        "Thông tư",
        "Thông tư liên tịch",
        "Hiến pháp",
        "Văn bản hợp nhất",
        "Quy chế",
        "Quy định",
        "Lệnh",
        "Hợp đồng",
        "Giấy mời",
        "Biên bản",
    }
)


@lru_cache(maxsize=1)
def _section_patterns() -> tuple[tuple[re.Pattern[str], SectionKind], ...]:
    kinds: dict[str, SectionKind] = {"task": "task", "target": "target", "money": "money", "none": "none"}
    return tuple(
        (
            re.compile(
                rf"(?<!\w)(?:{row['pattern']})(?!\w)" if row["pattern"][0] not in "^," else row["pattern"],
                re.IGNORECASE,
            ),
            kinds[row["kind"]],
        )
        for row in knowledge.rows("sections")
    )


def section_kind(heading: str) -> SectionKind | None:
    """What the items under `heading` are; None where the words do not tell.

    >>> section_kind("I. MỤC ĐÍCH, YÊU CẦU"), section_kind("1. Sở Y tế")
    ('target', None)
    """
    head = heading.split(":")[0] if heading.find(":") > 3 else heading
    return next((kind for pattern, kind in _section_patterns() if pattern.search(head)), None)


def genre(type_: str | None, title: str | None, number: str | None) -> Genre:
    """Whether a document directs, sets rules, or is about procedures and prices.

    >>> genre("Quyết định", "Ban hành Quy chế làm việc", "12/2025/QĐ-UBND")
    'rules'
    """
    if type_ in RULES_OF_LAW:
        return "rules"
    if type_ in ("Quyết định", "Nghị quyết", None):
        for pattern, name in _genres():
            if pattern.match(squeeze(title or "")):
                return name
        if number and re.match(r"\d+/(?:19|20)\d\d/", number):
            return "rules"
    return "directive"


@lru_cache(maxsize=1)
def _genres() -> tuple[tuple[re.Pattern[str], Genre], ...]:
    names: dict[str, Genre] = {"rules": "rules", "procedure": "procedure"}
    return tuple((re.compile(row["pattern"], re.IGNORECASE), names[row["genre"]]) for row in knowledge.rows("genres"))
