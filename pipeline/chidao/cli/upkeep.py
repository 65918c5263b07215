"""chidao remove, verify and failures: keeping the register in order."""
from __future__ import annotations

from pathlib import Path

import click

from chidao.cli import wording
from chidao.cli.app import command
from chidao.cli.console import Console
from chidao.cli.options import db_option, json_option, open_register


@command("remove")
@click.argument("document")
@db_option
@json_option
@click.pass_obj
def remove(console: Console, document: str, db: Path, as_json: bool) -> None:
    with open_register(db, write=True) as register:
        row = register.remove(document)
    if as_json:
        console.json(wording.plain(row))
    else:
        console.out(console.text("removed", label=row.label, id=row.id, tasks=row.tasks + row.targets))


@command("verify")
@db_option
@json_option
@click.pass_obj
def verify(console: Console, db: Path, as_json: bool) -> int:
    with open_register(db, write=True) as register:
        problems = register.verify()
    for problem in problems:
        if as_json:
            console.json(wording.plain(problem))
        else:
            console.entry(problem.where, problem.detail, problem.code)
    console.note("verified" if not problems else "problems", count=len(problems))
    return 1 if problems else 0


@command("failures")
@db_option
@json_option
@click.pass_obj
def failures(console: Console, db: Path, as_json: bool) -> None:
    with open_register(db) as register:
        rows = register.failures()
    for row in rows:
        if as_json:
            console.json({**wording.plain(row), "message": row.message(console.lang)})
        else:
            console.entry(row.path, row.message(console.lang), row.code)
    console.note("failures_shown", count=len(rows))
