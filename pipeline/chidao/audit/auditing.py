"""The audit: all checks over one directive or all, in order of the documents and their text."""
from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from chidao.audit.checks.assignments import find_early_deadlines, find_ownerless, find_requests
from chidao.audit.checks.bases import find_ended_bases
from chidao.audit.checks.citations import find_wrong_citations
from chidao.audit.checks.conflicts import Conflicts
from chidao.audit.checks.header import find_blanks
from chidao.audit.checks.leads import find_leads
from chidao.audit.checks.numbering import find_numbering
from chidao.audit.view import AuditFinding, Known, View
from chidao.extraction.tasks.sections import genre
from chidao.grammar.folding import key

if TYPE_CHECKING:
    from chidao.storage import Register

CHECKS: tuple[Callable[[View], Iterable[AuditFinding]], ...] = (
    find_blanks, find_numbering, find_ownerless, find_leads, find_requests, find_early_deadlines, find_ended_bases,
    find_wrong_citations)

# Of several files of one document the node's own, the first, speaks for all.
_DOCUMENTS = """
SELECT d.id, d.issuer, (SELECT min(o.id) FROM documents o WHERE o.base_id = d.base_id) AS first
FROM documents d {where} ORDER BY d.issuer, d.date, d.number_key, d.id
"""


def audit(register: Register, document: str | None = None) -> Generator[AuditFinding, None, None]:
    """Findings of one directive, or of all; conflicts between directives stand after those of their issuer.

    Of all, a document that is held in several files is audited once, and each other file is a finding.
    Raises RegisterError as `Register.find_document`.
    """
    known = Known(register)
    for _, issued in groupby(_documents(register, document), key=lambda d: key(d["issuer"] or d["id"])):
        conflicts = Conflicts(register, known.rarity)
        for row in issued:
            view = View(register, register.find_document(row["id"]), known)
            if not document and row["id"] != row["first"]:
                yield _another_file(view, row["first"])
                continue
            found = [finding for check in CHECKS for finding in check(view)]
            yield from sorted(found, key=lambda f: (f.span is not None, f.span or (0, 0), f.code))
            if genre(view.document.type, view.document.title, view.document.number) == "directive":
                conflicts.add(view.tasks)
        yield from conflicts.found()


def _documents(register: Register, document: str | None) -> Iterator[sqlite3.Row]:
    """Read one by one: a register may hold more than memory."""
    one = {"id": register.find_document(document).id} if document else {}
    yield from register.connection.execute(_DOCUMENTS.format(where="WHERE d.id = :id" if one else ""), one)


def _another_file(view: View, first: str) -> AuditFinding:
    said = {"file": view.document.file, "first": view.register.find_document(first).file}
    return view.finding("another_file", None, said)
