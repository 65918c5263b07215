"""The records that pass from stage to stage: frozen, typed, serialisable; nothing else.

Offsets are code points of `SourceText.text`, `end` exclusive; pages count from 1; boxes are PDF
points from the top left of the page; dates are ISO 8601 strings. Absent values are ``None`` or ``()``.
"""
from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Literal, NamedTuple

RegionKind = Literal["furniture", "note", "related", "header", "closing", "annex"]
LeadSource = Literal["stated", "inherited"]
Role = Literal["lead", "coordinator", "reports_to", "monitors"]
Mood = Literal["order", "request"]
ActorKind = Literal["agency", "group", "person", "other"]
MeaningKind = Literal["body", "official", "group", "other", "open"]
TaskKind = Literal["task", "target"]
DeadlineKind = Literal["by", "from", "range", "recurring", "within", "period", "event"]
RelationType = Literal["implements", "legal_basis", "amends", "replaces", "repeals", "mentions"]
CitationForm = Literal["full", "short", "anaphoric"]


class Span(NamedTuple):
    """Start and end (exclusive) in code points of the text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of `text` that the span covers."""
        return text[self.start:self.end]


def _width(word: str) -> float:
    """About how wide a word is, in letters: marks are half as wide."""
    return sum(1 if letter.isalnum() else 0.5 for letter in word)


