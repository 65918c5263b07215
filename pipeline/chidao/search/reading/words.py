"""The words of ``knowledge/search_words.tsv`` as patterns over text in small letters, mostly without diacritics."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from chidao import knowledge
from chidao.grammar.folding import fold


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of one kind: found anywhere, at the start or at the end of a text in small letters; the longest first."""

    values: dict[str, str]
    pattern: re.Pattern[str]
    at_start: re.Pattern[str]
    at_end: re.Pattern[str]

    def value(self, m: re.Match[str]) -> str:
        """What the phrase that matched stands for."""
        return self.values[" ".join(m.group().split())]


@lru_cache(maxsize=16)
def phrases(kind: str, *, folded: bool = True) -> Phrases:
    """The phrases of `kind`, without diacritics save where `folded` is False.

    >>> phrases("state").value(phrases("state").pattern.search("viec qua han cua so"))
    'overdue'
    """
    values = {fold(row["words"]) if folded else row["words"]: row["value"]
              for row in knowledge.rows("search_words") if row["kind"] == kind}
    choice = "|".join(re.sub(" ", r"\\s+", words) for words in sorted(values, key=len, reverse=True))
    return Phrases(values, *(re.compile(form.format(choice)) for form in (
        r"(?<!\w)(?:{})(?!\w)", r"(?:{})(?!\w)", r"(?<!\w)(?:{})$")))
