"""What the register answers with: frozen, typed records; nothing else.

Offsets are code points of the directive's text, `end` exclusive; pages count from 1; dates are ISO 8601
strings. Absent values are ``None`` or ``()``.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from chidao.model import Agency, CitationForm, DeadlineKind, LeadSource, Mood, RelationType, Role, Span, TaskKind

if TYPE_CHECKING:
    from chidao.linking.agencies.succession import Step

# The Government's words: chưa đến hạn, sắp đến hạn (within 7 days), quá hạn, không có thời hạn.
# `undated`: there is a limit in time, but no day can be reckoned from it (thường xuyên, ngay khi …).
TaskState = Literal["not_due", "due_soon", "overdue", "no_deadline", "undated"]
TASK_STATES: tuple[TaskState, ...] = ("not_due", "due_soon", "overdue", "no_deadline", "undated")
Outcome = Literal["added", "updated", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A directive in the register. `id` is its URN, `file` and `path` its preferred rendition.

    It is the document `file_document`, from 1, of `file_documents` in that file.
    """

    id: str
    type: str | None
    number: str | None
    symbol: str | None
    issuer: str | None
    place: str | None
    date: str | None
    year: int | None
    title: str | None
    horizon: str | None
    secrecy: str | None
    signer: str | None
    file: str
    path: str | None
    format: str
    sha256: str
    pages: int | None
    renditions: int
    tasks: int
    targets: int
    citations: int
    file_document: int = 1
    file_documents: int = 1

    @property
    def label(self) -> str:
        """Type and number, or the title, or the file's name where both are blank.

        >>> DocumentRow(*[None] * 16, 1, 0, 0, 0, 0).label
        ''
        """
        named = " ".join(part for part in (self.type, self.number) if part) if self.number else None
        return named or self.title or self.file or ""


