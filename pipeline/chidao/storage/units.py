"""What search answers with: the tasks of a directive and its other passages, with the words they are found by."""
from __future__ import annotations

import json
import re
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate

from chidao.grammar.folding import fold
from chidao.model import Directive, Node, Span
from chidao.storage import spelling
from chidao.storage.inserting import Row, put
from chidao.storage.words import comparable, find_numbers, number_key

_NO_PASSAGES = ("header", "furniture", "related", "closing")  # what is found by its fields, or says nothing
_HEADING = 160  # characters: a longer node with children says more than a name
_LONG = 900  # a longer paragraph is cut at ends of sentences
_SENTENCE_END = re.compile(r"(?<=[.;])\s+(?=[^\W\d_a-zà-ỹ]|[-+(])")


def write(conn: sqlite3.Connection, directive: Directive, id: str, first: int) -> None:
    """Keep the units of a directive; its tasks are numbered from `first`."""
    rows = units_of(directive)
    used = conn.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'units'").fetchone()[0]
    number = int(used) + 1
    put(conn, "units", [
        {**row, "id": number + i, "document_id": id,
         "task_id": None if row["task_id"] is None else first + row["task_id"]}
        for i, row in enumerate(rows)])
    put(conn, "unit_numbers", [{"key": key, "unit_id": number + i} for i, row in enumerate(rows)
                               for key in _numbers(directive, row)])
    spelling.count(conn, [row["text"] for row in rows])


def without_units(conn: sqlite3.Connection) -> list[str]:
    """Directives that an earlier version of chidao filed, which knew no units."""
    return [row[0] for row in conn.execute(
        "SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM units) AND id IN"
        " (SELECT document_id FROM texts) ORDER BY id")]


def first_task(conn: sqlite3.Connection, id: str) -> int:
    """The number of a directive's first task."""
    return int(conn.execute("SELECT coalesce(min(id), 1) FROM tasks WHERE document_id = ?", (id,)).fetchone()[0])


def forget(conn: sqlite3.Connection, id: str) -> None:
    """Take the units of a directive out."""
    texts = [row[0] for row in conn.execute("SELECT text FROM units WHERE document_id = ?", (id,))]
    spelling.count(conn, texts, sign=-1)
    conn.execute("DELETE FROM units WHERE document_id = ?", (id,))


def units_of(directive: Directive) -> list[Row]:
    """The units in order of the text, without ids; `task_id` is the task's order.

    `actors` are the names of a task's bodies, for a passage the heading next above it, which mostly names one.
    """
    header = directive.header
    about = "; ".join(part for part in (header.type, header.number, header.title, header.issuer) if part)
    tasks = [(task.span, i) for i, task in enumerate(directive.tasks)]
    above = _Above(directive)
    found = []
    for order, (span, task) in enumerate(sorted([*tasks, *((span, None) for span in passages(directive))],
                                                key=lambda unit: unit[0])):
        headings, path = above.of(span)
        actors = "; ".join(a.name for a in directive.tasks[task].assignments) if task is not None else ""
        found.append({
            "ord": order, "task_id": task, "text": span.of(directive.text),
            "path": json.dumps(directive.tasks[task].path if task is not None else path, ensure_ascii=False),
            "actors": actors or (headings[-1] if headings else ""),
            "headings": "; ".join(headings if actors else headings[:-1]), "about": about,
            "span_start": span.start, "span_end": span.end})
    return found


def passages(directive: Directive) -> list[Span]:
    """Paragraphs, in pieces, that are neither in a task nor a heading nor outside the words of the directive."""
    taken = sorted([*(task.span for task in directive.tasks),
                    *(r.span for r in directive.regions if r.kind in _NO_PASSAGES), *_headings(directive)])
    return [piece for line in _free(directive.text, taken) for piece in _pieces(directive.text, line)
            if len(re.findall(r"[^\W\d_]+", piece.of(directive.text))) > 3]


def _headings(directive: Directive) -> list[Span]:
    parents = {node.parent for node in directive.nodes}
    return [node.text_span for i, node in enumerate(directive.nodes)
            if i in parents and node.text_span.end - node.text_span.start < _HEADING]


def _free(text: str, taken: list[Span]) -> Iterator[Span]:
    """The lines, less what is taken; of a table's row that holds a task nothing is left."""
    ends = list(accumulate((span.end for span in taken), max))
    for m in re.finditer(r"[^\n]+", text):
        at = m.start()
        inside = taken[bisect_right(ends, m.start()):bisect_left(taken, (m.end(), 0))]
        if inside and " | " in m.group():
            continue
        for span in inside:
            if span.start > at:
                yield Span(at, span.start)
            at = max(at, span.end)
        if at < m.end():
            yield Span(at, m.end())


def _pieces(text: str, line: Span) -> Iterator[Span]:
    """The line without blanks round it; a long one in pieces of whole sentences."""
    start = line.start
    cuts = [m.start() + line.start for m in _SENTENCE_END.finditer(line.of(text))]
    while line.end - start > _LONG:
        near = [cut for cut in cuts if start < cut <= start + _LONG] or [cut for cut in cuts if cut > start][:1]
        if not near:
            break
        yield _trimmed(text, Span(start, near[-1]))
        start = near[-1]
    yield _trimmed(text, Span(start, line.end))


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


class _Above:
    """The outline nodes above a place."""

    def __init__(self, directive: Directive) -> None:
        self.text = directive.text
        self.nodes: list[Node] = sorted(directive.nodes, key=lambda node: node.span)
        self.starts = [node.span.start for node in self.nodes]
        self.reach = list(accumulate((node.span.end for node in self.nodes), max))

    def of(self, span: Span) -> tuple[list[str], tuple[str, ...]]:
        """Their words from the root, less those that overlap the place itself, and the path of the last."""
        inside = [node for node in self.nodes[bisect_left(self.reach, span.end):bisect_right(self.starts, span.start)]
                  if node.span.end >= span.end]
        words = [node.text_span.of(self.text) for node in inside
                 if not (node.text_span.start < span.end and span.start < node.text_span.end)]
        return words, inside[-1].path if inside else ()


def _numbers(directive: Directive, unit: Row) -> dict[str, None]:
    """Keys of the document's own number, of those that the unit cites by whatever form, and of those it prints."""
    cited = directive.tasks[unit["task_id"]].citations if unit["task_id"] is not None else [
        i for i, c in enumerate(directive.citations) if unit["span_start"] <= c.span.start < unit["span_end"]]
    named = [directive.header.number, *(directive.citations[i].number for i in cited)]
    printed = (number for _, _, number in find_numbers(fold(comparable(unit["text"]))))
    return dict.fromkeys([*(key for number in named if (key := number_key(number))), *printed])
