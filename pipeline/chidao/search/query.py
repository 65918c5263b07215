"""Full text over tasks: any string is a query, with or without diacritics, numbers as one term."""
from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
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
    """A query taken apart: folded words, keys of document numbers, and the words that carry diacritics."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    accented: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """Each term in the syntax of FTS5. A number may be typed from its beginning: ``38/NQ``."""
        return tuple(f'"{word}"' for word in self.words) + tuple(f'numbers : "{n}" *' for n in self.numbers)


def parse(text: str) -> Query:
    """What to look for; nothing in `text` is an operator.

    >>> parse('Sở Y tế "AND" NQ 38/NQ-CP')
    Query(words=('so', 'y', 'te', 'and', 'nq'), numbers=('38nqcp',), accented=('sở', 'tế'))
    """
    plain = comparable(text[:_CHARACTERS])
    folded = fold(plain)
    numbers = find_numbers(folded)
    for start, end, _ in reversed(numbers):
        plain = plain[:start] + " " * (end - start) + plain[end:]
    words = dict.fromkeys(_WORD.findall(plain.lower()))
    accented = [word for word in words if fold(word) != word]
    return Query(
        tuple(dict.fromkeys(fold(word) for word in words))[:_WORDS],
        tuple(dict.fromkeys(key for _, _, key in numbers))[:_WORDS],
        tuple(accented)[:_WORDS],
    )


def search(
    register: Register, text: str, *, limit: int = 20, offset: int = 0, today: datetime.date | None = None,
) -> list[SearchHit]:
    """Tasks that answer `text`: those with all its words first, then those with some; see `Register.search`."""
    query = parse(text)
    if not query.terms or limit <= 0:
        return []
    complete = _ranked(register, query, " AND ".join(query.terms), limit=limit, offset=offset)
    missing = limit - len(complete)
    partial = _partial(register, query, limit=missing, offset=offset) if missing and len(query.terms) > 1 else []
    found = [*((*hit, True) for hit in complete), *((*hit, False) for hit in partial)]
    tasks = task_rows(register.connection, [id for id, _, _ in found], today=today or datetime.date.today())
    return [
        SearchHit(task, snippet(task.text, query.words, query.numbers), score, whole)
        for task, (_, score, whole) in zip(tasks, found, strict=True)
    ]


def _partial(register: Register, query: Query, *, limit: int, offset: int) -> list[tuple[int, float]]:
    """Tasks with some of the words, after the `offset` hits that had them all were passed over."""
    every, some = " AND ".join(query.terms), " OR ".join(query.terms)
    whole = register.connection.execute(
        "SELECT count(*) FROM tasks_folded_fts WHERE tasks_folded_fts MATCH ?", (every,)).fetchone()[0]
    return _ranked(register, query, f"({some}) NOT ({every})", limit=limit, offset=max(0, offset - whole))


def _ranked(register: Register, query: Query, match: str, *, limit: int, offset: int) -> list[tuple[int, float]]:
    accented = " AND ".join(f'"{word}"' for word in query.accented)
    rows = register.connection.execute(
        f"{_RANKED} ORDER BY accented DESC, score DESC, rowid LIMIT :limit OFFSET :offset",
        {"match": match, "accented": accented or '""', "limit": limit, "offset": offset})
    return [(row["rowid"], row["score"]) for row in rows]
