"""The questions that the register answers from its tables, each a plain function over a connection."""
from __future__ import annotations

import datetime
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from chidao.errors import RegisterError
from chidao.grammar.folding import fold, key
from chidao.model import Role, Span, TaskKind
from chidao.reading.content import SEPARATOR
from chidao.storage.database import schema_version
from chidao.storage.due import SOON, state
from chidao.storage.resolving import candidates_of
from chidao.storage.rows import (
    TASK_STATES,
    AgencyRoleRow,
    AgencyRow,
    CitationRow,
    DeadlineRow,
    DocumentRow,
    FailureRow,
    MissingRow,
    PassageRow,
    ProductRow,
    QuantityRow,
    RunRow,
    Stats,
    TaskRow,
    TaskState,
)
from chidao.storage.words import find_numbers, folded

_MANY = 500  # ids in one query, below every limit on the number of variables
_SHOWN = 10  # candidates that an error names

_DOCUMENTS = """
SELECT d.*, f.name AS file, f.format, f.sha256, f.pages, f.documents AS file_documents, r.ord AS file_document,
  (SELECT min(path) FROM file_paths WHERE sha256 = f.sha256) AS path,
  (SELECT count(*) FROM renditions WHERE document_id = d.id) AS renditions,
  (SELECT count(*) FROM tasks WHERE document_id = d.id AND kind = 'task') AS tasks,
  (SELECT count(*) FROM tasks WHERE document_id = d.id AND kind = 'target') AS targets,
  (SELECT count(*) FROM citations WHERE document_id = d.id) AS citations
FROM documents d
JOIN renditions r ON r.document_id = d.id AND r.preferred = 1 JOIN files f ON f.sha256 = r.sha256
"""
_TASKS = """
SELECT t.*, d.label AS document_label, d.type AS document_type, d.number AS document_number,
  d.title AS document_title, d.issuer AS document_issuer, d.date AS document_date, f.name AS file
FROM tasks t JOIN documents d ON d.id = t.document_id
JOIN renditions r ON r.document_id = d.id AND r.preferred = 1 JOIN files f ON f.sha256 = r.sha256
"""
_PASSAGES = """
SELECT u.*, d.label AS document_label, d.type AS document_type, d.number AS document_number,
  d.title AS document_title, d.issuer AS document_issuer, d.date AS document_date, f.name AS file
FROM units u JOIN documents d ON d.id = u.document_id
JOIN renditions r ON r.document_id = d.id AND r.preferred = 1 JOIN files f ON f.sha256 = r.sha256
WHERE u.task_id IS NULL
"""
# The chance of a task's weakest part: of itself, its leads and its deadlines.
_LEAST_SURE = """
min(coalesce(t.confidence, 1),
  coalesce((SELECT min(confidence) FROM task_agencies WHERE task_id = t.id), 1),
  coalesce((SELECT min(confidence) FROM deadlines WHERE task_id = t.id), 1))
"""
_CITATIONS = """
SELECT c.*, n.document_id IS NOT NULL AS held, n.resolved
FROM citations c JOIN cited_documents n ON n.id = c.cited_id
"""
_LIES_IN = """
SELECT 1 FROM renditions y JOIN files x ON x.sha256 = y.sha256 LEFT JOIN file_paths p ON p.sha256 = x.sha256
WHERE y.document_id = d.id
"""
_STATES = {
    "no_deadline": "NOT EXISTS (SELECT 1 FROM deadlines WHERE task_id = t.id)",
    "undated": "t.due IS NULL AND EXISTS (SELECT 1 FROM deadlines WHERE task_id = t.id)",
    "overdue": "t.due < :today",
    "due_soon": "t.due >= :today AND t.due <= :soon",
    "not_due": "t.due > :soon",
}


def known_paths(conn: sqlite3.Connection, sha256: str) -> list[str]:
    """Where the file with that content lay, by path."""
    return [row[0] for row in conn.execute("SELECT path FROM file_paths WHERE sha256 = ? ORDER BY path", (sha256,))]


