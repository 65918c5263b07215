"""Saved searches: what each finds that it has not told before."""
from __future__ import annotations

import datetime
import hashlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chidao.errors import RegisterError
from chidao.grammar.folding import key
from chidao.search.hits import search
from chidao.storage.database import transaction
from chidao.storage.rows import SearchHit

if TYPE_CHECKING:
    from chidao.storage import Register

_HITS = 200  # the best of a search; what comes after them is no answer


@dataclass(frozen=True, slots=True)
class Watch:
    """A saved search; `ran` is when it was last run (UTC), None where it never was."""

    name: str
    query: str
    created: str
    ran: str | None


@dataclass(frozen=True, slots=True)
class News:
    """What a saved search found that it had not told before, the best first."""

    watch: Watch
    hits: tuple[SearchHit, ...]


def add(register: Register, query: str, *, name: str) -> int:
    """Save `query`; what it finds now counts as told. Gives how much that is. Raises RegisterError ``watch_known``."""
    conn = register.connection
    if conn.execute("SELECT 1 FROM watches WHERE name = ?", (name,)).fetchone():
        raise RegisterError("watch_known", name)
    hits = _found(register, query)
    with transaction(conn):
        conn.execute("INSERT INTO watches (name, query, created) VALUES (?, ?, ?)", (name, query, _now()))
        _tell(conn, name, hits)
    return len(hits)


def saved(register: Register) -> list[Watch]:
    """All saved searches, by name."""
    return [Watch(*row) for row in register.connection.execute(
        "SELECT name, query, created, ran FROM watches ORDER BY name")]


def remove(register: Register, name: str) -> None:
    """Take a saved search out. Raises RegisterError ``watch_unknown``."""
    with transaction(register.connection):
        if not register.connection.execute("DELETE FROM watches WHERE name = ?", (name,)).rowcount:
            raise RegisterError("watch_unknown", name)


def run(register: Register, *, name: str | None = None) -> list[News]:
    """What is new to each saved search, or to that called `name`. Raises RegisterError ``watch_unknown``."""
    chosen = [watch for watch in saved(register) if name in (None, watch.name)]
    if name and not chosen:
        raise RegisterError("watch_unknown", name)
    return [_run(register, watch) for watch in chosen]


def _run(register: Register, watch: Watch) -> News:
    conn = register.connection
    told = {row[0] for row in conn.execute("SELECT hit FROM watch_hits WHERE watch = ?", (watch.name,))}
    hits = [hit for hit in _found(register, watch.query) if _mark(hit) not in told]
    with transaction(conn):
        _tell(conn, watch.name, hits)
        conn.execute("UPDATE watches SET ran = ? WHERE name = ?", (_now(), watch.name))
    return News(watch, tuple(hits))


def _found(register: Register, query: str) -> list[SearchHit]:
    """What has every word of the query: a watch that tells of more would cry wolf."""
    answer = search(register, query, limit=_HITS, today=datetime.date.today())
    return [hit for hit in answer.hits if hit.complete]


def _tell(conn: sqlite3.Connection, name: str, hits: list[SearchHit]) -> None:
    conn.executemany("INSERT OR IGNORE INTO watch_hits (watch, hit) VALUES (?, ?)",
                     [(name, _mark(hit)) for hit in hits])


def _mark(hit: SearchHit) -> str:
    """The directive and a hash of the words: the same after the directive is read again."""
    return f"{hit.row.document}#{hashlib.sha256(key(hit.row.text).encode()).hexdigest()[:16]}"


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
