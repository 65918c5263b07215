"""chidao export: the tasks of the register in a file format."""
from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from chidao.cli.app import command
from chidao.cli.console import Console
from chidao.cli.files import replacing
from chidao.cli.options import db_option, open_register, task_conditions

if TYPE_CHECKING:
    from chidao.storage import Register

FORMATS = ("xlsx", "docx", "csv", "jsonl", "ics")


@command("export")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@task_conditions
@db_option
@click.pass_obj
def export(console: Console, /, form: str, output: Path | None, db: Path, **conditions: Any) -> None:
    output = None if str(output) == "-" else output
    if output is None and form in ("xlsx", "docx") and sys.stdout.isatty():
        raise click.UsageError(console.text("binary_to_screen", format=form))
    narrowing = {name for name, value in conditions.items() if value and name not in ("document", "today")}
    if form == "jsonl" and narrowing:
        raise click.UsageError(console.text("whole_directives"))
    with open_register(db) as register, replacing(output) if output else _standard_output() as file:
        _write(form, register, conditions, file, console)


@contextlib.contextmanager
def _standard_output() -> Iterator[IO[bytes]]:
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


def _write(form: str, register: Register, conditions: dict[str, Any], file: IO[bytes], console: Console) -> None:
    if form == "jsonl":
        from chidao.export import jsonl

        named = conditions["document"]
        found = [register.find_document(named)] if named else register.documents()
        count = jsonl.write((register.directive(row.id) for row in found), file)
        console.note("exported_documents", count=count)
        return
    rows = register.tasks(**conditions)
    if form == "ics":
        from chidao.export import ics

        console.note("exported_events", count=ics.write(rows, file), tasks=len(rows))
        return
    # one module a format, each with the same `write`; the libraries behind them load slowly
    importlib.import_module(f"chidao.export.{form}").write(rows, file)
    console.note("exported_tasks", count=len(rows))
