"""chidao trace and chidao documents: where a document comes from and what became of it; what is held, what missing."""
from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chidao.cli import layout, wording
from chidao.cli.app import command
from chidao.cli.console import Console, width
from chidao.cli.files import replacing
from chidao.cli.options import Day, console_of, db_option, json_option, open_register
from chidao.export.words import readable

if TYPE_CHECKING:
    from chidao.graph import Validity
    from chidao.storage import Register
    from chidao.storage.rows import DocumentRow, MissingRow, TraceEdge

    Texts = click.ParamType[tuple[str, ...]]
else:  # the older releases of click have no generic types
    Texts = click.ParamType
Standing = Callable[[str], str | None]


class EdgeTypes(Texts):
    """Types of edges, parted by commas."""

    name = "types"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        from chidao.graph import edge_types

        known = edge_types(mentions=True)
        wanted = tuple(word.strip().replace("-", "_") for word in value.split(",")) if isinstance(value, str) else value
        wrong = [word for word in wanted if word not in known]
        if wrong:
            self.fail(console_of(ctx).text("bad_choice", name=wrong[0], choices=", ".join(known)), param, ctx)
        return tuple(wanted)


@command("trace")
@click.argument("document")
@db_option
@click.option("--up", is_flag=True)
@click.option("--down", is_flag=True)
@click.option("--depth", type=click.IntRange(min=1), default=3, metavar="N")
@click.option("--relations", type=EdgeTypes(), default=(), metavar="TYPES")
@click.option("--mentions", is_flag=True)
@click.option("--on", type=Day(), metavar="DATE")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--mermaid", is_flag=True)
@json_option
@click.pass_obj
def trace(console: Console, /, document: str, db: Path, up: bool, down: bool, depth: int, relations: tuple[str, ...],
          mentions: bool, on: datetime.date | None, svg: Path | None, mermaid: bool, as_json: bool) -> None:
    from chidao.graph import find_node, label_of

    with open_register(db) as register:
        root = find_node(register, document)
        name = label_of(register, root)
        edges = register.trace(root, up=up or not down, down=down or not up, depth=depth, mentions=mentions,
                               types=relations)
        standing = _standing(register, on, console)
        if svg:
            _draw(svg, edges, root, name, console)
        if mermaid:
            from chidao.graph import drawing

            console.out(drawing.mermaid(edges, root, name, lambda type: console.text(f"relation_{type}")).rstrip())
        elif as_json:
            _print_json(register, edges, on, console)
        elif not svg:
            _print_trees(edges, root, name, standing, console, up=up or not down, down=down or not up)


def _draw(path: Path, edges: list[TraceEdge], root: str, name: str, console: Console) -> None:
    from chidao.graph import drawing

    with replacing(path) as file:
        file.write(drawing.svg(edges, root, name, lambda type: console.text(f"relation_{type}")).encode())
    console.note("drawn", path=path, count=len({end for e in edges for end in (e.source, e.target)} | {root}))


def _print_json(register: Register, edges: list[TraceEdge], on: datetime.date | None, console: Console) -> None:
    from chidao.graph import validity

    for edge in edges:
        far = edge.target if edge.direction == "up" else edge.source
        state = {"validity": wording.plain(validity(register, far, on.isoformat()))} if on else {}
        console.json({**wording.plain(edge), **state})


def _print_trees(edges: list[TraceEdge], root: str, name: str, standing: Standing, console: Console, *,
                 up: bool, down: bool) -> None:
    for direction, code, wanted in (("up", "heading_up", up), ("down", "heading_down", down)):
        if not wanted:
            continue
        own = standing(root)
        console.out(click.style(console.text(code, name=name) + (f" · {own}" if own else ""), bold=True))
        ways = [edge for edge in edges if edge.direction == direction]
        for line in _branches(root, ways, "", standing, console, set()) if ways else [console.text("none")]:
            console.out(line)
        console.out()
    if edges:
        console.out(click.style(console.text("trace_marks"), dim=True))


def _near(edge: TraceEdge) -> str:
    """The end of the edge on the side of the document that was asked for."""
    return edge.source if edge.direction == "up" else edge.target


def _far(edge: TraceEdge) -> str:
    return edge.target if edge.direction == "up" else edge.source


