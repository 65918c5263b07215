"""Nodes of cited documents, held or not: what mentions say of each, merged."""
from __future__ import annotations

import re
import sqlite3
from typing import Any

from chidao.grammar.folding import key, squeeze
from chidao.grammar.numbers import parse_number
from chidao.linking.full_numbers import canonical, full_number
from chidao.linking.law_numbers import law_number
from chidao.model import Citation, Span
from chidao.storage.words import number_key, slug

_YEAR_OF_URN = re.compile(r"urn:lex:[^:]+:[^:]+:[^:]+:(\d{4});")
_VOTED = ("date", "name")
_FIELDS = ("label", "type", "number", "number_key", "name", "date", "year", "issuer")


def node_id(citation: Citation, document: str) -> str:
    """The node of what `document` cites: its id, or one of that directive's own by type and number, name or date.

    What one directive leaves open may be another document than what the next one leaves open: they don't share a node.

    >>> node_id(Citation(Span(0, 20), "Nghị quyết", number="38/NQ-CP"), "urn:chidao:0f3a")
    'open:nghi-quyet:38-nq-cp@urn:chidao:0f3a'
    """
    if citation.target:
        return citation.target
    parts = [citation.type, citation.number or citation.name or citation.date or "", str(citation.year or "")]
    return f"{':'.join(['open', *(slug(part) for part in parts if part)])}@{document}"


def attachment_id(name: str, decision: str) -> str:
    """The node of what a decision issues with itself, by its type: an attachment has no number of its own.

    >>> attachment_id("Quy chế làm việc của Sở", "urn:lex:vn;song.lam:uy.ban.nhan.dan:quyet.dinh:2024;812-qd-ubnd")
    'urn:lex:vn;song.lam:uy.ban.nhan.dan:quyet.dinh:2024;812-qd-ubnd:quy-che'
    """
    return f"{decision}:{slug(' '.join(name.split()[:2]))}"


def names_of(citation: Citation) -> list[str]:
    """What a relation may call the cited document."""
    named = [citation.name] if citation.name else []
    return [*named, f"{citation.type} {citation.number}", citation.number] if citation.number else named


def meet_node(conn: sqlite3.Connection, citation: Citation, id: str) -> bool:
    """Make the node with that id, or add to it what a mention says; True where it gives another day or name.

    Of two values the smaller is kept (a capital comes before a small letter), so that the order of mentions does not
    matter. Which of two days or names is kept, `settle_votes` tells when the mentions are written. All that was said is
    in the view v_document_claims.
    """
    said = _said(citation, id)
    row = conn.execute("SELECT * FROM cited_documents WHERE id = ?", (id,)).fetchone()
    if row is None:
        _insert(conn, id, said)
        return False
    merged = {field: _smaller(row[field], said[field]) for field in _FIELDS}
    merged |= {field: row[field] for field in _VOTED
               if row[field] and said[field] and key(row[field]) != key(said[field])}
    merged["label"] = node_label(merged["type"], merged["number"], merged["name"], merged["date"])
    if any(merged[field] != row[field] for field in _FIELDS):
        changes = ", ".join(f"{field} = :{field}" for field in _FIELDS)
        conn.execute(f"UPDATE cited_documents SET {changes} WHERE id = :id", {**merged, "id": id})
    return any(said[field] and key(said[field]) != key(merged[field]) for field in _VOTED)


def settle_votes(conn: sqlite3.Connection, id: str) -> None:
    """Of the days and names that directives give for a node, keep what most of them give; of two the smaller."""
    most = ("(SELECT min({0}) FROM citations WHERE cited_id = :id AND {0} IS NOT NULL GROUP BY {1}"
            " ORDER BY count(DISTINCT document_id) DESC, min({0}) LIMIT 1)")
    conn.execute(
        f"UPDATE cited_documents SET date = coalesce({most.format('date', 'date')}, date),"
        f" name = coalesce({most.format('name', 'name_key')}, name) WHERE id = :id", {"id": id})
    row = conn.execute("SELECT * FROM cited_documents WHERE id = ?", (id,)).fetchone()
    if row:
        label = node_label(row["type"], row["number"], row["name"], row["date"])
        conn.execute("UPDATE cited_documents SET label = ? WHERE id = ?", (label, id))


def meet_attachment(conn: sqlite3.Connection, name: str, decision: str) -> str:
    """Make the node of an attachment, or add to it how it is called; gives its id."""
    id = attachment_id(name, decision)
    meet_node(conn, Citation(Span(0, 0), squeeze(" ".join(name.split()[:2])), name=name), id)
    return id


def node_label(type: str, number: str | None, name: str | None, date: str | None) -> str:
    """What a node is called: type and number, a law's name with its number, else the name or the day.

    >>> node_label("Luật", "31/2024/QH15", "Luật Đất đai", None), node_label("Nghị quyết", "38/NQ-CP", None, None)
    ('Luật Đất đai 31/2024/QH15', 'Nghị quyết 38/NQ-CP')
    """
    called = name if name and key(name).startswith(key(type)) else squeeze(f"{type} {name or ''}")
    return squeeze(f"{called} {number or ('' if name else date or '')}")


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
    settle_votes(conn, id)


def _said(c: Citation, id: str) -> dict[str, Any]:
    number = full_number(c) or (law_number(c.type, c.name, c.year, c.date) if c.name else None)
    whole = canonical(number) if number else ""
    number = whole if number and whole.startswith(number) else number  # else one "72/2025/QH" would name the node
    urn = _YEAR_OF_URN.match(id)
    parsed = parse_number(number) if number else None
    return {"label": node_label(c.type, number, c.name, c.date), "type": c.type, "number": number,
            "number_key": number_key(number), "name": c.name, "date": c.date,
            "year": int(urn[1]) if urn else c.year,
            "issuer": (parsed.issuer if parsed else None) or c.issuer}


def _insert(conn: sqlite3.Connection, id: str, said: dict[str, Any]) -> None:
    conn.execute(
        "INSERT INTO cited_documents (id, label, type, number, number_key, name, date, year, issuer, resolved,"
        " document_id) VALUES (:id, :label, :type, :number, :number_key, :name, :date, :year, :issuer, :resolved,"
        " (SELECT min(id) FROM documents WHERE base_id = :id))",
        {**said, "id": id, "resolved": int(not id.startswith("open:"))})


def _smaller(kept: Any, said: Any) -> Any:
    return min((v for v in (kept, said) if v is not None), default=None)

