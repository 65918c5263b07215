"""Milliseconds of CPU time for three hops of lineage among a million edges, beside loading all into networkx.

    python benchmarks/graph.py [--edges 1000000] [--questions 60] [--keep FILE]

The edges are generated: a document cites about five, most of them by a plain number, some of the few that all cite
(laws), a tenth of them stated by a third one. Questions start at documents drawn at random; both sides must give the
same nodes. The peer loads the edges of the same file into a networkx graph once a question, as a program without the
register would have to; asking alone is shown, too. `command` is `chidao trace DOC --depth 3` as a process of its own:
wall time and the largest memory it held. Ends with one line of JSON.
"""
from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx

from chidao.graph import trace
from chidao.storage import Register

PER_DOCUMENT = 5
TYPES = ("legal_basis", "implements", "legal_basis", "amends", "replaces", "repeals", "legal_basis")
DEPTH = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edges", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--keep", type=Path, help="keep the register in this file, and use it when it is there")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.keep or Path(folder, "register.db")
        if not path.exists():
            generate(path, args.edges)
        report(path, args.questions)


def generate(path: Path, edges: int) -> None:
    """A register whose documents and citations are drawn with a fixed seed."""
    draw = random.Random(11)
    documents = edges // PER_DOCUMENT
    with Register(path) as register:
        conn = register.connection
        conn.execute("PRAGMA synchronous = OFF")
        conn.execute("BEGIN")
        conn.executemany(
            "INSERT INTO documents (id, base_id, label, type, date, year, addressees, recipients, evidence)"
            " VALUES (?, ?, ?, 'Kế hoạch', ?, ?, '[]', '[]', '{}')", (header(i) for i in range(documents)))
        conn.executemany(
            "INSERT INTO cited_documents (id, label, type, resolved, document_id) VALUES (?, ?, 'Kế hoạch', 1, ?)",
            ((urn(i), f"Kế hoạch {i}/KH-UBND", urn(i)) for i in range(documents)))
        conn.executemany(
            "INSERT INTO citations (document_id, source_id, ord, text, type, relation, form, target, candidates,"
            " cited_id, span_start, span_end) VALUES (?, ?, ?, ?, 'Kế hoạch', ?, 'full', ?, '[]', ?, ?, ?)",
            citations(documents, edges * 9 // 10, draw))
        conn.executemany(
            "INSERT INTO relations (document_id, ord, text, source, type, target, source_id, target_id, span_start,"
            " span_end) VALUES (?, ?, 'Kế hoạch A thay thế Kế hoạch B', ?, ?, ?, ?, ?, 0, 30)",
            relations(documents, edges // 10, draw))
        conn.execute("COMMIT")
        conn.execute("ANALYZE")


def urn(i: int) -> str:
    return f"urn:lex:vn;song.lam:uy.ban.nhan.dan:ke.hoach:{2000 + i % 26};{i}-kh-ubnd"


def header(i: int) -> tuple[Any, ...]:
    return urn(i), urn(i), f"Kế hoạch {i}/KH-UBND", f"{2000 + i % 26}-03-17", 2000 + i % 26


def citations(documents: int, count: int, draw: random.Random) -> Iterator[tuple[Any, ...]]:
    for n in range(count):
        source = 1 + n % (documents - 1)
        target = cited(source, draw)
        words = f"Kế hoạch số {target}/KH-UBND ngày 17/3/{2000 + target % 26} của Ủy ban nhân dân tỉnh Sông Lam"
        yield (urn(source), urn(source), n // (documents - 1), words, draw.choice(TYPES), urn(target), urn(target), 10,
               10 + len(words))


def relations(documents: int, count: int, draw: random.Random) -> Iterator[tuple[Any, ...]]:
    for n in range(count):
        source = draw.randrange(1, documents)
        target = cited(source, draw)
        yield (urn(draw.randrange(documents)), documents + n, f"Kế hoạch {source}", draw.choice(TYPES[3:6]),
               f"Kế hoạch {target}", urn(source), urn(target))


def cited(source: int, draw: random.Random) -> int:
    """An earlier document; one in a hundred times one of the few that all cite."""
    return draw.randrange(min(source, 50)) if draw.random() < 0.01 else draw.randrange(source)


def report(path: Path, questions: int) -> None:
    with Register(path, readonly=True) as register:
        count = register.connection.execute("SELECT count(*) FROM v_lineage").fetchone()[0]
        documents = register.connection.execute("SELECT count(*) FROM documents").fetchone()[0]
        draw = random.Random(5)
        starts = [urn(draw.randrange(documents // 4, documents)) for _ in range(questions)]
        ours = {way: [timed(lambda s=s, way=way: ask(register, s, way)) for s in starts] for way in ("up", "down")}
        seconds, memory = command(path, starts[0])  # before the peer's memory, which a fork would count
        loading, graph = timed(lambda: load(path))
        theirs = {way: [timed(lambda s=s, way=way: ask_networkx(graph, s, way)) for s in starts] for way in ours}
    wrong = [s for way in ours for s, (_, a), (_, b) in zip(starts, ours[way], theirs[way], strict=True) if a != b]
    if wrong:
        sys.exit(f"{len(wrong)} questions differ, first {wrong[0]}")
    medians = {way: statistics.median(t for t, _ in ours[way]) * 1000 for way in ours}
    peer = {way: statistics.median(t for t, _ in theirs[way]) * 1000 for way in theirs}
    ratio = min((loading * 1000 + peer[way]) / medians[way] for way in ours)
    sizes = {way: int(statistics.median(len(nodes) for _, nodes in ours[way])) for way in ours}
    print(f"{count} edges, {documents} documents, {DEPTH} hops, {questions} questions each way")
    for way in ours:
        print(f"{way:5} register {medians[way]:8.2f} ms   networkx, loaded {peer[way]:8.2f} ms   nodes {sizes[way]}")
    print(f"loading into networkx {loading:.1f} s: the register is {ratio:.0f} times faster than loading and asking")
    print(f"command: {seconds:.2f} s, {memory:.0f} MB")
    print(json.dumps({"edges": count, "milliseconds": {w: round(m, 2) for w, m in medians.items()}, "nodes": sizes,
                      "networkx_load_seconds": round(loading, 1), "ratio": round(ratio), "command_seconds":
                      round(seconds, 2), "command_megabytes": round(memory)}))


def ask(register: Register, start: str, way: str) -> frozenset[str]:
    edges = trace(register, start, up=way == "up", down=way == "down", depth=DEPTH)
    return frozenset(end for e in edges for end in (e.source, e.target))


def load(path: Path) -> nx.DiGraph:
    """What a program does that has the edges but no register: read them all."""
    graph = nx.DiGraph()
    with sqlite3.connect(path) as conn:
        graph.add_edges_from(conn.execute(
            "SELECT source_id, target_id FROM v_lineage WHERE type <> 'mentions' AND source_id <> target_id"))
    return graph


def ask_networkx(graph: nx.DiGraph, start: str, way: str) -> frozenset[str]:
    if start not in graph:
        return frozenset()
    ways = graph.successors if way == "up" else graph.predecessors
    found = {start} if any(True for _ in ways(start)) else set()
    layer = {start}
    for _ in range(DEPTH):
        layer = {far for near in layer for far in ways(near)} - found
        found |= layer
    return frozenset(found)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds and the result: other programs on the machine don't count."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def command(path: Path, start: str) -> tuple[float, float]:
    """Seconds and megabytes of `chidao trace`, as the system counts them."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", "from chidao.cli import main; raise SystemExit(main())", "trace", start, "--depth",
         str(DEPTH), "--db", str(path)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("the command failed")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
