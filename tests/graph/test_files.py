"""The graphs as files, read back by other programs."""
from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator

import networkx as nx
import pytest
import rdflib
from registers import DISPATCH, LAW, PLAN, RESOLUTION, dispatch, plan, resolution

from chidao import knowledge
from chidao.graph import files, lineage_graph, responsibility_graph
from chidao.storage import Register

SCHEMA, ELI = rdflib.Namespace("https://schema.org/"), rdflib.Namespace("http://data.europa.eu/eli/ontology#")


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as register:
        for each in (dispatch(), plan(), resolution()):
            register.add(each)
        yield register


def written(register: Register, form: str, kind: str = "lineage", *, mentions: bool = False) -> io.BytesIO:
    file = io.BytesIO()
    files.write(register, file, form=form, kind=kind, mentions=mentions)
    file.seek(0)
    return file


@pytest.mark.parametrize(("form", "read", "type_"), [
    ("graphml", nx.read_graphml, "type"), ("gexf", nx.read_gexf, "edge_type")])
@pytest.mark.parametrize("kind", files.KINDS)
def test_networkx_reads_it_back(register: Register, form: str, read: object, type_: str, kind: str) -> None:
    ours = lineage_graph(register) if kind == "lineage" else responsibility_graph(register)
    back = read(written(register, form, kind))  # type: ignore[operator]
    assert set(back.nodes) == set(ours.nodes)
    assert sorted(back.edges(data=type_)) == sorted(ours.edges(data="type"))
    assert back.nodes[PLAN]["label"] == "Kế hoạch 07/KH-UBND"


def test_json_ld_expands_to_triples(register: Register) -> None:
    triples = rdflib.Graph().parse(written(register, "jsonld", mentions=True), format="json-ld")
    document = rdflib.URIRef(PLAN)
    assert (document, rdflib.RDF.type, SCHEMA.Legislation) in triples
    assert triples.value(document, SCHEMA.legislationIdentifier) == rdflib.Literal("07/KH-UBND")
    assert triples.value(document, SCHEMA.legislationDate).datatype == SCHEMA.Date
    assert (document, ELI.implements, rdflib.URIRef(RESOLUTION)) in triples
    assert (document, ELI.based_on, rdflib.URIRef(LAW)) in triples
    assert (rdflib.URIRef(DISPATCH), ELI.implements, document) in triples
    # an open mention has no id of its own
    assert any(isinstance(o, rdflib.BNode) for o in triples.objects(document, ELI.cites))
    assert len(set(triples.subjects(rdflib.RDF.type, SCHEMA.Legislation))) == 5


def test_csv_is_a_pair(register: Register) -> None:
    with zipfile.ZipFile(written(register, "csv", "responsibility")) as pair:
        nodes, edges = (list(csv.DictReader(io.TextIOWrapper(pair.open(name), "utf-8-sig")))
                        for name in ("nodes.csv", "edges.csv"))
    ids = {row["id"] for row in nodes}
    assert {end for row in edges for end in (row["source"], row["target"])} <= ids
    assert {row["type"] for row in edges} == {"leads", "coordinates", "part_of", "implements"}
    assert sum(row["kind"] == "task" for row in nodes) == 8


def test_every_type_of_edge_has_a_term_of_eli() -> None:
    assert all(row["eli"] and row["inverse"] for row in knowledge.rows("edge_types"))
