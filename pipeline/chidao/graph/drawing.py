"""Lineage as a picture: SVG in columns (what a document is based on at the left), and the same as Mermaid."""
from __future__ import annotations

import html
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from chidao.storage.rows import TraceEdge

_WIDTH, _GAP_X, _GAP_Y, _LINE, _PAD = 250, 130, 14, 17, 10  # pixels
_COLUMNS = 34  # characters on a line of a box
_LINES = 3
_COLOURS = {"amends": "#b45309", "replaces": "#b91c1c", "repeals": "#b91c1c", "suspends": "#b91c1c",
            "implements": "#15803d", "guides": "#15803d", "mentions": "#94a3b8", "proposed_by": "#94a3b8"}
_COLOUR = "#334155"
Words = Callable[[str], str]
"""Gives what a type of edge is called in the reader's language."""


@dataclass(frozen=True, slots=True)
class _Box:
    """A document in the picture: `column` is its steps from the one asked for, below 0 what it is based on."""

    id: str
    label: str
    held: bool
    resolved: bool
    column: int
    lines: tuple[str, ...]
    x: float = 0
    y: float = 0

    @property
    def height(self) -> int:
        return len(self.lines) * _LINE + 2 * _PAD


class _Name(NamedTuple):
    """What a line is called, and where that stands."""

    x: float
    y: float
    anchor: str
    colour: str
    said: str


def svg(edges: Sequence[TraceEdge], root: str, label: str, words: Words) -> str:
    """A picture of the edges of `trace` around the document `root`; a document stands in it once.

    Held documents have a full outline, others a broken one; the words on a line name the relation.
    """
    edges = _one_box_for_open(edges)
    boxes = _placed(_boxes(edges, root, label), edges)
    drawn = [_curve(edge, types, boxes, words) for edge, types in _lines(edges)]
    right = max(b.x for b in boxes.values()) + _WIDTH + _GAP_Y
    bottom = max(b.y + b.height for b in boxes.values()) + _GAP_Y
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{right:.0f}" height="{bottom:.0f}"'
        f' viewBox="0 0 {right:.0f} {bottom:.0f}" font-family="Inter, Segoe UI, Roboto, Noto Sans, sans-serif">',
        f"<title>{html.escape(label)}</title>", _HEAD, *(line for line, _ in drawn), *_names(name for _, name in drawn),
        *(_rectangle(b, b.id == root) for b in boxes.values()), "</svg>", ""])


def mermaid(edges: Sequence[TraceEdge], root: str, label: str, words: Words) -> str:
    """The same as a Mermaid flowchart, for Markdown pages.

    >>> mermaid([], "urn:x", "Kế hoạch 07/KH-UBND", str)
    'flowchart RL\\n  n0["Kế hoạch 07/KH-UBND"]\\n  style n0 stroke-width:3px\\n'
    """
    edges = _one_box_for_open(edges)
    boxes = _boxes(edges, root, label)
    names = {id: f"n{at}" for at, id in enumerate(boxes)}
    nodes = [f'  {names[b.id]}["{_quoted(b.label)}"]' for b in boxes.values()]
    lines = [f'  {names[e.source]} -->|"{_quoted(_called(types, words))}"| {names[e.target]}'
             for e, types in _lines(edges)]
    missing = [names[b.id] for b in boxes.values() if not b.held and b.id != root]
    classes = [f"  classDef missing stroke-dasharray: 4 3\n  class {','.join(missing)} missing"] if missing else []
    return "\n".join(["flowchart RL", *nodes, *lines, *classes, f"  style {names[root]} stroke-width:3px", ""])


def _one_box_for_open(edges: Sequence[TraceEdge]) -> list[TraceEdge]:
    """Mentions that leave open what they mean share a box where they have the same words."""
    def shown(id: str, label: str) -> str:
        return f"open:{label}" if id.startswith("open:") else id
    return [replace(e, source=shown(e.source, e.source_label), target=shown(e.target, e.target_label)) for e in edges]


def _boxes(edges: Sequence[TraceEdge], root: str, label: str) -> dict[str, _Box]:
    """Every document once, in the column of its nearest place."""
    held = next((held for e in edges for id, held in ((e.source, e.source_held), (e.target, e.target_held))
                 if id == root), True)
    found = {root: _box(root, label, held, True, 0)}
    for e in sorted(edges, key=lambda e: e.depth):
        near, far = (e.source, e.target) if e.direction == "up" else (e.target, e.source)
        name, kept = (e.target_label, e.target_held) if e.direction == "up" else (e.source_label, e.source_held)
        step = -1 if e.direction == "up" else 1
        if far not in found and near in found:
            found[far] = _box(far, name, kept, e.resolved, found[near].column + step)
    return found


def _box(id: str, label: str, held: bool, resolved: bool, column: int) -> _Box:
    lines = textwrap.wrap(label, _COLUMNS, max_lines=_LINES, placeholder=" …", break_on_hyphens=False) or [id]
    return _Box(id, label, held, resolved, column, tuple(lines))


