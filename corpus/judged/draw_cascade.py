#!/usr/bin/env python3
"""Draws rows of the cascade to be judged: what a directive makes of the tasks of the one above or beside it.

    python corpus/judged/draw_cascade.py --db REGISTER --to DIR

Pairs of directives are drawn by a seed out of all where the second carries out, continues or is based on the first
(*parent*), or where both cite a third one so (*sibling*), each with at least ten tasks and at least six of the first
that share a quarter of their syllables with one of the second. Of each pair rows are drawn from both sides, half of
them with such a near task. Writes `DIR/cascade.tsv`, places alone, and `DIR/cascade.md`, the sheet to read them by:
each task with those of the other directive that share most syllables with it, the rarer ones counting more, which is no
similarity that chidao uses, after its days and leads. The other directive is to be read beside it.

Most of what is drawn so is left out or added. So that changes are judged, too, more rows follow (*near*): tasks that
share four tenths of their syllables, but not all, with one of the other directive, at most three a pair of directives.
"""
from __future__ import annotations

import argparse
import hashlib
import math
import random
import re
import sqlite3
import unicodedata
from collections import Counter
from itertools import combinations
from pathlib import Path

SEED = 20261122
PAIRS = {"parent": 4, "sibling": 2}
ROWS = {"first": 6, "second": 4}  # of each pair, by side
LEAST, NEAR, SHARED, SHOWN = 10, 0.25, 6, 9
CLOSE, NEARS, EACH = 0.4, 30, 3
EDGES = "('implements', 'legal_basis', 'continues', 'guides')"
CLOSING = re.compile(r"(?:chịu trách nhiệm|có trách nhiệm|trách nhiệm) thi hành", re.IGNORECASE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    conn = sqlite3.connect(options.db)
    conn.row_factory = sqlite3.Row
    options.to.mkdir(parents=True, exist_ok=True)
    rows, sheet = draw(conn)
    (options.to / "cascade.tsv").write_text("\n".join(["\t".join(rows[0]), *("\t".join(map(str, r.values()))
                                                                              for r in rows)]) + "\n", "utf-8")
    (options.to / "cascade.md").write_text("\n".join(sheet), "utf-8")


def draw(conn: sqlite3.Connection) -> tuple[list[dict[str, object]], list[str]]:
    chance = random.Random(SEED)
    rows: list[dict[str, object]] = []
    sheet: list[str] = []
    seen: set[str] = set()
    for kind, found in (("parent", parents(conn)), ("sibling", siblings(conn))):
        chance.shuffle(found)
        drawn = 0
        for one, other in found:
            sides = {"first": tasks(conn, one), "second": tasks(conn, other)}
            if drawn == PAIRS[kind] or other in seen or not alike(sides):
                continue
            drawn += 1
            seen |= {other} if kind == "parent" else {one, other}
            for side, count in ROWS.items():
                there = sides["second" if side == "first" else "first"]
                for task in some(sides[side], there, count, chance):
                    name = f"c{len(rows) + 1:02}"
                    rows.append({"row": name, "kind": kind, "first": sides["first"][0]["file"],
                                 "second": sides["second"][0]["file"], "side": side, **place(task)})
                    sheet.append(shown(name, kind, side, task, there))
    for _, other, task in nears(conn, chance):
        there = tasks(conn, other)
        name = f"c{len(rows) + 1:02}"
        rows.append({"row": name, "kind": "near", "first": task["file"], "second": there[0]["file"], "side": "first",
                     **place(task)})
        sheet.append(shown(name, "near", "first", task, there))
    return rows, sheet


def nears(conn: sqlite3.Connection, chance: random.Random) -> list[tuple[str, str, sqlite3.Row]]:
    """Tasks with a close one in a directive below or beside theirs, that of one number and day left out."""
    found: list[tuple[str, str, sqlite3.Row]] = []
    pairs = list(dict.fromkeys([*parents(conn), *siblings(conn)]))
    chance.shuffle(pairs)
    for one, other in pairs:
        sides = [tasks(conn, one), tasks(conn, other)]
        close = [task for task in sides[0] if sides[1] and CLOSE <= nearest(task, sides[1]) < 1]
        chance.shuffle(close)
        found += [(one, other, task) for task in close[:EACH]]
        if len(found) >= NEARS:
            break
    return found[:NEARS]


def parents(conn: sqlite3.Connection) -> list[tuple[str, str]]:
    return [tuple(row) for row in conn.execute(
        "SELECT DISTINCT p.id, c.document_id FROM citations c JOIN documents p ON p.base_id = c.cited_id"
        f" WHERE c.edge IN {EDGES} AND p.id <> c.document_id ORDER BY 1, 2")]


def siblings(conn: sqlite3.Connection) -> list[tuple[str, str]]:
    """Under one document that few enough cite: laws on how offices work make no siblings."""
    found: set[tuple[str, str]] = set()
    for (cited,) in conn.execute(
            f"SELECT cited_id FROM citations WHERE edge IN {EDGES} GROUP BY cited_id"
            " HAVING count(DISTINCT document_id) BETWEEN 2 AND 8").fetchall():
        under = [row[0] for row in conn.execute(
            f"SELECT DISTINCT document_id FROM citations WHERE edge IN {EDGES} AND cited_id = ?", (cited,))]
        found |= set(combinations(sorted(under), 2))
    numbers = {row[0]: (row[1], row[2]) for row in conn.execute("SELECT id, coalesce(number, id), date FROM documents")}
    return [pair for pair in sorted(found) if numbers[pair[0]] != numbers[pair[1]]]


def tasks(conn: sqlite3.Connection, document: str) -> list[sqlite3.Row]:
    rows = conn.execute(
        "SELECT t.*, f.name AS file, x.text_sha256, (SELECT group_concat(name, '; ') FROM task_agencies WHERE task_id ="
        " t.id AND role = 'lead') AS leads, (SELECT group_concat(text, '; ') FROM deadlines WHERE task_id = t.id) AS"
        " days FROM tasks t JOIN files f ON f.document_id = t.document_id AND f.preferred = 1 JOIN texts x ON"
        " x.document_id = t.document_id WHERE t.document_id = ? ORDER BY t.span_start", (document,)).fetchall()
    return [row for row in rows if not CLOSING.search(row["text"]) and len(row["text"]) >= 40]


def alike(sides: dict[str, list[sqlite3.Row]]) -> bool:
    few = min(map(len, sides.values())) >= LEAST
    return few and sum(nearest(task, sides["second"]) >= NEAR for task in sides["first"]) >= SHARED


def some(here: list[sqlite3.Row], there: list[sqlite3.Row], count: int, chance: random.Random) -> list[sqlite3.Row]:
    """Half of them with a near task there, as far as there are so many."""
    order = list(here)
    chance.shuffle(order)
    near = [task for task in order if nearest(task, there) >= NEAR][:count // 2]
    far = [task for task in order if nearest(task, there) < NEAR][:count - len(near)]
    return sorted([*near, *far], key=lambda task: task["span_start"])


def nearest(task: sqlite3.Row, others: list[sqlite3.Row]) -> float:
    own = syllables(task["text"])
    return max(len(own & its) / len(own | its) for its in (syllables(other["text"]) for other in others))


def shown(name: str, kind: str, side: str, task: sqlite3.Row, there: list[sqlite3.Row]) -> str:
    common = Counter(word for other in there for word in syllables(other["text"]))
    own = syllables(task["text"])

    def weight(other: sqlite3.Row) -> float:
        return sum(math.log(len(there) / common[w]) + 0.1 for w in own & syllables(other["text"])) / math.sqrt(
            10 + len(syllables(other["text"])))

    best = sorted(there, key=weight, reverse=True)[:SHOWN]
    return "\n".join([f"{name} {kind} {side} {line(task)}", *(f"    {line(other)}" for other in best), ""])


def line(task: sqlite3.Row) -> str:
    return (f"{task['span_start']}-{task['span_end']} [{task['leads'] or ''}] [{task['days'] or ''}] "
            f"{' '.join(task['text'].split())}")


def place(task: sqlite3.Row) -> dict[str, object]:
    words = unicodedata.normalize("NFC", task["text"])
    return {"text": task["text_sha256"][:16], "start": task["span_start"], "end": task["span_end"],
            "words": hashlib.sha256(words.encode()).hexdigest()[:12]}


def syllables(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).casefold()))


if __name__ == "__main__":
    main()
