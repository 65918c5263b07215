"""Files that hold several documents, from `bundles/`: as text, Word file, PDF, or scan.

    python corpus/bundles.py NAME OUT.pdf          # or .docx, .txt

Each bundle is a folder with its parts in order; `expected.tsv` says which parts are documents of their own.
"""
from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import printing  # noqa: E402
from render import Block  # noqa: E402


class Expected(NamedTuple):
    """A document of a bundle: its header, "" where blank, and its parts, from 1."""

    type: str
    number: str
    symbol: str
    issuer: str
    date: str
    parts: tuple[int, ...]


def expected() -> dict[str, list[Expected]]:
    """The documents of each bundle, in order."""
    lines = [line for line in (HERE / "bundles" / "expected.tsv").open(encoding="utf-8") if not line.startswith("#")]
    found: dict[str, dict[str, Expected]] = {}
    for row in csv.DictReader(lines, delimiter="\t"):
        documents = found.setdefault(row["bundle"], {})
        part = int(row["part"])
        if row["document"] in documents:
            known = documents[row["document"]]
            documents[row["document"]] = known._replace(parts=(*known.parts, part))
        else:
            documents[row["document"]] = Expected(
                row["type"], row["number"], row["symbol"], row["issuer"], row["date"], (part,))
    return {bundle: list(documents.values()) for bundle, documents in found.items()}


def parts(bundle: str) -> list[str]:
    """The text of each part."""
    return [path.read_text("utf-8") for path in sorted((HERE / "bundles" / bundle).glob("*.txt"))]


def blocks(bundle: str) -> list[Block]:
    """The parts as blocks for print, each on a new page."""
    found: list[Block] = []
    for part in parts(bundle):
        found += [Block("break")] if found else []
        found += printing.office_blocks(part)
    return found


def render(bundle: str, suffix: str) -> bytes:
    """The bundle as one file: txt, docx or pdf."""
    if suffix == "txt":
        return "\n\n".join(parts(bundle)).encode()
    return printing.word(blocks(bundle)) if suffix == "docx" else printing.printed(blocks(bundle), "reportlab")


def main(arguments: Sequence[str]) -> None:
    name, out = arguments
    Path(out).write_bytes(render(name, Path(out).suffix[1:]))


if __name__ == "__main__":
    main(sys.argv[1:])
