"""Tasks and targets with who answers for them: from the outline, labelled lines and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from chidao.extraction.agencies import Actor, find_agencies, moved, parse_actors, tokenize
from chidao.extraction.deadlines import find_cell_deadlines, find_deadlines
from chidao.extraction.labels import Label, classify, header_row, inline_labels, split_label
from chidao.extraction.quantities import find_quantities
from chidao.extraction.responsibility import Duty, find_duty, orders_body
from chidao.extraction.units import (
    Genre,
    SectionKind,
    actor_heading,
    announces,
    begins_with_act,
    children_of,
    clauses,
    cut,
    genre,
    inline_members,
    is_bare_noun,
    is_footnote,
    is_full_sentence,
    is_statement,
    orders_act,
    section_kind,
    trim,
)
from chidao.grammar.folding import fold, plain
from chidao.model import (
    Assignment,
    Citation,
    Deadline,
    LeadSource,
    Mood,
    Node,
    Product,
    Role,
    Span,
    Structure,
    Task,
    TaskKind,
)
from chidao.structure.outline import is_heading, is_lead_in

_ASSIGNING = frozenset({"lead", "executor", "coordinator", "lead_coordinator", "deadline", "product"})
_DITTO = frozenset({"nt", "n.t", "như trên", "như trên.", "-nt-", "- nt -", "''", '"', "“", "”", "//"})
_TERM = re.compile(
    r"\W*(?:thời hạn|thời gian|hoàn thành|xong)(?: hoàn thành| thực hiện| báo cáo| gửi báo cáo)?\s*"
    r"(?::|chậm nhất|muộn nhất|trước|trong|xong|là)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Value:
    """A labelled value that belongs to a unit."""

    role: str
    span: Span


@dataclass(slots=True)
class _Context:
    text: str
    view: str
    structure: Structure
    citations: Sequence[Citation]
    nodes: Sequence[Node]
    children: list[list[int]]
    sections: list[SectionKind | None]
    duties: list[Duty | None]
    document_duty: Duty | None
    genre: Genre
    year: int | None
    first_item: int
    last_item: int
    labels: dict[int, list[_Value]] = field(default_factory=dict)
    quotes: dict[int, Span] = field(default_factory=dict)
    consumed: set[int] = field(default_factory=set)


def find_tasks(text: str, structure: Structure, citations: Sequence[Citation] = ()) -> tuple[Task, ...]:
    """The tasks and targets of a directive in order of the text.

    `structure` is what `chidao.structure.analyse` gives for the same text. A unit is a leaf of the outline, a row
    of a task table, or an item spelled out by labelled lines; it is cut where the lead changes. Leads are stated
    in the unit (its row, its labelled lines) or inherited from the nearest heading or lead-in that names them.
    """
    context = _context(text, structure, citations)
    _attach_labels(context)
    tasks = [*_table_tasks(context), *_item_tasks(context)]
    return tuple(sorted(tasks, key=lambda t: t.span))


def _context(text: str, structure: Structure, citations: Sequence[Citation]) -> _Context:
    view = plain(text)
    nodes = structure.nodes
    children = children_of(nodes)
    sections: list[SectionKind | None] = []
    for node, below in zip(nodes, children, strict=True):
        inherited = sections[node.parent] if node.parent is not None else None
        own = section_kind(node.text_span.of(view)) if below and _may_head(node, view) else None
        sections.append(own or inherited)
    marked = [i for i, n in enumerate(nodes) if n.level not in ("paragraph", "row") and n.region is None]
    first, last = (marked[0], marked[-1]) if marked else (len(nodes), len(nodes))
    duties = [_heading_duty(node, view) if below else None for node, below in zip(nodes, children, strict=True)]
    header = structure.header
    context = _Context(
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
    context.document_duty = _document_duty(context)
    if context.genre == "directive" and _answers(context):
        context.genre = "answer"
    return context


def _answers(context: _Context) -> bool:
    """Whether a letter or a notice only informs: it announces no conclusion and orders nobody what follows."""
    header = context.structure.header
    if header.type == "Thông báo":
        return not any(
            w in (header.title or "").lower() for w in ("kết luận", "ý kiến", "chỉ đạo", "phân công", "kế hoạch")
        )
    if header.type != "Công văn" or context.document_duty is not None:
        return False
    words = [n.text_span.of(context.view) for n in context.nodes if n.level != "row" and n.region is None]
    return not any(is_lead_in(w) and orders_body(w) for w in words)


def _may_head(node: Node, view: str) -> bool:
    words = node.text_span.of(view)
    return is_heading(words) or len(words) < 120


def _heading_duty(node: Node, view: str) -> Duty | None:
    """The leads and partners that a heading or a lead-in gives to its children; spans count in the document."""
    words = node.text_span.of(view)
    named = actor_heading(words)
    offset = node.text_span.start
    if named is not None:
        actors, rest = named
        mood: Mood = "request" if words.strip(" *-:").lower().startswith("đề nghị") else "order"
        partners = find_duty(rest).coordinators if rest else ()
        shift = len(words) - len(rest)
        return Duty(
            tuple(moved(a, offset) for a in _distinct(actors)), tuple(moved(a, offset + shift) for a in partners), mood
        )
    if not is_heading(words) and not is_lead_in(words):
        return None
    duty = find_duty(words)
    return _shifted(duty, offset) if duty.leads else None


def _shifted(duty: Duty, offset: int) -> Duty:
    return Duty(
        tuple(moved(a, offset) for a in _distinct(duty.leads)),
        tuple(moved(a, offset) for a in _distinct(duty.coordinators)),
        duty.mood,
    )


def _document_duty(context: _Context) -> Duty | None:
    """The bodies that the opening orders to carry out all that follows, or the addressees it asks to."""
    opening = [n for n in context.nodes[: context.first_item] if n.level == "paragraph" and n.region is None]
    for node in reversed(opening[-3:]):
        words = node.text_span.of(context.view)
        lowered = words.lower()
        if not is_lead_in(words) and not any(w in lowered for w in ("sau đây", "như sau")):
            continue
        if not any(w in lowered for w in ("yêu cầu", "đề nghị", "giao ", "hướng dẫn", "phân công")):
            continue
        if any(w in lowered for w in ("có ý kiến", "trả lời", "xin ý kiến")) and not orders_body(words):
            continue  # a letter that answers what somebody asked for
        duty = _last_order(words)
        if duty is not None and duty.leads:
            return _shifted(duty, node.text_span.start)
        return _addressed(context, "request" if "đề nghị" in lowered else "order")
    return None


def _last_order(words: str) -> Duty | None:
    """The bodies after the last word of order in a lead-in."""
    tokens = tokenize(words)
    for i in range(len(tokens) - 2, -1, -1):
        pair = (tokens[i].lower, tokens[i + 1].lower)
        at = (
            i + 2
            if pair in {("yêu", "cầu"), ("đề", "nghị"), ("hướng", "dẫn"), ("phân", "công")}
            else i + 1
            if pair[0] == "giao"
            else None
        )
        if at is None:
            continue
        actors, _ = parse_actors(words, tokens, at)
        if actors:
            return Duty(tuple(actors), (), "request" if pair[0] == "đề" else "order")
    return None


def _addressed(context: _Context, mood: Mood) -> Duty | None:
    """The addressees as leads, when they are few and named bodies."""
    header = context.structure.header
    span = header.evidence.get("addressees")
    if span is None or not 1 <= len(header.addressees) <= 4:
        return None
    block = context.view[span.start : span.end]
    actors = [moved(a, span.start) for a in _distinct(find_agencies(block))]
    return Duty(tuple(actors), (), mood) if actors else None


# Labelled lines ------------------------------------------------------------------------------------------------


def _attach_labels(context: _Context) -> None:
    """Give each labelled line to the item that it describes."""
    roots = [i for i, n in enumerate(context.nodes) if n.parent is None]
    for parent, siblings in [(None, roots), *enumerate(context.children)]:
        if siblings:
            _attach_among(context, parent, siblings)


def _attach_among(context: _Context, parent: int | None, siblings: Sequence[int]) -> None:
    labelled = {i: found for i in siblings if (found := _label_of(context, i)) is not None}
    if not any(label.role in _ASSIGNING for label, _ in labelled.values()):
        context.consumed.update(
            i
            for i, (label, _) in labelled.items()
            if label.role in ("attribute", "note") and context.sections[i] != "target"
        )
        return
    items = [i for i in siblings if i not in labelled or labelled[i][0].role == "content"]
    groups = _label_groups(siblings, labelled)
    whole = len(groups) == 1 and parent is not None and (not items or items[-1] < groups[0][0]) and len(items) > 1
    for group in groups:
        before = [i for i in items if i < group[0]]
        owners = items if whole else before[-1:] or ([parent] if parent is not None else [])
        for i in group:
            label, value = labelled[i]
            context.consumed.update(_with_descendants(context, i))
            if label.role in _ASSIGNING:
                for owner in owners:
                    context.labels.setdefault(owner, []).append(_Value(label.role, _reaching(context, i, value)))
    for i, (label, value) in labelled.items():
        if label.role == "content" and value.end > value.start:
            context.quotes[i] = value


def _label_groups(siblings: Sequence[int], labelled: dict[int, tuple[Label, Span]]) -> list[list[int]]:
    groups: list[list[int]] = []
    previous = False
    for i in siblings:
        is_label = i in labelled and labelled[i][0].role != "content"
        if is_label and previous:
            groups[-1].append(i)
        elif is_label:
            groups.append([i])
        previous = is_label
    return groups


def _label_of(context: _Context, i: int) -> tuple[Label, Span] | None:
    """The label that begins the item and the span of its value in the document."""
    node = context.nodes[i]
    if node.level == "row":
        return None
    words = node.text_span.of(context.text)
    found = split_label(words)
    if found is None and len(words) < 140 and _TERM.match(words) and not find_duty(plain(words)).leads:
        found = Label("deadline", ""), Span(0, len(words))  # "Thời hạn chậm nhất 05 ngày làm việc kể từ …"
    if (
        found is None
        and context.children[i]
        and len(words) < 60
        and (label := classify(words)) is not None
        and label.role in ("lead", "coordinator", "lead_coordinator")
    ):
        found = label, Span(len(words), len(words))  # "b) Cơ quan phối hợp" over a list
    if found is None or (found[0].role in ("attribute", "content") and context.children[i]):
        return None
    label, value = found
    start = node.text_span.start
    return label, Span(start + value.start, start + value.end)


def _with_descendants(context: _Context, i: int) -> list[int]:
    out = [i]
    for child in context.children[i]:
        out += _with_descendants(context, child)
    return out


def _reaching(context: _Context, i: int, value: Span) -> Span:
    """The value with the items below it ("Cơ quan phối hợp:" and a list)."""
    return Span(value.start, max(value.end, context.nodes[i].span.end)) if context.children[i] else value


# Tables --------------------------------------------------------------------------------------------------------


def _table_tasks(context: _Context) -> Iterator[Task]:
    """A task for each row of the task tables."""
    columns: dict[int, Label] | None = None
    above: dict[str, Span] = {}
    for i, node in enumerate(context.nodes):
        if node.level != "row":
            if not is_heading(node.text_span.of(context.view)):
                columns, above = None, {}
            continue
        cells = _grid_row(context, node.text_span) or _cells(context.view, node.text_span)
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
        task = _row_task(context, i, values)
        if task is not None:
            above = {r: s for r, s in values.items() if r not in ("content", "index")}
            yield task


def _grid_row(context: _Context, line: Span) -> list[Span]:
    """The cells of a row by column, merged ones repeated, where the reader saw a grid with merged cells."""
    table = next((t for t in context.structure.tables if t.span.start <= line.start < t.span.end), None)
    if table is None or not any(c.rows > 1 or c.columns > 1 for c in table.cells):
        return []
    row = next((c.row for c in table.cells if line.start <= c.span.start < line.end), None)
    if row is None:
        return []
    across = [c for c in table.cells if c.row <= row < c.row + c.rows]
    width = max(c.column + c.columns for c in table.cells)
    empty = Span(line.start, line.start)
    return [next((c.span for c in across if c.column <= k < c.column + c.columns), empty) for k in range(width)]


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


def _header_above(context: _Context, i: int) -> dict[int, Label] | None:
    """The header of a table whose header cells stand each on a line of its own above the rows."""
    lines: list[int] = []
    for k in range(i - 1, max(-1, i - 14), -1):
        if context.nodes[k].level == "row" or len(context.nodes[k].text_span.of(context.view)) > 80:
            break
        lines.insert(0, k)
    for skip in range(max(0, len(lines) - 2)):
        for end in range(len(lines), skip + 2, -1):
            words = [context.nodes[k].text_span.of(context.view) for k in lines[skip:end]]
            header = header_row(words)
            if header is not None and 0 in header:
                context.consumed.update(lines[skip:end])
                return header
    return None


def _row_values(view: str, cells: Sequence[Span], columns: dict[int, Label]) -> dict[str, Span]:
    """The cell of each role; where cells are missing (merged ones), each goes to the next column that it fits."""
    width = max(columns) + 1
    if len(cells) >= width:
        return {columns[k].role: cells[k] for k in columns if cells[k].end > cells[k].start}
    values: dict[str, Span] = {}
    at = 0
    for k in range(width):
        if at == len(cells):
            break
        role = columns[k].role if k in columns else "note"
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


def _row_task(context: _Context, i: int, values: dict[str, Span]) -> Task | None:
    content = values.get("content")
    if content is None or not any(
        r in values for r in ("lead", "executor", "coordinator", "lead_coordinator", "deadline")
    ):
        return None
    words = content.of(context.view)
    if len([t for t in tokenize(words) if t.text[0].isalpha()]) < 3 or words.isupper():
        return None
    node = context.nodes[i]
    labels = [_Value(role, span) for role, span in values.items() if role in _ASSIGNING]
    kind: TaskKind = "target" if context.sections[i] == "target" else "task"
    index = values["index"].of(context.text).strip(" .*") if "index" in values else ""
    path = (*node.path, index) if index else node.path
    return _task(context, content, kind, path, _inherited(context, i), labels)


# Items ---------------------------------------------------------------------------------------------------------


def _item_tasks(context: _Context) -> Iterator[Task]:
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
        kind = _kind(context, i, words, labelled=bool(labels))
        if kind is None:
            continue
        inherited = _inherited(context, i)
        members = inline_members(words)
        if members:
            given = _shifted(find_duty(words[: members[0].start].rstrip(" (0123456789ixv)")), span.start)
            inherited = given if given.leads else inherited
        for unit in members or cut(words, [a.name for a in inherited.leads] if inherited else ()):
            whole = Span(span.start + unit.start, span.start + unit.end)
            yield _task(context, whole, kind, node.path, inherited, labels)


def _kind(context: _Context, i: int, words: str, *, labelled: bool) -> TaskKind | None:
    """What an item is; None when it is neither task nor target."""
    node = context.nodes[i]
    if labelled:
        return "target" if context.sections[i] == "target" else "task"
    section = context.sections[i]
    if len([t for t in tokenize(words[:80]) if t.text[0].isalpha()]) < 3:
        return None
    if node.level == "paragraph" and _outside_items(context, i):
        return _loose_kind(context, i, words)
    if is_footnote(words):
        return None
    if node.level == "paragraph" and is_heading(words) and len(words.split()) < 14 and not orders_act(words):
        return None  # an introduction without its colon
    if section == "target":
        return "target" if context.genre == "directive" and not is_statement(words) else None
    stated = bool(find_duty(words).leads)
    if is_statement(words) and not (stated and begins_with_act(words)):
        return None
    if _is_rule(context, i, words, stated=stated):
        return None
    if section == "none":
        return "task" if stated and is_ordered(words) else None
    if is_lead_in(words) and node.level == "paragraph":
        return None
    inherited = _inherited(context, i)
    if is_bare_noun(words) and not stated:
        return None
    if section == "task":
        return "task"
    led = stated or (inherited is not None and bool(inherited.leads))
    # An annex without a section of tasks is mostly a form or an outline to fill in.
    return "task" if led or (orders_act(words) and node.region != "annex") else None


def is_ordered(words: str) -> bool:
    """Whether the words hold a word of order or of leadership."""
    lowered = words.lower()
    return any(w in lowered for w in ("giao ", "yêu cầu", "đề nghị", "chủ trì", "có trách nhiệm"))


def _commands(words: str) -> bool:
    """Whether the words order a named body, or name who leads ("Phó Thủ tướng có ý kiến: Bộ X chủ trì …")."""
    return orders_body(words) or "chủ trì" in words.lower()


def _executes(words: str) -> bool:
    return "chịu trách nhiệm thi hành" in words.lower() or "chịu trách nhiệm tổ chức" in words.lower()


def _outside_items(context: _Context, i: int) -> bool:
    """Whether the paragraph stands before the first or after the last numbered item, under no heading."""
    return context.nodes[i].parent is None


def _loose_kind(context: _Context, i: int, words: str) -> TaskKind | None:
    """A paragraph under no heading is a task when it orders a named body, or one is ordered for it to inherit."""
    if is_lead_in(words) or len(words) < 30 or is_footnote(words):
        return None
    duty = find_duty(words)
    opening = i < context.first_item and context.first_item < len(context.nodes)
    if announces(words) and not duty.leads:
        return None
    if is_statement(words) and not is_ordered(words):
        return None
    if context.genre != "directive" and not _executes(words) and not (context.genre == "answer" and _commands(words)):
        return None
    if duty.leads:
        return None if opening and not orders_body(words) else "task"
    if opening:
        return None
    return "task" if is_ordered(words) or (context.document_duty is not None and orders_act(words)) else None


def _is_rule(context: _Context, i: int, words: str, *, stated: bool) -> bool:
    """Whether an item of a document that sets rules is no assignment of work.

    Such documents assign work in their articles on responsibility and execution, and where they order a named
    body; a decision's own articles assign, those of what it promulgates rule.
    """
    if context.genre == "directive" or _executes(words):
        return False
    node = context.nodes[i]
    if context.genre == "answer":
        return node.region == "annex" or not (stated and _commands(words))
    inherited = _inherited(context, i)
    if context.genre == "procedure":
        led = stated or (inherited is not None and bool(inherited.leads))
        return node.region == "annex" or not led
    if stated and words.lower().lstrip(" *").startswith(("giao ", "đề nghị ", "yêu cầu ")):
        return False
    if not stated and (inherited is None or not inherited.leads):
        return True
    above: int | None = i
    while above is not None:
        heading = context.nodes[above].text_span.of(context.view)[:160].lower()
        if above != i and any(w in heading for w in ("trách nhiệm", "tổ chức thực hiện", "phân công", "thi hành")):
            return False
        above = context.nodes[above].parent
    return True


def _inherited(context: _Context, i: int) -> Duty | None:
    """The duty of the nearest heading or lead-in above; the partners of lead-ins in between are added."""
    partners: list[Actor] = []
    parent = context.nodes[i].parent
    while parent is not None:
        duty = context.duties[parent]
        if duty is not None and duty.leads:
            return replace(duty, coordinators=(*duty.coordinators, *partners))
        if duty is not None:
            partners += duty.coordinators
        parent = context.nodes[parent].parent
    if context.nodes[i].region == "annex" or context.sections[i] == "target":
        return None
    if i < context.first_item and context.first_item < len(context.nodes):
        return None
    return context.document_duty


# Putting a task together ---------------------------------------------------------------------------------------


def _task(
    context: _Context,
    span: Span,
    kind: TaskKind,
    path: tuple[str, ...],
    inherited: Duty | None,
    labels: Sequence[_Value],
) -> Task:
    words = span.of(context.view)
    own = _shifted(find_duty(words), span.start)
    inside = [
        _Value(found.label.role, Span(span.start + found.value.start, span.start + found.value.end))
        for found in inline_labels(words)
        if found.label.role in _ASSIGNING
    ]
    stated = _labelled_duty(context.view, [*labels, *inside])
    assignments: list[Assignment] = []
    if stated.leads:
        assignments += _assignments(stated.leads, "lead", "stated", stated.mood)
    elif own.leads:
        assignments += _assignments(own.leads, "lead", "stated", own.mood)
    elif inherited is not None:
        assignments += _assignments(inherited.leads, "lead", "inherited", inherited.mood)
    leads = {a.name.casefold() for a in assignments}
    partners = _assignments((*stated.coordinators, *own.coordinators), "coordinator", "stated", own.mood)
    if inherited is not None and not own.leads and not stated.leads:
        partners += _assignments(inherited.coordinators, "coordinator", "inherited", inherited.mood)
    for partner in partners:
        if partner.name.casefold() not in leads:
            leads.add(partner.name.casefold())
            assignments.append(partner)
    return Task(
        span=span,
        kind=kind,
        path=path,
        assignments=tuple(assignments),
        deadlines=_deadlines(context, span, [*labels, *inside]),
        products=tuple(_products(context, labels, inside)),
        quantities=tuple(replace(q, span=_moved(q.span, span.start)) for q in find_quantities(span.of(context.text))),
        citations=tuple(k for k, c in enumerate(context.citations) if span.start <= c.span.start < span.end),
    )


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _assignments(actors: Sequence[Actor], role: Role, source: LeadSource, mood: Mood) -> list[Assignment]:
    return [Assignment(name=a.name, role=role, source=source, span=a.span, kind=a.kind, mood=mood) for a in actors]


def _labelled_duty(view: str, labels: Sequence[_Value]) -> Duty:
    """Leads and partners from labelled lines or cells."""
    leads: list[Actor] = []
    partners: list[Actor] = []
    for label in labels:
        words = label.span.of(view)
        if label.role in ("lead", "executor", "lead_coordinator"):
            duty = find_duty(words)
            heads = _clause_heads(words)
            if label.role == "lead_coordinator" and not duty.coordinators and len(heads) > 1:
                heads, rest = heads[:1], heads[1:]
                partners += [moved(a, label.span.start) for a in rest]
            named = {a.name for a in duty.coordinators}
            leads += [moved(a, label.span.start) for a in heads if a.name not in named]
            partners += [moved(a, label.span.start) for a in duty.coordinators]
        elif label.role == "coordinator":
            partners += [moved(a, label.span.start) for a in _clause_heads(words)]
    return Duty(tuple(_distinct(leads)), tuple(_distinct(partners)))


def _clause_heads(words: str) -> list[Actor]:
    """The bodies that begin each line or clause of a labelled value."""
    out: list[Actor] = []
    for clause in clauses(words.replace("\n", ";").replace("+", " ").replace("- ", "  ")):
        tokens = tokenize(clause.of(words))
        at = next((k for k, t in enumerate(tokens) if t.text[0].isalnum()), len(tokens))
        if [t.lower for t in tokens[at : at + 2]] == ["phối", "hợp"]:
            continue
        while at < len(tokens):
            actors, end = parse_actors(clause.of(words), tokens, at)
            out += [moved(a, clause.start) for a in actors]
            # "… trong phạm vi nhiệm vụ của mình và các cơ quan khác": the list goes on after an aside.
            if not actors or end >= len(tokens) or tokens[end].lower not in {"trong", "theo", "trên", "căn"}:
                break
            at = next((k + 1 for k in range(end, min(len(tokens), end + 16)) if tokens[k].lower == "và"), len(tokens))
    return out


def _distinct(actors: Sequence[Actor]) -> list[Actor]:
    return list({a.name.casefold(): a for a in reversed(actors)}.values())[::-1]


def _deadlines(context: _Context, span: Span, labels: Sequence[_Value]) -> tuple[Deadline, ...]:
    issued = context.structure.header.date
    cited = [
        Span(c.span.start - span.start, c.span.end - span.start)
        for c in context.citations
        if c.span.start < span.end and span.start < c.span.end
    ]
    labelled = [v for v in labels if v.role == "deadline"]
    found: list[Deadline] = []
    for deadline in find_deadlines(span.of(context.text), issued=issued, year=context.year, consumed=cited):
        whole = _moved(deadline.span, span.start)
        if not any(v.span.start <= whole.start < v.span.end for v in labelled):
            found.append(replace(deadline, span=whole))
    for value in labelled:
        outside = not (span.start <= value.span.start < span.end)
        for deadline in find_cell_deadlines(value.span.of(context.text), issued=issued, year=context.year):
            found.append(replace(deadline, span=_moved(deadline.span, value.span.start), outside=outside))
    unique = {(d.kind, d.value, d.span): d for d in found}
    return tuple(sorted(unique.values(), key=lambda d: d.span))


def _products(context: _Context, labels: Sequence[_Value], inside: Sequence[_Value]) -> Iterator[Product]:
    for value in (*labels, *inside):
        if value.role == "product":
            span = trim(context.text, value.span)
            words = span.of(context.text).rstrip(" .;")
            if words.strip(" -"):
                yield Product(words, Span(span.start, span.start + len(words)))
