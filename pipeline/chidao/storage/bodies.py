"""Bodies of the registry in the database: what a directive names, and what became of it, for the views."""
from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from chidao.linking.agencies.registry import agency
from chidao.linking.agencies.succession import Held, Step, steps
from chidao.linking.names.membership import memberships
from chidao.model import Agency

_STILL_NAMED = """
SELECT 1 WHERE EXISTS (SELECT 1 FROM task_agencies WHERE agency = :id)
  OR EXISTS (SELECT 1 FROM body_changes WHERE target = :id)
"""


def keep(conn: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Write the bodies with those ids, and all that took over from them; ids that the registry lacks are left out."""
    open_ = [Held(found, None) for id in sorted(set(ids)) if (found := agency(id)) is not None]
    seen: set[tuple[str, str | None]] = set()
    while open_:
        held = open_.pop()
        if (held.agency.id, held.scope) in seen:
            continue
        seen.add((held.agency.id, held.scope))
        passed = steps(held.agency, held.scope) if held.agency.valid_to else []
        _write_body(conn, held.agency)
        for _, target in passed:
            if target is not None:
                _write_body(conn, target.agency)
                open_.append(target)
        _write_changes(conn, held, passed)


def forget(conn: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Take out those of these bodies and groups that no task names any more, and what only they passed on to."""
    open_ = list(ids)
    while open_:
        id = open_.pop()
        if conn.execute(_STILL_NAMED, {"id": id}).fetchone():
            continue
        conn.execute("DELETE FROM group_members WHERE agency = ?", (id,))
        targets = [row[0] for row in conn.execute(
            "DELETE FROM body_changes WHERE source = ? RETURNING target", (id,)).fetchall()]
        conn.execute("DELETE FROM body_memberships WHERE body = ?", (id,))
        conn.execute("DELETE FROM bodies WHERE id = ?", (id,))
        open_ += [target for target in targets if target is not None]


def _write_body(conn: sqlite3.Connection, a: Agency) -> None:
    conn.execute(
        "INSERT INTO bodies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
        " (name, kind, level, category, place, valid_from, valid_to, basis, verified) = (excluded.name, excluded.kind,"
        " excluded.level, excluded.category, excluded.place, excluded.valid_from, excluded.valid_to, excluded.basis,"
        " excluded.verified)",
        (a.id, a.name, a.kind, a.level, a.category, a.place, a.valid_from, a.valid_to, a.basis, int(a.verified)))
    conn.executemany("INSERT OR IGNORE INTO body_memberships VALUES (?, ?, ?)",
                     [(a.id, member, scope) for member, scope in memberships(a.id)])


def _write_changes(conn: sqlite3.Connection, held: Held, passed: list[tuple[Step, Held | None]]) -> None:
    conn.execute("DELETE FROM body_changes WHERE source = ? AND scope = ?", (held.agency.id, held.scope or ""))
    conn.executemany(
        "INSERT INTO body_changes (source, scope, target, target_scope, type, date, decides, basis, evidence, verified,"
        " reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(held.agency.id, held.scope or "", step.target, None if target is None else target.scope or "", step.type,
          step.date, step.decides, step.basis, step.evidence, int(step.verified), step.reason)
         for step, target in passed])
