"""chidao export: the tasks of the register in a file format."""
from __future__ import annotations

import contextlib
import importlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from chidao.cli.app import command
from chidao.cli.console import Console
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
    with open_register(db) as register, _replacing(output) if output else _standard_output() as file:
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


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of `path` only when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
