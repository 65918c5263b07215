"""A directive from its rows, equal to what was written."""
from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from typing import Any

from chidao.errors import RegisterError
from chidao.model import (
    AgencyCandidate,
    Assignment,
    Box,
    Cell,
    Citation,
    Deadline,
    Directive,
    Header,
    Meaning,
    Node,
    Part,
    Product,
    Quantity,
    Region,
    Relation,
    Signature,
    Signer,
    SourceText,
    Span,
    Table,
    Task,
)


def directive(conn: sqlite3.Connection, id: str) -> Directive:
    """The directive with that id, whole. Raises RegisterError ``document_unknown``."""
    row = conn.execute("SELECT * FROM documents WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise RegisterError("document_unknown", id)
    return Directive(
        id=id,
        source=_source(conn, id),
        header=_header(row),
        regions=tuple(Region(_span(r), r["kind"]) for r in _children(conn, "regions", id)),
        nodes=tuple(
            Node(r["level"], r["label"], _span(r), Span(r["text_start"], r["text_end"]), _strings(r["path"]),
                 r["parent_ord"], r["region"])
            for r in _children(conn, "nodes", id)),
        citations=tuple(_citation(r) for r in _children(conn, "citations", id)),
        relations=tuple(
            Relation(r["source"], r["type"], r["target"], _span(r)) for r in _children(conn, "relations", id)),
        tasks=_tasks(conn, id),
        parts=tuple(Part(_span(r), r["label"], r["type"], r["title"]) for r in _children(conn, "parts", id)),
    )


def _source(conn: sqlite3.Connection, id: str) -> SourceText:
    text = conn.execute("SELECT * FROM texts WHERE document_id = ?", (id,)).fetchone()
    file = conn.execute(
        "SELECT * FROM renditions JOIN files USING (sha256) WHERE document_id = ? AND preferred = 1", (id,)).fetchone()
    return SourceText(
        text=text["text"],
        format=file["format"],
        sha256=file["sha256"],
        name=file["name"],
        size=file["size"],
        regions=tuple(Region(Span(start, end), kind) for start, end, kind in json.loads(text["source_regions"])),
        tables=tuple(
            Table(Span(start, end), tuple(Cell(Span(c[0], c[1]), *c[2:]) for c in cells))
            for start, end, cells in json.loads(text["tables"])),
        boxes=tuple(Box(Span(b[0], b[1]), *b[2:7], *map(tuple, b[7:])) for b in json.loads(text["boxes"])),
        pages=file["pages"],
        warnings=_strings(file["warnings"]),
        document=file["ord"],
        documents=file["documents"],
        signatures=tuple(Signature(*said) for said in json.loads(file["signatures"])),
    )


def _header(row: sqlite3.Row) -> Header:
    name = row["signer_name"]
    return Header(
        type=row["type"], number=row["number"], symbol=row["symbol"], issuer=row["issuer"], place=row["place"],
        date=row["date"], year=row["year"], title=row["title"],
        signer=None if name is None else Signer(name, row["signer_position"], row["signer_on_behalf_of"]),
        addressees=_strings(row["addressees"]), recipients=_strings(row["recipients"]), horizon=row["horizon"],
        secrecy=row["secrecy"], evidence={field: Span(*span) for field, span in json.loads(row["evidence"]).items()},
    )


def _citation(row: sqlite3.Row) -> Citation:
    return Citation(
        _span(row), row["type"], row["number"], row["name"], row["date"], row["year"], row["issuer"],
        row["provision"], row["relation"], row["detail"], row["target"], _strings(row["candidates"]), row["form"])


def _tasks(conn: sqlite3.Connection, id: str) -> tuple[Task, ...]:
    assignments = _of_tasks(conn, "task_agencies", id)
    deadlines = _of_tasks(conn, "deadlines", id)
    products = _of_tasks(conn, "products", id)
    quantities = _of_tasks(conn, "quantities", id)
    citations: dict[int, list[int]] = defaultdict(list)
    for task, order in conn.execute(
            "SELECT x.task_id, c.ord FROM task_citations x JOIN tasks t ON t.id = x.task_id"
            " JOIN citations c ON c.id = x.citation_id WHERE t.document_id = ? ORDER BY x.task_id, x.ord", (id,)):
        citations[task].append(order)
    return tuple(
        Task(
            span=_span(t), kind=t["kind"], path=_strings(t["path"]),
            assignments=tuple(
                Assignment(r["name"], r["role"], r["source"], _span(r), r["kind"], r["mood"], _meaning(r))
                for r in assignments[t["id"]]),
            deadlines=tuple(
                Deadline(_span(r), r["kind"], r["value"], r["rrule"], bool(r["working_days"]), bool(r["outside"]))
                for r in deadlines[t["id"]]),
            products=tuple(Product(r["text"], _span(r)) for r in products[t["id"]]),
            quantities=tuple(
                Quantity(_span(r), r["value"], r["unit"], r["comparison"]) for r in quantities[t["id"]]),
            citations=tuple(citations[t["id"]]),
        )
        for t in _children(conn, "tasks", id))


def _meaning(row: sqlite3.Row) -> Meaning | None:
    if row["means"] is None:
        return None
    candidates = tuple(AgencyCandidate(*c) for c in json.loads(row["agency_candidates"]))
    return Meaning(row["means"], row["agency"], row["agency_score"], candidates, row["office"],
                   bool(row["agency_listed"]), bool(row["relevant"]), bool(row["inferred"]))


def _children(conn: sqlite3.Connection, table: str, id: str) -> list[sqlite3.Row]:
    return conn.execute(f"SELECT * FROM {table} WHERE document_id = ? ORDER BY ord", (id,)).fetchall()


def _of_tasks(conn: sqlite3.Connection, table: str, id: str) -> dict[int, list[sqlite3.Row]]:
    groups: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in conn.execute(
            f"SELECT x.* FROM {table} x JOIN tasks t ON t.id = x.task_id WHERE t.document_id = ?"
            " ORDER BY x.task_id, x.ord", (id,)):
        groups[row["task_id"]].append(row)
    return groups


def _span(row: Any) -> Span:
    return Span(row["span_start"], row["span_end"])


def _strings(array: str) -> tuple[str, ...]:
    return tuple(json.loads(array))
