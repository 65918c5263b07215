"""Who answers for what: body -> task -> directive -> what it carries out; SQL for questions, networkx for analysis."""
from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

    from chidao.storage import Register

RELATIONS = ("leads", "coordinates", "reports_to", "monitors", "requested")
# What carries a document out: held directives from which `implements` leads to it, and the document itself.
_CARRIED = """
WITH RECURSIVE carried (node, depth) AS (
  SELECT :document, 0
  UNION
  SELECT c.source_id, carried.depth + 1 FROM carried JOIN citations c ON c.cited_id = carried.node
  WHERE c.edge = 'implements' AND carried.depth < :depth
),
nearest AS (SELECT node, min(depth) AS depth FROM carried GROUP BY node)
SELECT r.agency_id, r.agency, r.relation, r.source, r.task_key, r.task, d.base_id AS directive, nearest.depth
FROM nearest JOIN documents d ON d.base_id = nearest.node JOIN v_responsibility r ON r.document_id = d.id
WHERE r.relation IN (SELECT value FROM json_each(:relations))
ORDER BY nearest.depth, d.base_id, r.task_id, r.relation, r.agency
"""
# What a body's tasks go back to, step by step.
_ROOTS = """
WITH RECURSIVE origin (directive, node, depth) AS (
  SELECT DISTINCT d.base_id, d.base_id, 0 FROM v_responsibility r JOIN documents d ON d.id = r.document_id
  WHERE r.agency_id = :agency AND r.relation IN (SELECT value FROM json_each(:relations))
  UNION
  SELECT origin.directive, c.cited_id, origin.depth + 1 FROM origin JOIN citations c ON c.source_id = origin.node
  WHERE c.edge = 'implements' AND origin.depth < :depth
)
SELECT directive, node, min(depth) AS depth FROM origin GROUP BY directive, node ORDER BY directive, depth, node
"""


@dataclass(frozen=True, slots=True)
class Duty:
    """A body's part in a task of a directive that carries out a document in `depth` steps (0: that document itself)."""

    agency_id: int
    agency: str
    relation: str
    source: str
    task: str
    label: str
    directive: str
    depth: int


def duties_under(register: Register, document: str, *, depth: int = 5,
                 relations: Sequence[str] = RELATIONS) -> list[Duty]:
    """Who answers for what under a document: its own tasks and those of the directives that carry it out."""
    from chidao.graph.lineage import find_node

    rows = register.connection.execute(
        _CARRIED, {"document": find_node(register, document), "depth": depth, "relations": json.dumps(relations)})
    return [Duty(*row) for row in rows]


def origins_of(register: Register, agency_id: int, *, depth: int = 5,
               relations: Sequence[str] = RELATIONS) -> dict[str, dict[str, int]]:
    """For each directive that gives a body a task, what it carries out, with the steps to it (itself: 0)."""
    found: dict[str, dict[str, int]] = {}
    values = {"agency": agency_id, "depth": depth, "relations": json.dumps(relations)}
    for directive, node, steps in register.connection.execute(_ROOTS, values):
        found.setdefault(directive, {})[node] = steps
    return found


def responsibility_graph(register: Register) -> nx.MultiDiGraph:
    """Bodies (``agency:12``), tasks and documents; edges body -leads, coordinates …-> task -part_of-> directive
    -implements-> parent.

    Nodes have `kind` (agency, task, document) and `label`; edges `type`, and those of bodies `source` and `mood`.
    """
    import networkx as nx

    conn = register.connection
    graph = nx.MultiDiGraph()
    rows = conn.execute(
        "SELECT r.*, d.base_id FROM v_responsibility r JOIN documents d ON d.id = r.document_id"
        " ORDER BY r.task_id, r.relation, r.agency_id").fetchall()
    for row in rows:
        graph.add_node(f"agency:{row['agency_id']}", kind="agency", label=row["agency"])
        graph.add_edge(f"agency:{row['agency_id']}", row["task_key"], key=row["relation"], type=row["relation"],
                       source=row["source"], mood=row["mood"])
    for key, label, base in conn.execute(
            "SELECT t.key, t.label, d.base_id FROM tasks t JOIN documents d ON d.id = t.document_id ORDER BY t.id"):
        graph.add_node(key, kind="task", label=label)
        graph.add_edge(key, base, key="part_of", type="part_of")
    for source, target in conn.execute(
            "SELECT DISTINCT source_id, cited_id FROM citations WHERE edge = 'implements' AND source_id <> cited_id"
            " ORDER BY 1, 2"):
        graph.add_edge(source, target, key="implements", type="implements")
    _name_documents(register, graph)
    return graph


def _name_documents(register: Register, graph: nx.MultiDiGraph) -> None:
    from chidao.graph.lineage import labels_of

    documents = [node for node, data in graph.nodes(data=True) if "kind" not in data]
    labels = labels_of(register, documents)
    for node in documents:
        graph.add_node(node, kind="document", label=labels[node])
