"""The assignments of a directive with whom each name means."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from chidao.linking.names.headings import by_heading
from chidao.linking.names.narrowing import REACH, narrowed
from chidao.linking.names.resolution import resolve
from chidao.linking.names.setting import setting_of
from chidao.model import Assignment, Directive, Meaning, Task


def link_agencies(directive: Directive) -> Directive:
    """The same directive, each assignment with its `meaning`.

    >>> from chidao.extraction.agencies.finding import find_agencies
    >>> from chidao.model import Assignment, Header, SourceText
    >>> text = "Sở Y tế báo cáo."
    >>> task = Task(find_agencies(text)[0].span, "task", assignments=(
    ...     Assignment("Sở Y tế", "lead", "stated", find_agencies(text)[0].span),))
    >>> header = Header(issuer="Ủy ban nhân dân tỉnh Sơn La", date="2023-02-17")
    >>> linked = link_agencies(Directive("chidao:0", SourceText(text, "txt", "0" * 64, "a.txt"), header, tasks=(task,)))
    >>> linked.tasks[0].leads[0].meaning.agency
    'so.y.te@son.la'
    """
    if not any(task.assignments for task in directive.tasks):
        return directive
    setting = setting_of(directive)
    names = {a.name for task in directive.tasks for a in task.assignments}
    meant = {name: resolve(name, setting) for name in names}

    def meaning(a: Assignment) -> Meaning:
        plainly = meant[a.name]
        if plainly.kind == "group":
            return narrowed(plainly, a.name, directive.text[a.span.end:a.span.end + REACH], setting)
        if plainly.kind != "open" or plainly.candidates:
            return plainly
        return by_heading(a, directive, lambda name: resolve(name, setting)) or plainly

    return replace(directive, tasks=tuple(_linked(task, meaning) for task in directive.tasks))


def _linked(task: Task, meaning: Callable[[Assignment], Meaning]) -> Task:
    if not task.assignments:
        return task
    return replace(task, assignments=tuple(
        Assignment(a.name, a.role, a.source, a.span, a.kind, a.mood, meaning(a)) for a in task.assignments))
