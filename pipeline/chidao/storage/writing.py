"""A directive as rows. All writing goes through sqlite-utils, inside the caller's transaction."""
from __future__ import annotations

import hashlib
import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from chidao.grammar.folding import document_view, fold, key, squeeze
from chidao.linking.law_numbers import name_key
from chidao.model import Assignment, Box, Directive, Header, Meaning, Relation, Span, Task
from chidao.storage import bodies, resolving, units
from chidao.storage.cited import meet_node, names_of, node_id, settle_node, settle_votes
from chidao.storage.due import earliest, last_day_of
from chidao.storage.inserting import Row, put
from chidao.storage.words import comparable, number_key

if TYPE_CHECKING:
    from chidao.extraction.confidence import Confidence

_LABEL_CHARACTERS = 120


def insert(conn: sqlite3.Connection, directive: Directive, *, id: str) -> None:
    """Write all that hangs on a directive under the name `id`; files are the caller's."""
    from chidao.extraction.confidence import judge  # 120 ms, which a question to the register need not wait for

    first = {table: _next_id(conn, table) for table in ("nodes", "citations", "tasks")}
    sure = judge(directive)
    put(conn, "documents", [_document(directive, id)])
    put(conn, "texts", [_text(directive, id)])
    put(conn, "regions", [
        {"document_id": id, "ord": i, "kind": r.kind, **_span(r.span)} for i, r in enumerate(directive.regions)])
    put(conn, "nodes", _nodes(directive, id, first["nodes"]))
    put(conn, "parts", [
        {"document_id": id, "ord": i, "label": p.label, "type": p.type, "title": p.title, **_span(p.span)}
        for i, p in enumerate(directive.parts)])
    _write_citations(conn, directive, id, first["citations"], sure)
    put(conn, "effects", _effects(directive, id))
    put(conn, "tasks", _tasks(directive, id, first["tasks"], sure))
    _write_agencies(conn, directive, first["tasks"], sure)
    put(conn, "deadlines", [
        {"task_id": first["tasks"] + i, "ord": j, "text": d.span.of(directive.text), "kind": d.kind, "value": d.value,
         "due": last_day_of(d.kind, d.value), "rrule": d.rrule, "working_days": int(d.working_days),
         "outside": int(d.outside), "confidence": sure.deadlines[i][j], **_span(d.span)}
        for i, t in enumerate(directive.tasks) for j, d in enumerate(t.deadlines)])
    put(conn, "products", [
        {"task_id": first["tasks"] + i, "ord": j, "text": p.text, **_span(p.span)}
        for i, t in enumerate(directive.tasks) for j, p in enumerate(t.products)])
    put(conn, "quantities", [
        {"task_id": first["tasks"] + i, "ord": j, "text": q.span.of(directive.text), "value": q.value, "unit": q.unit,
         "comparison": q.comparison, **_span(q.span)}
        for i, t in enumerate(directive.tasks) for j, q in enumerate(t.quantities)])
    put(conn, "task_citations", [
        {"task_id": first["tasks"] + i, "ord": j, "citation_id": first["citations"] + c}
        for i, t in enumerate(directive.tasks) for j, c in enumerate(t.citations)])
    units.write(conn, directive, id, first["tasks"])
    _point_node(conn, directive.id)
    resolving.settle(conn, _numbers(conn, id), _names(conn, id))


def delete(conn: sqlite3.Connection, id: str) -> None:
    """Take out all that hangs on a directive, and the nodes and agencies that only it named."""
    cited = [row[0] for row in conn.execute(
        "SELECT cited_id FROM citations WHERE document_id = :id UNION SELECT source_id FROM relations"
        " WHERE document_id = :id UNION SELECT target_id FROM relations WHERE document_id = :id", {"id": id})]
    named = [row[0] for row in conn.execute(
        "SELECT DISTINCT r.agency_id FROM task_agencies r JOIN tasks t ON t.id = r.task_id WHERE t.document_id = ?",
        (id,))]
    meant = [row[0] for row in conn.execute(
        "SELECT DISTINCT r.agency FROM task_agencies r JOIN tasks t ON t.id = r.task_id WHERE t.document_id = ?"
        " AND r.agency IS NOT NULL", (id,))]
    numbers, names = _numbers(conn, id), _names(conn, id)
    units.forget(conn, id)
    base = conn.execute("DELETE FROM documents WHERE id = ? RETURNING base_id", (id,)).fetchall()
    for row in base:
        _point_node(conn, row[0])
    for node in filter(None, cited):
        settle_node(conn, node)
    resolving.settle(conn, numbers, names)
    for agency in named:
        _settle_agency(conn, agency)
    bodies.forget(conn, meant)


