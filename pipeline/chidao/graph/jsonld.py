"""Lineage as JSON-LD: schema.org Legislation with the relations of the European Legislation Identifier (ELI)."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chidao import knowledge
from chidao.graph.claims import Known, all_known
from chidao.graph.lineage import lineage_graph

if TYPE_CHECKING:
    from chidao.storage import Register

CONTEXT: dict[str, Any] = {
    "schema": "https://schema.org/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "Legislation": "schema:Legislation",
    "name": "schema:name",
    "alternateName": "schema:alternateName",
    "legislationIdentifier": "schema:legislationIdentifier",
    "legislationType": "schema:legislationType",
    "legislationDate": {"@id": "schema:legislationDate", "@type": "schema:Date"},
    "legislationPassedBy": "schema:legislationPassedBy",
    "inLanguage": "schema:inLanguage",
}


def document(register: Register, *, mentions: bool = False) -> dict[str, Any]:
    """The whole lineage as one JSON-LD object: a node a document, held or only cited, with its relations.

    Ids are LEX URNs; an open mention, which is no URN, is a node without id ("_:b0").
    """
    graph = lineage_graph(register, mentions=mentions)
    properties = {row["type"]: row["eli"] for row in knowledge.rows("edge_types")}
    ids = {id: _id(id, at) for at, id in enumerate(graph.nodes)}
    known = {each.id: each for each in all_known(register)}
    entries = {id: _entry(ids[id], graph.nodes[id]["label"], known.get(id)) for id in graph.nodes}
    for source, target, type in graph.edges(data="type"):
        said = entries[source].setdefault(f"eli:{properties[type]}", [])
        if {"@id": ids[target]} not in said:
            said.append({"@id": ids[target]})
    return {"@context": CONTEXT, "@graph": list(entries.values())}


def _id(id: str, at: int) -> str:
    return f"_:b{at}" if id.startswith("open:") else id


def _entry(shown: str, label: str, known: Known | None) -> dict[str, Any]:
    values = {"@id": shown, "@type": "Legislation", "name": label, "inLanguage": "vi"}
    said = {"alternateName": known.title, "legislationIdentifier": known.number, "legislationType": known.type,
            "legislationDate": known.date, "legislationPassedBy": known.issuer} if known else {}
    return values | {name: value for name, value in said.items() if value}
