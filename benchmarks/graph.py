"""Milliseconds of CPU time for three hops of lineage among a million edges, beside loading all into networkx.

    python benchmarks/graph.py [--edges 1000000] [--questions 60] [--keep FILE] [--no-audit]

The register is generated (generated.py): whole documents that cite about five others each. Questions start at documents
drawn at random; both sides must give the same nodes. The peer loads the edges of the same file into a networkx graph
once a question, as a program without the register would have to; asking alone is shown, too. `command` is
`chidao trace DOC --depth 3` as a process of its own: wall time and the largest memory it held; `audit` is
`chidao audit --all` so, over all documents (left out with `--no-audit`). Ends with one line of JSON.
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
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
from generated import VERSION, generate, urn

from chidao.graph import trace
from chidao.storage import Register

DEPTH = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edges", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--keep", type=Path, help="keep the register in this file, and use it when it is there")
    parser.add_argument("--no-audit", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.keep or Path(folder, "register.db")
        if not path.exists():
            seconds, _ = timed(lambda: generate(path, args.edges))
            print(f"generated in {seconds:.0f} s, {path.stat().st_size / 1e6:.0f} MB", flush=True)
        figures = report(path, args.questions)
        if not args.no_audit:
            figures |= report_audit(path)
        print(json.dumps(figures))


def report(path: Path, questions: int) -> dict[str, Any]:
    with Register(path, readonly=True) as register:
        count = register.connection.execute("SELECT count(*) FROM v_lineage").fetchone()[0]
        documents = register.connection.execute(
            "SELECT count(*) FROM files WHERE version = ?", (VERSION,)).fetchone()[0]
        draw = random.Random(5)
        starts = [urn(draw.randrange(documents // 4, documents)) for _ in range(questions)]
        ours = {way: [timed(lambda s=s, way=way: ask(register, s, way)) for s in starts] for way in ("up", "down")}
        # before the peer's memory, which a fork would count
        seconds, _, memory, _ = command(path, "trace", starts[0], "--depth", str(DEPTH))
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
    print(f"command: {seconds:.2f} s, {memory:.0f} MB", flush=True)
    return {"edges": count, "milliseconds": {w: round(m, 2) for w, m in medians.items()}, "nodes": sizes,
            "networkx_load_seconds": round(loading, 1), "ratio": round(ratio), "command_seconds": round(seconds, 2),
            "command_megabytes": round(memory)}


def report_audit(path: Path) -> dict[str, Any]:
    """The whole audit: minutes on the clock and of processor, memory, findings."""
    clock, processor, memory, findings = command(path, "audit", "--all", "--json")
    print(f"audit of all: {clock / 60:.1f} minutes ({processor / 60:.1f} of processor), {memory:.0f} MB, "
          f"{findings} findings")
    return {"audit_seconds": round(clock), "audit_processor_seconds": round(processor),
            "audit_megabytes": round(memory), "audit_findings": findings}


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


def command(path: Path, *words: str) -> tuple[float, float, float, int]:
    """Seconds on the clock, of processor, megabytes at most, as the system counts them, and lines that it printed."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", "from chidao.cli import main; raise SystemExit(main())", *words, "--db", str(path)],
        stdout=subprocess.PIPE)
    lines = sum(1 for _ in process.stdout or ())
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("the command failed")
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, lines


if __name__ == "__main__":
    main()
