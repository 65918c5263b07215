"""Names of bodies that the register holds, asked for by folded name."""
from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

# What may follow a name within the full name of a body: it then stands for that body.
_PLACED = re.compile(r"(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|cac|khu vuc|trung uong|viet nam|thuoc)(?: |$)")


def known_names(conn: sqlite3.Connection, names: Sequence[str]) -> dict[str, str]:
    """Of the folded `names`, those that bodies of the register bear, or begin with before a place; as written there."""
    found = {}
    for name in names:
        row = conn.execute("SELECT name FROM agencies WHERE folded = ? ORDER BY id LIMIT 1", (name,)).fetchone()
        if row:
            found[name] = str(row[0])
            continue
        for folded, written in conn.execute(
                "SELECT folded, name FROM agencies WHERE folded > ? AND folded < ? ORDER BY folded LIMIT 50",
                (f"{name} ", f"{name}!")):
            if _PLACED.match(folded[len(name) + 1:]) and " " in name:
                found[name] = _begin(written, len(name.split()))
                break
    return found


def _begin(written: str, syllables: int) -> str:
    ends = [m.end() for m in re.finditer(r"[^\W_]+", written)]
    return written[:ends[syllables - 1]]
