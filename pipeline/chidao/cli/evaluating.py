"""chidao evaluate: figures of the extraction on annotated directives."""
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chidao.cli import wording
from chidao.cli.app import command
from chidao.cli.console import Console
from chidao.cli.options import Existing, json_option

if TYPE_CHECKING:
    from chidao.evaluation import Report


@command("evaluate")
@click.argument("folder", type=Existing(), metavar="GOLD_DIR")
@click.option("--sources", type=Existing(), multiple=True, metavar="DIR")
@click.option("--misses", is_flag=True)
@json_option
@click.pass_obj
def evaluate(console: Console, folder: Path, sources: tuple[Path, ...], misses: bool, as_json: bool) -> None:
    from chidao.evaluation import evaluate_folder

    report = evaluate_folder(folder, sources=sources)
    if as_json:
        said = {"figures": report.figures(), "documents": {n: r.figures() for n, r in report.per_document.items()}}
        console.json({**said, "misses": wording.plain(report.misses)} if misses else said)
        return
    _print(report, console)
    for name, one in report.per_document.items() if misses else ():
        console.heading("heading_misses", name=name, count=len(one.misses))
        for miss in one.misses:
            console.out(str(miss))


def _print(report: Report, console: Console) -> None:
    console.out(console.text("evaluated", count=len(report.per_document)))
    console.table(("column_figure", "column_precision", "column_recall", "column_f1", "column_hit", "column_gold",
                   "column_found"),
                  [[name, f"{t.precision:.3f}", f"{t.recall:.3f}", f"{t.f1:.3f}", str(t.hit), str(t.gold), str(t.found)]
                   for name, t in report.tallies.items()])