@dataclass(frozen=True, slots=True)
class AgencyRoleRow:
    """A body (or group, person) and its part in a task; only leads have a `confidence`."""

    name: str
    role: Role
    source: LeadSource
    span: Span
    kind: str
    mood: Mood
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A limit in time; `text` the words, `due` the last day that can be reckoned from it, or None."""

    text: str
    kind: DeadlineKind
    value: str
    due: str | None
    rrule: str | None
    working_days: bool
    outside: bool
    span: Span
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class ProductRow:
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class QuantityRow:
    """A figure that a task sets."""

    text: str
    value: str
    unit: str | None
    comparison: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class CitationRow:
    """A mention of another document; `target` its node (see `TraceEdge`), `held` whether we have it.

    `candidates` of an open one are what it may mean, by its directive or by the register, the likeliest first
    with `scores` from 0 to 1; those of a task's citations are its directive's alone, without scores.
    """

    document: str
    order: int
    span: Span
    text: str
    type: str
    number: str | None
    name: str | None
    date: str | None
    year: int | None
    issuer: str | None
    provision: str | None
    relation: RelationType
    detail: str | None
    form: CitationForm
    target: str | None
    candidates: tuple[str, ...]
    held: bool
    scores: tuple[float, ...] = ()
    confidence: float | None = None

    @property
    def label(self) -> str:
        """Type and number, or the name: ``Nghị quyết 38/NQ-CP``, ``Luật Bảo vệ môi trường``."""
        return f"{self.type} {self.number}" if self.number else self.name or self.type


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task (nhiệm vụ) or target (chỉ tiêu) with all that the appendix of an office needs.

    `id` is the document's id, ``#`` and the task's order from 1; `text` the words of `span`, verbatim;
    `due` the earliest day of its deadlines, `state` is relative to the day that was asked for. `confidence` is the
    chance that it is a task as it stands, from 0 to 1; its leads, deadlines and citations have their own.
    """

    id: str
    document: str
    document_label: str
    document_type: str | None
    document_number: str | None
    document_title: str | None
    document_issuer: str | None
    document_date: str | None
    file: str
    order: int
    kind: TaskKind
    path: tuple[str, ...]
    span: Span
    text: str
    page: int | None
    roles: tuple[AgencyRoleRow, ...]
    deadlines: tuple[DeadlineRow, ...]
    products: tuple[ProductRow, ...]
    quantities: tuple[QuantityRow, ...]
    citations: tuple[CitationRow, ...]
    due: str | None
    state: TaskState
    confidence: float | None = None

    def by_role(self, role: Role) -> tuple[AgencyRoleRow, ...]:
        """The bodies with that role, in order of appearance."""
        return tuple(r for r in self.roles if r.role == role)

    @property
    def least_sure(self) -> float | None:
        """The chance of its weakest part: of itself, its leads and its deadlines."""
        parts = (self.confidence, *(r.confidence for r in self.roles), *(d.confidence for d in self.deadlines))
        return min((part for part in parts if part is not None), default=None)

    @property
    def leads(self) -> tuple[str, ...]:
        """Names of those who must do it (cơ quan chủ trì)."""
        return tuple(r.name for r in self.by_role("lead"))

    @property
    def coordinators(self) -> tuple[str, ...]:
        """Names of those whom the lead works with (cơ quan phối hợp)."""
        return tuple(r.name for r in self.by_role("coordinator"))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a snippet; `match` where it answers the query."""

    text: str
    match: bool


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage of a directive that is no task; `text` the words of `span`, verbatim."""

    document: str
    document_label: str
    document_type: str | None
    document_number: str | None
    document_title: str | None
    document_issuer: str | None
    document_date: str | None
    file: str
    path: tuple[str, ...]
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A task, or a passage that is none, that answers a query: the row, a snippet to show, how it came to its place.

    One of `task` and `passage` is set. `score` is higher for better, `legs` its parts: full text without diacritics
    (folded), with them (accented), vectors, and what conditions add that are met but not demanded. `complete` when
    every word of the query was found. `unit` is a number that stays while the directive is not read again.
    """

    task: TaskRow | None
    passage: PassageRow | None
    snippet: tuple[Part, ...]
    score: float
    complete: bool
    legs: tuple[tuple[str, float], ...]
    unit: int

    @property
    def row(self) -> TaskRow | PassageRow:
        """The task or the passage."""
        row = self.task or self.passage
        assert row is not None
        return row


@dataclass(frozen=True, slots=True)
class Facet:
    """How many of the answers share a value: name is agency, type, year, issuer, kind or state."""

    name: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class ConditionRead:
    """A condition of a query: what it is of (document, agency, days, state), as it reads, how many units meet it.

    `demanded` conditions narrow the answers, others lift those that meet them; one that nothing meets is `dropped`,
    and its words are sought instead.
    """

    kind: str
    label: str
    units: int
    demanded: bool
    dropped: bool


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What a query gave: a page of hits, how many there are in all, how the query was read, counts by facet.

    `words` are those that were sought, with diacritics given back where `restored`; `role` the part that a body was
    asked for in. `notes` are codes of what the user should know: model_absent, model_changed, without_vectors,
    vectors_pending.
    """

    hits: tuple[SearchHit, ...]
    total: int
    words: str
    restored: bool
    phrases: tuple[str, ...]
    excluded: tuple[str, ...]
    role: Role | None
    conditions: tuple[ConditionRead, ...]
    facets: tuple[Facet, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TraceEdge:
    """One step of lineage: `source` does `type` to `target` (the source is the later document).

    `type` is a row of `knowledge/edge_types.tsv`; `relation` and `detail` are those of the citation, `provision` the
    part of the target that is concerned. `direction` is ``up`` (towards what the document is based on) or ``down``
    (towards what is based on it); `depth` counts from 1. A document that the register does not hold is a node like any
    other: `*_held` is False. `resolved` is False where the mention leaves open which document it means.
    `stated_by` is the document whose words (`text`, `span`) say so: the source, save for what a third one states.
    """

    source: str
    target: str
    type: str
    relation: str
    detail: str | None
    provision: str | None
    direction: Literal["up", "down"]
    depth: int
    source_label: str
    target_label: str
    source_held: bool
    target_held: bool
    resolved: bool
    stated_by: str
    text: str
    span: Span
    mentions: int


@dataclass(frozen=True, slots=True)
class FailureRow:
    """A file that was refused: `code` is stable, `detail` fills the sentence of that code."""

    path: str
    sha256: str | None
    code: str
    detail: str

    def message(self, lang: str) -> str:
        """The sentence of the catalogue in `lang` (``"vi"`` or ``"en"``)."""
        from chidao.errors import ChidaoError

        return ChidaoError(self.code, self.detail).message(lang)


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """Workload of a body: its tasks as lead and in other roles, and how many of those it leads have passed."""

    name: str
    lead: int
    coordinator: int
    reports_to: int
    monitors: int
    overdue: int


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """A task that a body owes: `named` as the directive says, `body` the id of whom it was given to.

    `group` is the id of the group that `body` was a member of, `relevant` where only those concerned are meant;
    `chain` the changes by which the task came to the body that was asked for, empty where it is its own; `decides`
    what must hold for that, a field of work or an area, where a split left several successors.
    """

    task: TaskRow
    role: Role
    mood: Mood
    named: str
    body: str
    group: str | None
    relevant: bool
    chain: tuple[Step, ...]
    decides: tuple[str, ...]

    @property
    def certain(self) -> bool:
        """Whether it is surely the body's: its own, or passed on whole; not where a field or area decides."""
        return not self.decides and not self.relevant


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body that tasks name: `agency` its record in the registry, None where that does not know it."""

    id: str
    name: str
    agency: Agency | None
    lead: int
    coordinator: int
    other: int


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A cited document that the register does not hold, and how many directives cite it."""

    id: str
    label: str
    type: str
    number: str | None
    name: str | None
    date: str | None
    year: int | None
    issuer: str | None
    resolved: bool
    cited_by: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts over the register; `states` are relative to the day that was asked for."""

    documents: int
    files: int
    failures: int
    nodes: int
    tasks: int
    targets: int
    without_lead: int
    citations: int
    citations_open: int
    cited_documents: int
    missing_documents: int
    agencies: int
    characters: int
    types: tuple[tuple[str, int], ...]
    states: tuple[tuple[TaskState, int], ...]
    schema: int


@dataclass(frozen=True, slots=True)
class RunRow:
    """One ingest: when, with which version of the extractor, and what came of it."""

    id: int
    started: str
    ended: str | None
    version: str
    paths: tuple[str, ...]
    outcome: str
    added: int
    updated: int
    unchanged: int
    refused: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What `verify` found wrong: a stable code, where (file, table or document), and a detail."""

    code: str
    where: str
    detail: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an ingest stands after a file."""

    done: int
    total: int
    path: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did; `refused` says which files and why. `documents`, `tasks` and `characters` are newly read.

    All other numbers are of files, and one of these may hold several documents.
    """

    run: int
    total: int
    added: int
    updated: int
    unchanged: int
    refused: tuple[FailureRow, ...]
    documents: int
    tasks: int
    characters: int
    seconds: float
