"""Work that is left to nobody, and work that rests on a request."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from chidao import knowledge
from chidao.audit.outline import Item, headings, tables
from chidao.audit.owners import LIKELY, Inference, stated
from chidao.audit.view import AuditFinding, View
from chidao.extraction.tasks.sections import section_kind
from chidao.grammar.numbers import parse_number
from chidao.model import Span
from chidao.storage.rows import TaskRow

_FEWEST, _MOSTLY = 3, 0.75  # measures in a section that nobody owns, and their share
_POSSIBLY = 0.3  # likeness of an item that tells who does the work where one body leads the directive as a whole
_HEAD = 150  # characters of a heading
# Documents that plan and assign; a notice or a conclusion speaks to those whom it was made for.
_PLANS = ("Kế hoạch", "Chương trình", "Đề án", "Phương án", "Quyết định", "Nghị quyết", "Chỉ thị")
_RECALLS = re.compile(r"\W*(?:Ngày|Thực hiện|Theo)\s+(?:ngày\s+)?\d", re.IGNORECASE)
_ORDERED = re.compile(
    r"(?:các\s+)?(?:Sở|Bộ(?! Chính trị)|Ủy ban nhân dân|Thủ trưởng|Chủ tịch Ủy ban|Giám đốc)(?!\w)", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?:chủ trì|đầu mối|thường trực)[^.;]{0,60}(?:triển khai|thực hiện|theo dõi)[^.;]{0,30}"
    r"(?:kế hoạch|chương trình|đề án|nghị quyết|chỉ thị)(?!\s+(?:số|của các|hành động))", re.IGNORECASE)
_CLOSING = re.compile(r"(?:chịu trách nhiệm|có trách nhiệm|trách nhiệm) thi hành", re.IGNORECASE)


def find_ownerless(view: View) -> Iterator[AuditFinding]:
    """Sections of measures in the body that never get an owner: neither there nor by another item of the directive.

    Who leads the plan as a whole is said, too: it answers for what nobody else does.
    """
    if not view.directs or view.document.type not in _PLANS or _of_party(view):
        return
    groups: dict[int, list[TaskRow]] = defaultdict(list)
    for task in view.tasks:
        section = _section(view, task)
        if section is not None and task.kind == "task":
            groups[section.order].append(task)
    groups = {order: tasks for order, tasks in groups.items() if sum(not stated(t) for t in tasks) >= _FEWEST}
    if not groups:
        return
    inference, general = Inference(view.register, view.document.id, view.rarity, view.tasks), _general(view)
    least = _POSSIBLY if general["vi"] else LIKELY
    for order, tasks in groups.items():
        left = [task for task in tasks if not stated(task) and not inference.of(task, least=least)]
        if len(left) >= _FEWEST and len(left) >= _MOSTLY * len(tasks):
            said = {"count": str(len(left)), "all": str(len(tasks)), **general}
            yield view.finding("section_without_owner", _heading(view.items[order]), said)


def _general(view: View) -> dict[str, str]:
    """Who leads the directive as a whole, as half a sentence in both languages; "" where nobody does."""
    names = dict.fromkeys(name for task in view.tasks if _WHOLE.search(task.text) for name in task.leads)
    return {"vi": f"; {next(iter(names))} chỉ chủ trì chung" if names else "",
            "en": f"; {next(iter(names))} only leads the plan as a whole" if names else ""}


def find_requests(view: View) -> Iterator[AuditFinding]:
    """Bodies outside the issuer's chain of command that are asked for work, each once with the number of its tasks."""
    asked: dict[str, list[TaskRow]] = defaultdict(list)
    for task in view.tasks if _commands(view) else ():
        roles = task.by_role("lead")
        asks = bool(roles) and all(role.mood == "request" for role in roles)
        if asks and not task.text.startswith("Khuyến khích"):
            asked[roles[0].name].append(task)
    for name, tasks in asked.items():
        why = outside(name)
        if why and not any(_ORDERED.match(lead) for lead in tasks[0].leads):
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
        recalled = in_row or _RECALLS.match(task.text) is not None
        if past and len(past) == len(task.deadlines) and not recalled and (past[0].due or "") not in told:
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
    return view.directs and not _of_party(view) and not outside(view.document.issuer or "")


def _of_party(view: View) -> bool:
    number = parse_number(view.document.number or "")
    return bool(number and number.party)


def _section(view: View, task: TaskRow) -> Item | None:
    """The nearest heading of measures above the task; None in annexes, and where no heading says that they are."""
    over = headings(view.items, task.span.start)
    over = tuple(item for item in over if not item.head.endswith(":"))  # a line that introduces is no heading
    if not over or over[-1].region or len(over[-1].head) > _HEAD or _CLOSING.search(task.text):
        return None
    kinds = [section_kind(item.head) for item in over]
    return over[-1] if "task" in kinds and "none" not in kinds and "money" not in kinds else None


def _heading(item: Item) -> Span:
    return Span(item.span.start, item.words.end)
