"""Task tables: a unit a row, its lead, partners and term in the cells beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chidao.extraction.agencies.finding import parse_actors
from chidao.extraction.agencies.words import tokenize
from chidao.extraction.deadlines.finding import find_cell_deadlines
from chidao.extraction.labels import Label, classify, header_row, is_aim
from chidao.extraction.tasks.building import build_task
from chidao.extraction.tasks.cuts import trim
from chidao.extraction.tasks.duties import Context, Value, inherited_duty
from chidao.extraction.tasks.labelled import ASSIGNING
from chidao.extraction.tasks.units import orders_act
from chidao.grammar.folding import fold
from chidao.model import Span, Table, Task, TaskKind
from chidao.structure.outline import is_heading

_DITTO = frozenset({"nt", "n.t", "như trên", "như trên.", "-nt-", "- nt -", "''", '"', "“", "”", "//"})


def table_tasks(context: Context) -> Iterator[Task]:
    """A task for each row of the task tables."""
    columns: dict[int, Label] | None = None
    above: dict[str, Span] = {}
    grids = [t for t in context.structure.tables if any(c.rows > 1 or c.columns > 1 for c in t.cells)]
    for i, node in enumerate(context.nodes):
        if node.level != "row":
            if not is_heading(node.text_span.of(context.view)):
                columns, above = None, {}
            continue
        cells = _grid_row(grids, node.text_span) or _cells(context.view, node.text_span)
        header = header_row([c.of(context.view) for c in cells])
        if header is None and columns is None:
            header = _header_above(context, i)
            if header is not None:
                columns, above = header, {}
        elif header is not None:
            columns, above = header, {}
            continue
        if columns is None:
            continue
        values = _row_values(context.view, cells, columns)
        if _heads_group(context.view, cells, values):
            above = {}
            continue
        for role, span in list(values.items()):
            if span.of(context.view).strip().lower() in _DITTO and role in above:
                values[role] = above[role]
        for role in ("lead", "executor", "lead_coordinator", "coordinator", "deadline"):
            if role not in values and role in above and "content" in values and len(cells) < max(columns) + 1:
                values[role] = above[role]
        aims = any(label.role == "content" and is_aim(label) for label in columns.values())
        task = _row_task(context, i, values, aims=aims)
        if task is not None:
            above = {r: s for r, s in values.items() if r not in ("content", "index")}
            yield task


def _grid_row(grids: Sequence[Table], line: Span) -> list[Span]:
    """The cells of a row by column, merged ones repeated, where the reader saw a grid with merged cells.

    A cell across the whole table but its first column is the title of a group, and stands once.
    """
    table = next((t for t in grids if t.span.start <= line.start < t.span.end), None)
    if table is None:
        return []
    row = next((c.row for c in table.cells if line.start <= c.span.start < line.end), None)
    if row is None:
        return []
    across = [c for c in table.cells if c.row <= row < c.row + c.rows]
    width = max(c.column + c.columns for c in table.cells)
    empty = Span(line.start, line.start)
    reach = {c: 1 if c.columns >= width - 1 > 1 else c.columns for c in across}
    return [next((c.span for c in across if c.column <= k < c.column + reach[c]), empty) for k in range(width)]


def _cells(view: str, line: Span) -> list[Span]:
    cells: list[Span] = []
    start = line.start
    while True:
        bar = view.find("|", start, line.end)
        stop = line.end if bar < 0 else bar
        cells.append(trim(view, Span(start, stop)))
        if bar < 0:
            break
        start = bar + 1
    if cells and cells[0].start == cells[0].end and view[line.start] == "|":
        cells = cells[1:]
    if cells and cells[-1].start == cells[-1].end and view[line.end - 1] == "|":
        cells = cells[:-1]
    return cells


def _width(context: Context, i: int) -> int:
    """The most cells in row `i` and the few rows below it: a row that heads a group has fewer."""
    rows = [n for n in context.nodes[i : i + 4] if n.level == "row"]
    return max(len(_cells(context.view, n.text_span)) for n in rows)


def _header_above(context: Context, i: int) -> dict[int, Label] | None:
    """The header of a table whose header cells stand each on a line of its own right above row `i`.

    A cell broken over lines goes on in small letters.
    """
    lines: list[int] = []
    words: list[str] = []
    for k in range(i - 1, max(-1, i - 16), -1):
        line = context.nodes[k].text_span.of(context.view)
        if context.nodes[k].level == "row" or len(line) > 80:
            break
        lines.insert(0, k)
        words.insert(0, line)
    if any(label.role == "procedure" for w in _unbroken(words) if (label := classify(w)) is not None):
        return None  # steps of an administrative procedure assign no work
    # A line with a marker between the header and the first row heads a group of rows.
    groups = next((k for k, line in enumerate(reversed(lines)) if not context.nodes[line].label), 0)
    for stop in {len(words), len(words) - groups}:
        for skip in range(stop):
            header = header_row(_unbroken(words[skip:stop]))
            if header is not None and 0 in header and max(header) < _width(context, i) + 1:
                context.consumed.update(lines[skip:])
                return header
    return None


def _unbroken(lines: Sequence[str]) -> list[str]:
    out: list[str] = []
    for line in lines:
        if out and line[:1].islower():
            out[-1] += f" {line}"
        else:
            out.append(line)
    return out


def _row_values(view: str, cells: Sequence[Span], columns: dict[int, Label]) -> dict[str, Span]:
    """The cell of each role; where cells are missing (merged ones), each goes to the next column that it fits."""
    width = max(columns) + 1
    if len(cells) >= width:
        return {columns[k].role: cells[k] for k in columns if cells[k].end > cells[k].start}
    roles = [columns[k].role if k in columns else "note" for k in range(width)]
    for first in range(width - len(cells) + 1):  # merged cells at both ends: the content begins with an act
        beside = dict(zip(roles[first:], cells, strict=False))
        content = beside.get("content")
        if content is not None and orders_act(content.of(view)) and all(
            _fits(c.of(view), r) for r, c in zip(roles[first:], cells, strict=False) if c.end > c.start
        ):
            return {role: cell for role, cell in beside.items() if cell.end > cell.start}
    values: dict[str, Span] = {}
    at = 0
    for k in range(width):
        if at == len(cells):
            break
        role = roles[k]
        spare = width - k - (len(cells) - at)
        if spare <= 0 or _fits(cells[at].of(view), role):
            if cells[at].end > cells[at].start:
                values[role] = cells[at]
            at += 1
    return values


def _heads_group(view: str, cells: Sequence[Span], values: dict[str, Span]) -> bool:
    """Whether a row only heads the rows below: a Roman or capital index, or nothing but its title."""
    index = values["index"].of(view).strip(" .*") if "index" in values else ""
    filled = [c for c in cells if c.end > c.start]
    roman = bool(index) and all(c in "IVX" for c in index)
    return (
        (roman and len(filled) <= 2)
        or (index.isalpha() and index.isupper() and len(filled) <= 2)
        or len(filled) < 2
        or (len(filled) == 2 and "index" in values)
    )


def _fits(words: str, role: str) -> bool:
    """Whether a cell can stand in a column of this role."""
    if role == "index":
        return len(words) <= 6 and (words.strip(" .").isalnum() or not words.strip())
    if role in ("lead", "executor", "coordinator", "lead_coordinator"):
        tokens = tokenize(words)
        actors, _ = parse_actors(words, tokens, 0) if tokens else ([], 0)
        return bool(actors) or fold(words.strip()) in {"nt", "nhu tren"}
    if role == "deadline":
        return bool(find_cell_deadlines(words)) and len(words) < 80
    return len(words) > 8


def _row_task(context: Context, i: int, values: dict[str, Span], *, aims: bool) -> Task | None:
    content = values.get("content")
    if content is None or not any(
        r in values for r in ("lead", "executor", "coordinator", "lead_coordinator", "deadline")
    ):
        return None
    words = content.of(context.view)
    if len([t for t in tokenize(words) if t.text[0].isalpha()]) < 3 or words.isupper():
        return None
    node = context.nodes[i]
    labels = [Value(role, span) for role, span in values.items() if role in ASSIGNING]
    kind: TaskKind = "target" if aims or context.sections[i] == "target" else "task"
    index = values["index"].of(context.text).strip(" .*") if "index" in values else ""
    path = (*node.path, index) if index else node.path
    return build_task(context, content, kind, path, inherited_duty(context, i), labels)
