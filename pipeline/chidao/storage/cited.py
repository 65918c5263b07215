"""Nodes of cited documents, held or not: what mentions say of each, merged."""
from __future__ import annotations

import sqlite3

from chidao.grammar.folding import key, squeeze
from chidao.model import Citation, Span
from chidao.storage.words import number_key, slug


def node_id(citation: Citation) -> str:
    """The node of what is cited: its id, or an open one by type and number, name or date.

    >>> node_id(Citation(Span(0, 20), "Nghị quyết", number="38/NQ-CP"))
    'open:nghi-quyet:38-nq-cp'
    """
    if citation.target:
        return citation.target
    parts = [citation.type, citation.number or citation.name or citation.date or "", str(citation.year or "")]
    return ":".join(["open", *(slug(part) for part in parts if part)])


def names_of(citation: Citation) -> list[str]:
    """What a relation may call the cited document."""
    named = [citation.name] if citation.name else []
    return [*named, f"{citation.type} {citation.number}", citation.number] if citation.number else named


# What mentions say of a node is merged so that their order does not matter: the greatest of each.
_MEET_NODE = """
INSERT INTO cited_documents (id, label, type, number, number_key, name, date, year, issuer, resolved, document_id)
VALUES (:id, :label, :type, :number, :number_key, :name, :date, :year, :issuer, :resolved,
  (SELECT id FROM documents WHERE id = :id))
ON CONFLICT (id) DO UPDATE SET
  label = max(label, excluded.label),
  type = max(type, excluded.type),
  number = max(coalesce(number, excluded.number), coalesce(excluded.number, number)),
  number_key = max(coalesce(number_key, excluded.number_key), coalesce(excluded.number_key, number_key)),
  name = max(coalesce(name, excluded.name), coalesce(excluded.name, name)),
  date = max(coalesce(date, excluded.date), coalesce(excluded.date, date)),
  year = max(coalesce(year, excluded.year), coalesce(excluded.year, year)),
  issuer = max(coalesce(issuer, excluded.issuer), coalesce(excluded.issuer, issuer))
"""


def meet_node(conn: sqlite3.Connection, citation: Citation, id: str) -> None:
    """Make the node with that id, or add to it what a mention says."""
    named = citation.number or citation.name or citation.date
    conn.execute(_MEET_NODE, {
        "id": id, "label": citation_label(citation.type, named), "type": citation.type,
        "number": citation.number, "number_key": number_key(citation.number), "name": citation.name,
        "date": citation.date, "year": citation.year, "issuer": citation.issuer,
        "resolved": int(not id.startswith("open:")),
    })


def citation_label(type: str, named: str | None) -> str:
    """Type and number; a name that begins with the type is not given it twice.

    >>> citation_label("Luật", "Luật Bảo vệ môi trường"), citation_label("Nghị quyết", "38/NQ-CP")
    ('Luật Bảo vệ môi trường', 'Nghị quyết 38/NQ-CP')
    """
    if named and key(named).startswith(key(type)):
        return named
    return squeeze(f"{type} {named or ''}")


def settle_node(conn: sqlite3.Connection, id: str) -> None:
    """After a removal: forget a node that nothing cites, else merge again what the others say of it."""
    mentions = conn.execute(
        "SELECT type, number, name, date, year, issuer FROM citations WHERE cited_id = ?", (id,)).fetchall()
    related = conn.execute(
        "SELECT 1 FROM relations WHERE source_id = :id OR target_id = :id LIMIT 1", {"id": id}).fetchone()
    if not mentions and related:
        return
    conn.execute("PRAGMA defer_foreign_keys = ON")
    conn.execute("DELETE FROM cited_documents WHERE id = ?", (id,))
    for m in mentions:
        meet_node(conn, Citation(Span(0, 0), m["type"], m["number"], m["name"], m["date"], m["year"], m["issuer"]), id)
