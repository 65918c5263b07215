"""Work that is left to nobody, and work that rests on a request."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from chidao import knowledge
from chidao.audit.outline import Item, headings, tables
from chidao.audit.owners import Inference, stated
from chidao.audit.similarity import rarity_in
from chidao.audit.view import AuditFinding, View
from chidao.extraction.tasks.sections import section_kind
from chidao.grammar.numbers import parse_number
from chidao.model import Span
from chidao.storage.rows import TaskRow

_FEWEST, _MOSTLY = 3, 0.75  # measures in a section that nobody owns, and their share
_HEAD = 150  # characters of a heading
_CLOSING = re.compile(r"(?:chịu trách nhiệm|có trách nhiệm|trách nhiệm) thi hành", re.IGNORECASE)


def find_ownerless(view: View) -> Iterator[AuditFinding]:
    """Sections of measures in the body that never get an owner: neither there nor by another item of the directive."""
    if not view.directs:
        return
    inference = Inference(view.register, view.document.id, rarity_in(view.register.connection))
    groups: dict[int, list[TaskRow]] = defaultdict(list)
    for task in view.tasks:
        section = _section(view, task)
        if section is not None and task.kind == "task":
            groups[section.order].append(task)
    for order, tasks in groups.items():
        left = [task for task in tasks if not stated(task) and not inference.of(task)]
        if len(left) >= _FEWEST and len(left) >= _MOSTLY * len(tasks):
            said = {"count": str(len(left)), "all": str(len(tasks))}
            yield view.finding("section_without_owner", _heading(view.items[order]), said)


def find_requests(view: View) -> Iterator[AuditFinding]:
    """Bodies outside the issuer's chain of command that are asked for work, each once with the number of its tasks."""
    asked: dict[str, list[TaskRow]] = defaultdict(list)
    for task in view.tasks if _commands(view) else ():
        roles = task.by_role("lead")
        if roles and all(role.mood == "request" for role in roles):
            asked[roles[0].name].append(task)
    for name, tasks in asked.items():
        why = outside(name)
        if why:
            said = {"body": name, "count": str(len(tasks)), "why_vi": why[0], "why_en": why[1]}
            yield view.finding("request_outside", tasks[0].span, said)


def find_early_deadlines(view: View) -> Iterator[AuditFinding]:
    """Deadlines that had passed when the directive was issued; rows of tables report on older work."""
    issued = view.document.date
    rows = tables(view.register.connection, view.document.id) if issued else ()
    told: set[str] = set()
    for task in view.tasks if issued else ():
        past = [d for d in task.deadlines if d.kind == "by" and d.due and d.due < (issued or "")]
        in_row = any(span.start <= task.span.start < span.end for span in rows)
        if past and len(past) == len(task.deadlines) and not in_row and (past[0].due or "") not in told:
            told.add(past[0].due or "")
            yield view.finding("deadline_before_issue", past[0].span, {"due": past[0].due or "", "date": issued or ""})


def outside(body: str) -> tuple[str, str] | None:
    """Why an administrative issuer can't order `body`, in Vietnamese and English; None where it can.

    >>> outside("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"), outside("Sở Y tế")
    (('Mặt trận Tổ quốc', 'the Fatherland Front'), None)
    """
    return next(((vi, en) for pattern, vi, en in _outside() if pattern.search(body)), None)


@lru_cache(maxsize=1)
def _outside() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((re.compile(rf"(?<!\w)(?:{row['pattern']})(?!\w)", re.IGNORECASE), row["why_vi"], row["why_en"])
                 for row in knowledge.rows("outside_bodies"))


def _commands(view: View) -> bool:
    """Whether the issuer is an administrative one: the Party and its bodies order whom these ask."""
    number = parse_number(view.document.number or "")
    return view.directs and not (number and number.party) and not outside(view.document.issuer or "")


def _section(view: View, task: TaskRow) -> Item | None:
    """The nearest heading of measures above the task; None in annexes, and where no heading says that they are."""
    over = headings(view.items, task.span.start)
    if not over or over[-1].region or len(over[-1].head) > _HEAD or _CLOSING.search(task.text):
        return None
    kinds = [section_kind(item.head) for item in over]
    return over[-1] if "task" in kinds and "none" not in kinds and "money" not in kinds else None


def _heading(item: Item) -> Span:
    return Span(item.span.start, item.words.end)
