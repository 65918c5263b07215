"""What a body owes on a day: its own tasks, those of groups that it belongs to, those of bodies that ended."""
from __future__ import annotations

import datetime
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chidao.linking.agencies.origins import origins
from chidao.linking.agencies.registry import agency
from chidao.linking.agencies.succession import Successor
from chidao.linking.names.membership import memberships
from chidao.model import Agency, Role, TaskKind
from chidao.storage.questions import conditions, task_rows
from chidao.storage.rows import BodyRow, ObligationRow

_NAMED = """
SELECT r.task_id, t.key, r.role, r.name, r.agency, r.mood, r.relevant, r.span_start, r.span_end,
  coalesce(d.date, d.year || '-12-31') AS day
FROM task_agencies r JOIN tasks t ON t.id = r.task_id JOIN documents d ON d.id = t.document_id
"""
_COUNTED = """
SELECT r.agency AS id, max(r.name) AS name,
  count(DISTINCT CASE WHEN r.role = 'lead' THEN r.task_id END) AS lead,
  count(DISTINCT CASE WHEN r.role = 'coordinator' THEN r.task_id END) AS coordinator,
  count(DISTINCT CASE WHEN r.role IN ('reports_to', 'monitors') THEN r.task_id END) AS other
FROM task_agencies r JOIN tasks t ON t.id = r.task_id
"""


@dataclass(frozen=True, slots=True)
class _Owed:
    """How a body comes to a row of `task_agencies`: by a chain, as itself or as a member of a group."""

    body: str
    successor: Successor
    group: str | None


def obligations(
    conn: sqlite3.Connection, id: str, *, on: datetime.date, role: Role | None = None, document: str | None = None,
    kind: TaskKind | None = None,
) -> list[ObligationRow]:
    """See `Register.obligations`."""
    body = agency(id)
    ways = {} if body is None else origins(id, on.isoformat())
    where, values = conditions(conn, None, None, document, kind, False)
    if role is not None:
        where.append("r.role = :role")
        values["role"] = role
    groups = _groups_with(conn, ways)
    where.append("(d.date IS NULL OR d.date <= :on)")
    values["on"] = on.isoformat()
    values["named"] = json.dumps([id, *ways, *groups])
    rows = conn.execute(f"{_NAMED} WHERE {' AND '.join(where)} AND r.agency IN (SELECT value FROM json_each(:named))"
                        " ORDER BY t.document_id, t.ord, r.ord", values).fetchall()
    owed = _nearest((row, way) for row in rows for way in _ways(row, id, ways, groups))
    tasks = {t.id: t for t in task_rows(conn, list(dict.fromkeys(row["task_id"] for row, _ in owed)), today=on)}
    return [
        ObligationRow(
            task=tasks[row["key"]], role=row["role"], mood=row["mood"], named=row["name"], body=way.body,
            group=way.group, relevant=bool(row["relevant"]), chain=way.successor.chain, decides=way.successor.decides)
        for row, way in owed]


def _nearest(owed: Iterable[tuple[sqlite3.Row, _Owed]]) -> list[tuple[sqlite3.Row, _Owed]]:
    """One row a task and role: by name before by group, sure before unsure, by the shorter chain."""
    best: dict[tuple[int, str], tuple[sqlite3.Row, _Owed]] = {}
    for row, way in owed:
        here = row["task_id"], row["role"]
        if here not in best or _distance(row, way) < _distance(*best[here]):
            best[here] = row, way
    return list(best.values())


def _distance(row: sqlite3.Row, way: _Owed) -> tuple[bool, bool, int]:
    return bool(way.successor.decides or row["relevant"]), way.group is not None, len(way.successor.chain)


def _ways(row: sqlite3.Row, id: str, ways: dict[str, Successor], groups: dict[str, list[tuple[str, str]]],
          ) -> Iterator[_Owed]:
    """How the body comes to what a row names: at most one way, the shortest."""
    if row["agency"] in ways:
        yield _Owed(row["agency"], ways[row["agency"]], None)
    elif row["agency"] in groups:
        member = _member(groups[row["agency"]], row["day"], ways)
        if member is not None:
            yield _Owed(member, ways[member], row["agency"])
    elif row["agency"] == id and agency(id) is None:  # a body that the registry does not know: its own alone
        unknown = Agency(id, row["name"], "", "", "")
        yield _Owed(id, Successor(unknown, ()), None)


def _member(parts: list[tuple[str, str]], day: str | None, ways: dict[str, Successor]) -> str | None:
    """The body, or the one before it, that belonged to a group on a day; on an unknown day any of them."""
    found = (id for id, way in ways.items() if not set(parts).isdisjoint(memberships(id))
             and (day is None or (body := agency(id)) is None or body.valid(day)))
    return min(found, key=lambda id: (bool(ways[id].decides), len(ways[id].chain)), default=None)


def _groups_with(conn: sqlite3.Connection, ways: dict[str, Successor]) -> dict[str, list[tuple[str, str]]]:
    """The groups that one of these bodies may belong to, by their kinds of members and scopes."""
    wanted = {part for id in ways for part in memberships(id)}
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for part in wanted:
        for (group,) in conn.execute("SELECT agency FROM group_members WHERE member = ? AND scope = ?", part):
            found[group].append(part)
    return found


def named_bodies(conn: sqlite3.Connection, *, document: str | None = None) -> list[BodyRow]:
    """See `Register.bodies`."""
    where, values = conditions(conn, None, None, document, None, False)
    rows = conn.execute(f"{_COUNTED} WHERE {' AND '.join(where)} AND r.means IN ('body', 'official') GROUP BY r.agency"
                        " ORDER BY lead DESC, coordinator DESC, id", values)
    return [BodyRow(row["id"], row["name"], agency(row["id"]), row["lead"], row["coordinator"], row["other"])
            for row in rows]
