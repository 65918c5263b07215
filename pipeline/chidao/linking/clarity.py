"""How complete a task is by the six points that directives ask for ("6 rõ"): who, what, when, responsibility …"""
from __future__ import annotations

import re
from functools import lru_cache

from chidao import knowledge
from chidao.extraction.agencies.words import tokenize, verb_at
from chidao.grammar.folding import key, plain
from chidao.model import Clarity, Directive, Task

_OPENING = 12  # words at the head of a task in which its act stands
_DATED = {"by", "range", "within", "period", "from"}


def clarity(task: Task, directive: Directive) -> Clarity:
    """What a task makes clear, each point 1 (said), 0.5 (in part) or 0 (not).

    person: a named body or official leads; a group is in part · work: an act is said · time: a deadline of its own;
    a rhythm without days, an event or only the directive's period are in part · responsibility: one lead; several are
    in part · product: a labelled product; words such as "báo cáo kết quả" are in part · authority: who decides or
    receives the report, or the basis; "theo chức năng, nhiệm vụ" is in part.

    >>> from chidao.model import Assignment, Deadline, Header, SourceText, Span
    >>> text = "Sở Y tế lập danh sách trước ngày 30/6/2026."
    >>> task = Task(Span(0, 43), "task", assignments=(Assignment("Sở Y tế", "lead", "stated", Span(0, 7)),),
    ...     deadlines=(Deadline(Span(22, 42), "by", "2026-06-30"),))
    >>> found = clarity(task, Directive("chidao:0", SourceText(text, "txt", "0" * 64, "a.txt"), Header()))
    >>> found.person, found.time, found.product, found.authority, found.score
    (1.0, 1.0, 0.5, 0.0, 0.75)
    """
    words = plain(task.span.of(directive.text))
    return Clarity(person=_person(task), work=_work(words), time=_time(task, directive),
                   responsibility=_responsibility(task), product=1.0 if task.products else _said("product", words),
                   authority=_authority(task, words))


def _person(task: Task) -> float:
    kinds = {a.meaning.kind if a.meaning else "body" if a.kind in ("agency", "person") else "group" for a in task.leads}
    if kinds & {"body", "official"}:
        return 1.0
    return 0.5 if kinds else 0.0


def _work(words: str) -> float:
    tokens = tokenize(words)[:_OPENING]
    return 1.0 if any(verb_at(tokens, i) for i in range(len(tokens))) else 0.5


def _time(task: Task, directive: Directive) -> float:
    if any(d.kind in _DATED or (d.kind == "recurring" and d.value != "regular") for d in task.deadlines):
        return 1.0
    return 0.5 if task.deadlines or directive.header.horizon else 0.0


def _responsibility(task: Task) -> float:
    leads = {key(a.name) for a in task.leads}
    return 0.0 if not leads else 1.0 if len(leads) == 1 else 0.5


def _authority(task: Task, words: str) -> float:
    if task.citations or task.by_role("reports_to"):
        return 1.0
    return _said("authority", words)


def _said(part: str, words: str) -> float:
    """The greatest weight of the table's words for a point that stand in the task."""
    text = words.casefold()
    return max((weight for pattern, weight in _words()[part] if pattern.search(text)), default=0.0)


@lru_cache(maxsize=1)
def _words() -> dict[str, list[tuple[re.Pattern[str], float]]]:
    found: dict[str, list[tuple[re.Pattern[str], float]]] = {}
    for row in knowledge.rows("clarity_words"):
        words = rf"(?<!\w){re.escape(row['words'].casefold())}(?!\w)"
        found.setdefault(row["part"], []).append((re.compile(words), float(row["weight"])))
    return found
