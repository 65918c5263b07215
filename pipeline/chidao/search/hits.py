"""A ranking as answers for people: a page of hits with their words, counts by facet, how the query was read."""
from __future__ import annotations

import datetime
import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chidao.errors import RegisterError
from chidao.grammar.abbreviations import written_out
from chidao.grammar.folding import fold, key
from chidao.grammar.terms import syllables
from chidao.search import state
from chidao.search.answering import Ranking, rank, rank_like
from chidao.search.conditions import Condition
from chidao.search.snippet import snippet
from chidao.search.successors import origins
from chidao.storage.questions import passage_rows, task_rows
from chidao.storage.rows import ConditionRead, Facet, PassageRow, SearchAnswer, SearchHit, TaskRow

if TYPE_CHECKING:
    from chidao.storage import Register


def search(
    register: Register, text: str, *, limit: int = 20, offset: int = 0, today: datetime.date,
    as_of: datetime.date | None = None, passages: bool = True, facets: bool = False,
    literal: bool = False,
) -> SearchAnswer:
    """See `Register.answer`."""
    ranking = rank(register, text, today=today, passages=passages, literal=literal,
                   origins=lambda name: origins(register.connection, name, as_of))
    return _answer(register, ranking, limit=limit, offset=offset, today=today, facets=facets)


def like(register: Register, task: str, *, limit: int = 20, today: datetime.date) -> SearchAnswer:
    """See `Register.like`."""
    row = register.connection.execute(
        "SELECT u.id, u.text FROM tasks t JOIN units u ON u.task_id = t.id WHERE t.key = ?", (task,)).fetchone()
    if row is None:
        raise RegisterError("task_unknown", task)
    return _answer(register, rank_like(register, row["id"], row["text"]), limit=limit, offset=0, today=today,
                   facets=False)


def _answer(
    register: Register, ranking: Ranking, *, limit: int, offset: int, today: datetime.date, facets: bool,
) -> SearchAnswer:
    conn, query = register.connection, ranking.query
    page = ranking.order[offset:offset + limit] if limit > 0 else ()
    return SearchAnswer(
        hits=tuple(_hits(conn, ranking, page, today)), total=len(ranking.order), words=query.words,
        restored=query.restored, phrases=query.phrases, excluded=query.excluded, role=query.role,
        conditions=tuple(_read(c, ranking) for c in ranking.conditions),
        facets=tuple(_facets(conn, ranking.order, today)) if facets else (),
        notes=(*ranking.notes, *_notes(conn)))


def _read(condition: Condition, ranking: Ranking) -> ConditionRead:
    return ConditionRead(condition.kind, condition.label, len(condition.units), condition.firm,
                         condition in ranking.dropped)


def _notes(conn: sqlite3.Connection) -> list[str]:
    """What the user should know of the vectors: there are none, or not all yet (they are made in order)."""
    vectors, units = conn.execute(
        "SELECT (SELECT max(unit_id) FROM unit_vectors), (SELECT max(id) FROM units)").fetchone()
    if vectors == units:
        return []
    return ["vectors_pending" if vectors else "without_vectors"] if state.get(conn, state.MODEL) != "none" else []


def _hits(conn: sqlite3.Connection, ranking: Ranking, page: Sequence[int], today: datetime.date) -> list[SearchHit]:
    marks = ",".join("?" * len(page))
    tasks = dict(conn.execute(
        f"SELECT id, task_id FROM units WHERE task_id IS NOT NULL AND id IN ({marks})", page).fetchall())
    task_of = dict(zip(tasks, task_rows(conn, list(tasks.values()), today=today), strict=True))
    passage_of = passage_rows(conn, [id for id in page if id not in tasks])
    words = syllables(" ".join([ranking.query.words, *ranking.query.phrases]))
    numbers = [pattern.rstrip("*") for asked in ranking.query.documents for pattern in asked.patterns]
    found = []
    for id in page:
        row = task_of.get(id) or passage_of.get(id)
        if row is None:  # the directive's file went while we asked
            continue
        shares = ranking.shares[id]
        found.append(SearchHit(
            task_of.get(id), passage_of.get(id), snippet(row.text, words, numbers), sum(shares.values()),
            _complete(row, words), tuple(shares.items()), id))
    return found


def _complete(row: TaskRow | PassageRow, words: Sequence[str]) -> bool:
    """Whether every word of the query stands in the text, its bodies or its directive's name."""
    roles = [role.name for role in row.roles] if isinstance(row, TaskRow) else []
    said = " ; ".join(filter(None, (row.text, *roles, row.document_label, row.document_title, row.document_issuer)))
    held = set(fold(key(written_out(said))).split())
    return all(fold(word) in held for word in words)


def _facets(conn: sqlite3.Connection, units: Sequence[int], today: datetime.date) -> list[Facet]:
    """Counts over all answers, the most frequent values of each facet first."""
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("kind", "type", "issuer", "year", "agency", "state")}
    marks = ",".join(map(str, units))
    tasks = []
    for task, kind, type_, issuer, year in conn.execute(
            "SELECT u.task_id, coalesce(t.kind, 'passage'), d.type, d.issuer, d.year FROM units u JOIN documents d"
            f" ON d.id = u.document_id LEFT JOIN tasks t ON t.id = u.task_id WHERE u.id IN ({marks})"):
        for name, value in (("kind", kind), ("type", type_), ("issuer", issuer), ("year", year)):
            if value:
                counts[name][str(value)] += 1
        tasks += [task] if task else []
    for (name,) in conn.execute(
            "SELECT a.name FROM agencies a JOIN (SELECT DISTINCT task_id, agency_id FROM task_agencies"
            f" WHERE task_id IN ({','.join(map(str, tasks))})) r ON r.agency_id = a.id"):
        counts["agency"][name] += 1
    counts["state"].update(row.state for row in task_rows(conn, tasks, today=today))
    return [Facet(name, value, n) for name, values in counts.items()
            for value, n in sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))]
