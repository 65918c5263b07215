"""The same task twice, with other leads or another day: in one directive, or in two of the same issuer."""
from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import combinations
from typing import TYPE_CHECKING

from chidao.audit.measures import wording
from chidao.audit.owners import HELPS
from chidao.audit.similarity import Rarity, Words, similarity, words
from chidao.audit.view import AuditFinding, clipped
from chidao.grammar.folding import key
from chidao.storage.questions import task_rows
from chidao.storage.rows import TaskRow

if TYPE_CHECKING:
    from chidao.storage import Register

_SAME = 0.9  # surer than alike: who is told of a conflict must find one
_RAREST = 5  # syllables and pairs of each task by which others are sought
_MOST = 40  # tasks that hold one of them
_READ = 2000  # tasks that are kept with their words
_FEWEST = 14  # syllables of a task that says what is to be done
_FIGURE = re.compile(r"\d+")
_THIS = re.compile(r"(?<!\w)này(?!\w)|thủ tục hành chính|TTHC", re.IGNORECASE)  # each directive has its own
_FORMULA = re.compile(
    r"thi hành|kể từ ngày ký|trong quá trình (?:tổ chức |triển khai )?thực hiện|theo chức năng"
    r"|căn cứ (?:chức năng|nhiệm vụ)|tổ chức (?:triển khai )?thực hiện (?:Kế hoạch|Quyết định|Nghị quyết|Chỉ thị) này"
    r"|được giao|của Kế hoạch|tại Phụ lục|^\W*Bước", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What of a task is kept while others are sought; the rest is read again for those that may conflict."""

    id: int
    weight: float
    leads: frozenset[str]
    due: str | None


class Conflicts:
    """Tasks of one issuer that say the same, with other leads or another day; they are added document by document."""

    def __init__(self, register: Register, rarity: Rarity) -> None:
        self._register, self._rarity = register, rarity
        self._entries: list[_Entry] = []
        self._holding: dict[str, list[int]] = defaultdict(list)
        self._sets: dict[frozenset[str], frozenset[str]] = {}  # each once: a thousand tasks have the same leads
        self._read = lru_cache(maxsize=_READ)(self._task)

    def add(self, tasks: Sequence[TaskRow]) -> None:
        """Takes in the tasks of the next document."""
        said = [(task, leads) for task in tasks if _says(task) and (leads := _leads(task))]
        for task, leads in said:
            its = words(_timeless(task), self._rarity)
            for gram in nsmallest(_RAREST, its.weights, key=lambda g: (-its.weights[g], g)):
                self._holding[gram].append(len(self._entries))
            number = self._register.connection.execute("SELECT id FROM tasks WHERE key = ?", (task.id,)).fetchone()[0]
            self._entries.append(_Entry(number, its.total, self._sets.setdefault(leads, leads), task.due))

    def found(self) -> Iterator[AuditFinding]:
        """Each pair once, under the later task."""
        for a, b in self._pairs():
            one, other = self._entries[a], self._entries[b]
            code, limit = _conflict(one, other), _SAME * _SAME
            if code and min(one.weight, other.weight) >= limit * max(one.weight, other.weight):
                (first, its), (second, theirs) = self._read(one.id), self._read(other.id)
                if similarity(its, theirs) >= _SAME and not _apart(first, second):
                    yield _finding(code, first, second)

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs that share one of the rarest words of both, by the later one."""
        before: dict[int, set[int]] = defaultdict(set)
        for some in self._holding.values():
            if len(some) <= _MOST:
                for a, b in combinations(some, 2):
                    if _conflict(self._entries[a], self._entries[b]):
                        before[b].add(a)
        yield from ((a, b) for b in sorted(before) for a in sorted(before[b]))

    def _task(self, id: int) -> tuple[TaskRow, Words]:
        task, = task_rows(self._register.connection, [id], today=datetime.date.min)
        return task, words(_timeless(task), self._rarity)


def _conflict(one: _Entry, other: _Entry) -> str | None:
    """What two tasks gainsay each other in, if they say the same."""
    if not _shared(one.leads, other.leads):
        return "different_leads"
    again = one.due and other.due and one.due[:4] != other.due[:4]  # what is done each year has a day in each
    if one.due and other.due and one.due != other.due and not again and one.leads & other.leads:
        return "different_deadlines"
    return None


def _apart(one: TaskRow, other: TaskRow) -> bool:
    """Whether each may be right: figures differ, or the directive gives each of its bodies the like work in turn."""
    figures, others = (_FIGURE.findall(_timeless(task)) for task in (one, other))
    if figures != others or _names(one, other) or _names(other, one):
        return True
    if one.document != other.document:
        return bool(_THIS.search(one.text) or _THIS.search(other.text)) or _copies(one, other)
    return one.path[:1] == other.path[:1] and len(one.path) == len(other.path) and one.path != other.path


def _timeless(task: TaskRow) -> str:
    """The words of a task but for its bodies and days: whether these agree is the question."""
    text = wording(task)
    for deadline in task.deadlines:
        text = text.replace(deadline.text, " ")
    return text


def _names(one: TaskRow, other: TaskRow) -> bool:
    """Whether the one is to see to it that the other's lead does the work."""
    return any(lead.casefold() in one.text.casefold() for lead in other.leads)


def _copies(one: TaskRow, other: TaskRow) -> bool:
    """Two texts of one document, as far as number and date tell."""
    return (one.document_number, one.document_date) == (other.document_number, other.document_date)


def _shared(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a body stands on both sides, in full, cut short, or as its sister in another place."""
    return any(a in b or b in a or a.split()[:2] == b.split()[:2] for a in some for b in others)


def _says(task: TaskRow) -> bool:
    helps = HELPS.match(task.text) is not None
    return task.kind == "task" and len(task.text.split()) >= _FEWEST and not helps and not _FORMULA.search(task.text)


def _leads(task: TaskRow) -> frozenset[str]:
    """Keys of bodies that lead; none where a group or a person does: these may be the same body by another name."""
    roles = task.by_role("lead")
    return frozenset(key(role.name) for role in roles) if all(role.kind == "agency" for role in roles) else frozenset()


def _finding(code: str, one: TaskRow, other: TaskRow) -> AuditFinding:
    there, here = ("; ".join(task.leads) if code == "different_leads" else task.due or "" for task in (one, other))
    said = {"here": here, "there": there, "where": " › ".join(one.path),
            "document": one.document_label if one.document != other.document else ""}
    quote = clipped(" ".join(other.text.split()))
    return AuditFinding(code, other.document, other.document_label, other.span, other.path, quote, said)
