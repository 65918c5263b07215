"""Who owns a measure: the tasks that carry it, who leads each, and who may where a directive names nobody there."""
from __future__ import annotations

import json
import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from chidao.audit import references
from chidao.audit.measures import wording
from chidao.audit.outline import Item, headings, outline, tables
from chidao.audit.similarity import SAME, Rarity, Words, rarity_in, rarity_of, share, similarity, words
from chidao.grammar.folding import fold
from chidao.model import Span
from chidao.storage.rows import TaskRow

if TYPE_CHECKING:
    from chidao.storage import Register

How = Literal["stated", "inherited", "inferred"]
_POOL = 150  # tasks that full text gives to choose among
_CARRIES = 0.4  # share of the question that a task must hold
_BESIDE = 0.8  # and share of what the best one holds
_SUBJECT = 0.5  # what a word of the question weighs that only the directive's title holds
_HEADINGS, _HEADING = 2, 0.4  # how many headings tell what a measure is about, and what they tell beside it
_MORE = 0.25  # how much a body's second item tells beside its first
_PART, _SECTION = 1.0, 0.3  # what an item says that is handed the measure's part of the directive, or all its section
LIKELY = 0.36  # below it nobody is named
SURE = 0.5  # from it an inferred owner is mostly right, below it every other time; see docs/quality.md
# An item that only helps or reports makes nobody an owner.
HELPS = re.compile(r"\W*(?:(?:tiếp tục|chủ động|tích cực|tăng cường)\s+)*(?:phối hợp|tham gia)(?!\w)", re.IGNORECASE)
_FORM = re.compile(r"(?:\.\s?){6,}|(?:…\s?){3,}|_{5,}")  # a line of a form, to be filled in
_HEAD = 120  # characters of a heading; what is longer orders something itself
# A measure that only points elsewhere ("thực hiện theo Mục IV Kế hoạch số …") leaves nothing here to own.
_REFERS = re.compile(r"(?:^|:)\s*(?:được\s+)?thực hiện\s+(?:theo|tương tự)(?!\w)", re.IGNORECASE)
_RULED = re.compile(r"được\s+thực hiện\s+(?:theo|tương tự)(?!\w)", re.IGNORECASE)
_ASSIGNS = re.compile(r"tổ chức thực hiện|phân công|trách nhiệm|tổ chức triển khai", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns a measure, and `how` that is known; an inferred one has a score and the item that speaks for it."""

    name: str
    how: How
    score: float = 1.0
    evidence: TaskRow | None = None


@dataclass(frozen=True, slots=True)
class Carrier:
    """A task that carries the measure asked for; no owners where the directive leaves it to nobody."""

    task: TaskRow
    score: float
    owners: tuple[Owner, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """The carriers of one directive, and what that directive implements."""

    document: str
    label: str
    implements: tuple[str, ...]
    carriers: tuple[Carrier, ...]


def find_owners(register: Register, measure: str, *, document: str | None = None, limit: int = 5) -> list[Holding]:
    """Directives that carry `measure`, the nearest first, at most `limit`; of one `document` where that is given.

    Raises RegisterError as `Register.find_document`.
    """
    conn = register.connection
    rarity = rarity_in(conn)
    accented = fold(measure) != measure.lower()  # who types diacritics means them
    asked = words(measure, rarity, accented=accented)
    within = register.find_document(document).id if document else None
    found = register.tasks(document=within) if within else [
        hit.task for hit in register.search(measure, limit=_POOL, passages=False, literal=True) if hit.task]
    pool = [task for task in found if not _FORM.search(task.text)]
    scored = sorted(((_holds(asked, task, rarity, accented), -at, task) for at, task in enumerate(pool)),
                    key=lambda s: s[:2], reverse=True)
    least = max(_CARRIES, _BESIDE * scored[0][0]) if scored else 0.0
    carrying: dict[str, list[tuple[float, TaskRow]]] = defaultdict(list)
    for score, _, task in scored:
        if score >= least:
            carrying[task.document].append((score, task))
    return [_holding(register, rarity, some) for some in list(carrying.values())[:limit]]


def _holds(asked: Words, task: TaskRow, rarity: Rarity, accented: bool) -> float:
    """How much of the question the task holds; words of its directive's title count half."""
    own, title = (words(text, rarity, accented=accented) for text in (task.text, task.document_title or ""))
    by_title = sum(weight for gram, weight in asked.weights.items()
                   if gram in title.weights and gram not in own.weights)
    held = share(asked, own) + _SUBJECT * by_title / asked.total if asked.total else 0.0
    return 0.9 * held + 0.1 * similarity(asked, own)


def _holding(register: Register, rarity: Rarity, carrying: Sequence[tuple[float, TaskRow]]) -> Holding:
    first = carrying[0][1]
    inference = Inference(register, first.document, rarity)
    carriers = tuple(
        Carrier(task, score, () if inference.only_refers(task) else stated(task) or inference.of(task))
        for score, task in carrying)
    return Holding(first.document, first.document_label, _implemented(register.connection, first.document), carriers)


def stated(task: TaskRow) -> tuple[Owner, ...]:
    """Who leads the task by its own words or its heading's."""
    return tuple(Owner(role.name, role.source) for role in task.by_role("lead"))


def _implemented(conn: sqlite3.Connection, document: str) -> tuple[str, ...]:
    rows = conn.execute(
        "SELECT DISTINCT n.label FROM citations c JOIN cited_documents n ON n.id = c.cited_id"
        " WHERE c.document_id = ? AND c.relation = 'implements' ORDER BY c.ord", (document,))
    return tuple(row[0] for row in rows)


class Inference:
    """Who may own a measure that names nobody: the items of the same directive that give bodies their work."""

    def __init__(
        self, register: Register, document: str, rarity: Rarity, tasks: Sequence[TaskRow] | None = None,
    ) -> None:
        self.items = outline(register.connection, document)
        self.tables = tables(register.connection, document)
        self.address = _address(register.connection, document)
        tasks = register.tasks(document=document) if tasks is None else tasks
        self.assigned = [task for task in tasks if task.leads and not HELPS.match(task.text)]
        # What all of the directive is about tells its items apart no better than what all directives say.
        inside = rarity_of(wording(task) for task in tasks)
        self.rarity = _Mean(inside.counts, inside.total, rarity)
        self.words = {task.id: words(wording(task), self.rarity) for task in self.assigned}

    def only_refers(self, measure: TaskRow) -> bool:
        """Whether a measure says by which document it is done, and its lead is but whom the letter is addressed to."""
        roles = measure.by_role("lead")
        return bool(roles) and _RULED.search(measure.text) is not None and all(
            self.address.start <= role.span.start < self.address.end for role in roles)

    def of(self, measure: TaskRow, *, least: float = LIKELY) -> tuple[Owner, ...]:
        """Candidates with scores and evidence, the likeliest first; none where nobody reaches `least`."""
        if _REFERS.search(measure.text):
            return ()
        over = headings(self.items, measure.span.start)
        own = words(wording(measure), self.rarity)
        heading = words(" ".join(item.head for item in over[-_HEADINGS:]), self.rarity)
        supports: dict[str, list[tuple[float, TaskRow]]] = defaultdict(list)
        for task in self.assigned:
            score = self._support(measure, own, heading, over, task)
            for name in dict.fromkeys(task.leads) if score else ():
                supports[name].append((score, task))
        ranked = [Owner(name, "inferred", _joined([score for score, _ in some]), max(some, key=lambda s: s[0])[1])
                  for name, some in supports.items()]
        likely = sorted((o for o in ranked if o.score >= least), key=lambda o: -o.score)
        return tuple(owner for owner in likely if owner.score >= _BESIDE * likely[0].score)

    def _support(
        self, measure: TaskRow, own: Words, heading: Words, over: Sequence[Item], task: TaskRow,
    ) -> float:
        handed = [part for part in references.parts(task.text) if references.within(measure.path, part)]
        if handed:
            return _PART if max(map(len, handed)) > 1 else _SECTION
        there = self.words[task.id]
        alike = similarity(own, there)
        if alike >= SAME:
            return alike
        section = headings(self.items, task.span.start)
        if not over or section[:1] == over[:1] or self._in_table(task) or not _assigns(task, section):
            return 0.0
        return alike + _HEADING * similarity(heading, there)


    def _in_table(self, task: TaskRow) -> bool:
        """A row of a table answers for itself alone."""
        return any(span.start <= task.span.start < span.end for span in self.tables)


def _address(conn: sqlite3.Connection, document: str) -> Span:
    """Where the addressees stand; empty where there are none."""
    evidence = conn.execute("SELECT evidence FROM documents WHERE id = ?", (document,)).fetchone()[0]
    return Span(*json.loads(evidence).get("addressees", (0, 0)))


@dataclass(frozen=True, slots=True)
class _Mean(Rarity):
    """Rare both in the directive and in the register."""

    register: Rarity

    def of(self, syllable: str) -> float:
        return math.sqrt(Rarity.of(self, syllable) * self.register.of(syllable))


def _assigns(task: TaskRow, section: Sequence[Item]) -> bool:
    """Whether its place gives the item to its lead: a heading or label names the body, or says that it assigns."""
    outside = any(not task.span.start <= role.span.start < task.span.end for role in task.by_role("lead"))
    return outside or any(_ASSIGNS.search(item.head) for item in section if len(item.head) <= _HEAD)


def _joined(scores: Sequence[float]) -> float:
    """A body's score: its best item, and a part of the next."""
    best, *rest = sorted(scores, reverse=True)
    return min(1.0, best + _MORE * (rest[0] if rest else 0.0))


def names(owners: Sequence[Owner]) -> tuple[tuple[How, tuple[str, ...]], ...]:
    """Owners by how they are known, in order."""
    return tuple((how, tuple(o.name for o in some)) for how, some in groupby(owners, key=lambda o: o.how))
