"""Whether the register is whole: files, spans against texts, foreign keys, full text."""
from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from chidao.errors import ReadingError, RegisterError
from chidao.reading.content import SEPARATOR
from chidao.reading.limits import DEFAULTS
from chidao.storage import readback
from chidao.storage.rows import Problem
from chidao.storage.units import units_of

_QUOTED = ("tasks", "citations", "relations", "deadlines", "quantities", "effects")
_SPANNED = (*_QUOTED, "regions", "nodes", "task_agencies", "products", "parts")
_OF_TASKS = {"deadlines", "quantities", "task_agencies", "products"}


def problems(conn: sqlite3.Connection, *, files: bool) -> Iterator[Problem]:
    """What is wrong, one after the other; see `Register.verify`."""
    yield from _pages_of_the_database(conn)
    if files:
        yield from _files(conn)
        yield from _files_without_document(conn)
    yield from _texts(conn)
    for table in _SPANNED:
        yield from _spans(conn, table)
    yield from _words(conn)
    yield from _full_text(conn)
    yield from _foreign_keys(conn)


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(conn: sqlite3.Connection) -> Iterator[Problem]:
    inside: tuple[str, dict[str, str]] = ("", {})  # the container that was opened last, and hashes by path
    for path, sha256 in conn.execute("SELECT path, sha256 FROM file_paths ORDER BY path"):
        container = path.partition(SEPARATOR)[0]
        try:
            if container != path and not Path(path).exists():
                if inside[0] != container:
                    inside = container, _hashes_inside(Path(container))
                found = inside[1].get(path)
            else:
                found = file_hash(Path(path))
            if found is None:
                yield Problem("file_missing", path, container)
            elif found != sha256:
                yield Problem("file_changed", path, sha256)
        except OSError as error:
            yield Problem("file_missing", path, error.strerror or str(error))


def _files_without_document(conn: sqlite3.Connection) -> Iterator[Problem]:
    for (name,) in conn.execute(
            "SELECT name FROM files f WHERE documents > (SELECT count(*) FROM renditions WHERE sha256 = f.sha256)"
            " ORDER BY sha256"):
        yield Problem("file_without_document", name, "")


def _hashes_inside(container: Path) -> dict[str, str]:
    """Path and hash of each file in a container, as far as it can be opened; none where it is no container."""
    from chidao.reading.containers import holds_files, members

    data = container.read_bytes()
    if not holds_files(data):
        return {}
    found: dict[str, str] = {}
    with suppress(ReadingError):
        for member in members(data, container.name, DEFAULTS):
            found[str(container.parent / member.name)] = hashlib.sha256(member.data).hexdigest()
    return found


def _texts(conn: sqlite3.Connection) -> Iterator[Problem]:
    for id, text, sha256 in conn.execute("SELECT document_id, text, text_sha256 FROM texts ORDER BY document_id"):
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            yield Problem("text_changed", id, sha256)
    for (id,) in conn.execute(
            "SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM texts) ORDER BY id"):
        yield Problem("text_missing", id, "")


def _spans(conn: sqlite3.Connection, table: str) -> Iterator[Problem]:
    """Python counts code points; SQLite's substr does so, too, but stops at a NUL."""
    quoted = "x.text" if table in _QUOTED else "NULL"
    owner = "JOIN tasks t ON t.id = x.task_id JOIN texts d ON d.document_id = t.document_id" \
        if table in _OF_TASKS else "JOIN texts d ON d.document_id = x.document_id"
    rows = conn.execute(
        f"SELECT d.document_id, x.span_start, x.span_end, {quoted} FROM {table} x {owner} ORDER BY d.document_id")
    document, text = None, ""
    for id, start, end, words in rows:
        if id != document:
            document = id
            text = conn.execute("SELECT text FROM texts WHERE document_id = ?", (id,)).fetchone()[0]
        if not 0 <= start <= end <= len(text):
            yield Problem("span_outside", id, f"{table} {start}-{end}")
        elif words is not None and text[start:end] != words:
            yield Problem("quote_differs", id, f"{table} {start}-{end}")


def _words(conn: sqlite3.Connection) -> Iterator[Problem]:
    """The stored units against those that follow from the directive."""
    for (id,) in conn.execute(
            "SELECT document_id FROM texts JOIN renditions USING (document_id) WHERE preferred = 1 ORDER BY 1",
    ).fetchall():
        expected = units_of(readback.directive(conn, id))
        stored = [{**dict(row), "task_id": row["task_order"]} for row in conn.execute(
            "SELECT u.*, t.ord AS task_order FROM units u LEFT JOIN tasks t ON t.id = u.task_id WHERE u.document_id = ?"
            " ORDER BY u.ord", (id,))]
        columns = list(expected[0]) if expected else []
        if [list(row.values()) for row in expected] != [[row[column] for column in columns] for row in stored]:
            yield Problem("search_words_differ", id, f"units {len(stored)}")


def _full_text(conn: sqlite3.Connection) -> Iterator[Problem]:
    """Whether each unit that belongs there is in the index, and that index whole; FTS5 checks by a kind of insert."""
    until = conn.execute("SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM search_state"
                         " WHERE name = 'large_until'").fetchone()[0]
    for table in ("units_fts", "units_folded_fts"):
        differing = conn.execute(
            "SELECT count(*) FROM"
            f" (SELECT id FROM units WHERE id > :until EXCEPT SELECT id FROM {table}_docsize) UNION ALL"
            f" SELECT count(*) FROM (SELECT id FROM {table}_docsize EXCEPT SELECT id FROM units)", {"until": until})
        if any(count for (count,) in differing):
            yield Problem("full_text_differs", table, "")
        try:
            conn.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        except sqlite3.OperationalError as error:
            if "readonly" in str(error):
                raise RegisterError("register_readonly", "verify") from error
            raise
        except sqlite3.DatabaseError as error:
            yield Problem("full_text_differs", table, str(error))


def _foreign_keys(conn: sqlite3.Connection) -> Iterator[Problem]:
    for table, row, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        yield Problem("foreign_key", str(table), f"{row} -> {parent}")


def _pages_of_the_database(conn: sqlite3.Connection) -> Iterator[Problem]:
    for (sentence,) in conn.execute("PRAGMA integrity_check"):
        if sentence != "ok":
            yield Problem("database_damaged", "", sentence)