def documents(conn: sqlite3.Connection) -> list[DocumentRow]:
    """All directives, by issuer, date and number."""
    return _document_rows(conn, "ORDER BY d.issuer, d.date, d.number_key, d.id")


def beside(conn: sqlite3.Connection, document: str) -> list[DocumentRow]:
    """The other directives of the files that one lies in, in their order there."""
    return _document_rows(
        conn, "WHERE d.id <> :id AND d.id IN (SELECT o.document_id FROM renditions y JOIN renditions o"
        " ON o.sha256 = y.sha256 WHERE y.document_id = :id) ORDER BY f.sha256, r.ord", {"id": document})


def find_document(conn: sqlite3.Connection, text: str) -> DocumentRow:
    """The directive that `text` names; see `Register.find_document`."""
    for condition, values in _readings(text.strip()):
        found = _document_rows(conn, f"WHERE {condition} ORDER BY d.id", values)
        if len(found) > 1:
            raise RegisterError("document_ambiguous", _candidates(text, found))
        if found:
            return found[0]
    raise RegisterError("document_unknown", text)


def citations(conn: sqlite3.Connection, document: str) -> list[CitationRow]:
    """The citations of a directive, in order of the text."""
    rows = conn.execute(f"{_CITATIONS} WHERE c.document_id = ? ORDER BY c.ord", (document,))
    return [_with_candidates(conn, _citation(row)) for row in rows]


def _with_candidates(conn: sqlite3.Connection, citation: CitationRow) -> CitationRow:
    if citation.target:
        return citation
    found = candidates_of(conn, citation.document, citation.order)
    return replace(citation, candidates=tuple(c.id for c in found), scores=tuple(c.score for c in found))


def tasks(
    conn: sqlite3.Connection,
    *,
    agency: str | None,
    role: Role | None,
    document: str | None,
    due_before: str | datetime.date | None,
    kind: TaskKind | None,
    without_owner: bool,
    several_leads: bool,
    state: TaskState | None,
    today: datetime.date,
    least_sure: bool,
    limit: int | None,
    offset: int,
) -> list[TaskRow]:
    """See `Register.tasks`."""
    where, values = conditions(conn, agency, role, document, kind, without_owner)
    if several_leads:
        where.append("t.id IN (SELECT task_id FROM v_several_leads)")
    if due_before is not None:
        where.append("t.due <= :due_before")
        values["due_before"] = str(due_before)
    if state is not None:
        where.append(_STATES[state])
        values |= {"today": today.isoformat(), "soon": (today + SOON).isoformat()}
    order = "t.due, t.document_id, t.ord" if due_before is not None else "t.document_id, t.ord"
    order = f"{_LEAST_SURE}, {order}" if least_sure else order
    values |= {"limit": -1 if limit is None else limit, "offset": offset}
    rows = conn.execute(
        f"SELECT t.id FROM tasks t WHERE {' AND '.join(where)} ORDER BY {order} LIMIT :limit OFFSET :offset", values)
    return task_rows(conn, [row[0] for row in rows], today=today)


def undated(
    conn: sqlite3.Connection,
    *,
    agency: str | None,
    role: Role | None,
    document: str | None,
    kind: TaskKind | None,
    without_owner: bool,
) -> int:
    """See `Register.undated`."""
    where, values = conditions(conn, agency, role, document, kind, without_owner)
    condition = " AND ".join([*where, _STATES["undated"]])
    return int(conn.execute(f"SELECT count(*) FROM tasks t WHERE {condition}", values).fetchone()[0])


