"""The sample directives: their annotations hold together, and what is rendered says what the sources say."""
from __future__ import annotations

import importlib.util
import json
import re
import sys
import unicodedata
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CORPUS = Path(__file__).parents[2] / "corpus"
NAMES = sorted(path.stem for path in (CORPUS / "sources").glob("*.txt"))
DEADLINES = {"by", "from", "range", "recurring", "within", "period", "event"}
RELATIONS = {"implements", "legal_basis", "amends", "replaces", "repeals", "mentions"}


def source(name: str) -> str:
    return (CORPUS / "sources" / f"{name}.txt").read_text("utf-8")


def annotation(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((CORPUS / "annotations" / f"{name}.json").read_text("utf-8"))
    return gold


def rendered(name: str) -> Path:
    (path,) = (CORPUS / "directives").glob(f"{name}.*")
    return path


def renderer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_render", CORPUS / "render.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look it up there
    spec.loader.exec_module(module)
    return module


def span(item: dict[str, Any], text: str) -> tuple[int, int]:
    """Start and end of a quote, its `nth` occurrence where it has more than one."""
    at = [match.start() for match in re.finditer(re.escape(item["quote"]), text)]
    assert at, f"not in the source: {item['quote']!r}"
    assert ("nth" in item) == (len(at) > 1), f"occurs {len(at)} times: {item['quote']!r}"
    start = at[item.get("nth", 1) - 1]
    return start, start + len(item["quote"])


def key(citation: dict[str, Any]) -> str:
    return f"{citation['type']} số {citation['number']}" if citation["number"] else citation["name"]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text))


# ------------------------------------------------------------------------------------ the collection


def test_there_are_directives_of_many_types_issuers_and_years() -> None:
    documents = [annotation(name)["document"] for name in NAMES]
    assert len(documents) >= 12
    assert len({d["type"] for d in documents}) >= 6
    assert len({d["issuer"] for d in documents}) >= 12
    assert {d["year"] for d in documents} >= {2015, 2021, 2026}


def test_every_kind_of_deadline_relation_and_lead_occurs() -> None:
    golds = [annotation(name) for name in NAMES]
    tasks = [task for gold in golds for task in gold["tasks"]]
    assert {d["kind"] for t in tasks for d in t["deadlines"]} == DEADLINES
    assert {c["relation"] for g in golds for c in g["citations"]} >= RELATIONS - {"amends", "repeals"}
    assert {t["lead_source"] for t in tasks} == {"explicit", "heading", "none"}
    assert {r["type"] for g in golds for r in g["relations"]} >= {"amends", "guides"}


def test_every_source_is_annotated_and_rendered_once() -> None:
    assert sorted(path.stem for path in (CORPUS / "annotations").glob("*.json")) == NAMES
    assert sorted(path.stem for path in (CORPUS / "directives").iterdir()) == NAMES
    suffixes = [rendered(name).suffix for name in NAMES]
    assert suffixes.count(".docx") >= 3
    assert suffixes.count(".pdf") >= 3
    assert {".txt", ".md", ".html"} <= set(suffixes)


def test_resolution_plan_dispatch_and_commune_plan_form_a_lineage() -> None:
    documents = {(g["document"]["type"], g["document"]["number"]): g for g in map(annotation, NAMES)}
    parents = {child: {(c["type"], c["number"]) for c in gold["citations"] if c["relation"] == "implements"}
               for child, gold in documents.items()}
    chain = [("Kế hoạch", "09/KH-UBND"), ("Công văn", "188/SKHCN-BCVT"), ("Kế hoạch", "21/KH-UBND"),
             ("Nghị quyết", "412/NQ-CP")]
    for child, parent in pairwise(chain):
        assert parent in parents[child]
    # a cited member of the collection is cited with its own day, and is older
    for gold in documents.values():
        for citation in gold["citations"]:
            cited = documents.get((citation["type"], citation["number"]))
            if cited and citation["date"] and citation["relation"] == "implements":
                assert citation["date"] == cited["document"]["date"]
                assert citation["date"] <= (gold["document"]["date"] or "9999")


# ----------------------------------------------------------------------------------- the annotations


