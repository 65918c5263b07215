"""chidao show, trace and stats: a document, its lineage, the register as a whole."""
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
    from chidao.storage.rows import CitationRow, DocumentRow, Stats, TaskRow, TraceEdge


class _Item(NamedTuple):
    """A line of the outline: a heading, or a task with who must do it and when."""

    start: int
    path: tuple[str, ...]
    text: str
    task: TaskRow | None


@command("show")
@click.argument("document")
@db_option
@json_option
@click.pass_obj
def show(console: Console, document: str, db: Path, as_json: bool) -> None:
    with open_register(db) as register:
        found = register.find_document(document)
        directive = register.directive(found.id)
        tasks = register.tasks(document=found.id)
        citations = register.citations(found.id)
    if as_json:
        from chidao.export.contract import to_contract
        from chidao.linking.findings import find_findings

        console.json({**to_contract(directive), "findings": wording.findings(find_findings(directive), console.lang),
                      "register": wording.plain(found)})
        return
    print_header(directive, console)
    _print_outline(_items(directive, tasks), found, console)
    _print_citations(citations, console)


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


@command("trace")
@click.argument("document")
@db_option
@click.option("--depth", type=click.IntRange(min=1), default=3, metavar="N")
@click.option("--mentions", is_flag=True)
@json_option
@click.pass_obj
def trace(console: Console, document: str, db: Path, depth: int, mentions: bool, as_json: bool) -> None:
    with open_register(db) as register:
        edges = register.trace(document, depth=depth, mentions=mentions)
        name = _named(edges) or register.find_document(document).label
    if as_json:
        for edge in edges:
            console.json(wording.plain(edge))
        return
    for direction, code in (("up", "heading_up"), ("down", "heading_down")):
        ways = [edge for edge in edges if edge.direction == direction]
        console.out(click.style(console.text(code, name=name), bold=True))
        first = min(ways, key=lambda edge: edge.depth, default=None)
        for line in _branches(_near(first), ways, "", console, set()) if first else [console.text("none")]:
            console.out(line)
        console.out()


def _named(edges: list[TraceEdge]) -> str | None:
    """How the edges call the document that was asked for."""
    return next((e.source_label if e.direction == "up" else e.target_label for e in edges if e.depth == 1), None)


def _near(edge: TraceEdge) -> str:
    """The end of the edge on the side of the document that was asked for."""
    return edge.source if edge.direction == "up" else edge.target


def _far(edge: TraceEdge) -> str:
    return edge.target if edge.direction == "up" else edge.source


def _branches(node: str, edges: list[TraceEdge], indent: str, console: Console, opened: set[str]) -> list[str]:
    """The tree below `node`, a line for each document and relation; what stands above is not opened again."""
    opened.add(node)
    own = list({(_far(edge), _relation(edge)): edge for edge in reversed(edges) if _near(edge) == node}.values())[::-1]
    lines: list[str] = []
    for at, edge in enumerate(own, start=1):
        last, again = at == len(own), _far(edge) in opened
        more = again and any(_near(other) == _far(edge) for other in edges)
        lines.append(layout.clipped(f"{indent}{'└─' if last else '├─'} {_edge(edge, console, more=more)}", width()))
        if not again:
            lines += _branches(_far(edge), edges, indent + ("   " if last else "│  "), console, opened)
    return lines


def _relation(edge: TraceEdge) -> str:
    return edge.detail or edge.relation


def _edge(edge: TraceEdge, console: Console, *, more: bool) -> str:
    """The relation, the document, what is open about it, and the words that say so."""
    label, held = ((edge.target_label, edge.target_held) if edge.direction == "up"
                   else (edge.source_label, edge.source_held))
    notes = [console.text("not_held")] * (not held) + [console.text("unresolved")] * (not edge.resolved) \
        + [console.text("shown_above")] * more
    return (f"{console.text(f'relation_{_relation(edge)}')}: {label}" + (f" ({', '.join(notes)})" if notes else "")
            + f" “{readable(edge.text)}”")


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
