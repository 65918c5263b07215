"""The same task twice, with other leads or another day: in one directive, or in two of the same issuer."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from chidao.audit.measures import wording
from chidao.audit.owners import HELPS
from chidao.audit.similarity import Rarity, Words, similarity, words
from chidao.audit.view import AuditFinding, clipped
from chidao.grammar.folding import key
from chidao.storage.rows import TaskRow

_SAME = 0.9  # surer than alike: who is told of a conflict must find one
_RAREST = 5  # syllables and pairs of each task by which others are sought
_MOST = 40  # tasks that hold one of them
_FEWEST = 14  # syllables of a task that says what is to be done
_FIGURE = re.compile(r"\d+")
_THIS = re.compile(r"(?<!\w)này(?!\w)|thủ tục hành chính|TTHC", re.IGNORECASE)  # each directive has its own
_FORMULA = re.compile(
    r"thi hành|kể từ ngày ký|trong quá trình (?:tổ chức |triển khai )?thực hiện|theo chức năng"
    r"|căn cứ (?:chức năng|nhiệm vụ)|tổ chức (?:triển khai )?thực hiện (?:Kế hoạch|Quyết định|Nghị quyết|Chỉ thị) này"
    r"|được giao|của Kế hoạch|tại Phụ lục|^\W*Bước", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Entry:
    task: TaskRow
    words: Words
    leads: frozenset[str]


def find_conflicts(tasks: Sequence[TaskRow], rarity: Rarity) -> Iterator[AuditFinding]:
    """Pairs among `tasks` (of one issuer) that say the same; each pair once, under the later task."""
    entries = [_Entry(task, words(wording(task), rarity), _leads(task)) for task in tasks if _says(task)]
    for one, other in _alike(entries):
        if similarity(one.words, other.words) < _SAME or _apart(one.task, other.task):
            continue
        if one.leads and other.leads and not _shared(one.leads, other.leads):
            names = ("; ".join(task.leads) for task in (one.task, other.task))
            yield _finding("different_leads", one.task, other.task, *names)
        elif one.task.due and other.task.due and one.task.due != other.task.due and one.leads & other.leads:
            yield _finding("different_deadlines", one.task, other.task, one.task.due, other.task.due)


def _apart(one: TaskRow, other: TaskRow) -> bool:
    """Whether each may be right: figures differ, or the directive gives each of its bodies the like work in turn."""
    if _FIGURE.findall(one.text) != _FIGURE.findall(other.text) or _names(one, other) or _names(other, one):
        return True
    if one.document != other.document:
        return bool(_THIS.search(one.text) or _THIS.search(other.text)) or _copies(one, other)
    return one.path[:1] == other.path[:1] and len(one.path) == len(other.path) and one.path != other.path


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


def _alike(entries: Sequence[_Entry]) -> Iterator[tuple[_Entry, _Entry]]:
    """Pairs that share one of the rarest words of both."""
    holding: dict[str, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        for gram in sorted(entry.words.weights, key=lambda g: (-entry.words.weights[g], g))[:_RAREST]:
            holding[gram].append(at)
    pairs = {pair for some in holding.values() if len(some) <= _MOST for pair in combinations(some, 2)}
    yield from ((entries[a], entries[b]) for a, b in sorted(pairs))


def _finding(code: str, one: TaskRow, other: TaskRow, there: str, here: str) -> AuditFinding:
    where = " › ".join(one.path)
    said = {"here": here, "there": there, "where": where,
             "document": one.document_label if one.document != other.document else ""}
    quote = clipped(" ".join(other.text.split()))
    return AuditFinding(code, other.document, other.document_label, other.span, other.path, quote, said)
