"""How often syllables and pairs of neighbours stand in the register, by their form without diacritics."""
from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

from chidao.grammar.folding import fold
from chidao.storage.words import search_terms

_ONE = """
INSERT INTO syllables (folded, syllable, n) VALUES (?, ?, ?)
ON CONFLICT (folded, syllable) DO UPDATE SET n = n + excluded.n
"""
_TWO = """
INSERT INTO syllable_pairs (folded, first, second, n) VALUES (?, ?, ?, ?)
ON CONFLICT (folded, first, second) DO UPDATE SET n = n + excluded.n
"""


def count(conn: sqlite3.Connection, texts: Iterable[str], *, sign: int = 1) -> None:
    """Add the syllables of `texts` to the counts; with `sign` -1 take them away."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(search_terms(text).split())
    for term in [term for term in counts if term.isdigit()]:
        del counts[term]
    ones = [(fold(term), term, sign * n) for term, n in counts.items() if "_" not in term]
    twos = [(fold(term), *term.split("_"), sign * n) for term, n in counts.items() if "_" in term]
    conn.executemany(_ONE, ones)
    conn.executemany(_TWO, twos)
    if sign < 0:
        conn.executemany("DELETE FROM syllables WHERE folded = ? AND syllable = ? AND n <= 0",
                         [one[:2] for one in ones])
        conn.executemany("DELETE FROM syllable_pairs WHERE folded = ? AND first = ? AND second = ? AND n <= 0",
                         [two[:3] for two in twos])
