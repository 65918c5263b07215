"""The words that name the type of a document before its number: "Nghị quyết", "thông báo kết luận", "NQ"."""
from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from chidao import knowledge
from chidao.grammar.folding import plain, squeeze

_WORDS = re.compile(r"(?<!\w)[^\W\d_]+")


class TypeWord(NamedTuple):
    """A word in a text that names a type."""

    start: int
    end: int
    type: str


def type_of(words: str) -> str | None:
    """The type that `words` name; None for general words such as "văn bản".

    >>> type_of("thông báo  kết luận"), type_of("NQ"), type_of("văn bản")
    ('Thông báo', 'Nghị quyết', None)
    """
    return _types().get(_key(words))


def type_before(view: str, at: int) -> TypeWord | None:
    """The type word that ends, but for blanks, at offset `at`.

    >>> type_before("theo Nghị quyết 38", 16)
    TypeWord(start=5, end=15, type='Nghị quyết')
    """
    floor = max(0, at - 34)
    left = view[floor:at]
    end = len(left.rstrip())
    if not left[:end].lower().endswith(_last_words()) or "\n" in left[end:]:
        return None
    for m in list(_WORDS.finditer(left, 0, end))[-5:]:
        type_ = type_of(left[m.start():end])
        if type_:
            return TypeWord(floor + m.start(), floor + end, type_)
    return None


@lru_cache(maxsize=1)
def type_words() -> re.Pattern[str]:
    """Finds type words, general ones too, in text that went through ``folding.plain``."""
    return re.compile(rf"(?<![\w/-])(?<!pháp ){any_type_word()}(?!\w)")


@lru_cache(maxsize=1)
def any_type_word() -> str:
    """Any type word, as a pattern; abbreviations in capitals only."""
    words = [row["type"] for row in knowledge.rows("document_types")]
    words += [row["words"] for row in knowledge.rows("type_words")]
    small = {plain(w) for w in words if " " in w or w[0].islower()}
    abbreviations = {w for w in words if (" " not in w and w[:2].isupper()) or w == "TTr"}
    names = sorted({plain(w) for w in words} - abbreviations | small, key=len, reverse=True)
    spelled = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in names)
    short = "|".join(sorted(abbreviations, key=len, reverse=True))
    firsts = "".join(sorted({letter for w in names for letter in (w[0].lower(), w[0].upper())}))
    return rf"(?:(?=[{firsts}])(?i:{spelled})|(?-i:{short}))"


@lru_cache(maxsize=1)
def _last_words() -> tuple[str, ...]:
    return tuple({words.split()[-1] for words, type_ in _types().items() if type_})


@lru_cache(maxsize=1)
def _types() -> dict[str, str | None]:
    """Type word in small letters -> type; None for general words such as văn bản."""
    listed = {_key(plain(row["type"])): row["type"] for row in knowledge.rows("document_types")}
    return {_key(plain(row["words"])): row["type"] or None for row in knowledge.rows("type_words")} | listed


def _key(words: str) -> str:
    return squeeze(words).lower()
