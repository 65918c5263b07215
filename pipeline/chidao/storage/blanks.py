"""A directive whose number was still blank, and the numbered one that it became: one document under the new id."""
from __future__ import annotations

import sqlite3

from chidao.grammar.folding import key
from chidao.model import Directive
from chidao.storage.renditions import SAME_TEXT, likeness

_BLANK = "urn:chidao:"
# Alike at first sight: type and title; GLOB, for which SQLite uses the index.
_ALIKE = """
SELECT d.id, d.issuer, d.date, t.text FROM documents d JOIN texts t ON t.document_id = d.id
WHERE {ids} AND d.type = :type AND d.title = :title ORDER BY d.id
"""


def is_blank(id: str) -> bool:
    """Whether an id comes from the content, because number, issuer or year were blank."""
    return id.startswith(_BLANK)


def counterpart(conn: sqlite3.Connection, directive: Directive) -> str | None:
    """The directive that is held without a number and is this one, or with a number where this one has none.

    The same type, title and issuer, nearly the same words, and no other day.
    """
    header = directive.header
    if not header.title or not header.type:
        return None
    ids = f"d.base_id NOT GLOB '{_BLANK}*'" if is_blank(directive.id) else f"d.base_id GLOB '{_BLANK}*'"
    for row in conn.execute(_ALIKE.format(ids=ids), {"type": header.type, "title": header.title}):
        same_body = key(row["issuer"] or "") == key(header.issuer or "")
        other_day = row["date"] and header.date and row["date"] != header.date
        if same_body and not other_day and likeness(row["text"], directive.text) >= SAME_TEXT:
            return str(row["id"])
    return None


def keep_alias(conn: sqlite3.Connection, alias: str, document: str) -> None:
    """Let the former id lead to the directive."""
    conn.execute(
        "INSERT INTO document_aliases (alias, document_id) VALUES (?, ?)"
        " ON CONFLICT (alias) DO UPDATE SET document_id = excluded.document_id", (alias, document))
