"""chidao ingest: files and folders into the register."""
from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from chidao.cli import wording
from chidao.cli.app import command
from chidao.cli.console import Console, width
from chidao.cli.options import Existing, console_of, db_option, json_option, open_register, reading_options

if TYPE_CHECKING:
    from chidao.storage.rows import IngestReport, Progress


@command("ingest")
@click.argument("paths", nargs=-1, type=Existing(), metavar="PATH...")
@click.option("--only", type=click.Choice(["failed", "stale"]))
@db_option
@reading_options
@json_option
@click.pass_context
def ingest(
    context: click.Context, paths: tuple[Path, ...], only: Literal["failed", "stale"] | None, db: Path,
    workers: int, secret: bool, limits: tuple[tuple[str, int], ...], as_json: bool,
) -> int:
    from chidao.batch import ingest as ingest_files
    from chidao.reading.limits import with_changes
    from chidao.search.indexing import extra_to_tell_of
    from chidao.storage import Register

    console = console_of(context)
    if not paths and not only:
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    db.parent.mkdir(parents=True, exist_ok=True)
    with (open_register(db, write=True) if only else Register(db)) as register, _meter(console) as show:
        chosen = [Path(path) for path in register.paths(only, below=paths)] if only else paths
        report = ingest_files(chosen, register, workers=workers, secret=secret,
                              limits=with_changes(dict(limits)), on_progress=show)
        tell = not as_json and extra_to_tell_of(register)
    indexing = _index_in_background(db)
    if as_json:
        console.json({**wording.plain(report), "index_in_background": indexing})
        return 1 if report.refused else 0
    _print(report, db, console)
    if tell:
        console.note("semantic_extra")
    if indexing:
        console.note("index_in_background")
    return 1 if report.refused else 0


def _index_in_background(db: Path) -> bool:
    """Starts ``chidao index`` where a slow model has passages to embed; it outlives this command."""
    from chidao.search.indexing import has_slow_work
    from chidao.storage import Register

    with Register(db, readonly=True) as register:
        if not has_slow_work(register):
            return False
    subprocess.Popen([sys.executable, "-m", "chidao", "index", "--db", str(db)], stdin=subprocess.DEVNULL,
                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    return True


@contextmanager
def _meter(console: Console) -> Iterator[Callable[[Progress], None] | None]:
    """A line on standard error that counts files, redrawn ten times a second; none where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    began, drawn, refused = time.monotonic(), 0.0, 0

    def show(progress: Progress) -> None:
        nonlocal drawn, refused
        refused += progress.outcome == "refused"
        now = time.monotonic()
        if now - drawn < 0.1 and progress.done < progress.total:
            return
        drawn = now
        rate = progress.done / max(now - began, 0.001)
        bar = "█" * (20 * progress.done // progress.total)
        said = console.text("progress", done=progress.done, total=progress.total, rate=f"{rate:.1f}", refused=refused)
        click.echo("\r" + f"{bar:░<20} {said}"[:width() - 1] + "\x1b[K", nl=False, err=True)

    try:
        yield show
    finally:
        if drawn:
            click.echo(err=True)


def _print(report: IngestReport, db: Path, console: Console) -> None:
    console.out(console.text("ingested", total=report.total, seconds=f"{report.seconds:.1f}", db=db))
    console.fields((
        ("label_added", str(report.added)),
        ("label_updated", str(report.updated) if report.updated else None),
        ("label_unchanged", str(report.unchanged) if report.unchanged else None),
        ("label_refused", str(len(report.refused)) if report.refused else None),
        ("label_documents", str(report.documents) if report.documents > report.added + report.updated else None),
        ("label_tasks", str(report.tasks)),
    ))
    if report.refused:
        console.heading("heading_refused")
        for failure in report.refused:
            console.entry(failure.path, failure.message(console.lang), failure.code)
