"""What the register knows of a document, held or only cited: what is said of it, by how many, and where they differ."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from chidao.grammar.folding import key

if TYPE_CHECKING:
    import sqlite3

    from chidao.storage import Register

_ORDER = "ORDER BY cited_id, field, own DESC, documents DESC, mentions DESC, length(value) DESC, value"
_WHO = """
SELECT DISTINCT document_id FROM citations WHERE cited_id = ? AND {field} = ? ORDER BY document_id
"""
FIELDS = ("type", "number", "name", "title", "date", "issuer")


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that directives give for a field of a document; `own` where it is that of its own header."""

    field: str
    value: str
    own: bool
    documents: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Known:
    """A document with the best value of each field, and all that is said of it, the best first."""

    id: str
    type: str | None
    number: str | None
    name: str | None
    title: str | None
    date: str | None
    issuer: str | None
    claims: tuple[Claim, ...]

    def disputed(self, field: str) -> tuple[Claim, ...]:
        """The claims of a field where they differ in more than case and blanks; () where all agree."""
        said = tuple(c for c in self.claims if c.field == field)
        return said if len({key(c.value) for c in said}) > 1 else ()


def known_of(register: Register, id: str) -> Known:
    """What is known of the document with that id; its own header counts before those who cite it.

    The best value is the one that most directives give, the longer one of two; all None where nothing is said.
    """
    rows = register.connection.execute(f"SELECT * FROM v_document_claims WHERE cited_id = ? {_ORDER}", (id,))
    return _known(id, map(_claim, rows))


def all_known(register: Register) -> Iterator[Known]:
    """What is known of every document, by id, in one pass."""
    rows = register.connection.execute(f"SELECT * FROM v_document_claims {_ORDER}")
    for id, group in groupby(rows, key=lambda row: str(row["cited_id"])):
        yield _known(id, map(_claim, group))


def claimants(register: Register, id: str, claim: Claim) -> list[str]:
    """The ids of the directives that say so of the document with that id."""
    if claim.own:
        return [id]
    return [row[0] for row in register.connection.execute(_WHO.format(field=claim.field), (id, claim.value))]


def _known(id: str, claims: Iterable[Claim]) -> Known:
    said = tuple(claims)
    best = {field: _best(c for c in said if c.field == field) for field in FIELDS}
    return Known(id, **best, claims=said)


def _claim(row: sqlite3.Row) -> Claim:
    return Claim(row["field"], row["value"], bool(row["own"]), row["documents"], row["mentions"])


def _best(claims: Iterable[Claim]) -> str | None:
    return next((c.value for c in claims), None)
