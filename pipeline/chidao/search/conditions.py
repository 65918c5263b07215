"""The conditions of a query as sets of units."""
from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chidao.grammar.folding import fold
from chidao.model import Role
from chidao.search.query import Query, State
from chidao.search.reading.agencies import AgencyAsked
from chidao.search.reading.days import Days
from chidao.search.reading.documents import DocumentAsked
from chidao.storage.due import SOON
from chidao.storage.questions import matching_agencies
from chidao.storage.words import folded_terms

_STATES: dict[State, str] = {
    "no_deadline": "NOT EXISTS (SELECT 1 FROM deadlines WHERE task_id = t.id)",
    "overdue": "t.due < :today",
    "due_soon": "t.due >= :today AND t.due <= :soon",
    "not_due": "t.due > :soon",
    "open": "t.due >= :today",
}
Origins = Callable[[str], Sequence[str]]
"""Ids of bodies whose work one of that name has taken over."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: what it is of (document, agency, days, state), as it reads, the units that meet it.

    A `firm` one is demanded, another preferred.
    """

    kind: str
    label: str
    units: frozenset[int]
    firm: bool


def conditions_of(
    conn: sqlite3.Connection, query: Query, *, today: datetime.date, origins: Origins,
) -> list[Condition]:
    """The conditions of `query`, the surest first. A body is demanded where its part, or nothing else, is named."""
    bare = not (query.words_beside_agencies or query.phrases)
    found = [Condition("document", d.label, _of_document(conn, d), True) for d in query.documents]
    found += [Condition("agency", agency.name, _of_agency(conn, agency, query.role, origins),
                        bare or agency.role is not None) for agency in query.agencies]
    if query.days.bounded:
        found.append(Condition("days", _bounds(query.days), _of_days(conn, query.days), query.days.firm))
    if query.state:
        found.append(Condition("state", query.state, _of_state(conn, query.state, today), True))
    return found


def _of_document(conn: sqlite3.Connection, asked: DocumentAsked) -> frozenset[int]:
    marks = " OR ".join(["key GLOB ?"] * len(asked.patterns))
    return _ids(conn, f"SELECT unit_id FROM unit_numbers WHERE {marks}", asked.patterns)


def _of_agency(
    conn: sqlite3.Connection, asked: AgencyAsked, role: Role | None, origins: Origins,
) -> frozenset[int]:
    """Units whose tasks the body has a part in; with any part also passages that stand under its name."""
    narrowed = "AND a.role = :role" if role else ""
    found = _ids(
        conn, "SELECT u.id FROM task_agencies a JOIN units u ON u.task_id = a.task_id"
        " WHERE (a.agency_id IN (SELECT value FROM json_each(:named))"
        f" OR a.agency IN (SELECT value FROM json_each(:taken))) {narrowed}",
        {"named": json.dumps(matching_agencies(conn, fold(asked.name))), "taken": json.dumps(origins(asked.name)),
         "role": role})
    if role:
        return found
    match = f"actors : ({' AND '.join(_string(term) for term in folded_terms(asked.name).split())})"
    return found | _ids(conn, "SELECT rowid FROM units_folded_fts WHERE units_folded_fts MATCH ?", (match,))


def _of_days(conn: sqlite3.Connection, days: Days) -> frozenset[int]:
    return _ids(
        conn, "SELECT u.id FROM deadlines d JOIN units u ON u.task_id = d.task_id WHERE d.due IS NOT NULL"
        " AND d.due >= :first AND d.due <= :last", {"first": days.first or "", "last": days.last or "9999"})


def _of_state(conn: sqlite3.Connection, state: State, today: datetime.date) -> frozenset[int]:
    return _ids(
        conn, f"SELECT u.id FROM tasks t JOIN units u ON u.task_id = t.id WHERE {_STATES[state]}",
        {"today": today.isoformat(), "soon": (today + SOON).isoformat()})


def _string(term: str) -> str:
    return f'"{term}"'


def _bounds(days: Days) -> str:
    return f"{days.first or '…'} – {days.last or '…'}"


def _ids(conn: sqlite3.Connection, sql: str, values: Sequence[str] | dict[str, str | None]) -> frozenset[int]:
    return frozenset(row[0] for row in conn.execute(sql, values))
