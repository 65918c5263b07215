"""chidao evaluate: figures of the extraction on annotated directives."""
from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chidao.cli import wording
from chidao.cli.app import command
from chidao.cli.console import Console
from chidao.cli.files import replacing
from chidao.cli.options import Existing, json_option

if TYPE_CHECKING:
    from chidao.evaluation import Interval, Report, Tally


UNCLAIMED = "†"


@command("evaluate")
@click.argument("folder", type=Existing(), metavar="GOLD_DIR")
@click.option("--sources", type=Existing(), multiple=True, metavar="DIR")
@click.option("--report", "page", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--misses", is_flag=True)
@click.option("--search", "search", is_flag=True)
@click.option("--model", metavar="MODEL")
@json_option
@click.pass_obj
def evaluate(console: Console, folder: Path, sources: tuple[Path, ...], page: Path | None, misses: bool,
             search: bool, model: str | None, as_json: bool) -> None:
    if search:
        _search(folder, model, console, as_json=as_json)
        return
    from chidao.evaluation import bootstrap, evaluate_folder

    report = evaluate_folder(folder, sources=sources)
    intervals = bootstrap(list(report.per_document.values()))
    if page:
        _write(page, report, intervals, console, name=folder.resolve().name)
    if as_json:
        console.json(_said(report, intervals, misses=misses))
        return
    _print(report, intervals, console)
    for name, one in report.per_document.items() if misses else ():
        console.heading("heading_misses", name=name, count=len(one.misses))
        for miss in one.misses:
            console.out(str(miss))


def _search(folder: Path, model: str | None, console: Console, *, as_json: bool) -> None:
    """Figures of search on judged queries, by kind and leg."""
    from chidao.evaluation.search_sets import load
    from chidao.evaluation.searching import score_search
    from chidao.search.indexing import index

    judged = load(folder)
    report = index(judged.register, model=model)
    figures = score_search(judged, today=datetime.date.today())
    if as_json:
        console.json({"model": report.model, "units": report.units, "figures": [wording.plain(f) for f in figures]})
        return
    console.out(console.text("indexed", units=report.units, embedded=report.embedded, model=report.model or "none"))
    console.table(
        ("column_kind", "column_leg", "column_queries", "column_recall_at", "column_reciprocal_rank", "column_ndcg",
         "column_interval"),
        [[f.kind, f.leg, str(f.queries), f"{f.recall:.3f}", f"{f.reciprocal_rank:.3f}", f"{f.ndcg:.3f}",
          f"{f.low:.3f}–{f.high:.3f}"] for f in figures])
    console.out(console.text("queries_drawn"))


def _write(path: Path, report: Report, intervals: Mapping[str, Interval], console: Console, *, name: str) -> None:
    from importlib.metadata import version

    from chidao.evaluation.page import render

    page = render(report, intervals, name=name, lang=console.lang, version=version("chidao"))
    with replacing(path) as file:
        file.write(page.encode("utf-8", "replace"))
    console.note("report_written", path=path)


def _said(report: Report, intervals: Mapping[str, Interval], *, misses: bool) -> dict[str, Any]:
    bounds = {name: {"low": bound.low, "high": bound.high} for name, bound in intervals.items()}
    said: dict[str, Any] = {
        "figures": {name: {**tally.figure(), **bounds.get(name, {"low": None, "high": None}), "claimed": tally.claimed}
                    for name, tally in report.tallies.items()},
        "documents": {name: one.figures() for name, one in report.per_document.items()}}
    if misses:
        said["misses"] = [{"document": name, "kind": miss.kind, "figure": miss.figure, "place": miss.place,
                           "want": miss.want, "got": miss.got}
                          for name, one in report.per_document.items() for miss in one.misses]
    return said


def _print(report: Report, intervals: Mapping[str, Interval], console: Console) -> None:
    console.out(console.text("evaluated", count=len(report.per_document)))
    console.table(("column_figure", "column_precision", "column_recall", "column_f1", "column_interval", "column_hit",
                   "column_gold", "column_found"),
                  [_row(name, tally, intervals.get(name)) for name, tally in report.tallies.items()])
    if intervals:
        console.out(console.text("interval_told"))
    if not all(tally.claimed for tally in report.tallies.values()):
        console.out(console.text("unclaimed_told", mark=UNCLAIMED))


def _row(name: str, tally: Tally, interval: Interval | None) -> list[str]:
    shown = name if tally.claimed else f"{name} {UNCLAIMED}"
    bounds = f"{interval.low:.3f}–{interval.high:.3f}" if interval else ""
    return [shown, f"{tally.precision:.3f}", f"{tally.recall:.3f}", f"{tally.f1:.3f}", bounds, str(tally.hit),
            str(tally.gold), str(tally.found)]