def _point_node(conn: sqlite3.Connection, base_id: str) -> None:
    """A file that arrives takes over the node of those who cited it; of several under one id the first does."""
    conn.execute(
        "UPDATE cited_documents SET document_id = (SELECT min(id) FROM documents WHERE base_id = :id) WHERE id = :id",
        {"id": base_id})


def _numbers(conn: sqlite3.Connection, id: str) -> list[str | None]:
    """Keys of the numbers that a directive bears or names: what it says of them may settle what others leave open."""
    return [row[0] for row in conn.execute(
        "SELECT number_key FROM documents WHERE id = :id"
        " UNION SELECT number_key FROM citations WHERE document_id = :id", {"id": id})]


def _names(conn: sqlite3.Connection, id: str) -> list[str]:
    """Keys of the names that it gives to laws."""
    return [row[0] for row in conn.execute(
        "SELECT DISTINCT name_key FROM citations WHERE document_id = ? AND name_key IS NOT NULL", (id,))]


def label(header: Header, name: str) -> str:
    """What a directive is called in lists: type and number, else its title, else the file's name.

    >>> label(Header(type="Kế hoạch", number="07/KH-UBND"), "a.txt")
    'Kế hoạch 07/KH-UBND'
    """
    if header.number:
        return squeeze(f"{header.type or ''} {header.number}")
    return _shorten(squeeze(f"{header.type or ''} {header.title}") if header.title else name)


def quote_hash(text: str) -> str:
    """What a correction is tied to: 16 hex digits over the words, whatever their case, markup and blanks."""
    return hashlib.sha256(key(text).encode()).hexdigest()[:16]


def task_key(document: str, order: int) -> str:
    """The id of a task in the outside world; `order` counts from 0.

    >>> task_key("urn:lex:vn:chinh.phu:nghi.quyet:2022;38-nq-cp", 0)
    'urn:lex:vn:chinh.phu:nghi.quyet:2022;38-nq-cp#1'
    """
    return f"{document}#{order + 1}"


def _document(directive: Directive, id: str) -> Row:
    h = directive.header
    return {
        "id": id, "base_id": directive.id, "label": label(h, directive.source.name), "type": h.type,
        "number": h.number, "number_key": number_key(h.number), "symbol": h.symbol, "issuer": h.issuer,
        "place": h.place, "date": h.date, "year": h.year, "title": h.title, "horizon": h.horizon,
        "secrecy": h.secrecy, "signer_name": h.signer.name if h.signer else None,
        "signer_position": h.signer.position if h.signer else None,
        "signer_on_behalf_of": h.signer.on_behalf_of if h.signer else None,
        "addressees": _json(h.addressees), "recipients": _json(h.recipients),
        "evidence": _json(dict(sorted(h.evidence.items()))),
    }


def _text(directive: Directive, id: str) -> Row:
    source = directive.source
    return {
        "document_id": id, "text": source.text, "characters": len(source.text),
        "text_sha256": hashlib.sha256(source.text.encode()).hexdigest(),
        "source_regions": _json([[*r.span, r.kind] for r in source.regions]),
        "tables": _json([[*t.span, [[*c.span, c.row, c.column, c.rows, c.columns] for c in t.cells]]
                         for t in source.tables]),
        "boxes": _json([[*b.span, b.page, b.x0, b.top, b.x1, b.bottom, b.words, b.confidence] for b in source.boxes]),
    }


