"""How directives descend from one another, what is said of each, and who answers for what."""
from __future__ import annotations

from chidao.graph.claims import known_of
from chidao.graph.lineage import edge_types, find_node, lineage_graph, trace, tree
from chidao.graph.validity import changes_of, validity

__all__ = ["changes_of", "edge_types", "find_node", "known_of", "lineage_graph", "trace", "tree", "validity"]
