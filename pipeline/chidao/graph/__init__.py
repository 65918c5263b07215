"""How directives descend from one another, what is said of each, and who answers for what."""
from __future__ import annotations

from chidao.graph.claims import all_known, claimants, known_of
from chidao.graph.lineage import edge_types, find_node, label_of, lineage_graph, trace, tree
from chidao.graph.responsibility import duties_under, origins_of, responsibility_graph
from chidao.graph.validity import Validity, changes_of, validity

__all__ = [
    "Validity", "all_known", "changes_of", "claimants", "duties_under", "edge_types", "find_node", "known_of",
    "label_of", "lineage_graph", "origins_of", "responsibility_graph", "trace", "tree", "validity",
]
