"""How directives descend from one another."""
from __future__ import annotations

from chidao.graph.lineage import lineage_graph, trace, tree

__all__ = ["lineage_graph", "trace", "tree"]