def task_rows(conn: sqlite3.Connection, ids: Sequence[int], *, today: datetime.date) -> list[TaskRow]:
    """The tasks with those numbers, in that order, with all that hangs on them."""
    found: dict[int, TaskRow] = {}
    for some in _batches(ids):
        marks = ",".join("?" * len(some))
        roles = _by_task(conn, "SELECT * FROM task_agencies", some)
        deadlines = _by_task(conn, "SELECT * FROM deadlines", some)
        products = _by_task(conn, "SELECT * FROM products", some)
        quantities = _by_task(conn, "SELECT * FROM quantities", some)
        cited = _by_task(
            conn, "SELECT x.task_id, x.ord AS place, c.*, n.document_id IS NOT NULL AS held, n.resolved"
            " FROM task_citations x JOIN citations c ON c.id = x.citation_id"
            " JOIN cited_documents n ON n.id = c.cited_id", some, "place")
        for t in conn.execute(f"{_TASKS} WHERE t.id IN ({marks})", some):
            found[t["id"]] = TaskRow(
                id=t["key"], document=t["document_id"], document_label=t["document_label"],
                document_type=t["document_type"], document_number=t["document_number"],
                document_title=t["document_title"], document_issuer=t["document_issuer"],
                document_date=t["document_date"], file=t["file"], order=t["ord"], kind=t["kind"],
                path=_strings(t["path"]), span=_span(t), text=t["text"], page=t["page"],
                roles=tuple(
                    AgencyRoleRow(r["name"], r["role"], r["source"], _span(r), r["kind"], r["mood"], r["confidence"])
                    for r in roles[t["id"]]),
                deadlines=tuple(
                    DeadlineRow(r["text"], r["kind"], r["value"], r["due"], r["rrule"], bool(r["working_days"]),
                                bool(r["outside"]), _span(r), r["confidence"])
                    for r in deadlines[t["id"]]),
                products=tuple(ProductRow(r["text"], _span(r)) for r in products[t["id"]]),
                quantities=tuple(
                    QuantityRow(r["text"], r["value"], r["unit"], r["comparison"], _span(r))
                    for r in quantities[t["id"]]),
                citations=tuple(_citation(r) for r in cited[t["id"]]),
                due=t["due"], state=state(t["due"], deadlines=len(deadlines[t["id"]]), today=today),
                confidence=t["confidence"],
            )
    return [found[id] for id in ids]


def passage_rows(conn: sqlite3.Connection, units: Sequence[int]) -> dict[int, PassageRow]:
    """The passages among those units, by unit."""
    return {
        p["id"]: PassageRow(
            document=p["document_id"], document_label=p["document_label"], document_type=p["document_type"],
            document_number=p["document_number"], document_title=p["document_title"],
            document_issuer=p["document_issuer"], document_date=p["document_date"], file=p["file"],
            path=_strings(p["path"]), span=_span(p), text=p["text"])
        for some in _batches(units)
        for p in conn.execute(f"{_PASSAGES} AND u.id IN ({','.join('?' * len(some))})", some)
    }


def agencies(conn: sqlite3.Connection, *, today: datetime.date) -> list[AgencyRow]:
    """Workload by agency, the most loaded first."""
    rows = conn.execute(
        """
        SELECT a.name,
          count(DISTINCT CASE WHEN r.role = 'lead' THEN r.task_id END) AS lead,
          count(DISTINCT CASE WHEN r.role = 'coordinator' THEN r.task_id END) AS coordinator,
          count(DISTINCT CASE WHEN r.role = 'reports_to' THEN r.task_id END) AS reports_to,
          count(DISTINCT CASE WHEN r.role = 'monitors' THEN r.task_id END) AS monitors,
          count(DISTINCT CASE WHEN r.role = 'lead' AND t.due < ? THEN r.task_id END) AS overdue
        FROM agencies a JOIN task_agencies r ON r.agency_id = a.id JOIN tasks t ON t.id = r.task_id
        GROUP BY a.id ORDER BY lead DESC, coordinator DESC, a.key
        """, (today.isoformat(),))
    return [AgencyRow(*row) for row in rows]


def missing_documents(conn: sqlite3.Connection) -> list[MissingRow]:
    """Cited documents that the register does not hold, the most cited first."""
    rows = conn.execute(
        "SELECT cited_id AS id, label, type, number, name, date, year, issuer, resolved, cited_by, mentions"
        " FROM v_missing_documents ORDER BY cited_by DESC, mentions DESC, cited_id")
    return [MissingRow(**{**row, "resolved": bool(row["resolved"])}) for row in rows]


def failures(conn: sqlite3.Connection) -> list[FailureRow]:
    """Files that were refused, by path."""
    return [FailureRow(*row) for row in conn.execute("SELECT path, sha256, code, detail FROM failures ORDER BY path")]


