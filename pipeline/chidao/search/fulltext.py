"""The two legs of full text over FTS5: terms with diacritics, and without."""
from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from chidao.grammar.folding import fold
from chidao.storage.words import search_terms

# Weights of the columns: the words and the bodies, then where it stands, then its directive.
_LEGS = {"folded": ("units_folded_fts", (1.0, 0.8, 0.3, 0.1)), "accented": ("units_fts", (1.0, 0.8))}
# FTS5 fixes BM25's k1 at 1.2, more than a second mention is worth here: counted four times over, it acts as 0.3.
_K1, TIMES = 1.2, 4
HELD_ONCE = TIMES * (_K1 + 1) / (TIMES + _K1)  # what a term counts that stands once in a unit of average length
# Up to so many units every term is sought; above, a syllable that stands so often a unit is not.
_FEW, _COMMON = 5000, 0.3
Scores = dict[int, float]


@dataclass(frozen=True, slots=True)
class Terms:
    """What full text looks for: any of `words`, all terms of each of `phrases`, none of `excluded`."""

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[str, ...] = ()

    def folded(self) -> Terms:
        """The same without diacritics."""
        return Terms(
            tuple(dict.fromkeys(map(fold, self.words))),
            tuple(tuple(dict.fromkeys(map(fold, phrase))) for phrase in self.phrases),
            tuple(dict.fromkeys(map(fold, self.excluded))))

    def neighbours(self) -> Terms:
        """Only pairs of neighbours, which say nearly all that diacritics can say; single syllables where none are."""
        return replace(self, words=tuple(word for word in self.words if "_" in word) or self.words)

    @property
    def any(self) -> tuple[str, ...]:
        """The terms that count for the score."""
        return tuple(dict.fromkeys([*self.words, *(term for phrase in self.phrases for term in phrase)]))


def terms_of(words: str, phrases: Sequence[str] = (), excluded: Sequence[str] = ()) -> Terms:
    """The terms of a query's parts.

    >>> terms_of("tiêm vắc xin").words
    ('tiêm', 'vắc', 'xin', 'tiêm_vắc', 'vắc_xin')
    """
    return Terms(tuple(dict.fromkeys(search_terms(words).split())),
                 tuple(tuple(dict.fromkeys(search_terms(phrase).split())) for phrase in phrases),
                 tuple(dict.fromkeys(search_terms(" ; ".join(excluded)).split())))


def ranked(
    conn: sqlite3.Connection, leg: str, terms: Terms, *, limit: int, among: Collection[int] | None = None,
) -> Scores:
    """The best `limit` units of that leg; `among` narrows them.

    The score is BM25 as a share of what a unit of average length has that holds each term once: so it also tells
    how much of the query was found at all.
    """
    table, weights = _LEGS[leg]
    some = terms.folded() if leg == "folded" else terms
    if _units(conn) > _FEW:
        some = _telling(conn, some) if leg == "folded" else terms.neighbours()
    if not some.any:
        return {}
    # The plus keeps SQLite from asking the index anew for each of the units.
    narrowed = "AND +rowid IN (SELECT value FROM json_each(:among))" if among is not None else ""
    factors = ", ".join(str(TIMES * weight) for weight in weights)
    rows = conn.execute(
        f"SELECT rowid, -bm25({table}, {factors}) AS score FROM {table} WHERE {table} MATCH :match {narrowed}"
        " ORDER BY score DESC, rowid LIMIT :limit",
        {"match": _match(some), "limit": limit, "among": json.dumps(list(among)) if among is not None else ""})
    whole = HELD_ONCE * _information(conn, leg, some.any)
    return {row[0]: row[1] / whole for row in rows}


def _information(conn: sqlite3.Connection, leg: str, terms: Sequence[str]) -> float:
    """What the terms say together, by how often they stand in the register."""
    counts: Counter[str] = Counter()
    for select in ("SELECT folded, syllable, n FROM syllables WHERE folded",
                   "SELECT folded, first || '_' || second, n FROM syllable_pairs WHERE folded"):
        wanted = list(dict.fromkeys(map(fold, terms)))
        for folded, term, n in conn.execute(f"{select} IN ({','.join('?' * len(wanted))})", wanted):
            counts[folded if leg == "folded" else term] += n
    units = _units(conn)
    return sum(math.log1p(units / (counts[term] + 0.5)) for term in terms)


def _units(conn: sqlite3.Connection) -> int:
    return int(conn.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'units'").fetchone()[0])


def _telling(conn: sqlite3.Connection, terms: Terms) -> Terms:
    """Without the commonest single syllables, which cost most and say least."""
    marks = ",".join("?" * len(terms.words))
    common = {row[0] for row in conn.execute(
        f"SELECT folded FROM syllables WHERE folded IN ({marks}) GROUP BY folded HAVING sum(n) > ?",
        (*terms.words, _COMMON * _units(conn)))}
    return replace(terms, words=tuple(word for word in terms.words if word not in common) or terms.words)


def _match(terms: Terms) -> str:
    """In the syntax of FTS5; every term is a string, so that none is an operator."""
    needed = [f"({' AND '.join(map(_string, phrase))})" for phrase in terms.phrases if phrase]
    every = " AND ".join([*needed, f"({' OR '.join(map(_string, terms.any))})"])
    return f"({every}) NOT ({' OR '.join(map(_string, terms.excluded))})" if terms.excluded else every


def _string(term: str) -> str:
    return f'"{term}"'
