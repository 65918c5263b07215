"""Bodies whose work a named body has on a day, itself among them."""
from __future__ import annotations

import datetime
import sqlite3

from chidao.grammar.folding import fold, key
from chidao.linking.agencies import successors


def origins(conn: sqlite3.Connection, name: str, as_of: datetime.date | None) -> list[str]:
    """Ids of the bodies that the register names and whose work one called `name` has on the day `as_of`.

    None where no day is given. Where a split left several bodies, each of them counts.
    """
    if as_of is None:
        return []
    asked = f" {fold(key(name))} "
    named = [row[0] for row in conn.execute("SELECT DISTINCT agency FROM task_agencies WHERE agency IS NOT NULL")]
    return [id for id in named if any(asked in f" {fold(key(heir))} " for heir in _heirs(id, as_of.isoformat()))]


def _heirs(id: str, on: str) -> list[str]:
    found = successors(id, on)
    return [successor.agency.name for successor in found.successors] if found else []
