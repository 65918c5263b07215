"""What the page says, in Vietnamese or English."""
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from chidao import knowledge

Lang = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    lang: Lang

    def __call__(self, code: str, **values: object) -> str:
        """The words `code` of ``report_words.tsv`` with their ``{placeholders}`` filled.

        >>> Words("vi")("count_misses", count=3)
        'chỗ sai: 3'
        """
        return _table("report_words")[code][self.lang].format(**values)

    def kind(self, code: str) -> str:
        """The name of a kind of misses."""
        return _table("miss_kinds")[code][self.lang]

    def meaning(self, code: str) -> str:
        """What a kind of misses means."""
        return _table("miss_kinds")[code][f"{self.lang}_meaning"]

    def count(self, number: int) -> str:
        """A number with its thousands set apart.

        >>> Words("vi").count(117864), Words("en").count(117864)
        ('117.864', '117,864')
        """
        return f"{number:,}".replace(",", "." if self.lang == "vi" else ",")


@lru_cache
def _table(name: str) -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in knowledge.rows(name)}
