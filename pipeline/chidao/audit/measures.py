"""Tasks as the audit compares them: what is to be done, without the names of those who do it."""
from __future__ import annotations

from chidao.storage.rows import TaskRow


def wording(task: TaskRow) -> str:
    """The words of a task, the names of its bodies left out: whoever does it, the work is the same."""
    text, start = task.text, task.span.start
    for role in sorted(task.roles, key=lambda r: r.span, reverse=True):
        if task.span.start <= role.span.start and role.span.end <= task.span.end:
            text = f"{text[:role.span.start - start]} {text[role.span.end - start:]}"
    return text
