"""What two directives have in common: tasks taken up, changed, left out, added; and the same among siblings."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from chidao.audit import bodies
from chidao.audit.measures import wording
from chidao.audit.similarity import LIKE, Rarity, Sense, likeness, rarity_in, senses
from chidao.storage.rows import TaskRow

if TYPE_CHECKING:
    from chidao.storage import Register

Kind = Literal["taken", "changed", "left_out", "added"]
KINDS: tuple[Kind, ...] = ("taken", "changed", "left_out", "added")
What = Literal["deadline_later", "deadline_earlier", "deadline_dropped", "deadline_added", "owner_other",
               "owner_dropped", "figure_lower", "figure_higher", "wording"]
_NEAR = 0.35  # and likeness from which the other's nearest task is worth a look
_OTHER = 0.1  # what another lead takes off: bodies do the like each in its own field
_OUTLINE = 0.05  # what the same place in the outline adds where two are as like
_SAID = 0.95  # likeness below which the wording is other
# Who carries out "this plan" stands at the end of each of them and compares nothing.
_PROVINCE = re.compile(r"(?:Ủy ban|Hội đồng) nhân dân (?:tỉnh|thành phố|Thành phố)(?!\w)|Tỉnh ủy|Thành ủy")
_CLOSING = re.compile(r"(?:chịu trách nhiệm|có trách nhiệm|trách nhiệm) thi hành", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Change:
    """What the later task says otherwise; `before` and `after` as shown to people, "" where nothing is said."""

    what: What
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A task of the first directive beside that of the second; one of them is None where only the other has it.

    taken: the second has it with the same leads, days and figures, be it in other words. What is left out
    may have a second, too: the nearest task there, for a person to judge.
    """

    kind: Kind
    first: TaskRow | None
    second: TaskRow | None
    score: float = 0.0
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """A measure that siblings have in common: for each sibling its task, None where it has none."""

    tasks: tuple[TaskRow | None, ...]

    @property
    def held(self) -> int:
        """How many of the siblings have it."""
        return sum(task is not None for task in self.tasks)


def compare(register: Register, first: str, second: str) -> list[Pair]:
    """What `second` makes of the tasks of `first`, in the order of `first`; then what it adds.

    A task of the second may answer several of the first, and several answer one: each is a pair.
    Raises RegisterError as `Register.find_document`.
    """
    return _paired(register, first, second, once=False)


def diff(register: Register, first: str, second: str) -> list[Pair]:
    """What became of each task from one version, or year, to the next: each task has one counterpart at most."""
    return _paired(register, first, second, once=True)


def siblings(register: Register, parent: str) -> tuple[list[str], list[Shared]]:
    """Ids of the directives that implement `parent` (an id, held or only cited), and the measures they share.

    Measures that most of them have stand first; what one alone has is left out.
    """
    conn = register.connection
    rows = conn.execute(
        "SELECT DISTINCT c.document_id FROM citations c JOIN documents d ON d.id = c.document_id"
        " WHERE c.cited_id = ? AND c.relation = 'implements' ORDER BY d.date, d.id", (parent,)).fetchall()
    documents = [row[0] for row in rows]
    rarity = rarity_in(conn)
    entries = [_with_senses(_tasks(register, id), rarity) for id in documents]
    shared = [measure for measure in _clusters(entries) if measure.held > 1]
    return documents, sorted(shared, key=lambda m: -m.held)


def _paired(register: Register, first: str, second: str, *, once: bool) -> list[Pair]:
    rarity = rarity_in(register.connection)
    ours, theirs = (_tasks(register, register.find_document(name).id) for name in (first, second))
    likely = _likely(ours, theirs, rarity)
    matches = _matches(likely, ours, theirs, once=once)
    answered = {at for at, score in matches.values() if score >= LIKE}
    more: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for b, (score, a) in sorted(_best(likely).items()) if not once else ():
        if b not in answered and score >= LIKE:
            answered.add(b)
            more[a].append((b, score))
    pairs: list[Pair] = []
    for at, task in enumerate(ours):
        found = [*([matches[at]] if at in matches else []), *more[at]]
        pairs += [_pair(task, theirs[b], score) for b, score in found] or [Pair("left_out", task, None)]
    return pairs + [Pair("added", None, task) for at, task in enumerate(theirs) if at not in answered]


def _tasks(register: Register, document: str) -> list[TaskRow]:
    return [task for task in register.tasks(document=document) if not _CLOSING.search(task.text)]


