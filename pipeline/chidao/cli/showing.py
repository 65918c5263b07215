"""chidao show and stats: a document, the register as a whole."""
from __future__ import annotations

import datetime
from bisect import bisect_left
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from chidao.cli import layout, wording
from chidao.cli.app import command
from chidao.cli.console import Console, width
from chidao.cli.extracting import print_header
from chidao.cli.options import db_option, json_option, open_register, today_option
from chidao.export.words import readable

if TYPE_CHECKING:
    from chidao.model import Directive
    from chidao.storage.rows import CitationRow, DocumentRow, Stats, TaskRow


class _Item(NamedTuple):
    """A line of the outline: a heading, or a task with who must do it and when."""

    start: int
    path: tuple[str, ...]
    text: str
    task: TaskRow | None


@command("show")
@click.argument("document")
@click.option("--page", type=click.IntRange(min=1), metavar="N")
@click.option("--png", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT")
@db_option
@json_option
@click.pass_obj
def show(console: Console, document: str, page: int | None, png: Path | None, db: Path, as_json: bool) -> None:
    if page is not None or png is not None:
        _draw(document, page, png, db, console, as_json=as_json)
        return
    with open_register(db) as register:
        found = register.find_document(document)
        directive = register.directive(found.id)
        tasks = register.tasks(document=found.id)
        citations = register.citations(found.id)
        beside = register.beside(found.id)
    if as_json:
        from chidao.export.contract import to_contract
        from chidao.linking.findings import find_findings

        console.json({**to_contract(directive), "findings": wording.findings(find_findings(directive), console.lang),
                      "candidates": [{"citation": c.order, "document": id, "score": score} for c in citations
                                     if not c.target for id, score in zip(c.candidates, c.scores, strict=True)],
                      "beside": [row.id for row in beside], "register": wording.plain(found)})
        return
    print_header(directive, console, "; ".join(f"{row.label} ({row.id})" for row in beside))
    _print_outline(_items(directive, tasks), found, console)
    _print_citations(citations, console)


def _draw(document: str, page: int | None, png: Path | None, db: Path, console: Console, *, as_json: bool) -> None:
    from chidao.cli.drawing import draw

    if png is None:
        raise click.UsageError(console.text("page_needs_png"))
    drawn = draw(document, page, png, db=db, console=console)
    if as_json:
        console.json(drawn)
    else:
        console.out(console.text("page_drawn", png=png, page=drawn["page"], pages=drawn["pages"]))


def _items(directive: Directive, tasks: list[TaskRow]) -> list[_Item]:
    """Headings and tasks in order of the text; an item of the outline that is itself a task is shown once."""
    starts = sorted(task.span.start for task in tasks)
    headings = [_Item(node.span.start, node.path, readable(node.text_span.of(directive.text)), None)
                for node in directive.nodes
                if node.label and bisect_left(starts, node.text_span.start) == bisect_left(starts, node.text_span.end)]
    return sorted([*headings, *(_Item(t.span.start, t.path, readable(t.text), t) for t in tasks)],
                  key=lambda item: item.start)


def _print_outline(items: list[_Item], document: DocumentRow, console: Console) -> None:
    console.heading("heading_task_list", tasks=document.tasks, targets=document.targets)
    for item in items:
        indent = "  " * max(len(item.path) - 1, 0)
        label = f"{item.path[-1]} " if item.path else ""
        if not item.task:
            console.out(click.style(layout.clipped(indent + label + item.text, width()), bold=True))
            continue
        console.out(layout.wrapped(item.text, width(), first=indent + label, then=indent + " " * len(label)))
        said = _answer(item.task, console)
        if said:
            then = indent + " " * (len(label) + 2)
            console.out(click.style(layout.wrapped(said, width(), first=then[:-2] + "→ ", then=then), fg="cyan"))


def _answer(task: TaskRow, console: Console) -> str:
    said = (("column_lead", "; ".join(task.leads)), ("column_coordinator", "; ".join(task.coordinators)),
            ("column_deadline", wording.deadline(task, console)))
    return " · ".join(f"{console.text(code)}: {value}" for code, value in said if value)


def _print_citations(citations: list[CitationRow], console: Console) -> None:
    cited: dict[str, list[CitationRow]] = {}
    for citation in citations:
        cited.setdefault(citation.target or citation.label, []).append(citation)
    console.heading("heading_citation_list", mentions=len(citations), documents=len(cited))
    console.table(("column_document", "column_issued", "column_relation", "column_mentions", "column_held"), [
        [said[0].label, _issued(said, console),
         ", ".join(dict.fromkeys(console.text(f"relation_{c.relation}") for c in said)), str(len(said)),
         console.text("yes" if said[0].held else "no")]
        for said in cited.values()])


def _issued(said: list[CitationRow], console: Console) -> str:
    date = next((c.date for c in said if c.date), None)
    year = next((str(c.year) for c in said if c.year), "")
    issuer = next((c.issuer for c in said if c.issuer), "")
    return ", ".join(part for part in (wording.day(date, console.lang) or year, issuer) if part)


@command("stats")
@db_option
@today_option
@json_option
@click.pass_obj
def stats(console: Console, db: Path, today: datetime.date | None, as_json: bool) -> None:
    with open_register(db) as register:
        counts = register.stats(today=today)
    if as_json:
        console.json({**wording.plain(counts), "types": dict(counts.types), "states": dict(counts.states)})
        return
    _print_stats(counts, console)


def _print_stats(counts: Stats, console: Console) -> None:
    plain = ("documents", "files", "failures", "characters", "nodes", "tasks", "targets", "without_lead", "citations",
             "citations_open", "cited_documents", "missing_documents", "agencies")
    console.fields([(f"count_{name}", _number(getattr(counts, name), console)) for name in plain])
    console.heading("heading_states")
    console.table(("column_state", "column_count"),
                  [[console.text(f"state_{state}"), _number(count, console)] for state, count in counts.states])
    console.heading("heading_types")
    console.table(("column_type", "column_count"),
                  [[name or console.text("unknown"), _number(count, console)] for name, count in counts.types])


def _number(count: int, console: Console) -> str:
    """With thousands parted: 1.234 in Vietnamese, 1,234 in English."""
    said = f"{count:,}"
    return said.replace(",", ".") if console.lang == "vi" else said