def _lines(edges: Iterable[TraceEdge]) -> list[tuple[TraceEdge, list[str]]]:
    """The lines to draw: one for each pair of documents, with the types of its edges."""
    pairs: dict[tuple[str, str], list[TraceEdge]] = defaultdict(list)
    for e in edges:
        pairs[e.source, e.target].append(e)
    return [(group[0], list(dict.fromkeys(e.type for e in group))) for group in pairs.values()]


def _placed(boxes: dict[str, _Box], edges: Sequence[TraceEdge]) -> dict[str, _Box]:
    """Columns from left to right; in each the boxes by the mean height of those that they hang on."""
    columns = defaultdict(list)
    for b in boxes.values():
        columns[b.column].append(b)
    first = min(columns)
    tall = max(sum(b.height + _GAP_Y for b in column) for column in columns.values())
    placed: dict[str, _Box] = {}
    for number in sorted(columns, key=lambda n: (abs(n), n)):
        column = sorted(columns[number], key=lambda b: _mean_height(b, placed, edges))
        y = (tall - sum(b.height + _GAP_Y for b in column)) / 2 + _GAP_Y
        for b in column:
            x = _GAP_Y + (number - first) * (_WIDTH + _GAP_X)
            placed[b.id] = _Box(b.id, b.label, b.held, b.resolved, b.column, b.lines, x, y)
            y += b.height + _GAP_Y
    return placed


def _mean_height(b: _Box, placed: dict[str, _Box], edges: Sequence[TraceEdge]) -> float:
    others = [placed[o].y for e in edges for o in ({e.source, e.target} - {b.id})
              if b.id in (e.source, e.target) and o in placed]
    return sum(others) / len(others) if others else 0


def _curve(edge: TraceEdge, types: list[str], boxes: dict[str, _Box], words: Words) -> tuple[str, _Name]:
    """A line from the later document to the one it acts on, and its name at the end that is farther from the root."""
    a, b = boxes[edge.source], boxes[edge.target]
    colour = _COLOURS.get(types[0], _COLOUR)
    back = a.column <= b.column  # against the columns: around the right side
    x1, y1 = (a.x + _WIDTH if back else a.x), a.y + a.height / 2
    x2, y2 = b.x + _WIDTH, b.y + b.height / 2
    bend = 60 if back else (x1 - x2) / 2
    leaves = x1 + (bend if back else -bend)
    path = f"M{x1:.0f},{y1:.0f} C{leaves:.0f},{y1:.0f} {x2 + bend:.0f},{y2:.0f} {x2 + 7:.0f},{y2:.0f}"
    far = b if edge.direction == "up" else a
    at, anchor = (x2 + 12, "start") if far is b else (x1 - 5, "end")
    return (f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.3" marker-end="url(#to)"/>',
            _Name(at, far.y + far.height / 2 - 4, anchor, colour, _called(types, words)))


def _names(names: Iterable[_Name]) -> list[str]:
    """The names of the lines; where several lines end at one place, one after the other."""
    places: dict[tuple[float, float, str], list[_Name]] = defaultdict(list)
    for name in names:
        places[name.x, name.y, name.anchor].append(name)
    return [
        f'<text x="{x:.0f}" y="{y:.0f}" font-size="10.5" text-anchor="{anchor}" paint-order="stroke" stroke="#fff"'
        f' stroke-width="3">{_spans(group)}</text>' for (x, y, anchor), group in places.items()]


def _spans(names: Iterable[_Name]) -> str:
    said = dict.fromkeys((n.colour, n.said) for n in names)
    return ", ".join(f'<tspan fill="{colour}">{html.escape(words)}</tspan>' for colour, words in said)


def _rectangle(b: _Box, root: bool) -> str:
    fill = "#dbeafe" if root else "#f8fafc" if b.held else "#fff"
    dash = "" if b.held else ' stroke-dasharray="5 3"'
    colour = _COLOUR if b.resolved else "#b91c1c"
    lines = "".join(
        f'<text x="{b.x + _PAD:.0f}" y="{b.y + _PAD + 12 + at * _LINE:.0f}" font-size="12.5" fill="#0f172a">'
        f"{html.escape(line)}</text>" for at, line in enumerate(b.lines))
    return (f'<g><title>{html.escape(f"{b.label} · {b.id}")}</title><rect x="{b.x:.0f}" y="{b.y:.0f}" width="{_WIDTH}"'
            f' height="{b.height}" rx="5" fill="{fill}" stroke="{colour}" stroke-width="{2.2 if root else 1.2}"{dash}/>'
            f"{lines}</g>")


def _called(types: Sequence[str], words: Words) -> str:
    return ", ".join(words(t) for t in types)


def _quoted(text: str) -> str:
    return text.replace('"', "#quot;").replace("\n", " ")


_HEAD = ('<defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
         '<path d="M0,0 L8,4 L0,8 z" fill="#475569"/></marker></defs><rect width="100%" height="100%" fill="#fff"/>')