def _likely(ours: Sequence[TaskRow], theirs: Sequence[TaskRow], rarity: Rarity) -> list[tuple[int, int, float]]:
    """Indexes of ours and of theirs that may answer it, and how like they are, less where another leads."""
    left, right = (senses([wording(task) for task in some], rarity) for some in (ours, theirs))
    alike = ((a, b, likeness(one, other)) for a, one in enumerate(left) for b, other in enumerate(right))
    near = ((a, b, score) for a, b, score in alike if score >= _NEAR)
    return [(a, b, score - _OTHER * _other_lead(ours[a], theirs[b])) for a, b, score in near]


def _other_lead(first: TaskRow, second: TaskRow) -> bool:
    """Whether both name who leads, and not the same."""
    return bool(first.leads and second.leads) and not bodies.shared(first.leads, second.leads) and not (
        bodies.handed_down(first.leads) and _of_province(second))


def _best(likely: Sequence[tuple[int, int, float]]) -> dict[int, tuple[float, int]]:
    """For each of theirs the likest of ours."""
    found: dict[int, tuple[float, int]] = {}
    for a, b, score in likely:
        found[b] = max(found.get(b, (0.0, a)), (score, a), key=lambda f: f[0])
    return found


def _matches(
    likely: Sequence[tuple[int, int, float]], ours: Sequence[TaskRow], theirs: Sequence[TaskRow], *, once: bool,
) -> dict[int, tuple[int, float]]:
    """For each of ours the index of theirs that answers it, and how like it is; the likest find each other first."""
    found: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for a, b, score in sorted(likely, key=lambda m: -m[2] - _OUTLINE * (ours[m[0]].path == theirs[m[1]].path)):
        if a not in found and not (b in used and (once or score < LIKE)):
            found[a] = (b, score)
            used.add(b)
    return found


def _pair(first: TaskRow, second: TaskRow, score: float) -> Pair:
    alike = score + _OTHER * _other_lead(first, second)
    if score < LIKE:
        return Pair("left_out", first, second, alike)
    changes = tuple(_changes(first, second, alike))
    other = any(change.what != "wording" for change in changes)
    return Pair("changed" if other else "taken", first, second, alike, changes)


def _changes(first: TaskRow, second: TaskRow, score: float) -> Iterable[Change]:
    yield from _deadline_change(first, second)
    if first.leads and not second.leads:
        yield Change("owner_dropped", "; ".join(first.leads), "")
    elif _other_lead(first, second):
        yield Change("owner_other", "; ".join(first.leads), "; ".join(second.leads))
    yield from _figure_changes(first, second)
    if score < _SAID:
        yield Change("wording", "", "")


def _deadline_change(first: TaskRow, second: TaskRow) -> Iterable[Change]:
    before, after = ("; ".join(d.text for d in task.deadlines) for task in (first, second))
    if first.due and second.due and first.due != second.due:
        yield Change("deadline_later" if second.due > first.due else "deadline_earlier", before, after)
    elif before and not after:
        yield Change("deadline_dropped", before, "")
    elif after and not before:
        yield Change("deadline_added", "", after)


def _figure_changes(first: TaskRow, second: TaskRow) -> Iterable[Change]:
    """Figures of one unit, where each task sets one in that unit."""
    for quantity in first.quantities:
        others = [q for q in second.quantities if q.unit == quantity.unit]
        alone = sum(q.unit == quantity.unit for q in first.quantities) == 1 == len(others)
        a, b = (_number(q.value) for q in (quantity, others[0])) if alone else (None, None)
        if a is not None and b is not None and a != b:
            yield Change("figure_lower" if b < a else "figure_higher", quantity.text, others[0].text)


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _of_province(task: TaskRow) -> bool:
    return _PROVINCE.match(task.document_issuer or "") is not None


def _with_senses(tasks: Sequence[TaskRow], rarity: Rarity) -> list[tuple[TaskRow, Sense]]:
    return list(zip(tasks, senses([wording(task) for task in tasks], rarity), strict=True))


def _clusters(entries: Sequence[Sequence[tuple[TaskRow, Sense]]]) -> list[Shared]:
    """Measures by their likeness to the first sibling that has them; each task stands in one."""
    heads: list[tuple[Sense, list[TaskRow | None]]] = []
    for at, some in enumerate(entries):
        for task, its in some:
            near = max(((likeness(its, head), row) for head, row in heads if row[at] is None), key=lambda n: n[0],
                       default=(0.0, []))
            if near[0] >= LIKE:
                near[1][at] = task
            else:
                row: list[TaskRow | None] = [None] * len(entries)
                row[at] = task
                heads.append((its, row))
    return [Shared(tuple(row)) for _, row in heads]
