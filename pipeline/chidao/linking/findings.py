"""What an officer should know of a directive: who does not lead, or no longer, what has no deadline or product."""
from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import lru_cache

from chidao.extraction.tasks.sections import genre
from chidao.grammar.folding import key, plain
from chidao.linking.agencies import agency, successors
from chidao.linking.names.meanings import SURE
from chidao.model import Assignment, Directive, Finding, Span, Task

_LEADS = "chủ trì"


def find_findings(directive: Directive, *, today: str | None = None) -> tuple[Finding, ...]:
    """The findings on one directive, each with the place that shows it; sentences are in `knowledge/findings.tsv`.

    On tasks (not on targets): no lead, several leads, only unnamed ones ("các đơn vị liên quan"), a lead that had
    ended on the day of issue or has ended by `today` (ISO 8601), no deadline, no product. What is only likely (a
    meaning below `SURE`) is no finding.

    >>> from chidao.model import Header, SourceText
    >>> text = "Cơ quan chủ trì giải quyết thủ tục: Sở Y tế."
    >>> header = Header(type="Quyết định", title="Công bố thủ tục hành chính lĩnh vực y tế")
    >>> directive = Directive("chidao:0000", SourceText(text, "txt", "0" * 64, "qd.txt"), header)
    >>> [(f.code, f.span.of(text)) for f in find_findings(directive)]
    [('no_lead_procedure', 'chủ trì')]
    """
    now = today or datetime.date.today().isoformat()
    of_tasks = [f for task in directive.tasks if task.kind == "task" for f in _of_task(task, directive, now)]
    return (*_of_text(directive), *of_tasks)


def _of_text(directive: Directive) -> Iterator[Finding]:
    """A text that names who leads though no task got a lead."""
    at = -1 if any(task.leads for task in directive.tasks) else plain(directive.text).casefold().find(_LEADS)
    if at >= 0:
        said = genre(directive.header.type, directive.header.title, directive.header.number)
        why = said if said in ("procedure", "rules") else "unread"
        yield Finding(f"no_lead_{why}", Span(at, at + len(_LEADS)))


def _of_task(task: Task, directive: Directive, now: str) -> Iterator[Finding]:
    yield from _of_leads(task)
    for lead in task.leads:
        yield from _of_ended(lead, directive.header.date, now)
    if not task.deadlines and directive.header.horizon:
        yield Finding("task_horizon_only", task.span, {"horizon": directive.header.horizon})
    elif not task.deadlines:
        yield Finding("task_no_deadline", task.span)
    if not task.products:
        yield Finding("task_no_product", task.span)


def _of_leads(task: Task) -> Iterator[Finding]:
    leads = {key(a.name): a for a in reversed(task.leads)}
    if not leads:
        yield Finding("task_no_lead", task.span)
        return
    names = [a.name for a in task.leads if leads.get(key(a.name)) is a]
    if len(names) > 1:
        yield Finding("task_several_leads", task.leads[0].span, {"count": str(len(names)), "leads": "; ".join(names)})
    if all(_is_unnamed(a) for a in task.leads):
        yield Finding("task_lead_unnamed", task.leads[0].span, {"lead": "; ".join(names)})


def _is_unnamed(lead: Assignment) -> bool:
    """Whether a lead is a group whose name says nobody in particular: "các đơn vị liên quan"."""
    meaning = lead.meaning
    return meaning is not None and meaning.kind == "group" and not meaning.listed


def _of_ended(lead: Assignment, issued: str | None, now: str) -> Iterator[Finding]:
    meaning = lead.meaning
    body = agency(meaning.agency) if meaning and meaning.agency and meaning.kind in ("body", "official") else None
    if body is None or meaning is None or meaning.score < SURE or body.valid_to is None:
        return
    before = issued is not None and body.valid_to < issued
    later = _passed_to(body.id, issued if before and issued else now)
    if later == body.name or not (before or body.valid_to < now):
        return  # it goes on under its name in a unit that was drawn anew
    said = {"name": body.name, "agency": body.id, "ended": body.valid_to, "now": later}
    yield (Finding("lead_ended_before", lead.span, {**said, "date": issued or ""}) if before
           else Finding("lead_ended_since", lead.span, said))


@lru_cache(maxsize=1024)  # the same leads are met task after task
def _passed_to(id: str, on: str) -> str:
    """The names of the bodies that have the work of one that ended, each with what decides; or why none has."""
    found = successors(id, on)
    named = [f"{s.agency.name} ({'; '.join(s.decides)})" if s.decides else s.agency.name
             for s in (found.successors if found else ())]
    return " | ".join(named) or (found.reason if found else None) or "?"
