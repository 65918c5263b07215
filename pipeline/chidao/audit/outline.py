"""The outline of a directive of the register, for questions about where an item stands."""
from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from chidao.model import Span


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the outline: `head` its own words up to its first child, at `words`; `parent` an index or None."""

    order: int
    level: str
    label: str
    parent: int | None
    span: Span
    words: Span
    head: str
    region: str | None


def outline(conn: sqlite3.Connection, document: str) -> tuple[Item, ...]:
    """All items, in order of the text."""
    rows = conn.execute(
        "SELECT n.*, substr(x.text, n.text_start + 1, n.text_end - n.text_start) AS head FROM nodes n"
        " JOIN texts x ON x.document_id = n.document_id WHERE n.document_id = ? ORDER BY n.ord", (document,))
    return tuple(
        Item(row["ord"], row["level"], row["label"], row["parent_ord"], Span(row["span_start"], row["span_end"]),
             Span(row["text_start"], row["text_end"]), " ".join(row["head"].split()), row["region"])
        for row in rows)


def above(items: Sequence[Item], at: int) -> tuple[Item, ...]:
    """The items within which the character at `at` stands, the outermost first."""
    return tuple(item for item in items if item.span.start <= at < item.span.end)


def headings(items: Sequence[Item], at: int) -> tuple[Item, ...]:
    """The items above the one that holds the character at `at` in its own words, the outermost first."""
    return tuple(item for item in above(items, at) if item.words.end <= at)


def tables(conn: sqlite3.Connection, document: str) -> tuple[Span, ...]:
    """Where the tables of a directive stand."""
    row = conn.execute("SELECT tables FROM texts WHERE document_id = ?", (document,)).fetchone()
    return tuple(Span(start, end) for start, end, _ in json.loads(row[0])) if row else ()