@pytest.mark.parametrize("name", NAMES)
def test_quotes_stand_in_the_source_in_order(name: str) -> None:
    text, gold = source(name), annotation(name)
    assert text == unicodedata.normalize("NFC", text)
    assert gold["source"] == f"{name}.txt"
    for items in (gold["citations"], gold["tasks"]):
        spans = [span(item, text) for item in items]
        assert all(a[1] <= b[0] for a, b in pairwise(spans))


@pytest.mark.parametrize("name", NAMES)
def test_tasks_are_whole(name: str) -> None:
    text, gold = source(name), annotation(name)
    cited = [(span(citation, text), key(citation)) for citation in gold["citations"]]
    for task in gold["tasks"]:
        start, end = span(task, text)
        inside = dict.fromkeys(k for (a, b), k in cited if start <= a and b <= end)
        assert task["citations"] == list(inside)
        assert task["kind"] in ("task", "target")
        assert (task["lead"] == []) == (task["lead_source"] == "none")
        assert not set(task["lead"]) & set(task["coordinating"])
        for product in task.get("products", []):
            assert product in text
        for deadline in task["deadlines"]:
            a, b = span(deadline, text)
            assert ("outside" in deadline) != (start <= a and b <= end)
            assert deadline["kind"] in DEADLINES
            if deadline["kind"] in ("by", "from", "range"):
                days = [date.fromisoformat(day) for day in deadline["value"].split("/")]
                assert days == sorted(days)


@pytest.mark.parametrize("name", NAMES)
def test_header_fields_stand_in_the_source(name: str) -> None:
    text, gold = source(name), annotation(name)
    document = gold["document"]
    joined = "".join(words(text))
    for value in (document["title"], document["place"], *document["addressees"]):
        assert value is None or "".join(words(value)) in joined
    if document["number"]:
        assert document["number"].endswith(document["symbol"])
        assert "".join(words(document["number"])) in joined
    if document["signer"]:
        assert document["signer"]["name"] in text
    assert {c["relation"] for c in gold["citations"]} <= RELATIONS


# ------------------------------------------------------------------------------------- the renderings


@pytest.mark.parametrize("name", NAMES)
def test_rendering_says_what_its_source_says(name: str) -> None:
    path = rendered(name)
    readers = {".docx": docx_words, ".pdf": pdf_words, ".html": html_words}
    found = readers[path.suffix](path) if path.suffix in readers else words(path.read_text("utf-8"))
    if path.suffix == ".pdf":  # pdfium gives no blank between some lines of a narrow cell
        assert "".join(found) == "".join(words(source(name)))
    else:
        assert found == words(source(name))


def docx_words(path: Path) -> list[str]:
    from docx import Document

    out: list[str] = []
    for block in Document(str(path)).iter_inner_content():
        if hasattr(block, "rows"):
            cells = {cell._tc: cell.text for row in block.rows for cell in row.cells}  # a merged cell once
            out += words("\n".join(cells.values()))
        else:
            out += words(block.text)
    return out


def pdf_words(path: Path) -> list[str]:
    """Without page numbers, and without the head row that a table repeats on its next page."""
    from pypdfium2 import PdfDocument

    out: list[str] = []
    for number, page in enumerate(PdfDocument(path), 1):
        found = words(page.get_textpage().get_text_bounded())
        if number > 1:
            assert found[0] == str(number)
            found = found[1:]
        head = next((words(line) for line in source(path.stem).split("\n") if line.startswith("TT |")), None)
        if head and found[:len(head)] == head:
            found = found[len(head):]
        out += found
    return out


def html_words(path: Path) -> list[str]:
    from lxml import html

    return words("\n".join(html.parse(str(path)).find("body").itertext()))


@pytest.mark.parametrize("name", [n for n in NAMES if rendered(n).suffix != ".pdf"])
def test_rendering_again_gives_the_same_bytes(name: str) -> None:
    render, path = renderer().render, rendered(name)
    made = render(source(name), path.suffix[1:])
    assert made == render(source(name), path.suffix[1:])
    if path.suffix != ".docx":  # those also depend on the versions of python-docx and zlib
        assert made == path.read_bytes()
