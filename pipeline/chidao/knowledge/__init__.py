"""Tables that a lawyer opens in a spreadsheet and corrects; code elsewhere only interprets them.

Each table is a UTF-8 TSV file with a header row; lines that start with ``#`` are comments.
"""
from __future__ import annotations

import csv
from functools import cache
from importlib import resources


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """The rows of ``<table>.tsv`` as dictionaries; an empty cell is ``""``."""
    text = resources.files(__name__).joinpath(f"{table}.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def cells(table: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``<table>.tsv`` without its header, as tuples of cells: for tables of many thousand rows."""
    text = resources.files(__name__).joinpath(f"{table}.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(tuple(line.split("\t")) for line in lines[1:])


@cache
def provinces() -> tuple[dict[str, str], ...]:
    """The provinces of all times, a row a name, with the unit that it was first: Bắc Ninh is a tỉnh.

    >>> [row["unit"] for row in provinces() if row["name"] in ("Bắc Ninh", "Hà Nội")]
    ['tỉnh', 'thành phố']
    """
    first: dict[str, dict[str, str]] = {}
    for row in rows("agencies/provinces"):
        first.setdefault(row["name"], row)
    return tuple(first.values())
