"""A task put together from its words, its labelled values and what it inherits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chidao.extraction.agencies.finding import Actor
from chidao.extraction.agencies.responsibility import Duty, find_duty
from chidao.extraction.deadlines.finding import find_cell_deadlines, find_deadlines
from chidao.extraction.labels import inline_labels
from chidao.extraction.tasks.cuts import trim
from chidao.extraction.tasks.duties import Context, Value, shifted
from chidao.extraction.tasks.labelled import ASSIGNING, labelled_duty
from chidao.extraction.tasks.quantities import find_quantities
from chidao.extraction.tasks.units import begins_with_act
from chidao.model import Assignment, Deadline, LeadSource, Mood, Product, Role, Span, Task, TaskKind

_QUOTED = re.compile(r"“[^”]{3,300}”")


def build_task(
    context: Context,
    span: Span,
    kind: TaskKind,
    path: tuple[str, ...],
    inherited: Duty | None,
    labels: Sequence[Value],
    term: Span | None = None,
) -> Task:
    """The task in `span`; `term` are the words of a heading that say by when its items are due."""
    words = span.of(context.view)
    own = shifted(find_duty(words), span.start)
    if (
        inherited is not None
        and inherited.leads
        and own.leads
        and _stands_aside(words, own.leads[0].span.start - span.start)
    ):
        own = replace(own, leads=())
    inside = [
        Value(found.label.role, Span(span.start + found.value.start, span.start + found.value.end))
        for found in inline_labels(words)
        if found.label.role in ASSIGNING
    ]
    stated = labelled_duty(context.view, [*labels, *inside])
    assignments: list[Assignment] = []
    if stated.leads:
        assignments += _assignments(stated.leads, "lead", "stated", stated.mood)
    elif own.leads:
        assignments += _assignments(own.leads, "lead", "stated", own.mood)
    elif inherited is not None:
        assignments += _assignments(inherited.leads, "lead", "inherited", inherited.mood)
    leads = {a.name.casefold() for a in assignments}
    partners = _assignments((*stated.coordinators, *own.coordinators), "coordinator", "stated", own.mood)
    if inherited is not None and not own.leads and not stated.leads:
        partners += _assignments(inherited.coordinators, "coordinator", "inherited", inherited.mood)
    for partner in partners:
        if partner.name.casefold() not in leads:
            leads.add(partner.name.casefold())
            assignments.append(partner)
    return Task(
        span=span,
        kind=kind,
        path=path,
        assignments=tuple(assignments),
        deadlines=_deadlines(context, span, [*labels, *inside], term),
        products=tuple(_products(context, labels, inside)),
        quantities=tuple(replace(q, span=_moved(q.span, span.start)) for q in find_quantities(span.of(context.text))),
        citations=tuple(k for k, c in enumerate(context.citations) if span.start <= c.span.start < span.end),
    )


def _stands_aside(words: str, at: int) -> bool:
    """Whether a body named at `at` is met on the way of an act that the words began with.

    "Lập dự toán gửi Sở Tài chính thẩm định": the heading's lead acts; a body in brackets or after "giao" would lead.
    """
    before = words[:at]
    if not begins_with_act(words) or words.lstrip(" *").lower().startswith("căn cứ") or at < 20:
        return False
    return before.count("(") == before.count(")") and not before.rstrip().lower().endswith(("giao", "do"))


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _assignments(actors: Sequence[Actor], role: Role, source: LeadSource, mood: Mood) -> list[Assignment]:
    return [Assignment(name=a.name, role=role, source=source, span=a.span, kind=a.kind, mood=mood) for a in actors]


def _deadlines(
    context: Context, span: Span, labels: Sequence[Value], term: Span | None
) -> tuple[Deadline, ...]:
    issued = context.structure.header.date
    cited = [
        Span(c.span.start - span.start, c.span.end - span.start)
        for c in context.citations
        if c.span.start < span.end and span.start < c.span.end
    ]
    # What a quoted title says of time belongs to the title.
    cited += [Span(*m.span()) for m in _QUOTED.finditer(span.of(context.view))]
    labelled = [v for v in labels if v.role == "deadline"]
    found: list[Deadline] = []
    for deadline in find_deadlines(span.of(context.text), issued=issued, year=context.year, consumed=cited):
        whole = _moved(deadline.span, span.start)
        if not any(v.span.start <= whole.start < v.span.end for v in labelled):
            found.append(replace(deadline, span=whole))
    for value in labelled:
        outside = not (span.start <= value.span.start < span.end)
        for deadline in find_cell_deadlines(value.span.of(context.text), issued=issued, year=context.year):
            found.append(replace(deadline, span=_moved(deadline.span, value.span.start), outside=outside))
    if term is not None and all(d.kind == "recurring" for d in found):
        for deadline in find_cell_deadlines(term.of(context.text), issued=issued, year=context.year):
            found.append(replace(deadline, span=_moved(deadline.span, term.start), outside=True))
    unique = {(d.kind, d.value, d.span): d for d in found}
    return tuple(sorted(unique.values(), key=lambda d: d.span))


def _products(context: Context, labels: Sequence[Value], inside: Sequence[Value]) -> Iterator[Product]:
    for value in (*labels, *inside):
        if value.role == "product":
            span = trim(context.text, value.span)
            words = span.of(context.text).rstrip(" .;")
            if words.strip(" -"):
                yield Product(words, Span(span.start, span.start + len(words)))
