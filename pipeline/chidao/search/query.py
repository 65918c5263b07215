"""Full text over tasks: any string is a query, with or without diacritics, numbers as one term."""
from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from chidao.grammar.folding import fold
from chidao.search.snippet import snippet
from chidao.storage.questions import task_rows
from chidao.storage.rows import SearchHit
from chidao.storage.words import comparable, find_numbers

if TYPE_CHECKING:
    from chidao.storage import Register

# What a person asks fits into these; a pasted page is cut, and costs no more than a question.
_CHARACTERS, _WORDS = 2000, 32
_WORD = re.compile(r"[^\W_]+")
# Weights of the columns: the task's words and its agencies, then where it stands, then its document.
_WEIGHTS = "10.0, 8.0, 3.0, 1.0, 10.0"

_RANKED = f"""
SELECT rowid, -bm25(tasks_folded_fts, {_WEIGHTS}) AS score,
  rowid IN (SELECT rowid FROM tasks_fts WHERE tasks_fts MATCH :accented) AS accented
FROM tasks_folded_fts WHERE tasks_folded_fts MATCH :match
"""


@dataclass(frozen=True, slots=True)
class Query:
    """A query taken apart: words as typed, in lower case, and keys of document numbers."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """Each term in the syntax of FTS5. A number may be typed from its beginning: ``38/NQ``."""
        words = dict.fromkeys(fold(word) for word in self.words)
        return tuple(f'"{word}"' for word in words) + tuple(f'numbers : "{n}" *' for n in self.numbers)

    @property
    def pairs(self) -> tuple[str, ...]:
        """Neighbouring words as phrases: a syllable says little in Vietnamese, two are mostly a word."""
        folded = [fold(word) for word in self.words]
        return tuple(dict.fromkeys(f'"{a} {b}"' for a, b in pairwise(folded)))

    @property
    def accented(self) -> tuple[str, ...]:
        """The words with diacritics, in the syntax of FTS5."""
        return tuple(dict.fromkeys(f'"{word}"' for word in self.words if fold(word) != word))


def parse(text: str) -> Query:
    """What to look for; nothing in `text` is an operator.

    >>> parse('Sở Y tế "AND" NQ 38/NQ-CP')
    Query(words=('sở', 'y', 'tế', 'and', 'nq'), numbers=('38nqcp',))
    """
    plain = comparable(text[:_CHARACTERS])
    numbers = find_numbers(fold(plain))
    for start, end, _ in reversed(numbers):
        plain = plain[:start] + " " * (end - start) + plain[end:]
    return Query(
        tuple(_WORD.findall(plain.lower()))[:_WORDS],
        tuple(dict.fromkeys(key for _, _, key in numbers))[:_WORDS])


def search(
    register: Register, text: str, *, limit: int = 20, offset: int = 0, today: datetime.date | None = None,
) -> list[SearchHit]:
    """Tasks that answer `text`: those with all its words first, then those with some; see `Register.search`."""
    query = parse(text)
    if not query.terms or limit <= 0:
        return []
    every, some = " AND ".join(query.terms), " OR ".join(query.terms)
    complete = _ranked(register, query, every, limit=limit, offset=offset)
    partial: list[tuple[int, float]] = []
    if len(complete) < limit and len(query.terms) > 1:
        passed = max(0, offset - _count(register, every))
        partial = _ranked(register, query, f"({some}) NOT ({every})", limit=limit - len(complete), offset=passed)
    found = [*((*hit, True) for hit in complete), *((*hit, False) for hit in partial)]
    tasks = task_rows(register.connection, [id for id, _, _ in found], today=today or datetime.date.today())
    return [
        SearchHit(task, snippet(task.text, query.words, query.numbers), score, whole)
        for task, (_, score, whole) in zip(tasks, found, strict=True)
    ]


def _count(register: Register, match: str) -> int:
    sql = "SELECT count(*) FROM tasks_folded_fts WHERE tasks_folded_fts MATCH ?"
    return int(register.connection.execute(sql, (match,)).fetchone()[0])


def _ranked(register: Register, query: Query, match: str, *, limit: int, offset: int) -> list[tuple[int, float]]:
    """Ids and scores. The pairs choose no task, as the terms stand beside them, but they count for the score."""
    scored = f"({match}) AND ({' OR '.join([*query.terms, *query.pairs])})"
    rows = register.connection.execute(
        f"{_RANKED} ORDER BY accented DESC, score DESC, rowid LIMIT :limit OFFSET :offset",
        {"match": scored, "accented": " AND ".join(query.accented) or '""', "limit": limit, "offset": offset})
    return [(row["rowid"], row["score"]) for row in rows]
