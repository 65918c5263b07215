"""The words of ``layout_words.tsv``, as sets and as parts of patterns."""
from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from chidao import knowledge


@cache
def words_of(use: str) -> frozenset[str]:
    """The words of one use.

    >>> "nguyễn" in words_of("surname")
    True
    """
    found = frozenset(row["word"] for row in knowledge.rows("layout_words") if row["use"] == use)
    if not found:
        raise KeyError(use)
    return found


def any_of(use: str, *, capitals: bool = False) -> str:
    """A pattern that matches any word of one use, the longest first, blanks as any white space.

    >>> re.match(any_of("superior", capitals=True), "ỦY BAN  NHÂN DÂN TỈNH").group()
    'ỦY BAN  NHÂN DÂN'
    """
    return alternatives(w.upper() if capitals else w for w in words_of(use))


def alternatives(names: Iterable[str]) -> str:
    """A pattern that matches any of `names`, the longest first, blanks as any white space."""
    ordered = sorted(names, key=lambda n: (-len(n), n))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, n.split())) for n in ordered) + ")"


@cache
def types() -> dict[str, str]:
    """Types of documents by their names in capitals."""
    return {row["type"].upper(): row["type"] for row in knowledge.rows("document_types")}


def type_words() -> str:
    """A pattern that matches the name of any type, in capitals."""
    return alternatives(types())
