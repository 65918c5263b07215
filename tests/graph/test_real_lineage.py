"""Identity and edges: on the sample directives against their annotations, on real ones against editors' titles."""
from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest

from chidao.batch import ingest
from chidao.grammar.numbers import parse_number
from chidao.storage import Register
from chidao.storage.words import number_key

CORPUS = Path(__file__).parents[2] / "corpus"
TYPES = {"sửa đổi/bổ sung": {"amends"}, "bãi bỏ": {"repeals"}, "triển khai/thực hiện": {"implements"},
         "hướng dẫn": {"guides", "consolidates"}}


def test_no_node_merges_two_documents_and_none_stands_in_two() -> None:
    """What annotators read as one number, year and issuer has one node in all samples, and each node one of these."""
    with Register(":memory:") as register:
        ingest([CORPUS / "directives"], register)
        documents, nodes = defaultdict(set), defaultdict(set)
        for file in sorted((CORPUS / "annotations").glob("*.json")):
            for c in json.loads(file.read_text("utf-8"))["citations"]:
                row = register.connection.execute(
                    "SELECT cited_id FROM citations c JOIN renditions USING (document_id) JOIN files f USING (sha256)"
                    " WHERE f.name LIKE ? || '.%' AND c.text = ? AND c.target IS NOT NULL", (file.stem, c["quote"])).fetchone()
                if row and c["number"] and c["year"]:
                    nodes[_as_annotated(c)].add(row[0])
                    documents[row[0]].add(_as_annotated(c))
    assert len(nodes) >= 25
    assert [key for key, found in nodes.items() if len(found) > 1] == []
    assert [node for node, meant in documents.items() if len(meant) > 1] == []


def _as_annotated(c: dict[str, str]) -> tuple[str, str, str]:
    """Number, year and, where the symbol doesn't name the issuer, the issuer."""
    parsed = parse_number(c["number"])
    central = parsed is not None and parsed.issuer is not None and "UBND" not in parsed.symbol
    return c["number"], c["year"], "" if central else c["issuer"]


def test_edges_that_editors_put_into_titles_are_found(tmp_path: Path, real_data: Path) -> None:
    folder = real_data / "real"
    with (folder / "lineage" / "tvpl2025_title_edges.tsv").open(encoding="utf-8") as file:
        rows = {(r["corpus_file"], r["target_number"], r["relation_from_title"]) for r in csv.DictReader(file, delimiter="\t")
                if not r["source_number"].startswith(r["target_number"]) and "CTUBND" not in r["source_number"]}
    texts = sorted({folder / "directives" / name for name, _, _ in rows if (folder / "directives" / name).exists()})
    with Register(tmp_path / "register.db") as register:
        ingest(texts, register)
        held = {row[0] for row in register.connection.execute("SELECT name FROM files")}
        found = {row: _types(register, row[0], row[1]) for row in rows if row[0] in held}
    typed = [bool(TYPES[row[2]] & types) for row, types in found.items() if row[2] in TYPES]
    assert len(found) >= 30
    assert sum(map(bool, found.values())) >= 0.95 * len(found)
    assert sum(typed) >= 0.85 * len(typed)  # the four that differ are mentions by our guidelines


def _types(register: Register, file: str, target: str) -> set[str]:
    return {row[0] for row in register.connection.execute(
        "SELECT l.type FROM v_lineage l JOIN renditions r ON r.document_id = l.stated_by JOIN files f USING (sha256)"
        " JOIN cited_documents n ON n.id = l.target_id WHERE f.name = ? AND n.number_key = ?",
        (file, number_key(target)))}


@pytest.fixture(scope="module")
def decrees(tmp_path_factory: pytest.TempPathFactory, real_data: Path) -> Path:
    path = tmp_path_factory.mktemp("congbot") / "register.db"
    with Register(path) as register:
        ingest(sorted((real_data / "real" / "lineage" / "congbot" / "docs").glob("*_QD_TTg.md"))
               + sorted((real_data / "real" / "lineage" / "congbot" / "docs").glob("*_TT_*.md")), register)
    return path


def test_citations_to_held_documents_land_on_them(decrees: Path) -> None:
    with Register(decrees, readonly=True) as register:
        rows = register.connection.execute(
            "SELECT c.cited_id = d.base_id FROM citations c JOIN documents d ON d.number_key = c.number_key"
            " WHERE c.source_id <> d.base_id AND (c.date IS NULL OR c.date = d.date)").fetchall()
    assert len(rows) >= 20
    assert sum(row[0] for row in rows) >= 0.97 * len(rows)
