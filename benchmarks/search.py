"""Search in large registers: python benchmarks/search.py FOLDER... [--passages 1000000] [--work DIR]

Makes a register of that many passages out of the directives (.txt, .md) in the folders: each passage is two to four
clauses drawn from all of them, so that syllables and pairs are as frequent as they are there. Then it asks the same
queries of chidao, with vectors and without, and of one bare FTS5 table over the same passages, and prints the median
and the 95th percentile of each in milliseconds of processor and of clock, their ratio, and the size of the index.

Vectors are those of the static model for the first twenty thousand passages and mixtures of two of them for the
others: what is measured here is time and size, not which passages are found.
"""
from __future__ import annotations

import argparse
import datetime
import random
import re
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from chidao.grammar.folding import fold
from chidao.search import large, state
from chidao.search.answering import rank
from chidao.search.embedding.models import embedder
from chidao.search.vectors import packed
from chidao.storage import Register
from chidao.storage.database import transaction

SEED = 20261
A_DOCUMENT = 200  # passages
REAL_VECTORS = 20_000
QUERIES = 60
_CLAUSE = re.compile(r"[^\n;.|]{15,220}")
_SYLLABLE = re.compile(r"[^\W_]+")


def clauses(folders: Sequence[Path]) -> list[str]:
    """The clauses of all directives."""
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in (".txt", ".md"))
    return [m.group().strip() for file in files for m in _CLAUSE.finditer(file.read_text("utf-8", errors="ignore"))]


def passages(pool: Sequence[str], count: int, chance: random.Random) -> Iterator[str]:
    """That many passages."""
    for _ in range(count):
        yield "; ".join(chance.choices(pool, k=chance.randint(2, 4))) + "."


def queries(pool: Sequence[str], chance: random.Random) -> list[str]:
    """Runs of three to nine words of the clauses, half of them without diacritics."""
    found = []
    while len(found) < QUERIES:
        words = chance.choice(pool).split()
        length = chance.randint(3, 9)
        start = chance.randint(0, max(0, len(words) - length))
        found.append(" ".join(words[start:start + length]))
    return [fold(query) if at % 2 else query for at, query in enumerate(found)]