def _nodes(directive: Directive, id: str, first: int) -> list[Row]:
    return [
        {"id": first + i, "document_id": id, "ord": i, "parent_ord": n.parent,
         "parent_id": None if n.parent is None else first + n.parent, "level": n.level, "label": n.label,
         "path": _json(n.path), "title": _shorten(n.text_span.of(directive.text)), "region": n.region,
         "text_start": n.text_span.start, "text_end": n.text_span.end, **_span(n.span)}
        for i, n in enumerate(directive.nodes)
    ]


def _write_citations(conn: sqlite3.Connection, directive: Directive, id: str, first: int, sure: Confidence) -> None:
    from chidao.extraction.citations.titles import title_of

    view = document_view(directive.text)
    disputed = {node_id(c, id) for c in directive.citations if meet_node(conn, c, node_id(c, id))}
    titles = [title_of(c, view) for c in directive.citations]
    put(conn, "citations", [
        {"id": first + i, "document_id": id, "source_id": directive.id, "ord": i, "text": c.span.of(directive.text),
         "type": c.type, "number": c.number, "number_key": number_key(c.number), "name": c.name,
         "name_key": name_key(c.name) if c.name else None, "date": c.date, "year": c.year,
         "issuer": c.issuer, "provision": c.provision, "relation": c.relation, "detail": c.detail, "form": c.form,
         "target": c.target, "candidates": _json(c.candidates), "cited_id": node_id(c, id),
         "title": squeeze(t.of(view)) if t else None, "title_start": t.start if t else None,
         "title_end": t.end if t else None, "confidence": sure.citations[i], **_span(c.span)}
        for i, (c, t) in enumerate(zip(directive.citations, titles, strict=True))])
    put(conn, "relations", [
        {"document_id": id, "ord": i, "text": r.span.of(directive.text), "source": r.source, "type": r.type,
         "target": r.target, "provision": _provision(r, directive), **_span(r.span)}
        for i, r in enumerate(directive.relations)])
    for node in sorted(disputed):
        settle_votes(conn, node)
    resolving.point_relations(conn, id)


def _provision(relation: Relation, directive: Directive) -> str | None:
    """The part of the target that a relation concerns, as its mention says."""
    named = (c for c in directive.citations if relation.span.start <= c.span.start < relation.span.end)
    return next((c.provision for c in named if relation.target in names_of(c)), None)


def _effects(directive: Directive, id: str) -> list[Row]:
    from chidao.extraction.effect import find_effects

    return [{"document_id": id, "kind": e.kind, "date": e.date, "text": e.span.of(directive.text), **_span(e.span)}
            for e in find_effects(directive.text, directive.header)]


def _settle_agency(conn: sqlite3.Connection, id: int) -> None:
    names = conn.execute("SELECT name, kind FROM task_agencies WHERE agency_id = ?", (id,)).fetchall()
    if not names:
        conn.execute("DELETE FROM agencies WHERE id = ?", (id,))
        return
    conn.execute(
        "UPDATE agencies SET name = ?, kind = ? WHERE id = ?",
        (max(row["name"] for row in names), max(row["kind"] for row in names), id))


def _tasks(directive: Directive, id: str, first: int, sure: Confidence) -> list[Row]:
    pages = first_pages(directive.source.boxes, [t.span for t in directive.tasks])
    texts = [t.span.of(directive.text) for t in directive.tasks]
    return [
        {"id": first + i, "document_id": id, "ord": i, "key": task_key(id, i), "label": _shorten(text),
         "kind": t.kind, "path": _json(t.path), "text": text, "quote_hash": quote_hash(text),
         "due": earliest(t.deadlines), "page": page, "confidence": sure.tasks[i], **_span(t.span)}
        for i, (t, text, page) in enumerate(zip(directive.tasks, texts, pages, strict=True))
    ]


