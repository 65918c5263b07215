"""Tokens, phrases of the tables, and the words that names and acts are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate
from typing import NamedTuple

from chidao import knowledge
from chidao.grammar.folding import squeeze

PREPOSITIONS = frozenset(
    """về của trong tại cho đối theo từ được do khi nếu mà là đã có bị ở với để vào trên dưới sau
trước ngoài cùng giữa nhất thì và hoặc như nhằm đến tới qua bằng gồm không phải cần vẫn còn nên sẽ đang đều
luôn cũng""".split()
)
_TOKEN = re.compile(r"([^\W_]+(?:[&.](?=[^\W\d_])[^\W_]+)*|\S)")


class Token(NamedTuple):
    """A word or a mark of the text; `lower` compares without case."""

    text: str
    start: int
    end: int
    lower: str


_token = partial(tuple.__new__, Token)  # as Token(…), of a tuple, without a call of Python code


class Phrases:
    """Longest match of phrases over tokens, case folded unless `exact`."""

    def __init__(self, phrases: Iterable[str], *, exact: bool = False) -> None:
        self._exact = exact
        self._phrases = {tuple(t.text if exact else t.lower for t in tokenize(phrase)) for phrase in phrases}
        lengths: dict[str, set[int]] = {}
        for words in self._phrases:
            lengths.setdefault(words[0], set()).add(len(words))
        # For each first word how long the phrases are that it begins, the longest first.
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    @property
    def firsts(self) -> Iterable[str]:
        """The words that the phrases begin with."""
        return self._lengths.keys()

    def match(self, tokens: Sequence[Token], i: int) -> int:
        """The index after the longest phrase that begins at `i`; `i` when there is none."""
        if i >= len(tokens):
            return i
        lengths = self._lengths.get(tokens[i].text if self._exact else tokens[i].lower)
        if lengths is None:
            return i
        following = tokens[i : i + lengths[0]]
        words = tuple([t.text for t in following] if self._exact else [t.lower for t in following])
        for length in lengths:
            if length <= len(words) and words[:length] in self._phrases:
                return i + length
        return i


@dataclass(frozen=True)
class Lexicon:
    heads: Phrases
    tails: dict[str, str]
    fields: Phrases
    groups: Phrases
    group_kinds: dict[str, str]
    modifiers: Phrases
    positions: Phrases
    verbs: Phrases
    name_words: Phrases
    abbreviations: dict[str, str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    heads = {row["head"]: row["tail"] for row in knowledge.rows("agency_heads")}
    groups = {row["noun"].casefold(): row["kind"] for row in knowledge.rows("actor_groups")}
    return Lexicon(
        heads=Phrases(heads, exact=True),
        tails={" ".join(t.text for t in tokenize(h)): tail for h, tail in heads.items()},
        fields=Phrases([row["field"] for row in knowledge.rows("agency_fields")]),
        groups=Phrases(groups),
        group_kinds={" ".join(t.lower for t in tokenize(g)): kind for g, kind in groups.items()},
        modifiers=Phrases([row["modifier"] for row in knowledge.rows("actor_modifiers")]),
        positions=Phrases([row["position"] for row in knowledge.rows("positions")], exact=True),
        verbs=Phrases([row["term"] for row in knowledge.rows("action_verbs")]),
        name_words=Phrases([row["word"] for row in knowledge.rows("name_words")]),
        abbreviations={row["abbreviation"]: row["meaning"] for row in knowledge.rows("abbreviations")},
    )


@lru_cache(maxsize=64)  # the same words are asked about many times in a row; more would only burden the collector
def tokenize(text: str) -> tuple[Token, ...]:
    """Words and marks of `text` with their offsets.

    >>> [t.text for t in tokenize("Sở KH&CN, UBND tỉnh")]
    ['Sở', 'KH&CN', ',', 'UBND', 'tỉnh']
    """
    parts = _TOKEN.split(text)  # white space or nothing, token, white space …
    words, at = parts[1::2], list(accumulate(map(len, parts)))
    return tuple(map(_token, zip(words, at[::2], at[1::2], map(str.casefold, words), strict=False)))


def pieces(text: str) -> list[str]:
    """The words and marks of `text` alone."""
    return _TOKEN.findall(text)


def verb_at(tokens: Sequence[Token], i: int) -> bool:
    """Whether an act, or a word that goes before one, begins at token `i`."""
    return lexicon().verbs.match(tokens, i) > i


@lru_cache(maxsize=256)  # the same names are met all through a document
def expand(name: str) -> str:
    """`name` on one line with its abbreviations written out.

    >>> expand("UBND các  xã; Sở KH&CN")
    'Ủy ban nhân dân các xã; Sở Khoa học và Công nghệ'
    """
    known = lexicon().abbreviations
    name = squeeze(name)
    for joined in re.findall(r"[A-ZĐ&]{2,}(?:-[A-ZĐ&]{2,})+", name):
        if joined in known:
            name = name.replace(joined, known[joined])
    return re.sub(r"[^\W\d_]+(?:[&.][^\W\d_]+)*", lambda m: known.get(m.group(), m.group()), name)
