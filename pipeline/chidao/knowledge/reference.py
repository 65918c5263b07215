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
    folder = Path(str(resources.files("chidao.knowledge")))
    files = sorted((file.relative_to(folder).as_posix(), file) for file in folder.rglob("*.tsv"))
    return "\n".join([_HEAD, *(_section(name, file.read_text("utf-8")) for name, file in files)])


def _section(name: str, text: str) -> str:
    lines = text.splitlines()
    notes = [line.lstrip("# ") for line in lines if line.startswith("#")]
    columns = next(line for line in lines if not line.startswith("#")).split("\t")
    shown = "".join(f"{note}  \n" for note in notes)
    return f"## {name}\n\n{shown}Columns: {', '.join(f'`{column}`' for column in columns)}\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), "utf-8")
