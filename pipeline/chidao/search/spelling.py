"""Diacritics for a query typed without them, from what stands beside what in the register."""
from __future__ import annotations

import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from chidao.grammar.folding import fold

_RUN = re.compile(r"[^\W_]+(?:[ ]+[^\W_]+)*")
_TRUST = 0.85  # in a pair, against a syllable alone
_MANY = 400  # values in one question


class Restorer:
    """Gives a text its likeliest diacritics by the counts in the register at `conn`.

    A text that has any is left as it is, as are words that the register does not know.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._total = 0

    def __call__(self, text: str) -> str:
        if fold(text) != text.lower() or not re.search(r"[a-zA-Z]{2}", text):
            return text
        return _RUN.sub(lambda m: self._run(m.group()), text)

    def _run(self, run: str) -> str:
        places = list(re.finditer(r"\S+", run))
        words = [m.group().lower() for m in places]
        forms = self._forms(words)
        pairs = self._pairs(words)
        self._total = self._total or int(self._conn.execute("SELECT coalesce(sum(n), 0) FROM syllables").fetchone()[0])
        best = _likeliest(words, forms, pairs, max(1, self._total))
        for m, word in reversed(list(zip(places, best, strict=True))):
            if word != m.group().lower():
                run = run[:m.start()] + word + run[m.end():]
        return run

    def _forms(self, words: Sequence[str]) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for folded, syllable, n in self._ask("SELECT folded, syllable, n FROM syllables WHERE folded", set(words)):
            found[folded][syllable] = n
        return found

    def _pairs(self, words: Sequence[str]) -> dict[tuple[str, str], int]:
        wanted = {f"{a}_{b}" for a, b in pairwise(words)}
        rows = self._ask("SELECT first, second, n FROM syllable_pairs WHERE folded", wanted)
        return {(first, second): n for first, second, n in rows}

    def _ask(self, select: str, values: set[str]) -> list[sqlite3.Row]:
        some = sorted(values)[:_MANY]
        return self._conn.execute(f"{select} IN ({','.join('?' * len(some))})", some).fetchall()


def _likeliest(
    words: Sequence[str], forms: dict[str, dict[str, int]], pairs: dict[tuple[str, str], int], total: int,
) -> list[str]:
    """The best path through the forms of each syllable (Viterbi); `total` is how many syllables were counted."""
    paths: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
    before: dict[str, int] = {"": 1}
    for word in words:
        options = forms.get(word) or {word: 1}
        made: dict[str, tuple[float, list[str]]] = {}
        for option, n in options.items():
            alone = (1 - _TRUST) * (n + 0.01) / total
            score, path = max(
                ((value + math.log(_TRUST * pairs.get((last, option), 0) / max(before[last], 1) + alone), way)
                 for last, (value, way) in paths.items()), key=lambda each: each[0])
            made[option] = score, [*path, option]
        paths, before = made, options
    return max(paths.values(), key=lambda each: each[0])[1]
