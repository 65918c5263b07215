"""The graphs as files: GraphML, GEXF, JSON-LD, pairs of nodes and edges as CSV."""
from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import IO, TYPE_CHECKING

from chidao.graph import jsonld
from chidao.graph.lineage import lineage_graph
from chidao.graph.responsibility import responsibility_graph

if TYPE_CHECKING:
    import networkx as nx

    from chidao.storage import Register

FORMATS = ("graphml", "gexf", "jsonld", "csv")
KINDS = ("lineage", "responsibility")


def write(register: Register, file: IO[bytes], *, form: str, kind: str = "lineage", mentions: bool = False) -> int:
    """Write a graph of the register to a binary file in a format of FORMATS; gives the number of its nodes.

    CSV is a zip of nodes.csv and edges.csv. JSON-LD has the lineage only: its vocabularies know no tasks.
    """
    if form == "jsonld":
        said = jsonld.document(register, mentions=mentions)
        file.write(json.dumps(said, ensure_ascii=False, indent=1).encode())
        return len(said["@graph"])
    graph = lineage_graph(register, mentions=mentions) if kind == "lineage" else responsibility_graph(register)
    _WRITERS[form](_plain(graph), file)
    return int(graph.number_of_nodes())


def _plain(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """A copy whose attributes all formats can hold: no None, no control characters."""
    copy = graph.__class__()
    copy.add_nodes_from((node, _said(data)) for node, data in graph.nodes(data=True))
    copy.add_edges_from((a, b, key, _said(data)) for a, b, key, data in graph.edges(keys=True, data=True))
    return copy


def _said(data: dict[str, object]) -> dict[str, object]:
    return {name: _printable(value) if isinstance(value, str) else value
            for name, value in data.items() if value is not None}


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _graphml(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    import networkx as nx

    nx.write_graphml(graph, file, named_key_ids=True)


def _gexf(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    """GEXF means something else by the `type` of an edge: there it is `edge_type`."""
    import networkx as nx

    renamed = graph.__class__()
    renamed.add_nodes_from(graph.nodes(data=True))
    renamed.add_edges_from((a, b, key, {("edge_type" if name == "type" else name): v for name, v in data.items()})
                           for a, b, key, data in graph.edges(keys=True, data=True))
    nx.write_gexf(renamed, file)


def _csv(graph: nx.MultiDiGraph, file: IO[bytes]) -> None:
    nodes = [{"id": node, **data} for node, data in graph.nodes(data=True)]
    edges = [{"source": a, "target": b, **{("stated" if name == "source" else name): v for name, v in data.items()}}
             for a, b, data in graph.edges(data=True)]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pair:
        for name, rows in (("nodes.csv", nodes), ("edges.csv", edges)):
            table = io.StringIO()
            columns = list(dict.fromkeys(column for row in rows for column in row))
            writer = csv.DictWriter(table, columns, lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(rows)
            pair.writestr(name, "\ufeff" + table.getvalue())


_WRITERS = {"graphml": _graphml, "gexf": _gexf, "csv": _csv}
