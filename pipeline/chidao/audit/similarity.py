"""How alike two measures are: by rare syllables and pairs of syllables that both have, and by vectors of meaning.

This is the one place that says so. `similarity` asks the words alone, `likeness` the vectors, too, of the model that
comes with the package. Measured on `corpus/judged/pairs.tsv` and `cascade.tsv`, see docs/quality.md.
"""
from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from chidao.grammar.folding import fold
from chidao.storage.words import comparable, folded

if TYPE_CHECKING:
    from chidao.search.embedding.static import Vectors

_SYLLABLE = re.compile(r"[^\W_]+")
_PAIR = 0.5  # what two neighbouring syllables weigh, as a share of their mean
# Above it, four of five pairs that were judged are the same measure; see tests/audit/test_similarity.py.
SAME = 0.55
# The like for `likeness`: nine of ten pairs that are the same are above it; see tests/audit/test_similarity.py.
LIKE = 0.46
# What vectors tell beside the words, and the cosine at which they tell nothing: halfway from unlike pairs to like ones.
_MEANING, _MIDDLE = 0.3, 0.5


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare syllables are: in how many of `total` texts each stands."""

    counts: Mapping[str, int]
    total: int

    def of(self, syllable: str) -> float:
        """The weight of a syllable; what no text has weighs most.

        >>> rarity = rarity_of(["Sở Y tế báo cáo", "Sở Y tế tiêm vắc xin"])
        >>> rarity.of("so") < rarity.of("tiem")
        True
        """
        return math.log((self.total + 1) / (self.counts.get(syllable, 0) + 0.5)) + 0.1


@dataclass(frozen=True, slots=True)
class Words:
    """A text as its weighted syllables and pairs of syllables, and their sum."""

    weights: Mapping[str, float]
    total: float


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """A text as `likeness` sees it: its words and the unit vector of its meaning; None where no model is wanted."""

    words: Words
    vector: Vectors | None


def rarity_of(texts: Iterable[str]) -> Rarity:
    """How rare syllables are in `texts`."""
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        total += 1
        counts.update(set(_syllables(text)))
    return Rarity(counts, total)


def rarity_in(conn: sqlite3.Connection) -> Rarity:
    """How rare syllables are in the tasks and passages of a register, by how often each stands there."""
    total = int(conn.execute("SELECT count(*) FROM units").fetchone()[0])
    counts = conn.execute("SELECT folded, min(sum(n), ?) FROM syllables GROUP BY folded", (total,))
    return Rarity(dict(counts.fetchall()), total)


def words(text: str, rarity: Rarity, *, accented: bool = False) -> Words:
    """`text` as similarity sees it: without markup, punctuation and, save with `accented`, diacritics.

    >>> rarity = rarity_of(["Văn phòng Ủy ban nhân dân tỉnh"])
    >>> question, task = "phóng vệ tinh", "Văn phòng Ủy ban nhân dân tỉnh"
    >>> [share(*(words(t, rarity, accented=a) for t in (question, task))) > 0 for a in (False, True)]
    [True, False]
    """
    syllables = _SYLLABLE.findall(comparable(text).lower()) if accented else _syllables(text)
    single = {syllable: rarity.of(fold(syllable)) for syllable in syllables}
    pairs = {f"{a} {b}": _PAIR * (single[a] + single[b]) / 2 for a, b in pairwise(syllables)}
    weights = single | pairs
    return Words(weights, sum(weights.values()))


def similarity(one: Words, other: Words) -> float:
    """From 0 (no word in common) to 1 (the same words).

    >>> rarity = rarity_of(["Tiêm vắc xin cho trẻ em", "Bố trí kinh phí tiêm vắc xin", "Báo cáo kết quả"])
    >>> a, b, c = (words(t, rarity) for t in ("Tiêm vắc xin", "tổ chức tiêm vắc-xin cho trẻ em", "Báo cáo"))
    >>> similarity(a, a) == 1, similarity(a, b) > 0.4, similarity(a, c)
    (True, True, 0.0)
    """
    return min(1.0, common(one, other) / math.sqrt(one.total * other.total)) if one.total and other.total else 0.0


def has_vectors() -> bool:
    """Whether `senses` asks a model; not where the setting of search says that none is wanted."""
    from chidao.search.embedding.models import default_setting

    return default_setting() != "none"


def senses(texts: Sequence[str], rarity: Rarity) -> list[Sense]:
    """`texts` as `likeness` sees them; the model that comes with the package gives thousands of vectors a second."""
    from chidao.search.embedding.static import static_model

    vectors: Sequence[Vectors | None] = (
        list(static_model().encode(texts)) if texts and has_vectors() else [None] * len(texts))
    return [Sense(words(text, rarity), vector) for text, vector in zip(texts, vectors, strict=True)]


def likeness(one: Sense, other: Sense) -> float:
    """From 0 to 1 by words and meaning.

    >>> rarity = rarity_of(["Tiêm vắc xin cho trẻ em", "Bố trí kinh phí tiêm vắc xin", "Báo cáo kết quả"])
    >>> a, b, c = senses(["Tiêm vắc xin", "tổ chức tiêm vắc-xin cho trẻ em", "Báo cáo"], rarity)
    >>> likeness(a, a) == 1, likeness(a, b) > 0.4 > likeness(a, c)
    (True, True)
    """
    by_words = similarity(one.words, other.words)
    if one.vector is None or other.vector is None:
        return by_words
    return min(1.0, max(0.0, by_words + _MEANING * (float(one.vector @ other.vector) - _MIDDLE)))


def share(part: Words, whole: Words) -> float:
    """How much of `part` stands in `whole`, from 0 to 1: a question is shorter than the measure it asks for."""
    return min(1.0, common(part, whole) / part.total) if part.total else 0.0


def common(one: Words, other: Words) -> float:
    """The weight of what both have."""
    few, many = (one, other) if len(one.weights) <= len(other.weights) else (other, one)
    return sum(weight for gram, weight in few.weights.items() if gram in many.weights)


def _syllables(text: str) -> list[str]:
    return _SYLLABLE.findall(folded(text))
