"""What holds for the whole package: direction of the stages, tables, quick start, documentation."""
from __future__ import annotations

import ast
import importlib
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import chidao
from chidao import knowledge
from chidao.errors import ChidaoError
from chidao.knowledge import reference

ROOT = Path(__file__).parent.parent
PACKAGE = Path(chidao.__file__).parent

# Leaves that every stage may use, then the stages in order: each may import only what stands before it.
LEAVES = ("model", "errors", "knowledge", "grammar")
STAGES = ("reading", "structure", "extraction", "linking", "storage", "search", "graph", "audit", "batch", "export",
          "evaluation", "cli")
# Where a stage ends it may ask the next one: the pipeline, which gives a whole directive, lets its ids be made,
# and a register hands on the questions for search and lineage.
HANDED_ON = {"chidao.extraction.components": {"linking"}, "chidao.extraction.pipeline": {"linking"},
             "chidao.storage.register": {"search", "graph"}}
HEAVY = ("spacy", "thinc", "underthesea", "pdfplumber", "pypdfium2", "pdfminer", "networkx", "sqlite_utils", "docx",
         "lxml", "openpyxl", "icalendar", "numpy", "torch")

MODULES = sorted(".".join(("chidao", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
                 for path in PACKAGE.rglob("*.py"))
TABLES = sorted(path.relative_to(PACKAGE / "knowledge").with_suffix("").as_posix()
                for path in (PACKAGE / "knowledge").rglob("*.tsv"))


def stage_of(module: str) -> str:
    """The first name below the package: ``chidao.reading.pdf`` gives ``reading``."""
    return [*module.split("."), ""][1]


def imports_of(module: str) -> Iterator[str]:
    """The modules of this package that `module` imports, anywhere in its code."""
    path = PACKAGE.joinpath(*module.split(".")[1:])
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.split(".")[0] == "chidao")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            if node.module == "chidao":
                yield from (f"chidao.{name.name}" for name in node.names)
            elif node.module and node.module.startswith("chidao."):
                yield node.module


def runs(code: str) -> str:
    """What `code` prints in a fresh interpreter."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60,
                          encoding="utf-8").stdout


@pytest.mark.parametrize("module", [m for m in MODULES if not m.endswith("__main__")])
def test_module_imports(module: str) -> None:
    assert importlib.import_module(module).__doc__ or module.count(".") == 1, "says what it is for"


def test_every_module_has_its_place() -> None:
    places = {stage_of(m) for m in MODULES} - {""}
    assert places <= {*LEAVES, *STAGES, "__main__"}


@pytest.mark.parametrize("module", [m for m in MODULES if stage_of(m) not in ("", "__main__")])
def test_imports_go_one_way(module: str) -> None:
    """The facade ``chidao`` itself is for users: no module of the package may lean on it."""
    stage = stage_of(module)
    order = (*LEAVES, *STAGES)
    allowed = {*order[:order.index(stage)], stage} if stage in STAGES else {*LEAVES}
    assert {stage_of(name) for name in imports_of(module)} <= allowed | HANDED_ON.get(module, set())


def test_help_imports_nothing_heavy() -> None:
    code = ("import contextlib, io, json, sys\n"
            "from chidao.cli import main\n"
            "sys.argv = ['chidao', '--help']\n"
            "with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.suppress(SystemExit):\n"
            "    main()\n"
            "print(json.dumps([len(said.getvalue()), sorted({name.split('.')[0] for name in sys.modules})]))")
    size, loaded = json.loads(runs(code))
    assert size > 200, "the help was printed"
    assert set(loaded) & set(HEAVY) == set()


def test_package_imports_nothing_heavy() -> None:
    loaded = runs("import sys, chidao; print(*{name.split('.')[0] for name in sys.modules})").split()
    assert "chidao" in loaded
    assert set(loaded) & set(HEAVY) == set()


def test_there_are_tables() -> None:
    assert "errors" in TABLES


@pytest.mark.parametrize("table", TABLES)
def test_table(table: str) -> None:
    """Every row has as many cells as the header, no row stands twice."""
    text = (PACKAGE / "knowledge" / f"{table}.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    columns = lines[0].split("\t")
    assert len(set(columns)) == len(columns)
    assert [line for line in lines if line.count("\t") != len(columns) - 1] == []
    rows = knowledge.rows(table)
    assert rows
    assert len(rows) == len(lines) - 1
    assert [line for line, n in Counter(lines).items() if n > 1] == []


@pytest.mark.parametrize("table", TABLES)
def test_rule_rows_carry_examples(table: str) -> None:
    for row in knowledge.rows(table):
        for column in {"example", "counter_example"} & row.keys():
            assert row[column].strip(), f"{table}: {next(iter(row.values()))} has no {column}"


@pytest.mark.parametrize("table", ["errors", "messages"])
def test_codes_are_unique(table: str) -> None:
    codes = [row["code"] for row in knowledge.rows(table)]
    assert [a for a, b in pairwise(sorted(codes)) if a == b] == []
    for row in knowledge.rows(table):
        assert row["vi"].count("{detail}") == row["en"].count("{detail}"), row["code"]


def test_errors_raised_are_in_the_catalogue() -> None:
    """Codes that stand in the code as literals; a code that is nowhere raised is no code."""
    codes = {row["code"] for row in knowledge.rows("errors")}
    family = {"ChidaoError"} | {name for m in MODULES for name, kind in vars(importlib.import_module(m)).items()
                                if isinstance(kind, type) and issubclass(kind, ChidaoError)}
    calls = [node for path in PACKAGE.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in family]
    raised = {node.args[0].value for node in calls if node.args and isinstance(node.args[0], ast.Constant)}
    assert raised
    assert raised <= codes


@pytest.mark.parametrize("table", TABLES)
def test_table_is_documented(table: str) -> None:
    """In the words of its own comments: after a change run ``python -m chidao.knowledge.reference docs/tables.md``."""
    assert re.search(rf"^## {table}\.tsv\n\n\S", (ROOT / "docs" / "tables.md").read_text("utf-8"), re.M)


def test_page_of_tables_is_current() -> None:
    assert (ROOT / "docs" / "tables.md").read_text("utf-8") == reference.page()
