"""chidao index: vectors for what has none."""
from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chidao.cli import wording
from chidao.cli.app import command
from chidao.cli.console import Console, width
from chidao.cli.options import db_option, json_option, open_register

if TYPE_CHECKING:
    from chidao.search.indexing import IndexProgress


@command("index")
@click.option("--model", metavar="MODEL")
@db_option
@json_option
@click.pass_obj
def index(console: Console, model: str | None, db: Path, as_json: bool) -> None:
    from chidao.search.indexing import extra_to_tell_of
    from chidao.search.indexing import index as make

    with open_register(db, write=True) as register, _meter(console) as show:
        report = make(register, model=model, on_progress=show,
                      on_rebuild=lambda: console.note("index_rebuilt"))
        tell = not as_json and extra_to_tell_of(register)
    if tell:
        console.note("semantic_extra")
    if as_json:
        console.json(wording.plain(report))
        return
    console.out(console.text(
        "indexed", units=report.units, embedded=report.embedded, model=report.model or "none"))


@contextmanager
def _meter(console: Console) -> Iterator[Callable[[IndexProgress], None] | None]:
    """A line on standard error that counts passages; none where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    began, first = time.monotonic(), -1

    def show(progress: IndexProgress) -> None:
        nonlocal first
        first = progress.done if first < 0 else first
        rate = (progress.done - first) / max(time.monotonic() - began, 0.001)
        bar = "█" * (20 * progress.done // max(1, progress.total))
        said = console.text("index_progress", done=progress.done, total=progress.total, rate=f"{rate:.0f}")
        click.echo("\r" + f"{bar:░<20} {said}"[:width() - 1] + "\x1b[K", nl=False, err=True)

    try:
        yield show
    finally:
        if first >= 0:
            click.echo(err=True)
