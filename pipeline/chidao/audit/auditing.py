"""The audit: all checks over one directive or all, in order of the documents and their text."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from chidao.audit.checks.assignments import find_early_deadlines, find_ownerless, find_requests
from chidao.audit.checks.bases import find_ended_bases
from chidao.audit.checks.citations import find_wrong_citations
from chidao.audit.checks.conflicts import find_conflicts
from chidao.audit.checks.header import find_blanks
from chidao.audit.checks.leads import find_leads
from chidao.audit.checks.numbering import find_numbering
from chidao.audit.similarity import Rarity, rarity_in
from chidao.audit.view import AuditFinding, View
from chidao.extraction.tasks.sections import genre
from chidao.grammar.folding import key
from chidao.storage.rows import DocumentRow

if TYPE_CHECKING:
    from chidao.storage import Register

CHECKS: tuple[Callable[[View], Iterable[AuditFinding]], ...] = (
    find_blanks, find_numbering, find_ownerless, find_leads, find_requests, find_early_deadlines, find_ended_bases,
    find_wrong_citations)


def audit(register: Register, document: str | None = None) -> Iterator[AuditFinding]:
    """Findings of one directive, or of all; conflicts between directives stand after those of their issuer.

    Raises RegisterError as `Register.find_document`.
    """
    documents = [register.find_document(document)] if document else register.documents()
    rarity = rarity_in(register.connection)
    for _, some in groupby(documents, key=lambda d: key(d.issuer or d.id)):
        issued = list(some)
        for row in issued:
            view = View(register, row, rarity)
            found = [finding for check in CHECKS for finding in check(view)]
            yield from sorted(found, key=lambda f: (f.span is not None, f.span or (0, 0), f.code))
        yield from _conflicts(register, issued, rarity)


def _conflicts(register: Register, documents: list[DocumentRow], rarity: Rarity) -> Iterator[AuditFinding]:
    directing = [row for row in documents if genre(row.type, row.title, row.number) == "directive"]
    yield from find_conflicts([task for row in directing for task in register.tasks(document=row.id)], rarity)
