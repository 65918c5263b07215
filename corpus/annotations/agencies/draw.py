"""Draws names of leads and coordinators for `names.tsv`, by a seed: ``python draw.py ANNOTATIONS… --directives DIR``.

Half of them stand in annotated directives, half in what the program gives on a folder of directives. A name is drawn
once, in one of the directives that have it. Prints the rows without answers; a fifth is marked for a second reader.
"""
from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chidao.extraction.pipeline import extract
from chidao.reading import ReadingError, read

SEED = 20261122
COLUMNS = ("id", "half", "second", "file", "issuer", "place", "date", "name", "role")


def annotated(folders: list[Path]) -> Iterator[dict[str, Any]]:
    """Each lead and coordinator of the annotations in `folders`, with the facts of its directive."""
    for path in sorted(p for folder in folders for p in folder.rglob("*.json")):
        found = json.loads(path.read_text("utf-8"))
        source, document = found["source"], found["document"]
        facts = {"half": "annotated", "file": source if isinstance(source, str) else source["file"],
                 **{key: document.get(key) or "" for key in ("issuer", "place", "date")}}
        for task in found["tasks"]:
            for role in ("lead", "coordinating"):
                yield from ({**facts, "name": name, "role": role} for name in task.get(role, ()))


def extracted(folder: Path) -> Iterator[dict[str, Any]]:
    """The same of what the program reads from the directives of `folder`."""
    for path in sorted(folder.glob("*.txt")):
        try:
            directive = extract(read(path))
        except ReadingError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            continue
        header = directive.header
        facts = {"half": "output", "file": path.name, "issuer": header.issuer or "", "place": header.place or "",
                 "date": header.date or ""}
        for task in directive.tasks:
            for a in task.assignments:
                if a.role in ("lead", "coordinator"):
                    yield {**facts, "name": a.name, "role": a.role.replace("coordinator", "coordinating")}


def draw(rows: Iterator[dict[str, Any]], count: int, *, but: set[str]) -> list[dict[str, Any]]:
    """`count` names that are not in `but`, each in one of its directives."""
    by_name: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["name"] not in but:
            by_name[row["name"]].append(row)
    chance = random.Random(SEED)
    return [chance.choice(by_name[name]) for name in chance.sample(sorted(by_name), count)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("annotations", type=Path, nargs="+")
    parser.add_argument("--directives", type=Path, required=True)
    parser.add_argument("--each", type=int, default=165)
    wanted = parser.parse_args()
    first = draw(annotated(wanted.annotations), wanted.each, but=set())
    second = draw(extracted(wanted.directives), wanted.each, but={row["name"] for row in first})
    rows = sorted([*first, *second], key=lambda row: (row["half"], row["file"], row["name"]))
    again = set(random.Random(SEED).sample(range(len(rows)), len(rows) // 5))
    print("\t".join(COLUMNS))
    for i, row in enumerate(rows):
        print("\t".join(str(v) for v in ({**row, "id": i + 1, "second": "yes" if i in again else ""}[c]
                                         for c in COLUMNS)))


if __name__ == "__main__":
    main()
