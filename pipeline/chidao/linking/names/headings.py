"""The body that a bare name ("Giám đốc Sở", "Hội đồng") means by the heading that it stands under."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from chidao.extraction.agencies.finding import find_agencies
from chidao.grammar.folding import key
from chidao.linking.names.meanings import HEADING, kind_of, open_between
from chidao.linking.names.wording import Wording, take_apart
from chidao.model import Assignment, Directive, Meaning

_LONGEST = 200  # letters of a heading: more is a paragraph, which names bodies for other reasons


def by_heading(assignment: Assignment, directive: Directive, resolve: Callable[[str], Meaning]) -> Meaning | None:
    """The one body of that kind in the nearest heading that names any, marked `inferred`; several are candidates.

    None where the name says more than its kind, or no heading names a body of it.
    """
    wording = take_apart(assignment.name)
    if not wording.body or wording.territory or wording.every or wording.all_levels:
        return None
    at = assignment.span.start
    above = [n for n in directive.nodes if n.span.start <= at < n.span.end and n.text_span.end <= at]
    for node in reversed(above):
        found = _of_kind(directive.text[node.text_span.start:node.text_span.end], wording, resolve)
        if found:
            return _one_of(found, wording)
    return None


def _of_kind(heading: str, wording: Wording, resolve: Callable[[str], Meaning]) -> list[Meaning]:
    """The bodies that a heading names whose names begin as the bare name, one of each."""
    if len(heading) > _LONGEST:
        return []
    begins = f"{key(wording.body)} "
    names = [a.name for a in find_agencies(heading) if key(take_apart(a.name).body).startswith(begins)]
    meant = {m.agency: m for m in map(resolve, names) if m.kind in ("body", "official")}
    return list(meant.values())


def _one_of(found: list[Meaning], wording: Wording) -> Meaning:
    if len(found) > 1:
        return replace(open_between([m.agency for m in found if m.agency], wording), inferred=True)
    return replace(found[0], kind=kind_of(wording), office=wording.office, score=min(found[0].score, HEADING),
                   inferred=True)
