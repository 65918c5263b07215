"""Faults in an annotation that a program can see, before anybody relies on its figures."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, get_args

from chidao.evaluation.frame import nth_occurrence
from chidao.model import DeadlineKind, RelationType, Span, TaskKind

Item = Mapping[str, Any]

LEAD_SOURCES = ("explicit", "heading", "none")
RELATIONS_BETWEEN_OTHERS = ("amends", "replaces", "repeals", "guides", "issued_with", "consolidates")
_DAY = r"\d{4}-\d\d-\d\d"
_VALUES = {
    "by": _DAY, "from": _DAY, "range": f"{_DAY}/{_DAY}", "period": r"\d{4}(/\d{4})?", "event": "event",
    "recurring": "daily|weekly|monthly|quarterly|half-yearly|yearly|regular",
    "within": r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?)?",
}


class Fault(NamedTuple):
    """What is wrong (`what`) with which part (`where`, counted from 1), and the value."""

    where: str
    what: str
    value: object


def check(annotation: Item, source: str) -> tuple[Fault, ...]:
    """The faults of `annotation` against the guidelines and its source text; none is empty.

    >>> check({"citations": [], "tasks": [{"quote": "Tổ chức trực", "kind": "duty", "lead": [],
    ...        "lead_source": "none", "coordinating": [], "deadlines": []}]}, "1. Tổ chức trực.")
    (Fault(where='task 1', what='unknown kind', value='duty'),)
    """
    text = unicodedata.normalize("NFC", source)
    return (*_check_citations(annotation["citations"], text), *_check_relations(annotation.get("relations") or ()),
            *_check_tasks(annotation["tasks"], text))


def _check_citations(citations: Sequence[Item], text: str) -> Iterator[Fault]:
    for where, citation in _counted("citation", citations):
        yield from _check_quote(where, citation, text)
        if citation["relation"] not in get_args(RelationType):
            yield Fault(where, "unknown relation", citation["relation"])
        if not (citation.get("number") or citation.get("name") or citation.get("date")):
            yield Fault(where, "neither number, name nor date", citation["quote"])
        if citation.get("date") and not _is_day(citation["date"]):
            yield Fault(where, "no such date", citation["date"])
        elif citation.get("date") and str(citation.get("year")) != citation["date"][:4]:
            yield Fault(where, "year is not the date's", citation.get("year"))


def _check_relations(relations: Sequence[Item]) -> Iterator[Fault]:
    for where, relation in _counted("relation", relations):
        if relation["type"] not in RELATIONS_BETWEEN_OTHERS:
            yield Fault(where, "unknown type", relation["type"])
        if relation["from"] == relation["to"]:
            yield Fault(where, "a document with itself", relation["from"])


def _check_tasks(tasks: Sequence[Item], text: str) -> Iterator[Fault]:
    reached = 0
    for where, task in _counted("task", tasks):
        yield from _check_quote(where, task, text)
        span = _span(task, text)
        if span and span.start < reached:
            yield Fault(where, "overlaps the task before it, or stands before it", task["quote"])
        reached = span.end if span else reached
        if task["kind"] not in get_args(TaskKind):
            yield Fault(where, "unknown kind", task["kind"])
        yield from _check_leads(where, task)
        for which, deadline in _counted(f"{where}, deadline", task["deadlines"]):
            yield from _check_deadline(which, deadline, span, text)


def _check_leads(where: str, task: Item) -> Iterator[Fault]:
    if task["lead_source"] not in LEAD_SOURCES:
        yield Fault(where, "unknown lead_source", task["lead_source"])
    if (task["lead_source"] == "none") == bool(task["lead"]):
        yield Fault(where, f"lead_source {task['lead_source']} with leads", task["lead"])
    both = {name.casefold() for name in task["lead"]} & {name.casefold() for name in task["coordinating"]}
    if both:
        yield Fault(where, "both leads and coordinates", sorted(both))


def _check_deadline(where: str, deadline: Item, task: Span | None, text: str) -> Iterator[Fault]:
    yield from _check_quote(where, deadline, text)
    kind, value = deadline["kind"], str(deadline["value"])
    if kind not in get_args(DeadlineKind):
        yield Fault(where, "unknown kind", kind)
    elif not re.fullmatch(_VALUES[kind], value) or not _in_order(kind, value):
        yield Fault(where, f"no value of a {kind} deadline", value)
    span = _span(deadline, text)
    if span and task and bool(deadline.get("outside")) == (task.start <= span.start and span.end <= task.end):
        yield Fault(where, "stands inside its task and says outside, or the other way round", deadline["quote"])


def _in_order(kind: str, value: str) -> bool:
    """Whether the days exist and the earlier one comes first."""
    days = value.split("/")
    return days == sorted(days) and (kind not in ("by", "from", "range") or all(map(_is_day, days)))


def _check_quote(where: str, item: Item, text: str) -> Iterator[Fault]:
    quote, nth = item["quote"], item.get("nth")
    times = text.count(quote) if quote else 0
    if not quote or quote != quote.strip():
        yield Fault(where, "quote empty, or with outer white space", quote)
    elif not times:
        yield Fault(where, "quote not in the source text", quote)
    elif nth is None and times > 1:
        yield Fault(where, f"quote occurs {times} times and has no nth", quote)
    elif nth is not None and not 1 <= nth <= times:
        yield Fault(where, f"quote occurs {times} times", nth)


def _span(item: Item, text: str) -> Span | None:
    at = nth_occurrence(text, item["quote"], item.get("nth") or 1)
    return Span(at, at + len(item["quote"])) if at >= 0 else None


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _counted(what: str, items: Sequence[Item]) -> Iterator[tuple[str, Item]]:
    return ((f"{what} {i}", item) for i, item in enumerate(items, 1))
