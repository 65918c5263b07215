"""Documents of one file: which one is issued with which, as one of them says."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chidao.grammar.folding import document_view, squeeze
from chidao.model import Directive, Header, Relation, Span

_WITH = re.compile(r"(?:ban\s+hành\s+)?k[èe]m\s+theo\s+(?:\w+\s+){0,4}(?:số\s*:?\s*)?$", re.IGNORECASE)
_BEFORE = 80


def link_together(directives: Sequence[Directive]) -> tuple[Directive, ...]:
    """The directives of a file, with the relation ``issued_with`` where one of them says so of another.

    "(Kèm theo Quyết định số 9/QĐ-UBND …)" in a plan, "Ban hành kèm theo Quyết định này Kế hoạch …" in a decision.
    """
    if len(directives) < 2:
        return tuple(directives)
    return tuple(replace(d, relations=(*d.relations, *_stated(d, [o for o in directives if o is not d])))
                 for d in directives)


def own_name(header: Header) -> str | None:
    """How a directive is named in a relation: type and number, else type and title.

    >>> own_name(Header(type="Kế hoạch", number="7/KH-UBND", title="Trồng rừng")), own_name(Header())
    ('Kế hoạch 7/KH-UBND', None)
    """
    said = header.number or header.title
    return squeeze(f"{header.type} {said}") if header.type and said else None


def _stated(directive: Directive, others: Sequence[Directive]) -> Iterator[Relation]:
    ours = own_name(directive.header)
    for other in others if ours else ():
        theirs = own_name(other.header)
        if theirs is None or ours is None:
            continue
        if span := _attached_to(directive, other):
            yield Relation(ours, "issued_with", theirs, span)
        elif sum(o.header.type == other.header.type for o in others) == 1 and (span := _issues(directive, other)):
            yield Relation(theirs, "issued_with", ours, span)


def _attached_to(directive: Directive, other: Directive) -> Span | None:
    """Where the directive says that it goes with the other one: "(Kèm theo Quyết định số …"."""
    view = document_view(directive.text)
    for citation in directive.citations:
        if citation.target == other.id or (other.header.number and citation.number == other.header.number):
            start = max(0, citation.span.start - _BEFORE)
            if m := _WITH.search(view, start, citation.span.start):
                return Span(m.start(), citation.span.end)
    return None


def _issues(directive: Directive, other: Directive) -> Span | None:
    """Where the directive says that it issues one of the other's type: "kèm theo Quyết định này Kế hoạch …"."""
    ours, theirs = (r"\s+".join(map(re.escape, (d.header.type or "").split())) for d in (directive, other))
    view = document_view(directive.text)
    this = rf"kèm\s+theo\s+{ours}\s+này"
    m = re.search(rf"{this}[^\n.;:]{{0,40}}?\s{theirs}(?!\w)|(?<!\w){theirs}(?!\w)[^\n.;:]{{0,300}}?\s{this}", view)
    return Span(*m.span()) if m else None