def first_pages(boxes: Sequence[Box], spans: Sequence[Span]) -> list[int | None]:
    """The first page of each span, None where no box holds any of it; does not look at every box every time.

    >>> first_pages([Box(Span(0, 5), 1, 0, 0, 9, 9), Box(Span(6, 9), 2, 0, 0, 9, 9)], [Span(4, 8), Span(7, 8)])
    [1, 2]
    """
    lines = sorted(boxes, key=lambda box: box.span)
    starts = [box.span.start for box in lines]
    reach = list(accumulate((box.span.end for box in lines), max))
    return [
        min((box.page for box in lines[bisect_right(reach, span.start):bisect_left(starts, span.end)]
             if box.span.end > span.start), default=None)
        for span in spans
    ]


def _write_agencies(conn: sqlite3.Connection, directive: Directive, first: int, sure: Confidence) -> None:
    from chidao.linking.names.membership import parts_of  # with the finders, which a question need not wait for

    assignments = [(first + i, j, a, chance) for i, t in enumerate(directive.tasks)
                   for j, (a, chance) in enumerate(_with_chances(t, sure.leads[i]))]
    ids = {name: _meet_agency(conn, name, group) for name, group in _by_key(a for _, _, a, _ in assignments).items()}
    put(conn, "task_agencies", [
        {"task_id": task, "agency_id": ids[key(a.name)], "ord": order, "role": a.role, "name": a.name,
         "source": a.source, "kind": a.kind, "mood": a.mood, "confidence": chance, **_meaning(a.meaning),
         **_span(a.span)}
        for task, order, a, chance in assignments])
    groups = {a.meaning.agency for _, _, a, _ in assignments if a.meaning and a.meaning.kind == "group"}
    conn.executemany("INSERT OR IGNORE INTO group_members VALUES (?, ?, ?)", [
        (id, member, scope) for id in groups if id for member, scope in parts_of(id)])
    bodies.keep(conn, {a.meaning.agency for _, _, a, _ in assignments
                       if a.meaning and a.meaning.agency and a.meaning.kind in ("body", "official")})


def _meaning(meaning: Meaning | None) -> Row:
    if meaning is None:
        return dict.fromkeys(("means", "agency", "agency_score", "agency_candidates", "agency_listed", "office",
                              "relevant", "inferred"))
    return {"means": meaning.kind, "agency": meaning.agency, "agency_score": meaning.score,
            "agency_candidates": _json([[c.id, c.score] for c in meaning.candidates]),
            "agency_listed": int(meaning.listed), "office": meaning.office, "relevant": int(meaning.relevant),
            "inferred": int(meaning.inferred)}


def _with_chances(task: Task, leads: Sequence[float]) -> Iterator[tuple[Assignment, float | None]]:
    """The assignments with what is known of how sure they are: only leads are judged."""
    chances = iter(leads)
    return ((a, next(chances) if a.role == "lead" else None) for a in task.assignments)


def _by_key(assignments: Iterable[Assignment]) -> dict[str, list[Assignment]]:
    groups: dict[str, list[Assignment]] = {}
    for assignment in assignments:
        groups.setdefault(key(assignment.name), []).append(assignment)
    return groups


def _meet_agency(conn: sqlite3.Connection, name_key: str, assignments: list[Assignment]) -> int:
    """The id of the agency; capitals sort before small letters, so the greatest name is the least shouted."""
    row = {
        "key": name_key, "folded": fold(name_key), "name": max(a.name for a in assignments),
        "kind": max(a.kind for a in assignments),
    }
    found = conn.execute(
        "INSERT INTO agencies (key, name, folded, kind) VALUES (:key, :name, :folded, :kind) ON CONFLICT (key)"
        " DO UPDATE SET name = max(name, excluded.name), kind = max(kind, excluded.kind) RETURNING id", row)
    return int(found.fetchone()[0])


def _next_id(conn: sqlite3.Connection, table: str) -> int:
    return int(conn.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def _span(span: Span) -> Row:
    return {"span_start": span.start, "span_end": span.end}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _shorten(text: str) -> str:
    line = squeeze(comparable(text[:4 * _LABEL_CHARACTERS]))
    return line if len(line) <= _LABEL_CHARACTERS else line[:_LABEL_CHARACTERS - 1].rstrip() + "…"
