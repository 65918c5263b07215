"""Mentions that their own directive leaves open, settled by what other directives say of the same number.

What is settled follows from the register's content alone, whatever the order in which it came.
"""
from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from chidao.grammar.folding import fold, key
from chidao.grammar.numbers import parse_number
from chidao.linking.resolution import Candidate, Known, candidates, serial_candidates, settled
from chidao.linking.together import own_name
from chidao.model import Citation, Header, Span
from chidao.storage.cited import meet_attachment, meet_node, names_of, node_id, settle_node, settle_votes

_MENTION = """
SELECT c.*, d.issuer AS citing_issuer, d.date AS citing_date, d.year AS citing_year
FROM citations c JOIN documents d ON d.id = c.document_id
"""
_IS_OPEN = "(c.target IS NULL OR (c.name IS NOT NULL AND c.number IS NULL))"
# A directive settles nothing of its own here: what it says itself has been linked before.
_KNOWN = """
SELECT c.target AS id, c.date FROM citations c
WHERE c.number_key = :number AND c.target IS NOT NULL AND c.date IS NOT NULL AND c.document_id <> :citing
UNION
SELECT d.base_id, d.date FROM documents d
WHERE d.number_key = :number AND d.base_id LIKE 'urn:lex:%' AND d.id <> :citing
"""
_KNOWN_BY_NAME = """
SELECT DISTINCT c.target AS id, NULL FROM citations c
WHERE c.name_key = :name AND c.type = :type AND c.target IS NOT NULL AND c.number IS NOT NULL
  AND c.document_id <> :citing
"""
# "NQ 18/2008", "Nghị quyết 38": documents whose numbers begin so.
_KNOWN_BY_SERIAL = """
SELECT DISTINCT id, date FROM cited_documents WHERE resolved AND type = :type AND number GLOB :serial || '[-/]*'
"""


def settle(conn: sqlite3.Connection, numbers: Iterable[str | None], names: Iterable[str | None]) -> None:
    """Point every open mention of these numbers and names (their keys) at the document that it means, or back."""
    wanted = [json.dumps(sorted({k for k in keys if k})) for keys in (numbers, names)]
    among = "SELECT id FROM citations WHERE {} IN (SELECT value FROM json_each(?))"
    rows = conn.execute(
        f"{_MENTION} WHERE c.id IN ({among.format('number_key')} UNION {among.format('name_key')}) AND {_IS_OPEN}"
        " ORDER BY c.id", wanted).fetchall()
    moved = [(row, node) for row in rows if (node := _meant(conn, row)) != row["cited_id"]]
    left = {row["cited_id"] for row, _ in moved}
    disputed = set()
    for row, node in moved:
        if meet_node(conn, citation(row), node):
            disputed.add(node)
        conn.execute("UPDATE citations SET cited_id = ? WHERE id = ?", (node, row["id"]))
    for document in sorted({row["document_id"] for row, _ in moved}):
        left |= point_relations(conn, document)
    for node in sorted(disputed):
        settle_votes(conn, node)
    for node in sorted(left):
        settle_node(conn, node)


def _meant(conn: sqlite3.Connection, row: sqlite3.Row) -> str:
    mention = citation(row)
    return settled(mention, _citing(row), _known(conn, row)) or node_id(mention, row["document_id"])


def candidates_of(conn: sqlite3.Connection, document: str, order: int) -> tuple[Candidate, ...]:
    """What the open mention with that order may mean, by the register; () where it is not open."""
    row = conn.execute(
        f"{_MENTION} WHERE c.target IS NULL AND c.document_id = ? AND c.ord = ?", (document, order)).fetchone()
    if row is None:
        return ()
    mention = citation(row)
    if row["number"] and parse_number(row["number"]) is None:
        known = [Known(*k) for k in conn.execute(_KNOWN_BY_SERIAL, {"type": row["type"], "serial": row["number"]})]
        return serial_candidates(mention, _citing(row), known)
    return candidates(mention, _citing(row), _known(conn, row))


def citation(row: sqlite3.Row) -> Citation:
    """The mention that a row of `citations` keeps."""
    return Citation(
        Span(row["span_start"], row["span_end"]), row["type"], row["number"], row["name"], row["date"], row["year"],
        row["issuer"], row["provision"], row["relation"], row["detail"], row["target"],
        tuple(json.loads(row["candidates"])), row["form"])


def _citing(row: sqlite3.Row) -> Header:
    return Header(issuer=row["citing_issuer"], date=row["citing_date"], year=row["citing_year"])


def _known(conn: sqlite3.Connection, row: sqlite3.Row) -> list[Known]:
    values = {"number": row["number_key"], "citing": row["document_id"], "name": row["name_key"], "type": row["type"]}
    question = _KNOWN_BY_NAME if row["name"] and not row["number"] else _KNOWN
    return [Known(id, date) for id, date in conn.execute(question, values)]


def _beside(conn: sqlite3.Connection, document: str, relations: Iterable[sqlite3.Row]) -> dict[str, str]:
    """Nodes of the documents of its file that relations of a directive name, by name; makes those that are missing."""
    wanted = {fold(key(row[end])) for row in relations if row["type"] == "issued_with" for end in ("source", "target")}
    nodes: dict[str, str] = {}
    for row in conn.execute(
            "SELECT DISTINCT d.* FROM renditions r JOIN renditions o ON o.sha256 = r.sha256"
            " JOIN files f ON f.sha256 = r.sha256 AND f.documents > 1 JOIN documents d ON d.id = o.document_id"
            " WHERE r.document_id = ? ORDER BY d.id", (document,)).fetchall():
        name = own_name(Header(type=row["type"], number=row["number"], title=row["title"]))
        if name and fold(key(name)) in wanted:
            nodes[fold(key(name))] = row["base_id"]
            title = None if row["number"] else row["title"]
            meet_node(conn, Citation(Span(0, 0), row["type"], row["number"], title, row["date"], row["year"],
                                     row["issuer"]), row["base_id"])
    return nodes


def point_relations(conn: sqlite3.Connection, document: str) -> set[str]:
    """Set the nodes of the relations that a directive states, by the names of its mentions; the first one's counts.

    What is issued with a decision has a node beside it. Gives the nodes that they pointed at before and don't now.
    """
    rows = conn.execute("SELECT * FROM relations WHERE document_id = ?", (document,)).fetchall()
    if not rows:
        return set()
    nodes = _beside(conn, document, rows)
    for row in conn.execute("SELECT * FROM citations WHERE document_id = ? ORDER BY ord DESC", (document,)):
        nodes |= {fold(key(name)): row["cited_id"] for name in names_of(citation(row))}
    left: set[str] = set()
    for row in rows:
        source, target = (nodes.get(fold(key(row[end]))) for end in ("source", "target"))
        if row["type"] == "issued_with" and source is None and target:
            source = meet_attachment(conn, row["source"], target)
        left |= {row["source_id"], row["target_id"]} - {source, target, None}
        conn.execute("UPDATE relations SET source_id = ?, target_id = ? WHERE id = ?", (source, target, row["id"]))
    return left
