"""Rows a second into the register and milliseconds a question, beside bare sqlite3 in the same run.

    python benchmarks/register.py [FOLDER] [--documents 400]

FOLDER (default: corpus/) holds directives of any format that chidao reads; they are filed again and again under
other ids until there are `--documents`. The peer writes the same rows, taken from the finished register, with
`executemany` into the same tables, one transaction a document, too; it derives nothing and checks nothing.
Ends with one line of JSON.
"""
from __future__ import annotations

import argparse
import dataclasses
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from chidao.batch import find_files
from chidao.batch.work import read_and_extract
from chidao.model import Directive
from chidao.storage import Register
from chidao.storage.database import migrations

ROOT = Path(__file__).parent.parent
QUESTIONS: dict[str, Callable[[Register], object]] = {
    "search, two words": lambda r: r.search("kinh phí"),
    "search, a sentence": lambda r: r.search("so y te to chuc tiem vac xin"),
    "search, no answer": lambda r: r.search("khủng long"),
    "tasks of an agency": lambda r: r.tasks(agency="Sở Y tế", limit=50),
    "tasks due": lambda r: r.tasks(due_before="2026-12-31", limit=50),
    "a directive, whole": lambda r: r.directive(r.documents()[0].id),
    "trace": lambda r: r.trace(r.documents()[0].id),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "corpus")
    parser.add_argument("--documents", type=int, default=400)
    args = parser.parse_args()

    read = [d for f in find_files([args.folder]) if isinstance(found := read_and_extract(f, secret=True), tuple)
            for d in found]
    if not read:
        sys.exit(f"no directive could be read in {args.folder}")
    copies = [copy(d, i) for i, d in enumerate(islice(cycle(read), args.documents))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "register.db")
        with Register(path) as register:
            ours = seconds(lambda: [register.add(d) for d in copies])
            asked = {name: milliseconds(lambda q=q: q(register)) for name, q in QUESTIONS.items()}
            checked = seconds(lambda: register.verify())
        rows = rows_by_document(path)
        peer = seconds(lambda: write_bare(Path(folder, "bare.db"), rows))
    count = sum(len(some) for tables in rows.values() for some in tables.values())
    print(f"{len(copies)} documents, {count} rows")
    print(f"register   {count / ours:9.0f} rows/s  {len(copies) / ours:7.0f} documents/s")
    print(f"bare       {count / peer:9.0f} rows/s  {len(copies) / peer:7.0f} documents/s")
    print(f"verify     {checked:9.2f} s")
    for name, value in asked.items():
        print(f"{name:20} {value:8.1f} ms")
    print(json.dumps({
        "documents": len(copies), "rows": count, "rows_per_second": round(count / ours), "ratio_to_bare":
        round(peer / ours, 3), "milliseconds": {name: round(value, 1) for name, value in asked.items()}}))


def copy(directive: Directive, order: int) -> Directive:
    """The directive under another id, as if read from another file."""
    source = dataclasses.replace(directive.source, sha256=f"{order:064x}")
    return dataclasses.replace(directive, id=f"{directive.id}:{order}", source=source)


def rows_by_document(path: Path) -> dict[str, dict[str, list[tuple[Any, ...]]]]:
    """The rows that hang on each document, by table; those that documents share under the first one."""
    conn = sqlite3.connect(path)
    tables = [row[0] for row in conn.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%' AND name NOT IN ('runs')")]
    owners = dict(conn.execute("SELECT id, document_id FROM tasks"))
    first = conn.execute("SELECT min(id) FROM documents").fetchone()[0]
    found: dict[str, dict[str, list[tuple[Any, ...]]]] = defaultdict(lambda: defaultdict(list))
    for table in tables:
        names = [column[1] for column in conn.execute(f"PRAGMA table_info({table})")]  # generated columns are left out
        for row in conn.execute(f"SELECT {', '.join(names)} FROM {table}"):
            values = dict(zip(names, row, strict=True))
            owner = values.get("document_id") or owners.get(values.get("task_id"))
            found[owner if table not in ("cited_documents", "agencies") and owner else first][table].append(row)
    return found


def write_bare(path: Path, rows: dict[str, dict[str, list[tuple[Any, ...]]]]) -> None:
    conn = sqlite3.connect(path, isolation_level=None)
    for sql in migrations():
        conn.executescript(sql)
    conn.execute("PRAGMA synchronous = NORMAL")
    for tables in rows.values():
        conn.execute("BEGIN")
        for table, some in tables.items():
            conn.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(some[0]))})", some)
        conn.execute("COMMIT")
    conn.close()


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def milliseconds(work: Callable[[], object]) -> float:
    return statistics.median(seconds(work) for _ in range(5)) * 1000


if __name__ == "__main__":
    main()