_PATHS = {
    "failed": "SELECT path FROM failures ORDER BY path",
    "stale": "SELECT p.path FROM file_paths p JOIN files f ON f.sha256 = p.sha256"
             " WHERE f.version <> :version ORDER BY p.path",
}


def paths(conn: sqlite3.Connection, which: str, *, version: str, below: Sequence[str]) -> list[str]:
    """Absolute paths of files that were refused, or that another `version` read; all, or those at and below some."""
    found = [row[0] for row in conn.execute(_PATHS[which], {"version": version})]
    return [path for path in found if not below or any(_lies_at(path, place) for place in below)]


def _lies_at(path: str, place: str) -> bool:
    """Whether a file is the one at `place`, or lies in that folder or container."""
    return Path(path).is_relative_to(place) or path.startswith(place + SEPARATOR)


def runs(conn: sqlite3.Connection) -> list[RunRow]:
    """All runs, the latest first."""
    rows = conn.execute(
        "SELECT id, started, ended, version, paths, outcome, added, updated, unchanged, refused"
        " FROM runs ORDER BY id DESC")
    return [RunRow(**{**row, "paths": _strings(row["paths"])}) for row in rows]


def stats(conn: sqlite3.Connection, *, today: datetime.date) -> Stats:
    """Counts over the register."""
    def count(sql: str, **values: str) -> int:
        return int(conn.execute(f"SELECT count(*) FROM {sql}", values).fetchone()[0])

    days = {"today": today.isoformat(), "soon": (today + SOON).isoformat()}
    return Stats(
        documents=count("documents"),
        files=count("files"),
        failures=count("failures"),
        nodes=count("nodes"),
        tasks=count("tasks WHERE kind = 'task'"),
        targets=count("tasks WHERE kind = 'target'"),
        without_lead=count(
            "tasks t WHERE kind = 'task' AND NOT EXISTS"
            " (SELECT 1 FROM task_agencies WHERE task_id = t.id AND role = 'lead')"),
        citations=count("citations"),
        citations_open=count("citations c JOIN cited_documents n ON n.id = c.cited_id WHERE NOT n.resolved"),
        cited_documents=count("cited_documents"),
        missing_documents=count("cited_documents WHERE document_id IS NULL"),
        agencies=count("agencies"),
        characters=int(conn.execute("SELECT coalesce(sum(characters), 0) FROM texts").fetchone()[0]),
        types=tuple((row[0], row[1]) for row in conn.execute(
            "SELECT coalesce(type, ''), count(*) AS n FROM documents GROUP BY 1 ORDER BY n DESC, 1")),
        states=tuple((name, count(f"tasks t WHERE {_STATES[name]}", **days)) for name in TASK_STATES),
        schema=schema_version(conn),
    )


def matching_agencies(conn: sqlite3.Connection, name: str) -> list[int]:
    """Agencies whose names hold `name` as whole words; without diacritics where it has none."""
    wanted = key(name)
    if not wanted:
        return []
    column = "folded" if fold(wanted) == wanted else "key"
    rows = conn.execute(f"SELECT id FROM agencies WHERE instr(' ' || {column} || ' ', ?)", (f" {wanted} ",))
    return [row[0] for row in rows]


def conditions(
    conn: sqlite3.Connection,
    agency: str | None,
    role: Role | None,
    document: str | None,
    kind: TaskKind | None,
    without_owner: bool,
) -> tuple[list[str], dict[str, Any]]:
    """What must hold for a task ``t``, as SQL conditions and their values."""
    where, values = ["1"], dict[str, Any]()
    if document is not None:
        where.append("t.document_id = :document")
        values["document"] = find_document(conn, document).id
    if kind is not None:
        where.append("t.kind = :kind")
        values["kind"] = kind
    if agency is not None or role is not None:
        where.append(f"t.id IN (SELECT task_id FROM task_agencies WHERE {_has_role(conn, agency, role, values)})")
    if without_owner:
        where.append("NOT EXISTS (SELECT 1 FROM task_agencies WHERE task_id = t.id AND role = 'lead')")
    return where, values


