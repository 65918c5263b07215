"""Tasks and targets with who answers for them: from the outline, labelled lines and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chidao.extraction.agencies.responsibility import find_duty
from chidao.extraction.tasks.building import build_task
from chidao.extraction.tasks.cuts import cut, inline_members, trim
from chidao.extraction.tasks.duties import Context, document_duty, heading_duty, inherited_duty, inherited_term, shifted
from chidao.extraction.tasks.kinds import is_ordered, item_kind, only_answers
from chidao.extraction.tasks.labelled import attach_labels
from chidao.extraction.tasks.sections import SectionKind, genre, section_kind
from chidao.extraction.tasks.tables import table_tasks
from chidao.extraction.tasks.units import announces, begins_with_act, introduces_work, is_full_sentence, is_situation
from chidao.grammar.folding import document_view
from chidao.model import Citation, Node, Span, Structure, Task
from chidao.structure.outline import children_of, is_heading, is_lead_in

# "… phấn đấu đạt các chỉ tiêu cụ thể như sau:"
_TARGETS_FOLLOW = re.compile(r"\b(?:chỉ tiêu|mục tiêu)(?: cụ thể| chủ yếu| chính)*(?: như)? sau\s*:\W*$", re.IGNORECASE)


def find_tasks(text: str, structure: Structure, citations: Sequence[Citation] = ()) -> tuple[Task, ...]:
    """The tasks and targets of a directive in order of the text.

    `structure` is what `chidao.structure.analyse` gives for the same text. A unit is a leaf of the outline, a row
    of a task table, or an item spelled out by labelled lines; it is cut where the lead changes. Leads are stated
    in the unit (its row, its labelled lines) or inherited from the nearest heading or lead-in that names them.
    """
    context = _read_context(text, structure, citations)
    attach_labels(context)
    tasks = [*table_tasks(context), *_item_tasks(context)]
    return tuple(sorted(tasks, key=lambda t: t.span))


def _read_context(text: str, structure: Structure, citations: Sequence[Citation]) -> Context:
    view = document_view(text)
    nodes = structure.nodes
    children = children_of(nodes)
    sections: list[SectionKind | None] = []
    for node, below in zip(nodes, children, strict=True):
        inherited = sections[node.parent] if node.parent is not None else None
        own = section_kind(node.text_span.of(view)) if below and _may_head(node, view) else None
        if below and inherited == "none" and introduces_work(node.text_span.of(view)):
            own = "task"
        if below and _TARGETS_FOLLOW.search(node.text_span.of(view)):
            own = "target"
        if own == "none" and inherited == "task" and begins_with_act(nodes[below[0]].text_span.of(view)):
            own = None  # "Hình thức" over acts, within a section of tasks
        if own == "target" and inherited == "task" and begins_with_act(node.text_span.of(view)):
            own = None  # "Hoàn thành mục tiêu …" orders, it is no heading of targets
        sections.append(own or inherited)
    marked = [i for i, n in enumerate(nodes) if n.level not in ("paragraph", "row") and n.region is None]
    first, last = (marked[0], marked[-1]) if marked else (len(nodes), len(nodes))
    duties = [heading_duty(node, view) if below else None for node, below in zip(nodes, children, strict=True)]
    header = structure.header
    context = Context(
        text,
        view,
        structure,
        citations,
        nodes,
        children,
        sections,
        duties,
        None,
        genre(header.type, header.title, header.number),
        header.year,
        first,
        last,
    )
    context.document_duty = document_duty(context)
    if context.genre == "directive" and only_answers(context):
        context.genre = "answer"
    return context


def _may_head(node: Node, view: str) -> bool:
    """Whether the words may say what the items below are: a heading, not a lead-in that orders."""
    words = node.text_span.of(view)
    return (is_heading(words) or len(words) < 120) and not (
        len(words) > 100 and is_lead_in(words) and (is_ordered(words) or bool(find_duty(words).leads))
    )


def _item_tasks(context: Context) -> Iterator[Task]:
    for i, node in enumerate(context.nodes):
        if i in context.consumed or node.level == "row":
            continue
        labels = context.labels.get(i, [])
        quote = context.quotes.get(i)
        has_content = any(k in context.quotes for k in context.children[i])
        unlabelled = [k for k in context.children[i] if k not in context.consumed]
        if context.children[i] and not (labels and not unlabelled and not has_content):
            if not is_full_sentence(node.text_span.of(context.view)):
                continue
        elif not context.children[i] and quote is not None and quote.end == quote.start:
            continue
        span = trim(context.view, quote or node.text_span)
        words = span.of(context.view)
        kind = item_kind(context, i, words, labelled=bool(labels) and i not in context.shared)
        if kind is None:
            continue
        inherited = inherited_duty(context, i)
        term = inherited_term(context, i)
        members = inline_members(words)
        if members:
            given = shifted(find_duty(words[: members[0].start].rstrip(" (0123456789ixv)")), span.start)
            inherited = given if given.leads else inherited
        for unit in members or cut(words, [a.name for a in inherited.leads] if inherited else ()):
            part = unit.of(words)
            told = announces(part) or (is_situation(part) and not is_ordered(part))
            if told and not find_duty(part).leads:
                continue
            whole = Span(span.start + unit.start, span.start + unit.end)
            yield build_task(context, whole, kind, node.path, inherited, labels, term)
