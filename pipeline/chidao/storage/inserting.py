"""Rows into a table; all writing goes through sqlite-utils, inside the caller's transaction."""
from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]


def put(conn: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert `rows`, which have all the same columns."""
    if not rows:
        return
    from sqlite_utils import Database

    Database(conn, recursive_triggers=False).table(table).insert_all(rows, batch_size=1000)
