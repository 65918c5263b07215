"""The page that lists all tables, made from the tables: ``python -m chidao.knowledge.reference docs/tables.md``."""
from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path

_HEAD = """# The tables

What chidao knows of the field's words. Each is a UTF-8 TSV file in `pipeline/chidao/knowledge/`: a header row,
then a row a fact; lines that begin with `#` are comments. Open them in a spreadsheet, correct or add rows, run the
tests: where a row has an example and a counter-example, both are tested.

This page is made by `python -m chidao.knowledge.reference docs/tables.md` from the tables' own comments.
"""


def page() -> str:
    """The page as Markdown: each table with its comments and its columns."""
    files = sorted((f for f in resources.files("chidao.knowledge").iterdir() if f.name.endswith(".tsv")),
                   key=lambda f: f.name)
    return "\n".join([_HEAD, *(_section(f.name, f.read_text("utf-8")) for f in files)])


def _section(name: str, text: str) -> str:
    lines = text.splitlines()
    notes = [line.lstrip("# ") for line in lines if line.startswith("#")]
    columns = next(line for line in lines if not line.startswith("#")).split("\t")
    shown = "".join(f"{note}  \n" for note in notes)
    return f"## {name}\n\n{shown}Columns: {', '.join(f'`{column}`' for column in columns)}\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), "utf-8")
