#!/usr/bin/env python3
"""Draws what is judged here: pairs of tasks for similarity, measures for the question who owns them.

    python corpus/judged/draw.py pairs --db REGISTER --to DIR
    python corpus/judged/draw.py measures --db REGISTER --to DIR
    python corpus/judged/draw.py held-out --db REGISTER --to DIR

REGISTER is a database that `chidao ingest` made of real directives. Writes `DIR/NAME.tsv`, a row a pair or a measure
with places alone (file, offsets, hash of the words), and `DIR/NAME.md`, the sheet to read them by, with their words.
The same register and seed draw the same rows. Pairs are drawn by the share of syllables that both have, which is no
similarity that chidao uses, in five strata: a draw without them would hold unlike pairs alone. At least two thirds of
a stratum come from two different directives; clauses on who carries out "this decision" are left out. *held-out* are
measures of another draw, for questions on which nothing was tuned; directives of the first draw, save the seeds, are
left out.
"""
from __future__ import annotations

import argparse
import csv
import hashlib
import random
import re
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

SEED = 20261122
STRATA = (0.08, 0.16, 0.26, 0.42, 1.01)  # upper bounds of the share of common syllables
DRAWN = (24, 28, 42, 62, 54)  # pairs of each stratum
# Who carries out "this decision" stands in each of them and compares nothing.
CLOSING = re.compile(r"(?:chịu trách nhiệm|có trách nhiệm|trách nhiệm) thi hành", re.IGNORECASE)
MEASURES = {"seeds": 12, "others": 28}
HELD_OUT = {"seeds": 4, "others": 16}
LEAST, MOST = 40, 500  # characters of a task


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("pairs", "measures", "held-out"))
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    conn = sqlite3.connect(options.db)
    conn.row_factory = sqlite3.Row
    rows = list({"pairs": pairs, "measures": measures, "held-out": held_out}[options.what](conn))
    options.to.mkdir(parents=True, exist_ok=True)
    table = ["\t".join(rows[0][0]), *("\t".join(map(str, row.values())) for row, _ in rows)]
    (options.to / f"{options.what}.tsv").write_text("\n".join(table) + "\n", "utf-8")
    (options.to / f"{options.what}.md").write_text("\n".join(sheet for _, sheet in rows), "utf-8")


def tasks(conn: sqlite3.Connection) -> list[sqlite3.Row]:
    """All tasks of fitting length in Vietnamese directives, by file and place."""
    return conn.execute(
        "SELECT t.*, f.name AS file, x.text_sha256, EXISTS (SELECT 1 FROM task_agencies WHERE task_id = t.id"
        " AND role = 'lead') AS owned FROM tasks t JOIN files f ON f.document_id = t.document_id AND f.preferred = 1"
        " JOIN texts x ON x.document_id = t.document_id WHERE t.kind = 'task' AND length(t.text) BETWEEN ? AND ?"
        " ORDER BY f.name, t.span_start", (LEAST, MOST)).fetchall()


def pairs(conn: sqlite3.Connection) -> Iterator[tuple[dict[str, object], str]]:
    rows = [row for row in tasks(conn) if not CLOSING.search(row["text"])]
    chance = random.Random(SEED)
    sets = [frozenset(syllables(row["text"])) for row in rows]
    holding = defaultdict(list)
    common = Counter(word for words in sets for word in words)
    for at, words in enumerate(sets):
        for word in words:
            if common[word] < len(rows) / 20:
                holding[word].append(at)
    drawn: list[list[tuple[int, int]]] = [[] for _ in STRATA]
    seen: set[tuple[int, int]] = set()
    inside: Counter[int] = Counter()  # pairs from one directive, by stratum
    order = list(range(len(rows)))
    chance.shuffle(order)
    for one in order:
        if all(len(some) >= most for some, most in zip(drawn, DRAWN, strict=True)):
            break
        near = {other for word in sets[one] for other in holding[word]} - {one}
        pool: list[list[int]] = [[] for _ in STRATA]
        for other in sorted(near | {chance.randrange(len(rows))} - {one}):
            share = len(sets[one] & sets[other]) / len(sets[one] | sets[other])
            stratum = next(at for at, bound in enumerate(STRATA) if share < bound)
            near_by = rows[one]["document_id"] == rows[other]["document_id"]
            if rows[one]["text"] != rows[other]["text"] and not (near_by and inside[stratum] >= DRAWN[stratum] // 3):
                pool[stratum].append(other)
        open_ = [at for at in range(len(STRATA)) if pool[at] and len(drawn[at]) < DRAWN[at]]
        for at in sorted(open_, key=lambda at: (len(drawn[at]) / DRAWN[at], -at))[:1]:
            other = chance.choice(pool[at])
            pair = (min(one, other), max(one, other))
            if pair not in seen:
                seen.add(pair)
                drawn[at].append(pair)
                inside[at] += rows[pair[0]]["document_id"] == rows[pair[1]]["document_id"]
    found = [pair for some in drawn for pair in some]
    chance.shuffle(found)
    for at, (one, other) in enumerate(found, start=1):
        a, b = rows[one], rows[other]
        row = {"pair": f"p{at:03}", **place(a, "a"), **place(b, "b")}
        yield row, f"p{at:03} [{a['file'][:8]}] {shown(a)}\n     [{b['file'][:8]}] {shown(b)}\n"


def measures(conn: sqlite3.Connection) -> Iterator[tuple[dict[str, object], str]]:
    yield from drawn_measures(tasks(conn), random.Random(SEED), MEASURES, "q")


def held_out(conn: sqlite3.Connection) -> Iterator[tuple[dict[str, object], str]]:
    with Path(__file__).with_name("owners.tsv").open(encoding="utf-8", newline="") as file:
        known = list(csv.DictReader(file, delimiter="\t"))
    files = {row["file"] for row in known if not re.match(r"00\d_", row["file"])}
    words = {row["words"] for row in known}
    rows = [row for row in tasks(conn) if row["file"] not in files and place(row, "")["words"] not in words]
    yield from drawn_measures(rows, random.Random(SEED + 1), HELD_OUT, "h")


def drawn_measures(
    rows: list[sqlite3.Row], chance: random.Random, counts: dict[str, int], letter: str,
) -> Iterator[tuple[dict[str, object], str]]:
    drawn: dict[str, list[sqlite3.Row]] = {"seeds": [], "others": []}
    chance.shuffle(rows)
    many: Counter[str] = Counter()
    for row in rows:
        group = "seeds" if re.match(r"00\d_", row["file"]) else "others"
        most = counts[group]
        half = sum(bool(r["owned"]) == bool(row["owned"]) for r in drawn[group])
        if len(drawn[group]) < most and half < most / 2 and many[row["file"]] < (4 if group == "seeds" else 1):
            many[row["file"]] += 1
            drawn[group].append(row)
    for at, row in enumerate([*drawn["seeds"], *drawn["others"]], start=1):
        name = f"{letter}{at:02}"
        yield {"question": name, **place(row, "")}, f"{name} [{row['file']} {row['path']}] {shown(row)}\n"


def place(row: sqlite3.Row, side: str) -> dict[str, object]:
    prefix = f"{side}_" if side else ""
    words = unicodedata.normalize("NFC", row["text"])
    return {f"{prefix}file": row["file"], f"{prefix}text": row["text_sha256"][:16], f"{prefix}start": row["span_start"],
            f"{prefix}end": row["span_end"], f"{prefix}words": hashlib.sha256(words.encode()).hexdigest()[:12]}


def shown(row: sqlite3.Row) -> str:
    return " ".join(row["text"].split())


def syllables(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).casefold())


if __name__ == "__main__":
    main()