def build(register: Register, pool: Sequence[str], count: int, chance: random.Random) -> None:
    """Units, counts of syllables, vectors and, above the limit, the index of large registers."""
    conn = register.connection
    documents = -(-count // A_DOCUMENT)
    slow = conn.execute("SELECT name, sql FROM sqlite_master WHERE name = 'units_insert'").fetchone()
    as_large = count >= large.FROM_UNITS
    with transaction(conn):
        if as_large:  # full text is written once, at the end
            conn.execute(f"DROP TRIGGER {slow['name']}")
        conn.executemany(
            "INSERT INTO documents (id, base_id, label, type, year, addressees, recipients, evidence)"
            " VALUES (?, ?, ?, 'Kế hoạch', 2025, '[]', '[]', '{}')",
            ((f"urn:x:{n}", f"urn:x:{n}", f"Kế hoạch {n}/KH-UBND") for n in range(documents)))
        conn.executemany(
            "INSERT INTO files (sha256, name, format, size, warnings, version, documents, signatures)"
            " VALUES (?, ?, 'text', 1, '[]', '', 1, '[]')", ((str(n), f"{n}.txt") for n in range(documents)))
        conn.executemany(
            "INSERT INTO renditions (sha256, ord, document_id, preferred) VALUES (?, 1, ?, 1)",
            ((str(n), f"urn:x:{n}") for n in range(documents)))
        conn.executemany(
            "INSERT INTO units (document_id, task_id, ord, path, text, actors, headings, about, span_start, span_end)"
            " VALUES (?, NULL, ?, '[]', ?, '', '', ?, 0, 1)",
            ((f"urn:x:{n // A_DOCUMENT}", n, text, f"Kế hoạch {n // A_DOCUMENT}/KH-UBND")
             for n, text in enumerate(passages(pool, count, chance))))
        if as_large:
            conn.execute(slow["sql"])
        from chidao.storage import spelling

        spelling.count(conn, pool)
    _vectors(conn, count)
    if as_large:
        large.make(conn, register.path)


def _vectors(conn: sqlite3.Connection, count: int) -> None:
    model = embedder("static")
    assert model is not None
    rows = conn.execute("SELECT id, text FROM units ORDER BY id LIMIT ?", (REAL_VECTORS,)).fetchall()
    real = model.documents([row["text"] for row in rows])
    dice = np.random.default_rng(SEED)
    with transaction(conn):
        conn.executemany("INSERT INTO unit_vectors VALUES (?, ?)",
                         zip((row["id"] for row in rows), packed(real), strict=True))
        for start in range(len(rows), count, 50_000):
            size = min(50_000, count - start)
            one, two = (real[dice.integers(0, len(real), size)] for _ in range(2))
            conn.executemany("INSERT INTO unit_vectors VALUES (?, ?)",
                             zip(range(start + 1, start + size + 1), packed(one + 0.7 * two), strict=True))
        state.put(conn, state.MODEL, model.setting)
        state.put(conn, state.FINGERPRINT, model.fingerprint)


def bare(conn: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """One FTS5 table over the same passages, as SQLite gives it."""
    path.unlink(missing_ok=True)
    peer = sqlite3.connect(path)
    peer.execute("CREATE VIRTUAL TABLE t USING fts5 (text, content='', tokenize='unicode61 remove_diacritics 2')")
    peer.executemany("INSERT INTO t (rowid, text) VALUES (?, ?)",
                     (tuple(row) for row in conn.execute("SELECT id, text FROM units")))
    peer.commit()
    return peer


def ask_bare(peer: sqlite3.Connection, query: str) -> None:
    """The syllables of the query, any of them, the best ten."""
    match = " OR ".join(f'"{word}"' for word in dict.fromkeys(_SYLLABLE.findall(query.lower())))
    peer.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", (match,)).fetchall()


def timed(ask: Callable[[str], object], asked: Sequence[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of the processor and of the clock for each query; the first ten are asked once before that."""
    for query in asked[:10]:
        ask(query)
    cpu, wall = [], []
    for query in asked:
        a, b = time.process_time(), time.perf_counter()
        ask(query)
        cpu.append(1000 * (time.process_time() - a))
        wall.append(1000 * (time.perf_counter() - b))
    return cpu, wall


def _said(name: str, times: tuple[list[float], list[float]]) -> float:
    p95 = [statistics.quantiles(some, n=20)[-1] for some in times]
    print(f"{name:28} processor: median {statistics.median(times[0]):7.1f}  p95 {p95[0]:7.1f} ms"
          f"   clock: median {statistics.median(times[1]):7.1f}  p95 {p95[1]:7.1f} ms")
    return p95[1]


def _size(register: Register) -> None:
    folder = register.path.with_name(f"{register.path.name}-search")
    beside = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
    vectors = register.connection.execute("SELECT sum(length(vector)) FROM unit_vectors").fetchone()[0] or 0
    fts, spelling = (register.connection.execute(
        f"SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name GLOB '{some}'").fetchone()[0]
        for some in ("units*fts*", "syllable*")) if _has_dbstat(register.connection) else (0, 0)
    total = beside + vectors + fts + spelling
    print(f"index: {total / 1e6:.0f} MB (text and signs beside the register {beside / 1e6:.0f},"
          f" vectors {vectors / 1e6:.0f}, FTS5 {fts / 1e6:.0f}, syllables {spelling / 1e6:.0f})")


def _has_dbstat(conn: sqlite3.Connection) -> bool:
    return any(row[0] == "ENABLE_DBSTAT_VTAB" for row in conn.execute("PRAGMA compile_options"))


def main() -> None:
    """Builds, asks, prints."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("folders", nargs="+", type=Path)
    asked.add_argument("--passages", type=int, default=1_000_000)
    asked.add_argument("--work", type=Path, default=Path("outputs/benchmark-search"))
    given = asked.parse_args()
    shutil.rmtree(given.work, ignore_errors=True)
    given.work.mkdir(parents=True)
    chance = random.Random(SEED)
    pool = clauses(given.folders)
    questions = queries(pool, chance)
    print(f"{given.passages} passages of {len(pool)} clauses, {len(questions)} queries")
    started = time.process_time()
    with Register(given.work / "register.db") as register:
        build(register, pool, given.passages, chance)
        print(f"built in {time.process_time() - started:.0f} s of processor")
        peer = bare(register.connection, given.work / "bare.db")
        today = datetime.date(2025, 11, 22)

        def ask(query: str) -> object:
            return rank(register, query, today=today, origins=lambda name: ())

        one = _said("bare FTS5, one leg", timed(lambda query: ask_bare(peer, query), questions))
        full = _said("chidao, two legs and vectors", timed(ask, questions))
        page = _said("the same with a page of hits", timed(
            lambda query: register.answer(query, limit=10, today=today), questions))
        state.put(register.connection, state.MODEL, "none")
        words = _said("chidao, two legs", timed(ask, questions))
        print(f"ratio to bare FTS5 at p95: with vectors {full / one:.2f}, with a page {page / one:.2f},"
              f" without vectors {words / one:.2f}")
        _size(register)


if __name__ == "__main__":
    main()
