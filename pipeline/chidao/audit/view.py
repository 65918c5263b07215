"""What the checks look at: a directive of the register with its text, outline, tasks and citations."""
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from chidao.audit.outline import Item, above, outline
from chidao.audit.similarity import Rarity
from chidao.extraction.tasks.sections import genre
from chidao.model import Span
from chidao.storage.rows import CitationRow, DocumentRow, TaskRow

if TYPE_CHECKING:
    from chidao.storage import Register

_QUOTE = 300  # characters of the wording that a finding keeps
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


class View:
    """A directive as the checks see it, with how rare words are in its register; the rest is read when asked for."""

    def __init__(self, register: Register, document: DocumentRow, rarity: Rarity) -> None:
        self.register = register
        self.document = document
        self.rarity = rarity

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
        return self.register.citations(self.document.id)

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
