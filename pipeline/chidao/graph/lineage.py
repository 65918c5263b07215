"""Lineage: what a directive is based on, and what is based on it; documents that are not held count, too."""
from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from chidao import knowledge
from chidao.errors import RegisterError
from chidao.model import Span
from chidao.storage.rows import TraceEdge
from chidao.storage.words import find_numbers, folded

if TYPE_CHECKING:
    import networkx as nx

    from chidao.storage import Register

Direction = Literal["up", "down"]

# The nodes within reach, each with the fewest steps to it; then the edges that leave those nodes. The two halves of
# v_lineage are named one by one: over the view, SQLite would not use the indexes in a recursion. No condition is on
# citations or relations alone (hence iif): where statistics are there, SQLite 3.40 would else build a Bloom filter over
# the whole table, slowly, and lose rows of the recursion by it.
_WALK = """
WITH RECURSIVE reach (node, depth) AS (
  SELECT :start, 0
  UNION
  SELECT c.{cited_far}, reach.depth + 1 FROM reach CROSS JOIN citations c ON c.{cited_near} = reach.node
  WHERE reach.depth + 1 < :depth AND iif(reach.depth < :depth, c.edge, NULL) IN (SELECT value FROM json_each(:types))
  UNION
  SELECT r.{far}, reach.depth + 1 FROM reach CROSS JOIN relations r ON r.{near} = reach.node
  WHERE reach.depth + 1 < :depth AND iif(reach.depth < :depth, r.type, NULL) IN (SELECT value FROM json_each(:types))
),
nearest AS (SELECT node, min(depth) AS depth FROM reach WHERE node IS NOT NULL GROUP BY node)
SELECT c.source_id, c.cited_id AS target_id, c.edge AS type, c.relation, c.detail, c.provision,
  c.document_id AS stated_by, c.text, c.span_start, c.span_end, nearest.depth + 1 AS depth
FROM nearest CROSS JOIN citations c ON c.{cited_near} = nearest.node
WHERE c.{cited_far} <> nearest.node
  AND iif(nearest.depth < :depth, c.edge, NULL) IN (SELECT value FROM json_each(:types))
UNION ALL
SELECT r.source_id, r.target_id, r.type, r.type, NULL, r.provision, r.document_id, r.text, r.span_start, r.span_end,
  nearest.depth + 1
FROM nearest CROSS JOIN relations r ON r.{near} = nearest.node
WHERE r.{far} <> nearest.node AND iif(nearest.depth < :depth, r.type, NULL) IN (SELECT value FROM json_each(:types))
ORDER BY depth, source_id, target_id, type, stated_by, span_start
"""
_ENDS = {
    "up": {"near": "source_id", "far": "target_id", "cited_near": "source_id", "cited_far": "cited_id"},
    "down": {"near": "target_id", "far": "source_id", "cited_near": "cited_id", "cited_far": "source_id"},
}
_NODES = """
SELECT v.value AS id, coalesce(min(d.label), n.label, v.value) AS label, count(d.id) > 0 AS held,
  coalesce(n.resolved, 1) AS resolved
FROM json_each(:ids) v LEFT JOIN documents d ON d.base_id = v.value LEFT JOIN cited_documents n ON n.id = v.value
GROUP BY v.value
"""


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of a printed tree: the edge that led to it (None at the root) and what follows from it.

    `repeated`: its branches stand elsewhere in the tree.
    """

    id: str
    label: str
    held: bool
    edge: TraceEdge | None
    branches: tuple[Branch, ...]
    repeated: bool = False


def trace(
    register: Register, document: str, *, up: bool = True, down: bool = True, depth: int = 3, mentions: bool = False,
    types: Sequence[str] = (),
) -> list[TraceEdge]:
    """Edges within `depth` steps, upwards first, by depth; see `Register.trace`."""
    start = find_node(register, document)
    wanted = types or edge_types(mentions=mentions)
    directions: tuple[tuple[Direction, bool], ...] = (("up", up), ("down", down))
    return [edge for name, chosen in directions if chosen
            for edge in _walk(register.connection, start, name, depth, wanted)]


def edge_types(*, mentions: bool = False) -> tuple[str, ...]:
    """The types of edges that lineage follows, with `mentions` all of them.

    >>> "legal_basis" in edge_types(), "mentions" in edge_types(), "mentions" in edge_types(mentions=True)
    (True, False, True)
    """
    return tuple(row["type"] for row in knowledge.rows("edge_types") if mentions or row["lineage"] == "yes")


def find_node(register: Register, text: str) -> str:
    """The id of a document, held or only cited, that `text` names. Raises RegisterError as `find_document`."""
    if register.connection.execute("SELECT 1 FROM cited_documents WHERE id = ?", (text,)).fetchone():
        return text
    try:
        return base_id(register.connection, register.find_document(text).id)
    except RegisterError as error:
        if error.code != "document_unknown":
            raise
        return _find_cited(register.connection, text.strip(), error)


def label_of(register: Register, id: str) -> str:
    """What the document with that id is called, held or only cited; the id itself where it is unknown."""
    return labels_of(register, [id])[id]


def labels_of(register: Register, ids: Sequence[str]) -> dict[str, str]:
    """What the documents with those ids are called."""
    return {id: label for id, (label, _, _) in _nodes(register.connection, set(ids)).items()}


def base_id(conn: sqlite3.Connection, document: str) -> str:
    """The node of a directive that is held: files of one document that differ share a node."""
    return str(conn.execute("SELECT base_id FROM documents WHERE id = ?", (document,)).fetchone()[0])


def tree(edges: list[TraceEdge], root: str, direction: Direction) -> Branch:
    """The edges of one direction as a tree; a node that was opened already is not opened again."""
    near, far = ("source", "target") if direction == "up" else ("target", "source")
    leaving: dict[str, list[TraceEdge]] = defaultdict(list)
    for edge in edges:
        if edge.direction == direction:
            leaving[getattr(edge, near)].append(edge)
    opened: set[str] = set()

    def grow(id: str, edge: TraceEdge | None) -> Branch:
        again = id in opened
        opened.add(id)
        followers = [] if again else leaving[id]
        first = followers[0] if followers else None
        label, held = (
            (getattr(edge, f"{far}_label"), getattr(edge, f"{far}_held")) if edge
            else (getattr(first, f"{near}_label"), getattr(first, f"{near}_held")) if first else (id, False))
        branches = tuple(grow(getattr(e, far), e) for e in followers)
        return Branch(id, label, held, edge, branches, repeated=again and bool(leaving[id]))

    return grow(root, None)


def lineage_graph(register: Register, *, mentions: bool = False, types: Sequence[str] = ()) -> nx.MultiDiGraph:
    """The whole lineage: an edge points from the citing document to the cited one, keyed by its type and who says so.

    Nodes have `label`, `held`, `resolved`; edges `type`, `relation`, `detail`, `provision`, `stated_by`, `text`,
    `mentions`.
    """
    import networkx as nx

    conn = register.connection
    graph = nx.MultiDiGraph()
    rows = conn.execute(
        "SELECT source_id, target_id, type, relation, detail, provision, stated_by, text FROM v_lineage"
        " WHERE source_id <> target_id AND type IN (SELECT value FROM json_each(?))"
        " ORDER BY source_id, target_id, type, stated_by, span_start",
        (json.dumps(types or edge_types(mentions=mentions)),)).fetchall()
    documents = [row[0] for row in conn.execute("SELECT base_id FROM documents")]
    ends = {end for row in rows for end in (row["source_id"], row["target_id"])}
    for id, (label, held, resolved) in sorted(_nodes(conn, {*documents, *ends}).items()):
        graph.add_node(id, label=label, held=held, resolved=resolved)
    for group in _grouped(rows):
        first = group[0]
        graph.add_edge(
            first["source_id"], first["target_id"], key=f"{first['type']} {first['stated_by']}",
            **{name: first[name] for name in ("type", "relation", "detail", "provision", "stated_by", "text")},
            mentions=len(group))
    return graph


def _walk(
    conn: sqlite3.Connection, start: str, direction: Direction, depth: int, types: Sequence[str],
) -> list[TraceEdge]:
    if depth < 1:
        return []
    rows = conn.execute(
        _WALK.format(**_ENDS[direction]), {"start": start, "depth": depth, "types": json.dumps(types)}).fetchall()
    nodes = _nodes(conn, {end for row in rows for end in (row["source_id"], row["target_id"])})
    return [_edge(group, nodes, direction) for group in _grouped(rows)]


def _grouped(rows: list[sqlite3.Row]) -> list[list[sqlite3.Row]]:
    """Mentions that make one edge: the same ends, type and stating document, in order."""
    groups: dict[tuple[str, str, str, str], list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        groups[row["source_id"], row["target_id"], row["type"], row["stated_by"]].append(row)
    return list(groups.values())


def _edge(
    group: list[sqlite3.Row], nodes: dict[str, tuple[str, bool, bool]], direction: Direction,
) -> TraceEdge:
    first = group[0]
    source, target = nodes[first["source_id"]], nodes[first["target_id"]]
    return TraceEdge(
        source=first["source_id"], target=first["target_id"], type=first["type"], relation=first["relation"],
        detail=first["detail"], provision=first["provision"], direction=direction, depth=first["depth"],
        source_label=source[0], target_label=target[0], source_held=source[1], target_held=target[1],
        resolved=source[2] and target[2], stated_by=first["stated_by"], text=first["text"],
        span=Span(first["span_start"], first["span_end"]), mentions=len(group))


def _nodes(conn: sqlite3.Connection, ids: set[str]) -> dict[str, tuple[str, bool, bool]]:
    rows = conn.execute(_NODES, {"ids": json.dumps(sorted(ids))})
    return {row["id"]: (row["label"], bool(row["held"]), bool(row["resolved"])) for row in rows}


def _find_cited(conn: sqlite3.Connection, text: str, unknown: RegisterError) -> str:
    numbers = find_numbers(folded(text))
    number = numbers[0][2] if numbers else None
    rows = conn.execute(
        "SELECT id, resolved FROM cited_documents WHERE id = :text OR number_key = :number"
        " OR fold_key(label) = fold_key(:text) OR fold_key(name) = fold_key(:text)"
        " ORDER BY id = :text DESC, resolved DESC, id", {"text": text, "number": number}).fetchall()
    if not rows:
        raise unknown
    alone = len(rows) == 1 or (rows[0]["resolved"] and not rows[1]["resolved"])
    if not alone and rows[0]["id"] != text:
        raise RegisterError("document_ambiguous", f"{text}: {'; '.join(row['id'] for row in rows[:10])}")
    return str(rows[0]["id"])
