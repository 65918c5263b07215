"""spaCy components, one a finder; each can be added to any pipeline: ``nlp.add_pipe("vn_citations")``.

A component keeps what it finds in ``doc.spans`` under its name (citations, agencies, deadlines, tasks) and the
record itself, with exact character offsets whatever the tokenizer, on the span: ``span._.citation``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, SpanGroup
from spacy.tokens import Span as DocSpan

from chidao import knowledge
from chidao.extraction.agencies.finding import Actor, find_agencies
from chidao.extraction.agencies.words import expand
from chidao.extraction.citations.finding import find_citations
from chidao.extraction.citations.relations import relate
from chidao.extraction.deadlines.finding import find_deadlines
from chidao.extraction.tasks.finding import find_tasks
from chidao.linking.identity import link
from chidao.model import SourceText, Span
from chidao.structure import analyse

_RECORDS = ("citation", "agency", "deadline", "task")
for _name in _RECORDS:
    DocSpan.set_extension(_name, default=None, force=True)
for _name in ("source", "structure"):
    Doc.set_extension(_name, default=None, force=True)
for _name in ("citations", "relations", "tasks"):
    Doc.set_extension(_name, default=(), force=True)


def _text(doc: Doc) -> str:
    """The text of the Doc, without putting it together again where the reader's is at hand."""
    return doc._.source.text if doc._.source is not None else doc.text


def _keep(doc: Doc, group: str, extension: str, records: Iterable[Any]) -> None:
    """Put `records` (each with a `span` in code points) into ``doc.spans[group]``."""
    spans = []
    for record in records:
        span = doc.char_span(record.span.start, record.span.end, label=extension, alignment_mode="expand")
        if span is not None:
            span._.set(extension, record)
            spans.append(span)
    doc.spans[group] = SpanGroup(doc, name=group, spans=spans)


@Language.component("vn_structure")
def vn_structure(doc: Doc) -> Doc:
    """Header, regions and outline in ``doc._.structure``; from ``doc._.source`` where a reader gave it."""
    source = doc._.source or SourceText(text=doc.text, format="txt", sha256="", name="")
    doc._.structure = analyse(source)
    return doc


@Language.component("vn_citations")
def vn_citations(doc: Doc) -> Doc:
    """Citations in ``doc.spans["citations"]``, ``span._.citation`` and ``doc._.citations``, related and linked
    where ``vn_structure`` ran before."""
    citations = find_citations(_text(doc))
    if doc._.structure is not None:
        citations, doc._.relations = relate(citations, _text(doc), doc._.structure)
        citations = link(citations, doc._.structure.header)
    doc._.citations = citations
    _keep(doc, "citations", "citation", citations)
    return doc


@Language.factory("vn_agencies")
def create_vn_agencies(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Bodies, groups and officials in ``doc.spans["agencies"]`` and ``span._.agency``.

    The grammar of names finds most; phrases of the tables find those typed in small letters ("sở y tế").
    """
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("agency", [nlp.make_doc(phrase) for phrase in _known_names()])

    def component(doc: Doc) -> Doc:
        found = list(find_agencies(_text(doc)))
        taken = [a.span for a in found]
        for _, start, end in matcher(doc):
            span = Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
            if not any(t.start < span.end and span.start < t.end for t in taken):
                found.append(Actor(expand(span.of(_text(doc))), "agency", span))
                taken.append(span)
        _keep(doc, "agencies", "agency", sorted(found, key=lambda a: a.span))
        return doc

    return component


@lru_cache(maxsize=1)
def _known_names() -> tuple[str, ...]:
    fields = [row["field"] for row in knowledge.rows("agency_fields")]
    return tuple(f"{head} {field}" for head in ("Sở", "Bộ", "Phòng", "Ban", "Cục", "Vụ") for field in fields)


@Language.component("vn_deadlines")
def vn_deadlines(doc: Doc) -> Doc:
    """Deadlines in ``doc.spans["deadlines"]`` and ``span._.deadline``; dates of citations are none."""
    header = doc._.structure.header if doc._.structure is not None else None
    found = find_deadlines(
        _text(doc),
        issued=header.date if header else None,
        year=header.year if header else None,
        consumed=[c.span for c in doc._.citations],
    )
    _keep(doc, "deadlines", "deadline", found)
    return doc


@Language.component("vn_tasks")
def vn_tasks(doc: Doc) -> Doc:
    """Tasks and targets in ``doc.spans["tasks"]``, ``span._.task`` and ``doc._.tasks``; needs ``vn_structure``."""
    if doc._.structure is None:
        doc = vn_structure(doc)
    doc._.tasks = find_tasks(_text(doc), doc._.structure, doc._.citations)
    _keep(doc, "tasks", "task", doc._.tasks)
    return doc
