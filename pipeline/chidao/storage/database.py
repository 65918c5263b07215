"""Opening the SQLite file: recognising it, migrating it, transactions."""
from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path, PurePath

from chidao import knowledge
from chidao.errors import RegisterError
from chidao.grammar.folding import fold, key
from chidao.storage.words import folded, folded_terms, search_terms

APPLICATION_ID = 0x43484431  # "CHD1": how a register is told from other SQLite files
_WAIT_SECONDS = 60.0


def migrations() -> tuple[str, ...]:
    """The SQL of each migration, in order; the first brings a new file to schema version 1."""
    folder = resources.files("chidao.storage").joinpath("migrations")
    files = sorted((f for f in folder.iterdir() if re.fullmatch(r"\d{4}_\w+\.sql", f.name)), key=lambda f: f.name)
    return tuple(file.read_text("utf-8") for file in files)


def connect(path: str | Path, *, readonly: bool) -> sqlite3.Connection:
    """An open register with the present schema. Errors: see `Register`."""
    if readonly and not Path(path).is_file():
        raise RegisterError("register_missing", str(path))
    try:
        conn = _open(path, readonly=readonly)
    except sqlite3.OperationalError as error:
        raise RegisterError("register_unopened", f"{path}: {error}") from error
    try:
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA synchronous = NORMAL")
        _recognise(conn, path)
        if not readonly:
            _migrate(conn)
        elif schema_version(conn) < len(migrations()):
            raise RegisterError("register_older", str(path))
    except sqlite3.DatabaseError as error:
        conn.close()
        if "not a database" in str(error):
            raise RegisterError("not_a_register", str(path)) from error
        raise RegisterError("register_damaged", f"{path}: {error}") from error
    except BaseException:
        conn.close()
        raise
    return conn


def schema_version(conn: sqlite3.Connection) -> int:
    """Which migrations the file has seen."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; takes the write lock at once, so that two writers wait for each other."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
    conn.execute("COMMIT")


def _open(path: str | Path, *, readonly: bool) -> sqlite3.Connection:
    if readonly:
        conn = sqlite3.connect(
            f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT_SECONDS, isolation_level=None)
    else:
        conn = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
    conn.row_factory = sqlite3.Row
    conn.create_function("fold_key", 1, _fold_key, deterministic=True)
    conn.create_function("fold_stem", 1, _fold_stem, deterministic=True)
    conn.create_function("search_terms", 1, search_terms, deterministic=True)
    conn.create_function("folded_terms", 1, folded_terms, deterministic=True)
    return conn


def _fold_key(text: str | None) -> str | None:
    return None if text is None else fold(key(text))


def _fold_stem(name: str | None) -> str | None:
    return None if name is None else folded(PurePath(name).stem)


def _recognise(conn: sqlite3.Connection, path: str | Path) -> None:
    application = conn.execute("PRAGMA application_id").fetchone()[0]
    empty = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application != APPLICATION_ID and not empty:
        raise RegisterError("not_a_register", str(path))
    version, newest = schema_version(conn), len(migrations())
    if version > newest:
        raise RegisterError("register_newer", f"{path} ({version} > {newest})")


def _migrate(conn: sqlite3.Connection) -> None:
    steps = migrations()
    if schema_version(conn) == len(steps):
        return
    with transaction(conn):
        for sql in steps[schema_version(conn):]:
            for statement in _statements(sql):
                conn.execute(statement)
        conn.execute("DELETE FROM column_descriptions")
        conn.executemany(
            "INSERT INTO column_descriptions VALUES (:table, :column, :vi, :en)", knowledge.rows("columns"))
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        conn.execute(f"PRAGMA user_version = {len(steps)}")


def _statements(sql: str) -> Iterator[str]:
    """Single statements; a trigger's inner ones stay with it. `executescript` would end the transaction."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
