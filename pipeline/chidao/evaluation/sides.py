"""What an annotation expects and what was extracted, as the same records with places in the annotated text."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from chidao.evaluation.frame import Frame, Item, nth_occurrence
from chidao.evaluation.keys import agency_key, document_key, number_key, words_key
from chidao.model import Span

SideName = Literal["expected", "found"]
Part = Literal["lead", "coordinator", "deadline", "product"]

PARTS: tuple[Part, ...] = ("lead", "coordinator", "deadline", "product")
HEADER_FIELDS = ("type", "number", "symbol", "issuer", "place", "date", "title", "signer")
HEADER_LISTS = ("addressees", "recipients")
_LEAD_SOURCES = {"explicit": "stated", "heading": "inherited"}


@dataclass(frozen=True, slots=True)
class Detail:
    """A body, deadline or product of a unit: `key` is compared, `shown` is for people.

    `span` is None where the words stand nowhere in the text.
    """

    part: Part
    key: str
    shown: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A task or target; `lead_sources` says whether its leads are stated or inherited, "" where unknown."""

    span: Span
    extent: Span
    words: str
    kind: str | None
    details: tuple[Detail, ...]
    lead_sources: frozenset[str]

    def keys(self, part: Part) -> list[str]:
        """What is compared of that part, in order."""
        return [detail.key for detail in self.details if detail.part == part]


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of another document."""

    span: Span
    extent: Span
    words: str
    type: str
    number: str | None
    name: str | None
    date: str | None
    relation: str | None

    @property
    def cited(self) -> str:
        """Type and number, or name."""
        return f"{self.type} {self.number or self.name}"


@dataclass(frozen=True, slots=True)
class Side:
    """All that one side says; `names` are the lists of the header, `relations` by key, both with their words."""

    header: Mapping[str, str | None]
    names: Mapping[str, Mapping[str, str]]
    citations: tuple[Mention, ...]
    relations: Mapping[str, str]
    units: tuple[Unit, ...]


def expected_side(gold: Item, frame: Frame) -> Side:
    """The side of the annotation `gold`; EvaluationError where one of its quotes does not stand in the text."""
    citations, tasks = gold["citations"], gold["tasks"]
    return Side(
        *_header(gold["document"]),
        tuple(_mention(c, span, frame.extent(span), c["quote"])
              for c, span in zip(citations, frame.annotated(citations), strict=True)),
        _relations(gold),
        tuple(_expected_unit(t, span, frame) for t, span in zip(tasks, frame.annotated(tasks), strict=True)))


def found_side(extracted: Item, frame: Frame) -> Side:
    """The side of `extracted`, an object of the extraction contract."""
    return Side(
        *_header(extracted["document"]),
        tuple(_mention(c, frame.span(extent), extent, frame.words(c))
              for c, extent in ((c, frame.found(c)) for c in extracted["citations"])),
        _relations(extracted),
        tuple(_found_unit(t, frame) for t in extracted["tasks"]))


def _header(document: Item) -> tuple[dict[str, str | None], dict[str, dict[str, str]]]:
    fields = {name: document.get(name) for name in HEADER_FIELDS}
    fields["signer"] = (document.get("signer") or {}).get("name")
    return fields, {name: {words_key(v): v for v in document.get(name) or ()} for name in HEADER_LISTS}


def _mention(item: Item, span: Span, extent: Span, words: str) -> Mention:
    return Mention(span, extent, words, item.get("type") or "", item.get("number"), item.get("name"),
                   item.get("date") or None, item.get("relation") or None)


def _relations(side: Item) -> dict[str, str]:
    return {" ".join((document_key(r["from"]), r["type"], document_key(r["to"]))): f"{r['from']} {r['type']} {r['to']}"
            for r in side.get("relations") or ()}


def _expected_unit(task: Item, span: Span, frame: Frame) -> Unit:
    def named(name: str) -> Span | None:
        at = frame.source.find(name, *span)
        return Span(at, at + len(name)) if at >= 0 else None

    details = (
        *_details("lead", agency_key, ((name, named(name)) for name in task.get("lead") or ())),
        *_details("coordinator", agency_key, ((name, named(name)) for name in task.get("coordinating") or ())),
        *(Detail("deadline", deadline_key(d), deadline_key(d), _quoted(d, span, frame))
          for d in task.get("deadlines") or ()),
        *_details("product", words_key, ((name, named(name)) for name in task.get("products") or ())))
    return Unit(span, frame.extent(span), task["quote"], task["kind"], details,
                frozenset({_LEAD_SOURCES.get(task.get("lead_source") or "", "")}))


def _quoted(deadline: Item, task: Span, frame: Frame) -> Span | None:
    """Where the words of an annotated deadline stand: in its task, else where they occur."""
    quote = deadline.get("quote") or ""
    at = frame.source.find(quote, *task)
    at = at if at >= 0 else nth_occurrence(frame.source, quote, deadline.get("nth") or 1)
    return Span(at, at + len(quote)) if quote and at >= 0 else None


def _found_unit(task: Item, frame: Frame) -> Unit:
    def placed(items: Sequence[Item] | None, words: str) -> Iterator[tuple[str, Span | None]]:
        return ((item[words], _span(item, frame)) for item in items or ())

    leads = task.get("leads") or ()
    details = (
        *_details("lead", agency_key, placed(leads, "name")),
        *_details("coordinator", agency_key, placed(task.get("coordinators"), "name")),
        *(Detail("deadline", deadline_key(d), deadline_key(d), _span(d, frame)) for d in task.get("deadlines") or ()),
        *_details("product", words_key, placed(task.get("products"), "text")))
    extent = frame.found(task)
    return Unit(frame.span(extent), extent, frame.words(task), task.get("kind"), details,
                frozenset(lead.get("source") or "" for lead in leads))


def _span(item: Item, frame: Frame) -> Span | None:
    return frame.span(frame.found(item)) if item.get("start") is not None else None


def _details(part: Part, key: Callable[[str], str], named: Iterable[tuple[str, Span | None]]) -> Iterator[Detail]:
    """One detail a key, the first; names that say nothing are left out."""
    by_key: dict[str, Detail] = {}
    for name, span in named:
        by_key.setdefault(key(name), Detail(part, key(name), name, span))
    return (detail for detail in by_key.values() if detail.key or part == "product")


def deadline_key(deadline: Item) -> str:
    """Kind and value; an event's value says nothing more than its kind."""
    return "event" if deadline["kind"] == "event" else f"{deadline['kind']} {deadline['value']}"


def same_document(want: Mention, got: Mention) -> bool:
    """Whether two mentions name the same document: type and number, or type and name where there is no number."""
    if words_key(want.type) != words_key(got.type):
        return False
    if want.number:
        return number_key(want.number) == number_key(got.number)
    return not got.number and words_key(want.name) == words_key(got.name)


def same_field(name: str, want: str | None, got: str | None) -> bool:
    """Whether two values of a field of the header count as the same."""
    key = {"number": number_key, "symbol": number_key, "issuer": agency_key}.get(name, words_key)
    return key(want) == key(got)
