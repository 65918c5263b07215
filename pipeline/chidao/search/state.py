"""What the register keeps about its search index, by name."""
from __future__ import annotations

import sqlite3

SETTING = "embedding_model"  # what the user chose; absent where he left it to chidao
MODEL = "vectors_model"  # the setting that the vectors were made by
FINGERPRINT = "vectors_fingerprint"
LARGE_UNTIL = "large_until"


def get(conn: sqlite3.Connection, name: str) -> str | None:
    """The value of `name`, None where there is none."""
    row = conn.execute("SELECT value FROM search_state WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def put(conn: sqlite3.Connection, name: str, value: str) -> None:
    """Keep `value` under `name`."""
    conn.execute("INSERT INTO search_state (name, value) VALUES (?, ?)"
                 " ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value))


def large_until(conn: sqlite3.Connection) -> int:
    """The last unit that the index of large registers holds; 0 where there is none."""
    return int(get(conn, LARGE_UNTIL) or 0)