def _has_role(conn: sqlite3.Connection, agency: str | None, role: Role | None, values: dict[str, Any]) -> str:
    parts = []
    if agency is not None:
        parts.append("agency_id IN (SELECT value FROM json_each(:agencies))")
        values["agencies"] = json.dumps(matching_agencies(conn, agency))
    if role is not None:
        parts.append("role = :role")
        values["role"] = role
    return " AND ".join(parts)


def _readings(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """What a person may mean by `text`, the most exact reading first, as conditions on d and f."""
    if not text:
        return
    yield "d.id = :text", {"text": text}
    yield "d.id = (SELECT document_id FROM document_aliases WHERE alias = :text)", {"text": text}
    numbers = find_numbers(folded(text))
    if numbers:
        start, _, number = numbers[0]
        type_words = fold(key(re.sub(r"(?i)\bsố\b", " ", text[:start])))
        if type_words:
            yield "d.number_key = :number AND fold_key(d.type) = :type", {"number": number, "type": type_words}
        yield "d.number_key = :number", {"number": number}
    yield f"EXISTS ({_LIES_IN} AND (x.name = :text OR p.path = :text))", {"text": text}
    file, mark, number = text.rpartition("#")
    if mark and number.isdecimal():
        yield (f"EXISTS ({_LIES_IN} AND (x.name = :file OR p.path = :file) AND y.ord = CAST(:number AS INTEGER))",
               {"file": file, "number": number})
    yield f"EXISTS ({_LIES_IN} AND fold_stem(x.name) = fold_stem(:text))", {"text": text}
    yield "substr(d.id, 1, length(:text)) = :text", {"text": text}


def _candidates(text: str, found: list[DocumentRow]) -> str:
    shown = [f"{d.id} ({d.label}, {d.date or d.year or d.file})" for d in found[:_SHOWN]]
    more = ["…"] if len(found) > _SHOWN else []
    return f"{text}: {'; '.join([*shown, *more])}"


def _document_rows(
    conn: sqlite3.Connection, condition: str, values: dict[str, str] | None = None,
) -> list[DocumentRow]:
    return [
        DocumentRow(
            id=d["id"], type=d["type"], number=d["number"], symbol=d["symbol"], issuer=d["issuer"], place=d["place"],
            date=d["date"], year=d["year"], title=d["title"], horizon=d["horizon"], secrecy=d["secrecy"],
            signer=d["signer_name"], file=d["file"], path=d["path"], format=d["format"], sha256=d["sha256"],
            pages=d["pages"], renditions=d["renditions"], tasks=d["tasks"], targets=d["targets"],
            citations=d["citations"], file_document=d["file_document"], file_documents=d["file_documents"])
        for d in conn.execute(f"{_DOCUMENTS} {condition}", values or {})
    ]


def _citation(row: sqlite3.Row) -> CitationRow:
    return CitationRow(
        document=row["document_id"], order=row["ord"], span=_span(row), text=row["text"], type=row["type"],
        number=row["number"], name=row["name"], date=row["date"], year=row["year"], issuer=row["issuer"],
        provision=row["provision"], relation=row["relation"], detail=row["detail"], form=row["form"],
        target=row["target"] or (row["cited_id"] if row["resolved"] else None),
        candidates=_strings(row["candidates"]), held=bool(row["held"]), confidence=row["confidence"])


def _by_task(
    conn: sqlite3.Connection, select: str, ids: Sequence[int], order: str = "ord",
) -> dict[int, list[sqlite3.Row]]:
    groups: dict[int, list[sqlite3.Row]] = defaultdict(list)
    marks = ",".join("?" * len(ids))
    for row in conn.execute(f"{select} WHERE task_id IN ({marks}) ORDER BY task_id, {order}", ids):
        groups[row["task_id"]].append(row)
    return groups


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while some := list(islice(rest, _MANY)):
        yield some


def _span(row: sqlite3.Row) -> Span:
    return Span(row["span_start"], row["span_end"])


def _strings(array: str) -> tuple[str, ...]:
    return tuple(json.loads(array))
