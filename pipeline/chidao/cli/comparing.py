"""chidao compare and chidao diff: what directives have in common."""
from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chidao.cli import layout, wording
from chidao.cli.app import command
from chidao.cli.console import Console
from chidao.cli.files import replacing
from chidao.cli.options import db_option, json_option, open_register
from chidao.export.words import readable

if TYPE_CHECKING:
    from chidao.audit.comparing import Pair, Shared
    from chidao.storage import Register
    from chidao.storage.rows import TaskRow

_WORDS = 110  # characters of a task that are shown
_ONLY = click.Choice(["taken", "changed", "left-out", "added"])
_xlsx = click.option("--xlsx", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
_only = click.option("--only", multiple=True, type=_ONLY)


@command("compare")
@click.argument("parent", metavar="PARENT")
@click.argument("child", required=False, metavar="[CHILD]")
@_only
@_xlsx
@db_option
@json_option
@click.pass_obj
def compare(
    console: Console, parent: str, child: str | None, only: tuple[str, ...], xlsx: Path | None, db: Path,
    as_json: bool,
) -> None:
    from chidao.audit import comparing

    with open_register(db) as register:
        if child is None:
            _siblings(register, parent, xlsx, console, as_json=as_json)
            return
        names = _names(register, parent, child)
        pairs = comparing.compare(register, parent, child)
    _show(pairs, names, only, xlsx, console, as_json=as_json)


@command("diff")
@click.argument("first", metavar="FIRST")
@click.argument("second", metavar="SECOND")
@_only
@_xlsx
@db_option
@json_option
@click.pass_obj
def diff(
    console: Console, first: str, second: str, only: tuple[str, ...], xlsx: Path | None, db: Path, as_json: bool,
) -> None:
    from chidao.audit import comparing

    with open_register(db) as register:
        names = _names(register, first, second)
        pairs = comparing.diff(register, first, second)
    _show(pairs, names, only, xlsx, console, as_json=as_json)


def _names(register: Register, first: str, second: str) -> tuple[str, str]:
    return register.find_document(first).label, register.find_document(second).label


def _show(
    pairs: list[Pair], names: tuple[str, str], only: tuple[str, ...], xlsx: Path | None, console: Console, *,
    as_json: bool,
) -> None:
    from chidao.export import comparison

    counts = Counter(pair.kind for pair in pairs)
    kept = [pair for pair in pairs if not only or pair.kind.replace("_", "-") in only]
    if as_json:
        for pair in kept:
            console.json(_said(pair))
    else:
        console.out(click.style(f"{names[0]}  →  {names[1]}", bold=True))
        console.table(("column_number", "column_result", "column_first", "column_second", "column_changes"),
                      [[str(at), comparison.kind(pair.kind, console.lang), _cell(pair.first), _cell(pair.second),
                        comparison.told(pair, console.lang)] for at, pair in enumerate(kept, start=1)])
    if xlsx:
        with replacing(xlsx) as file:
            comparison.write(kept, names, file, console.lang)
    _tell_likeness(console)
    console.note("compared", taken=counts["taken"], changed=counts["changed"], left_out=counts["left_out"],
                 added=counts["added"])


def _siblings(register: Register, parent: str, xlsx: Path | None, console: Console, *, as_json: bool) -> None:
    """The measures that the directives under one parent share, held or not."""
    from chidao.audit import comparing
    from chidao.export import comparison
    from chidao.graph.lineage import find_node

    ids, shared = comparing.siblings(register, find_node(register, parent))
    labels = [register.find_document(id).label for id in ids]
    if as_json:
        for measure in shared:
            console.json(_measure(measure, ids))
    else:
        console.table(("column_number", "column_task", "column_count", "column_lead"),
                      [[str(at), _cell(next(filter(None, measure.tasks))), str(measure.held),
                        _owners(measure, labels)] for at, measure in enumerate(shared, start=1)])
    if xlsx:
        with replacing(xlsx) as file:
            comparison.write_siblings(parent, labels, shared, file, console.lang)
    _tell_likeness(console)
    console.note("siblings", documents=len(ids), measures=len(shared))


def _tell_likeness(console: Console) -> None:
    """By what tasks were found alike: a result that vectors of meaning had a part in says so."""
    from chidao.audit.similarity import has_vectors

    console.note("likeness_meaning" if has_vectors() else "likeness_words")


def _owners(measure: Shared, labels: list[str]) -> str:
    from chidao.export.comparison import leads

    return " · ".join(f"{layout.clipped(label, 30)}: {leads(task)}"
                      for label, task in zip(labels, measure.tasks, strict=True) if task)


def _cell(task: TaskRow | None) -> str:
    if task is None:
        return ""
    where = wording.place(task.path)
    return f"{where + ' ' if where else ''}{layout.clipped(readable(task.text), _WORDS)}"


def _said(pair: Pair) -> dict[str, Any]:
    return {"kind": pair.kind, "score": round(pair.score, 3),
            "first": wording.task_json(pair.first) if pair.first else None,
            "second": wording.task_json(pair.second) if pair.second else None,
            "changes": [wording.plain(change) for change in pair.changes]}


def _measure(measure: Shared, ids: list[str]) -> dict[str, Any]:
    return {"held": measure.held,
            "tasks": {id: wording.task_json(task) if task else None
                      for id, task in zip(ids, measure.tasks, strict=True)}}
