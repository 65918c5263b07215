"""The indexes that answer for a register: FTS5 and vectors in memory, for large registers those beside it."""
from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Collection
from typing import TYPE_CHECKING

from chidao.search import state
from chidao.search.fulltext import Scores, Terms, held, ranked
from chidao.search.vectors import Exact, cosines

if TYPE_CHECKING:
    from chidao.search.embedding.static import Vectors
    from chidao.search.large import Large
    from chidao.storage import Register

_held: weakref.WeakKeyDictionary[Register, Indexes] = weakref.WeakKeyDictionary()
_DEEPER = 10  # times the hits that are asked for where only tasks may answer, which the large index can't tell


class Indexes:
    """Asks the right index; units that the large one does not hold yet are asked of the register itself."""

    def __init__(self, conn: sqlite3.Connection, large: Large | None) -> None:
        self._conn = conn
        self._large = large
        self._recent: tuple[object, Exact] | None = None

    @classmethod
    def of(cls, register: Register) -> Indexes:
        """Those of `register`, opened once."""
        until = state.large_until(register.connection)
        known = _held.get(register)
        if known is None or (known._large.until if known._large else 0) != until:
            large = None
            if until:
                from chidao.search.large import Large, folder_of

                large = Large(folder_of(register.connection, register.path), until)
            known = _held[register] = cls(register.connection, large)
        return known

    def ranked(
        self, leg: str, terms: Terms, *, limit: int, among: Collection[int] | None, tasks: bool = False,
    ) -> Scores:
        """The best units of a leg of full text; only tasks with `tasks`."""
        found = ranked(self._conn, leg, terms, limit=limit, among=among, tasks=tasks)
        if self._large is None:
            return found
        deeper = limit * _DEEPER if tasks else limit
        older = self._large.ranked(leg, terms, limit=deeper, among=among)
        return held(self._conn, leg, terms, found) | self._first(older, limit, tasks=tasks)

    def nearest(
        self, query: Vectors, *, limit: int, among: Collection[int] | None, tasks: bool = False,
    ) -> Scores:
        """The units whose vectors are nearest; only tasks with `tasks`."""
        deeper = limit * _DEEPER if tasks else limit
        found = self._exact().nearest(query, limit=deeper, among=among)
        if self._large:
            found |= self._large.nearest(self._conn, query, limit=deeper, among=among)
        return self._first(found, limit, tasks=True) if tasks else found

    def cosines(self, query: Vectors, ids: Collection[int]) -> Scores:
        """The cosines of these units."""
        return cosines(self._conn, query, ids) if self._large else self._exact().of(query, ids)

    def _first(self, found: Scores, limit: int, *, tasks: bool) -> Scores:
        """The best of those that are still in the register: some may have gone since its large index was made."""
        narrowed = "AND task_id IS NOT NULL" if tasks else ""
        there = {row[0] for row in self._conn.execute(
            f"SELECT id FROM units WHERE id IN ({','.join(map(str, found))}) {narrowed}")}
        best = sorted((id for id in found if id in there), key=lambda id: (-found[id], id))
        return {id: found[id] for id in best[:limit]}

    def _exact(self) -> Exact:
        """The vectors that the large index does not hold, read again where they changed."""
        until = self._large.until if self._large else 0
        stamp = (until, state.get(self._conn, state.FINGERPRINT), self._conn.total_changes,
                 self._conn.execute("PRAGMA data_version").fetchone()[0])
        if self._recent is None or self._recent[0] != stamp:
            rows = self._conn.execute(
                "SELECT unit_id, vector FROM unit_vectors WHERE unit_id > ? ORDER BY unit_id", (until,))
            self._recent = stamp, Exact((row[0], row[1]) for row in rows)
        return self._recent[1]
