"""How likely a syllable stands after another in directives: counts that ``models/syllables/train.py`` made."""
from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from chidao.grammar.folding import fold
from chidao.grammar.terms import comparable

EDGE = "."  # before the first syllable of a line
NUMBER = "0"  # whatever has digits
_WORDS, _PAIRS = "syllables.tsv", "pairs.npy"
_WORD = re.compile(r"[^\W_]+")
_TRUST = 0.85  # in a pair, against a syllable alone
_UNKNOWN = 0.3  # of a syllable that stood nowhere


class Neighbours:
    """The counts in `folder`."""

    def __init__(self, folder: Path) -> None:
        rows = [line.split("\t") for line in (folder / _WORDS).read_text("utf-8").splitlines()]
        self._numbers = {row[0]: i for i, row in enumerate(rows)}
        self._alone = [int(row[1]) for row in rows]
        self._total = sum(self._alone)
        pairs = np.load(folder / _PAIRS)
        self._pairs = dict(zip(pairs[:, 0].tolist(), pairs[:, 1].tolist(), strict=True))
        forms: dict[str, list[str]] = defaultdict(list)
        for word in self._numbers:
            forms[fold(word)].append(word)
        self._forms = dict(forms)

    def forms(self, folded: str) -> Sequence[str]:
        """The known syllables that are `folded` without their diacritics."""
        return self._forms.get(folded, ())

    def knows(self, word: str) -> bool:
        """Whether a word of two letters or more stands in directives."""
        return len(word) > 1 and comparable(word) in self._numbers

    def chance(self, before: str, word: str) -> float:
        """The logarithm of how likely `word` is after `before`, both as `counted` gives them."""
        first, second = self._numbers.get(before), self._numbers.get(word)
        alone = (self._alone[second] if second is not None else _UNKNOWN) / self._total
        if first is None or second is None:
            return math.log((1 - _TRUST) * alone)
        beside = self._pairs.get(first * len(self._alone) + second, 0) / self._alone[first]
        return math.log(_TRUST * beside + (1 - _TRUST) * alone)


def counted(text: str) -> Iterator[str]:
    """The words of `text` as they are counted.

    >>> list(counted("Uỷ ban, ngày 12/KH"))
    ['ủy', 'ban', 'ngày', '0', 'kh']
    """
    for word in _WORD.findall(comparable(text)):
        yield NUMBER if any(map(str.isdigit, word)) else word


def pack(output: Path, alone: Mapping[str, int], pairs: Mapping[tuple[str, str], int]) -> None:
    """Writes the counts of syllables and of pairs."""
    words = sorted(alone)
    numbers = {word: i for i, word in enumerate(words)}
    (output / _WORDS).write_text("".join(f"{word}\t{alone[word]}\n" for word in words), "utf-8")
    rows = sorted((numbers[a] * len(words) + numbers[b], n) for (a, b), n in pairs.items())
    np.save(output / _PAIRS, np.array(rows, np.uint32))


@lru_cache(maxsize=1)
def neighbours() -> Neighbours:
    """The counts that come with the package."""
    inside = Path(__file__).parent / "syllables"
    return Neighbours(inside if inside.is_dir() else Path(__file__).parents[4] / "models" / "syllables")
