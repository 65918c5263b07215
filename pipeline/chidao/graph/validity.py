"""Whether a document was in force on a day as far as the register tells; what it doesn't tell is unknown, not valid."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from chidao.model import Span

if TYPE_CHECKING:
    import sqlite3

    from chidao.storage import Register

State = Literal["not_yet", "in_force", "amended", "suspended", "replaced", "repealed", "expired", "unknown"]
_ENDS: dict[str, State] = {"replaces": "replaced", "repeals": "repealed", "expires": "expired", "suspends": "suspended"}
_EVENTS = "SELECT * FROM v_validity WHERE document_id = ? ORDER BY since, change, by_id, span_start"


@dataclass(frozen=True, slots=True)
class Change:
    """What the register tells of a document's validity: `change` by `by` since a day (None: only `year` is known).

    `change`: in_force, expires (both stated by itself), amends, corrects, extends, suspends, replaces, repeals.
    `provision`: only that part is concerned. `stated_by` has the words.
    """

    change: str
    by: str
    since: str | None
    year: int | None
    provision: str | None
    stated_by: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Validity:
    """The state of a document on a day, and the changes that tell it; `later` are those after that day."""

    state: State
    changes: tuple[Change, ...]
    later: tuple[Change, ...]


def changes_of(register: Register, id: str) -> list[Change]:
    """All that the register tells of the validity of the document with that id, by day."""
    return [_change(row) for row in register.connection.execute(_EVENTS, (id,))]


def validity(register: Register, id: str, on: str) -> Validity:
    """The state of the document with that id on a day (ISO 8601).

    ``in_force`` only where it says so itself and nothing speaks against it; ``amended`` where it was changed or a part
    of it ended; ``unknown`` where the register does not tell. A change of which only the year is known counts from the
    end of that year.
    """
    return validity_by(changes_of(register, id), on)


def validity_by(changes: Sequence[Change], on: str) -> Validity:
    """The state on a day of the document that these changes concern; see `validity`."""
    sofar = tuple(c for c in changes if _has_come(c, on))
    return Validity(_state(sofar, changes, on), sofar, tuple(c for c in changes if not _has_come(c, on)))


def _state(sofar: Sequence[Change], all_: Sequence[Change], on: str) -> State:
    ended = [c for c in sofar if c.change in _ENDS and not c.provision]
    extended = [c for c in sofar if c.change == "extends"]
    if ended and not (ended[-1].change == "expires" and extended):
        return next((_ENDS[c.change] for c in ended if c.change != "expires"), "expired")
    begins = [c for c in all_ if c.change == "in_force"]
    if begins and all(_day(c) > on for c in begins):
        return "not_yet"
    if any(c.change != "in_force" for c in sofar):
        return "amended"
    return "in_force" if any(c in sofar for c in begins) else "unknown"


def _has_come(c: Change, on: str) -> bool:
    """The day of an end that a document states itself is the last one on which it is in force."""
    return _day(c) < on if c.change == "expires" else _day(c) <= on


def _day(c: Change) -> str:
    return c.since or (f"{c.year}-12-31" if c.year else "9999")


def _change(row: sqlite3.Row) -> Change:
    return Change(row["change"], row["by_id"], row["since"], row["year"], row["provision"], row["stated_by"],
                  row["text"], Span(row["span_start"], row["span_end"]))