def _branches(node: str, edges: list[TraceEdge], indent: str, standing: Standing, console: Console,
              opened: set[str]) -> list[str]:
    """The tree below `node`, a line for each document and relation; what stands above is not opened again."""
    opened.add(node)
    own = list({_shown(edge): edge for edge in reversed(edges) if _near(edge) == node}.values())[::-1]
    lines: list[str] = []
    for at, edge in enumerate(own, start=1):
        last, again = at == len(own), _far(edge) in opened
        more = again and any(_near(other) == _far(edge) for other in edges)
        lines.append(layout.clipped(
            f"{indent}{'└─' if last else '├─'} {_line(edge, standing, console, more=more)}", width()))
        if not again:
            lines += _branches(_far(edge), edges, indent + ("   " if last else "│  "), standing, console, opened)
    return lines


def _shown(edge: TraceEdge) -> tuple[str, str]:
    """What tells two branches apart: of mentions that leave open what they mean, those of the same words are one."""
    label = edge.target_label if edge.direction == "up" else edge.source_label
    return (_far(edge) if edge.resolved else label, edge.type)


def _line(edge: TraceEdge, standing: Standing, console: Console, *, more: bool) -> str:
    """The relation, whether it is held (●) or not (○), the document, what is open about it, and the words."""
    label, held = ((edge.target_label, edge.target_held) if edge.direction == "up"
                   else (edge.source_label, edge.source_held))
    state = standing(_far(edge))
    notes = (edge.provision, None if edge.resolved else console.text("unresolved"), state,
             console.text("shown_above") if more else None)
    said = "; ".join(note for note in notes if note)
    return (f"{'●' if held else '○'} {console.text(f'relation_{edge.type}')}: {label}" + (f" ({said})" if said else "")
            + f" “{readable(edge.text)}”")


def _standing(register: Register, on: datetime.date | None, console: Console) -> Standing:
    """What the register tells of a document's validity on that day, in words; None where no day was asked for."""
    from chidao.graph import label_of, validity

    def say(id: str) -> str | None:
        if on is None:
            return None
        return _said(validity(register, id, on.isoformat()), lambda by: label_of(register, by), console)
    return say


def _said(found: Validity, label: Callable[[str], str], console: Console) -> str:
    state = console.text(f"validity_{found.state}")
    told = next((c for c in reversed(found.changes) if c.change not in ("in_force", "expires")), None)
    if found.state in ("unknown", "in_force", "not_yet", "expired") or told is None:
        return state
    since = wording.day(told.since, console.lang) or str(told.year or "")
    return console.text("validity_by", state=state, by=label(told.by), since=since)


@command("documents")
@click.option("--missing", is_flag=True)
@click.option("--limit", type=click.IntRange(min=1), metavar="N")
@db_option
@json_option
@click.pass_obj
def documents(console: Console, db: Path, missing: bool, limit: int | None, as_json: bool) -> None:
    with open_register(db) as register:
        if missing:
            _print_missing(register, limit, console, as_json=as_json)
        else:
            _print_held(register, limit, console, as_json=as_json)


def _print_missing(register: Register, limit: int | None, console: Console, *, as_json: bool) -> None:
    from chidao.graph import known_of

    rows = register.missing_documents()[:limit]
    titles = [known_of(register, row.id).title if row.resolved else None for row in rows]
    if as_json:
        for row, title in zip(rows, titles, strict=True):
            console.json({**wording.plain(row), "title": title})
        return
    console.table(("column_cited_by", "column_mentions", "column_document", "column_issued", "column_title"), [
        [str(row.cited_by), str(row.mentions), row.label + ("" if row.resolved else f" ({console.text('unresolved')})"),
         _issued(row, console), layout.clipped(title or "", 120)]
        for row, title in zip(rows, titles, strict=True)])


def _print_held(register: Register, limit: int | None, console: Console, *, as_json: bool) -> None:
    rows = register.documents()[:limit]
    if as_json:
        for row in rows:
            console.json(wording.plain(row))
        return
    console.table(("column_document", "column_issued", "column_title", "column_tasks"), [
        [row.label, _issued(row, console), layout.clipped(row.title or "", 120), str(row.tasks)] for row in rows])


def _issued(row: DocumentRow | MissingRow, console: Console) -> str:
    return ", ".join(filter(None, (wording.day(row.date, console.lang) or str(row.year or ""), row.issuer)))