@dataclass(frozen=True, slots=True)
class Box:
    """Where the characters of `span` stand on a page; one box a line.

    `words` has the left and right edge of each word of the line, one after the other; `confidence`, in percent, says
    of each word how sure its recognition was, and is empty where the words were not recognised but read.
    """

    span: Span
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    words: tuple[float, ...] = ()
    confidence: tuple[int, ...] = ()

    def clipped(self, span: Span, text: str) -> Box | None:
        """The box of what `span` has of this line, None where that is white space; `text` is the source's.

        >>> line = Box(Span(0, 7), 1, 50, 60, 140, 72, words=(50, 70, 80, 90, 100, 140))
        >>> cut = line.clipped(Span(3, 6), "Sở Y tế")
        >>> cut.x0, cut.x1
        (80.0, 120.0)
        """
        if not self.words:
            return self
        span = Span(max(self.span.start, span.start), min(self.span.end, span.end))
        words: list[float] = []
        sure: list[int] = []
        for number, match in enumerate(re.finditer(r"\S+", self.span.of(text))):
            first, after = match.start() + self.span.start, match.end() + self.span.start
            if after <= span.start or span.end <= first:
                continue
            left, right = self.words[2 * number:2 * number + 2]
            letter = (right - left) / _width(match[0])
            words += [left + letter * _width(match[0][:max(span.start - first, 0)]),
                      right - letter * _width(match[0][min(span.end - first, after - first):])]
            sure += self.confidence[number:number + 1]
        if not words:
            return None
        return Box(span, self.page, min(words), self.top, max(words), self.bottom, tuple(words), tuple(sure))


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of text that later stages treat apart.

    furniture: page numbers, website menus · note: footnotes · related: lists of related documents · header: all before
    the body · closing: Nơi nhận and signature · annex: what follows the signature (phụ lục).
    """

    span: Span
    kind: RegionKind


@dataclass(frozen=True, slots=True)
class Cell:
    span: Span
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the source; a row is one line of text with its cells parted by ``" | "``."""

    span: Span
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature (chữ ký số) of a file as its certificate states it; nobody has verified it.

    `by` and `organisation` are the certificate's common name and organisation, None where it can't be read; `at` is
    the stated time, ISO 8601.
    """

    by: str | None = None
    organisation: str | None = None
    at: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a reader gives: NFC text, a paragraph a line, and what is known of its layout.

    A file may hold several documents, each a text of its own: this is `document`, from 1, of `documents`. `sha256`,
    `size`, `pages`, `signatures` and `warnings` are the file's.
    """

    text: str
    format: str
    sha256: str
    name: str
    size: int = 0
    regions: tuple[Region, ...] = ()
    tables: tuple[Table, ...] = ()
    boxes: tuple[Box, ...] = ()  # in order of the text
    pages: int | None = None
    warnings: tuple[str, ...] = ()
    document: int = 1
    documents: int = 1
    signatures: tuple[Signature, ...] = ()

    @property
    def own_pages(self) -> tuple[int, int] | None:
        """The first and the last page of the file that the text stands on; None for formats without pages."""
        pages = [box.page for box in self.boxes]
        return (min(pages), max(pages)) if pages else None

    def locate(self, span: Span) -> tuple[Box, ...]:
        """The boxes of `span`, one a printed line, as wide as its words; empty for formats without pages."""
        first = bisect_right(self.boxes, span.start, key=lambda box: box.span.end)
        lines = takewhile(lambda box: box.span.start < span.end, islice(self.boxes, first, None))
        return tuple(part for box in lines if (part := box.clipped(span, self.text)) is not None)


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed: `position` in sentence case, `on_behalf_of` the body after TM. or the office after KT./TL."""

    name: str
    position: str | None = None
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The identifying fields of a directive; `evidence` gives the span that each was read from."""

    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: str | None = None
    year: int | None = None
    title: str | None = None
    signer: Signer | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    horizon: str | None = None
    secrecy: str | None = None
    evidence: dict[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Node:
    """An item of the outline. `level` is a kind of marker, `path` the labels from the root.

    `span` covers the marker, the text and all children; `text_span` the item's own text after its
    marker, up to its first child. `parent` is an index into the outline, None at the root.
    """

    level: str
    label: str
    span: Span
    text_span: Span
    path: tuple[str, ...]
    parent: int | None = None
    region: RegionKind | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of another document (viện dẫn)."""

    span: Span
    type: str
    number: str | None = None
    name: str | None = None
    date: str | None = None
    year: int | None = None
    issuer: str | None = None
    provision: str | None = None
    relation: RelationType = "mentions"
    detail: str | None = None
    target: str | None = None
    candidates: tuple[str, ...] = ()
    form: CitationForm = "full"


@dataclass(frozen=True, slots=True)
class Relation:
    """What the text states between two other documents, named as type and number or by name."""

    source: str
    type: str
    target: str
    span: Span


@dataclass(frozen=True, slots=True)
class Deadline:
    """A limit in time (thời hạn); kinds and values as in docs/guidelines.md."""

    span: Span
    kind: DeadlineKind
    value: str
    rrule: str | None = None
    working_days: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class AgencyCandidate:
    """A body that a name may mean, with the chance of it."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Meaning:
    """Whom a name means (see `chidao.linking.names`).

    `agency` is the id of the body, of an official's body or of the group (``so+ban.nganh@ha.noi``: members and
    scope); `listed` whether the registry knows it. `relevant`: of a group only those concerned ("liên quan").
    `inferred`: not said by the name and its directive's issuer, but by the heading that it stands under.
    """

    kind: MeaningKind
    agency: str | None = None
    score: float = 0.0
    candidates: tuple[AgencyCandidate, ...] = ()
    office: str | None = None
    listed: bool = True
    relevant: bool = False
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """An actor and its part in a task; `span` is where the actor is named."""

    name: str
    role: Role
    source: LeadSource
    span: Span
    kind: ActorKind = "agency"
    mood: Mood = "order"
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Product:
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure that a task sets: `value` with its unit and the comparison (at_least, at_most, equal)."""

    span: Span
    value: str
    unit: str | None = None
    comparison: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A duty (nhiệm vụ) or a target (chỉ tiêu); `citations` are indexes into Directive.citations."""

    span: Span
    kind: TaskKind
    path: tuple[str, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    products: tuple[Product, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    citations: tuple[int, ...] = ()

    def by_role(self, role: Role) -> tuple[Assignment, ...]:
        """The assignments with that role, in order of appearance."""
        return tuple(a for a in self.assignments if a.role == role)

    @property
    def leads(self) -> tuple[Assignment, ...]:
        """Who must do it (cơ quan chủ trì)."""
        return self.by_role("lead")

    @property
    def coordinators(self) -> tuple[Assignment, ...]:
        """Whom the lead works with (cơ quan phối hợp)."""
        return self.by_role("coordinator")


@dataclass(frozen=True, slots=True)
class Agency:
    """A body (cơ quan) of the registry: a kind in a place, as it was from `valid_from` to `valid_to`, both included.

    `place` is the id of a unit or region, None for central bodies; `aliases` are its kind's other names, without
    the place; `parent` is the id of the body that it belongs to, `code` its electronic identifier. An open end is
    None: from before the tables begin, still so today.
    """

    id: str
    name: str
    kind: str
    level: str
    category: str
    place: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    aliases: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    parent: str | None = None
    code: str | None = None
    basis: str | None = None
    source: str | None = None
    verified: bool = True

    def valid(self, on: str) -> bool:
        """Whether the body existed on that day (ISO 8601)."""
        return (self.valid_from or "") <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Part:
    """What is issued with a directive and has no number of its own: the plan under a decision, an annex (phụ lục).

    `label` is what an annex is called ("Phụ lục II"), `type` that of an attached document ("Kế hoạch").
    """

    span: Span
    label: str | None = None
    type: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """What the structure stage gives: header, regions, the outline in order of the text, and attached parts."""

    header: Header
    regions: tuple[Region, ...]
    nodes: tuple[Node, ...]
    tables: tuple[Table, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Clarity:
    """How clear a task is on the six points of "6 rõ" (người, việc, thời gian, trách nhiệm, sản phẩm, thẩm quyền).

    Each is 1 where the task says it, 0.5 in part, 0 where it does not.
    """

    person: float
    work: float
    time: float
    responsibility: float
    product: float
    authority: float

    @property
    def score(self) -> float:
        """The mean of the six, from 0 to 1."""
        points = (self.person, self.work, self.time, self.responsibility, self.product, self.authority)
        return round(sum(points) / len(points), 2)


@dataclass(frozen=True, slots=True)
class Finding:
    """What an officer should know of a directive (phát hiện), by a code of `knowledge/findings.tsv`; where it shows.

    `said` fills the places of the sentence: ``{leads}``, ``{ended}`` …
    """

    code: str
    span: Span
    said: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive (văn bản) with all that was read from it, each fact with its span."""

    id: str
    source: SourceText
    header: Header
    regions: tuple[Region, ...] = ()
    nodes: tuple[Node, ...] = ()
    citations: tuple[Citation, ...] = ()
    relations: tuple[Relation, ...] = ()
    tasks: tuple[Task, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def text(self) -> str:
        """The NFC text that all spans count in."""
        return self.source.text

    def locate(self, span: Span) -> tuple[Box, ...]:
        """Pages and boxes of `span`, one box a line; empty where the source has no pages."""
        return self.source.locate(span)
