"""What the checks look at: a directive of the register with its text, outline, tasks and citations."""
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from chidao.audit.outline import Item, above, outline
from chidao.audit.similarity import rarity_in
from chidao.extraction.tasks.sections import genre
from chidao.graph.validity import Change, Validity, changes_of, validity_by
from chidao.linking.law_numbers import law_date
from chidao.model import Span
from chidao.storage import questions
from chidao.storage.rows import CitationRow, DocumentRow, TaskRow

if TYPE_CHECKING:
    from chidao.storage import Register

_QUOTE = 300  # characters of the wording that a finding keeps
_KEPT = 4000  # cited documents of which it is kept what the register tells
_ASSIGNED = 3  # tasks with a lead that a directive has


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """What an auditor should know: `code` of `knowledge/audit_findings.tsv`, where it shows, what fills its sentence.

    `quote` are the words at `span`, on one line.
    """

    code: str
    document: str
    label: str
    span: Span | None
    path: tuple[str, ...]
    quote: str
    said: Mapping[str, str] = field(default_factory=dict)


def clipped(words: str) -> str:
    """As much of `words` as a reader needs to know the place again."""
    return words if len(words) <= _QUOTE else words[:_QUOTE - 1].rstrip() + "…"


class Known:
    """What a register tells of its words and of documents that are cited; what many cite is asked for once."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.rarity = rarity_in(register.connection)
        self.changes = lru_cache(maxsize=_KEPT)(self._changes)
        self.validity = lru_cache(maxsize=_KEPT)(self._validity)
        self.dates = lru_cache(maxsize=_KEPT)(self._dates)

    def _changes(self, cited: str) -> tuple[Change, ...]:
        """What is told of the validity of the document with that id."""
        return tuple(changes_of(self._register, cited))

    def _validity(self, cited: str, day: str) -> Validity:
        """Its state on a day, as far as the register tells."""
        return validity_by(self.changes(cited), day)

    def _dates(self, cited: str) -> tuple[str | None, list[tuple[str, int]]]:
        """Its day (held, or a law of the table), and the days that directives give it, the most frequent first."""
        conn = self._register.connection
        held = conn.execute("SELECT d.date, n.number FROM cited_documents n LEFT JOIN documents d ON d.id ="
                            " n.document_id WHERE n.id = ?", (cited,)).fetchone()
        rows = conn.execute(
            "SELECT date, count(DISTINCT document_id) AS n FROM citations WHERE cited_id = ? AND date IS NOT NULL"
            " AND form = 'full' GROUP BY date ORDER BY n DESC, date", (cited,)).fetchall()
        day = (held["date"] or law_date(held["number"] or "")) if held else None
        return day, [(row[0], row[1]) for row in rows]


class View:
    """A directive as the checks see it, with what its register tells; the rest is read when asked for."""

    def __init__(self, register: Register, document: DocumentRow, known: Known) -> None:
        self.register = register
        self.document = document
        self.known = known
        self.rarity = known.rarity

    @cached_property
    def text(self) -> str:
        row = self.register.connection.execute(
            "SELECT text FROM texts WHERE document_id = ?", (self.document.id,)).fetchone()
        return str(row[0])

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return outline(self.register.connection, self.document.id)

    @cached_property
    def tasks(self) -> list[TaskRow]:
        return self.register.tasks(document=self.document.id)

    @cached_property
    def citations(self) -> list[CitationRow]:
        return questions.citations(self.register.connection, self.document.id)

    @cached_property
    def directs(self) -> bool:
        """Whether the document gives work to bodies: neither rules of law nor an answer that quotes them."""
        document = self.document
        assigned = sum(bool(task.leads) for task in self.tasks)
        return assigned >= _ASSIGNED and genre(document.type, document.title, document.number) == "directive"

    @cached_property
    def symbol_span(self) -> Span | None:
        """Where the number or, where that is blank, its symbol stands."""
        row = self.register.connection.execute(
            "SELECT evidence FROM documents WHERE id = ?", (self.document.id,)).fetchone()
        evidence = json.loads(row[0])
        found = evidence.get("number") or evidence.get("symbol")
        return Span(*found) if found else None

    def finding(self, code: str, span: Span | None, said: Mapping[str, str] | None = None) -> AuditFinding:
        """A finding at `span`, with the path and the words there."""
        path = tuple(item.label for item in above(self.items, span.start) if item.level != "paragraph") if span else ()
        quote = clipped(" ".join(span.of(self.text).split())) if span else ""
        return AuditFinding(code, self.document.id, self.document.label, span, path, quote, said or {})
