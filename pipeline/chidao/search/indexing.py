"""Vectors for the units that have none, batch by batch, so that a run that is broken off is taken up again."""
from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chidao.search import large, state
from chidao.search.embedding.models import SETTING, Embedder, default_setting, embedder
from chidao.search.vectors import packed
from chidao.storage import readback, units
from chidao.storage.database import transaction

if TYPE_CHECKING:
    from chidao.storage import Register

_BUSY, _BUSY_SECONDS = "indexing_at", 60  # when a run last kept a batch
_TOLD = "told_of_extra"
_BATCH = {True: 2000, False: 128}  # units embedded between two commits, by whether the model is quick


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """Where an indexing run stands."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an indexing run did; `model` is None where vectors are switched off, `rebuilt` where another made them."""

    model: str | None
    units: int
    embedded: int
    rebuilt: bool


def setting_of(conn: sqlite3.Connection) -> str:
    """The model that the register is to use: what was chosen for it, else the default."""
    return state.get(conn, state.SETTING) or default_setting()


def pending(conn: sqlite3.Connection) -> int:
    """How many units have no vector yet."""
    return int(conn.execute("SELECT (SELECT count(*) FROM units) - (SELECT count(*) FROM unit_vectors)").fetchone()[0])


def index(
    register: Register, *, model: str | None = None, on_progress: Callable[[IndexProgress], None] | None = None,
    on_rebuild: Callable[[], None] | None = None, large_from: int = large.FROM_UNITS, newer: int = large.NEWER,
) -> IndexReport:
    """Brings the index up to date: units of directives of an earlier version, vectors.

    `model` chooses the model for this register from now on. Where the vectors were made by another model, or by
    another version of it, they are all made again, after `on_rebuild`. Each batch is kept as it is done.
    A register with `large_from` units gets an index beside its file, which is made again when more than `newer` units
    wait. Raises SearchError ``model_absent``.
    """
    conn = register.connection
    if model is not None:
        embedder(model)
        with transaction(conn):
            state.put(conn, state.SETTING, model)
    for id in units.without_units(conn):
        with transaction(conn):
            units.write(conn, readback.directive(conn, id), id, units.first_task(conn, id))
    chosen = embedder(setting_of(conn))
    rebuilt = _renew(conn, chosen)
    if rebuilt and on_rebuild:
        on_rebuild()
    total = int(conn.execute("SELECT count(*) FROM units").fetchone()[0])
    done = before = total - pending(conn)
    for count in _embed(conn, chosen) if chosen else ():
        done += count
        if on_progress:
            on_progress(IndexProgress(done, total))
    behind = rebuilt and state.large_until(conn) > 0
    if str(register.path) != ":memory:" and (behind or large.due(conn, from_units=large_from, newer=newer)):
        large.make(conn, register.path)
    return IndexReport(chosen.setting if chosen else None, total, done - before, rebuilt)


def index_quickly(register: Register) -> None:
    """Brings the index up to date where the model is quick; a slow one is left to `index`."""
    model = embedder(setting_of(register.connection))
    if model is None or model.quick:
        index(register)


def has_slow_work(register: Register) -> bool:
    """Whether passages wait for a model that takes its time, and nobody embeds them already."""
    conn = register.connection
    model = embedder(setting_of(conn))
    if model is None or model.quick or not pending(conn):
        return False
    return time.time() - float(state.get(conn, _BUSY) or 0) > _BUSY_SECONDS


def extra_to_tell_of(register: Register) -> bool:
    """Whether the user should hear that chidao[semantic] would find more paraphrases: true once in a register's life.

    Nobody is told who has the extra, or who chose a model.
    """
    conn = register.connection
    if state.get(conn, state.SETTING) or default_setting() != "static" or state.get(conn, _TOLD) \
            or os.environ.get(SETTING):
        return False
    with transaction(conn):
        state.put(conn, _TOLD, "1")
    return True


def _renew(conn: sqlite3.Connection, model: Embedder | None) -> bool:
    """Forget vectors that another model made; says whether there were any."""
    wanted = (model.setting, model.fingerprint) if model else ("none", "")
    if (state.get(conn, state.MODEL), state.get(conn, state.FINGERPRINT)) == wanted:
        return False
    with transaction(conn):
        forgotten = conn.execute("DELETE FROM unit_vectors").rowcount
        state.put(conn, state.MODEL, wanted[0])
        state.put(conn, state.FINGERPRINT, wanted[1])
    return forgotten > 0


def _embed(conn: sqlite3.Connection, model: Embedder) -> Iterator[int]:
    """Embeds what has no vector, the newest last; gives the size of each batch."""
    last = 0
    while rows := conn.execute(
            "SELECT u.id, u.text FROM units u LEFT JOIN unit_vectors v ON v.unit_id = u.id"
            " WHERE u.id > ? AND v.unit_id IS NULL ORDER BY u.id LIMIT ?", (last, _BATCH[model.quick])).fetchall():
        last = rows[-1][0]
        blobs = packed(model.documents([row[1] for row in rows]))
        with transaction(conn):
            conn.executemany("INSERT OR IGNORE INTO unit_vectors (unit_id, vector)"
                             " SELECT id, ? FROM units WHERE id = ?",  # a unit may be gone by now
                             [(blob, row[0]) for blob, row in zip(blobs, rows, strict=True)])
            if not model.quick:
                state.put(conn, _BUSY, str(time.time()))
        yield len(rows)
