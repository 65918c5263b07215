"""The extraction contract: the JSON object that other programs and the scorer rely on."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from chidao.extraction.confidence import judge
from chidao.linking.clarity import clarity
from chidao.linking.identity import full_form_of
from chidao.model import (
    Assignment,
    Citation,
    Deadline,
    Directive,
    Header,
    Meaning,
    Part,
    Signer,
    SourceText,
    Span,
    Task,
)
from chidao.structure.stamps import find_stamps

Json = dict[str, Any]
_UNKNOWN = Meaning("open")


def to_contract(directive: Directive) -> Json:
    """The JSON object of `directive`: document, text, regions, citations, short_forms, relations, tasks.

    Offsets are code points of ``text``. Absent values are ``None`` or ``[]``, never ``""``. ``citations`` are the
    mentions that name a document in full; "NQ 38" and "Nghị quyết này" are ``short_forms``, each with the index
    of the citation that it means. A task's ``citations`` are indexes, too, also where it uses a short form.
    ``confidence`` is the chance that the record is right, from 0 to 1 (see `chidao.extraction.confidence`).

    >>> from chidao.model import SourceText
    >>> source = SourceText("Sở Y tế báo cáo.", "text", "0" * 64, "vi-du.txt")
    >>> sparse = Directive("chidao:0000", source, Header(type="Công văn", number=""))
    >>> to_contract(sparse)["document"]["type"], to_contract(sparse)["document"]["number"]
    ('Công văn', None)
    """
    full = {i: place for place, i in enumerate(i for i, c in enumerate(directive.citations) if c.form == "full")}
    sure = judge(directive)
    meant = [_place(full, full_form_of(i, directive.citations)) for i in range(len(directive.citations))]
    return {
        "document": {**_document(directive.id, directive.header), "file": directive.source.name or None,
                     "in_file": _in_file(directive.source), "parts": [_part(part) for part in directive.parts],
                     "signatures": [{"by": s.by, "organisation": s.organisation, "at": s.at, "reason": s.reason,
                                     "verified": False} for s in directive.source.signatures],
                     "signed": [{**_span(s.span), "by": s.by, "at": s.at} for s in find_stamps(directive.source)]},
        "text": directive.text,
        "regions": [{**_span(r.span), "kind": r.kind} for r in directive.regions],
        "citations": [_citation(directive.citations[i], sure.citations[i]) for i in full],
        "short_forms": [_short_form(c, meant[i], sure.citations[i])
                        for i, c in enumerate(directive.citations) if i not in full],
        "relations": [{"from": r.source, "type": r.type, "to": r.target, **_span(r.span)}
                      for r in directive.relations],
        "tasks": [{**_task(t, [meant[n] for n in t.citations], sure.tasks[i], sure.leads[i], sure.deadlines[i]),
                   "clarity": _clarity(t, directive)} for i, t in enumerate(directive.tasks)],
    }


def _document(identity: str, header: Header) -> Json:
    return {
        "id": identity,
        "type": header.type or None, "number": header.number or None, "symbol": header.symbol or None,
        "issuer": header.issuer or None, "place": header.place or None,
        "date": header.date or None, "year": header.year, "title": header.title or None,
        "signer": _signer(header.signer) if header.signer else None,
        "addressees": list(header.addressees), "recipients": list(header.recipients),
        "horizon": header.horizon or None,
        "evidence": {name: list(span) for name, span in header.evidence.items()},
    }


def _in_file(source: SourceText) -> Json | None:
    """Which document of its file a directive is, and on which of its pages; None where it is the only one."""
    if source.documents == 1:
        return None
    return {"document": source.document, "documents": source.documents,
            "pages": list(source.own_pages) if source.own_pages else None}


def _part(part: Part) -> Json:
    return {**_span(part.span), "label": part.label, "type": part.type, "title": part.title}


def _signer(signer: Signer) -> Json:
    return {"name": signer.name or None, "position": signer.position or None,
            "on_behalf_of": signer.on_behalf_of or None}


def _citation(citation: Citation, sure: float) -> Json:
    return {
        **_span(citation.span),
        "type": citation.type, "number": citation.number or None, "name": citation.name or None,
        "date": citation.date or None, "year": citation.year, "issuer": citation.issuer or None,
        "relation": citation.relation, "detail": citation.detail or None, "target": citation.target or None,
        "confidence": sure,
    }


def _place(places: dict[int, int], i: int | None) -> int | None:
    return None if i is None else places[i]


def _short_form(citation: Citation, meant: int | None, sure: float) -> Json:
    return {
        **_span(citation.span), "form": citation.form,
        "type": citation.type, "number": citation.number or None, "name": citation.name or None,
        "citation": meant, "target": citation.target or None, "candidates": list(citation.candidates),
        "confidence": sure,
    }


def _task(task: Task, cited: list[int | None], sure: float, leads: Sequence[float],
          deadlines: Sequence[float]) -> Json:
    return {
        **_span(task.span), "kind": task.kind, "path": list(task.path),
        "leads": [{**_actor(a), "confidence": p} for a, p in zip(task.leads, leads, strict=True)],
        "coordinators": [_actor(a) for a in task.coordinators],
        "deadlines": [{**_deadline(d), "confidence": p}
                      for d, p in zip(task.deadlines, deadlines, strict=True)],
        "products": [{"text": p.text, **_span(p.span)} for p in task.products],
        "citations": [i for i in dict.fromkeys(cited) if i is not None],
        "candidates": [],
        "confidence": sure,
    }


def _clarity(task: Task, directive: Directive) -> Json | None:
    """The six points of "6 rõ" and their mean; targets have none."""
    if task.kind != "task":
        return None
    found = clarity(task, directive)
    return {"score": found.score, **{f.name: getattr(found, f.name) for f in fields(found)}}


def _actor(assignment: Assignment) -> Json:
    """`agency` is the id of the body or group that is meant, `agencies` are candidates where that is open.

    `inferred` marks a bare name ("Giám đốc Sở") that the heading above completes.
    """
    meaning = assignment.meaning or _UNKNOWN
    return {"name": assignment.name, "source": assignment.source, **_span(assignment.span),
            "means": meaning.kind, "agency": meaning.agency, "agency_score": meaning.score or None,
            "agencies": [{"id": c.id, "score": c.score} for c in meaning.candidates], "office": meaning.office,
            "inferred": meaning.inferred}


def _deadline(deadline: Deadline) -> Json:
    """`outside` and `unit` only where they say something: most deadlines have neither."""
    said: Json = {**_span(deadline.span), "kind": deadline.kind, "value": deadline.value,
                  "rrule": deadline.rrule or None}
    if deadline.outside:
        said["outside"] = True
    if deadline.working_days:
        said["unit"] = "working"
    return said


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end}
