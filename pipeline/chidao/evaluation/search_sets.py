"""Judged searches: passages with queries and what answers them, in three layouts, put into a register."""
from __future__ import annotations

import csv
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chidao.errors import ChidaoError
from chidao.grammar.folding import fold, key
from chidao.storage import Register, spelling
from chidao.storage.database import transaction
from chidao.storage.inserting import put
from chidao.storage.words import comparable, find_numbers


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query and its answers: names of passages with a grade (2 answers it, 1 partly)."""

    id: str
    kind: str
    text: str
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Queries over the units of `register`; `names` gives the name that judgements know a unit by."""

    register: Register
    names: Mapping[int, str]
    queries: tuple[JudgedQuery, ...]


@dataclass(frozen=True, slots=True)
class _Passage:
    name: str
    document: str
    about: str
    headings: tuple[str, ...]
    text: str


def load(folder: Path) -> JudgedSet:
    """The judged searches in `folder`, with a register in memory; vectors are the caller's.

    Layouts: ``queries.tsv`` and ``judgements.tsv`` over the directives in ``../directives``; ``passages.jsonl`` with
    ``queries.jsonl``; ``corpus.jsonl``, ``queries.jsonl`` and ``qrels.tsv`` as BEIR has them. Raises ChidaoError
    ``search_set_missing``.
    """
    if (folder / "judgements.tsv").is_file():
        return _over_directives(folder)
    if (folder / "passages.jsonl").is_file():
        passages = [_Passage(p["id"], p["doc"], p.get("title") or "", tuple(p.get("context") or ()), p["text"])
                    for p in _lines(folder / "passages.jsonl")]
        queries = [JudgedQuery(q["id"], q["kind"], q["query"], q["relevant"]) for q in _lines(folder / "queries.jsonl")]
        return _over_passages(passages, queries)
    if (folder / "qrels.tsv").is_file():
        passages = [_Passage(p["_id"], p["_id"], "", (), p["text"]) for p in _lines(folder / "corpus.jsonl")]
        return _over_passages(passages, _beir_queries(folder))
    raise ChidaoError("search_set_missing", str(folder))


def _beir_queries(folder: Path) -> list[JudgedQuery]:
    """The questions as they stand, and once more as they are typed without diacritics."""
    relevant: dict[str, dict[str, int]] = defaultdict(dict)
    for row in _rows(folder / "qrels.tsv"):
        relevant[row["query-id"]][row["corpus-id"]] = int(row["score"])
    asked = [(q["_id"], q["text"]) for q in _lines(folder / "queries.jsonl")]
    return [*(JudgedQuery(id, "question", text, relevant[id]) for id, text in asked),
            *(JudgedQuery(f"{id}~", "unaccented", fold(text), relevant[id]) for id, text in asked)]


def _over_passages(passages: Iterable[_Passage], queries: Iterable[JudgedQuery]) -> JudgedSet:
    register = Register(":memory:")
    conn = register.connection
    numbered = list(enumerate(passages, 1))
    documents = {p.document: p for _, p in numbered}
    with transaction(conn):
        put(conn, "documents", [
            {"id": p.document, "base_id": p.document, "label": p.about or p.document, "title": p.about,
             "addressees": "[]", "recipients": "[]", "evidence": "{}"} for p in documents.values()])
        put(conn, "units", [
            {"id": id, "document_id": p.document, "task_id": None, "ord": id, "path": "[]", "text": p.text,
             "actors": p.headings[-1] if p.headings else "", "headings": "; ".join(p.headings[:-1]), "about": p.about,
             "span_start": 0, "span_end": len(p.text)} for id, p in numbered])
        put(conn, "unit_numbers", [
            {"key": number, "unit_id": id} for id, p in numbered
            for number in {number for _, _, number in find_numbers(fold(comparable(p.text)))}])
        spelling.count(conn, (p.text for _, p in numbered))
    return JudgedSet(register, {id: p.name for id, p in numbered}, tuple(queries))


def _over_directives(folder: Path) -> JudgedSet:
    """Judgements name a directive by its file and a passage by words that stand in it and nowhere else in it."""
    from chidao.extraction.pipeline import extract
    from chidao.reading import read

    register = Register(":memory:")
    for path in sorted((folder.parent / "directives").iterdir()):
        register.add(extract(read(path)), path=path)
    texts = _texts_by_file(register.connection)
    relevant: dict[str, dict[str, int]] = defaultdict(dict)
    for row in _rows(folder / "judgements.tsv"):
        holding = [id for id, text in texts[row["directive"]] if key(row["quote"]) in text]
        if not holding:
            raise ChidaoError("search_set_differs", f"{row['query']}: {row['quote']}")
        for id in holding:
            relevant[row["query"]][str(id)] = int(row["grade"])
    queries = tuple(JudgedQuery(row["id"], row["kind"], row["query"], relevant[row["id"]])
                    for row in _rows(folder / "queries.tsv"))
    return JudgedSet(register, {id: str(id) for units in texts.values() for id, _ in units}, queries)


def _texts_by_file(conn: sqlite3.Connection) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for id, text, name in conn.execute(
            "SELECT u.id, u.text, f.name FROM units u JOIN renditions r USING (document_id)"
            " JOIN files f USING (sha256)"):
        found[Path(name).stem].append((id, key(text)))
    return found


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _rows(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
