"""Mentions that their own directive leaves open, settled by what other directives say of the same number.

What is settled follows from the register's content alone, whatever the order in which it came.
"""
from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from chidao.grammar.folding import fold, key
from chidao.linking.resolution import Candidate, Known, candidates, settled
from chidao.model import Citation, Header, Span
from chidao.storage.cited import meet_node, names_of, node_id, settle_node

_OPEN = """
SELECT c.*, d.issuer AS citing_issuer, d.date AS citing_date, d.year AS citing_year
FROM citations c JOIN documents d ON d.id = c.document_id WHERE c.target IS NULL
"""
# A directive settles nothing of its own here: what it says itself has been linked before.
_KNOWN = """
SELECT c.target AS id, c.date FROM citations c
WHERE c.number_key = :number AND c.target IS NOT NULL AND c.date IS NOT NULL AND c.document_id <> :citing
UNION
SELECT d.base_id, d.date FROM documents d
WHERE d.number_key = :number AND d.base_id LIKE 'urn:lex:%' AND d.id <> :citing
"""


def settle(conn: sqlite3.Connection, numbers: Iterable[str | None]) -> None:
    """Point every open mention of these numbers (their keys) at the document that it means, or back at an open node."""
    wanted = json.dumps(sorted({n for n in numbers if n}))
    condition = "c.number_key IN (SELECT value FROM json_each(?)) ORDER BY c.id"
    rows = conn.execute(f"{_OPEN} AND {condition}", (wanted,)).fetchall()
    left: set[str] = set()
    changed: set[str] = set()
    for row in rows:
        mention = citation(row)
        node = settled(mention, _citing(row), _known(conn, row)) or node_id(mention)
        if node != row["cited_id"]:
            meet_node(conn, mention, node)
            conn.execute("UPDATE citations SET cited_id = ? WHERE id = ?", (node, row["id"]))
            left.add(row["cited_id"])
            changed.add(row["document_id"])
    for document in sorted(changed):
        _point_relations(conn, document)
    for node in sorted(left):
        settle_node(conn, node)


def candidates_of(conn: sqlite3.Connection, document: str, order: int) -> tuple[Candidate, ...]:
    """What the open mention with that order may mean, by the register; () where it is not open."""
    row = conn.execute(f"{_OPEN} AND c.document_id = ? AND c.ord = ?", (document, order)).fetchone()
    return candidates(citation(row), _citing(row), _known(conn, row)) if row else ()


def citation(row: sqlite3.Row) -> Citation:
    """The mention that a row of `citations` keeps."""
    return Citation(
        Span(row["span_start"], row["span_end"]), row["type"], row["number"], row["name"], row["date"], row["year"],
        row["issuer"], row["provision"], row["relation"], row["detail"], row["target"],
        tuple(json.loads(row["candidates"])), row["form"])


def _citing(row: sqlite3.Row) -> Header:
    return Header(issuer=row["citing_issuer"], date=row["citing_date"], year=row["citing_year"])


def _known(conn: sqlite3.Connection, row: sqlite3.Row) -> list[Known]:
    values = {"number": row["number_key"], "citing": row["document_id"]}
    return [Known(id, date) for id, date in conn.execute(_KNOWN, values)]


def _point_relations(conn: sqlite3.Connection, document: str) -> None:
    """The nodes of the relations that a directive states, by the names of its mentions; the first one's counts."""
    nodes: dict[str, str] = {}
    for row in conn.execute("SELECT * FROM citations WHERE document_id = ? ORDER BY ord DESC", (document,)):
        nodes |= {fold(key(name)): row["cited_id"] for name in names_of(citation(row))}
    for row in conn.execute("SELECT id, source, target FROM relations WHERE document_id = ?", (document,)).fetchall():
        ends: dict[str, Any] = {end: nodes.get(fold(key(row[end]))) for end in ("source", "target")}
        conn.execute(
            "UPDATE relations SET source_id = :source, target_id = :target WHERE id = :id", ends | {"id": row["id"]})
