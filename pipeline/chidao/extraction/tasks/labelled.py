"""Labelled lines ("Cơ quan chủ trì: …") and the items that they describe."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chidao.extraction.agencies.finding import Actor, moved, parse_actors
from chidao.extraction.agencies.responsibility import Duty, find_duty
from chidao.extraction.agencies.words import tokenize
from chidao.extraction.labels import Label, classify, split_label
from chidao.extraction.tasks.cuts import clauses
from chidao.extraction.tasks.duties import Context, Value, distinct
from chidao.grammar.folding import plain
from chidao.model import Span

ASSIGNING = frozenset({"lead", "executor", "coordinator", "lead_coordinator", "deadline", "product"})
_LINE_MARK = re.compile(r"(?m)^[ \t]*[-+](?=\s)|\+")
_TERM = re.compile(
    r"\W*(?:thời hạn|thời gian|hoàn thành|xong)(?: hoàn thành| thực hiện| báo cáo| gửi báo cáo)?\s*"
    r"(?::|chậm nhất|muộn nhất|trước|trong|xong|là)\s",
    re.IGNORECASE,
)


def attach_labels(context: Context) -> None:
    """Give each labelled line to the item that it describes."""
    roots = [i for i, n in enumerate(context.nodes) if n.parent is None]
    for parent, siblings in [(None, roots), *enumerate(context.children)]:
        if siblings:
            _attach_among(context, parent, siblings)


def _attach_among(context: Context, parent: int | None, siblings: Sequence[int]) -> None:
    labelled = {i: found for i in siblings if (found := _label_of(context, i)) is not None}
    if not any(label.role in ASSIGNING for label, _ in labelled.values()):
        context.consumed.update(
            i
            for i, (label, _) in labelled.items()
            if label.role in ("attribute", "note") and context.sections[i] != "target"
        )
        return
    items = [i for i in siblings if i not in labelled or labelled[i][0].role == "content"]
    groups = _label_groups(siblings, labelled)
    whole = len(groups) == 1 and parent is not None and (not items or items[-1] < groups[0][0]) and len(items) > 1
    unled = [i for i in items if not _says_who(context, i)]
    for group in groups:
        before = [i for i in items if i < group[0]]
        owners = unled if whole and unled else before[-1:] or ([parent] if parent is not None else [])
        # When the plan runs ("3. Thời gian thực hiện: Năm 2022" beside "1. Mục tiêu") is no deadline of its targets.
        leaves = [leaf for k in owners for leaf in ([k] if context.sections[k] == "target" else _leaves(context, k))]
        if leaves != owners:
            context.shared.update(leaves)
        for i in group:
            context.consumed.update(_with_descendants(context, i))
            for said in _values(context, i, *labelled[i]):
                for leaf in leaves:
                    context.labels.setdefault(leaf, []).append(said)
    for i, (label, value) in labelled.items():
        if label.role == "content" and value.end > value.start:
            context.quotes[i] = value


def _says_who(context: Context, i: int) -> bool:
    """Whether an item that others stand below orders a body ("1. Giao Sở Xây dựng … các nhiệm vụ sau:")."""
    duty = context.duties[i]
    return duty is not None and bool(duty.leads)


def _leaves(context: Context, i: int) -> list[int]:
    """The items below `i` that have none below them; `i` itself where it has none. Labelled lines are left out, and
    what stands under an order to somebody."""
    below = [k for k in context.children[i] if _label_of(context, k) is None and not _says_who(context, k)]
    return [leaf for k in below for leaf in _leaves(context, k)] or [i]


def _values(context: Context, i: int, label: Label, value: Span) -> list[Value]:
    """What a labelled line says, or the labelled lines below it ("Cơ quan thực hiện:" over chủ trì and phối hợp)."""
    below = [(k, found) for k in context.children[i] if (found := _label_of(context, k)) is not None]
    values = [v for k, found in below for v in _values(context, k, *found)]
    if values or label.role not in ASSIGNING:
        return values
    return [Value(label.role, _reaching(context, i, value))]


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


def _label_of(context: Context, i: int) -> tuple[Label, Span] | None:
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


def _with_descendants(context: Context, i: int) -> list[int]:
    out = [i]
    for child in context.children[i]:
        out += _with_descendants(context, child)
    return out


def _reaching(context: Context, i: int, value: Span) -> Span:
    """The value with the items below it ("Cơ quan phối hợp:" and a list)."""
    return Span(value.start, max(value.end, context.nodes[i].span.end)) if context.children[i] else value


def labelled_duty(view: str, labels: Sequence[Value]) -> Duty:
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
    return Duty(tuple(distinct(leads)), tuple(distinct(partners)))


def _clause_heads(words: str) -> list[Actor]:
    """The bodies that begin each line or clause of a labelled value."""
    out: list[Actor] = []
    listed = _LINE_MARK.sub(lambda m: " " * len(m.group()), words).replace(".\n", ";\n").replace("\n", ";")
    for clause in clauses(listed):
        tokens = tokenize(clause.of(listed))
        at = next((k for k, t in enumerate(tokens) if t.text[0].isalnum()), len(tokens))
        if [t.lower for t in tokens[at : at + 2]] == ["phối", "hợp"]:
            continue
        while at < len(tokens):
            actors, end = parse_actors(clause.of(listed), tokens, at)
            out += [moved(a, clause.start) for a in actors]
            # "… trong phạm vi nhiệm vụ của mình và các cơ quan khác": the list goes on after an aside.
            if not actors or end >= len(tokens) or tokens[end].lower not in {"trong", "theo", "trên", "căn"}:
                break
            at = next((k + 1 for k in range(end, min(len(tokens), end + 16)) if tokens[k].lower == "và"), len(tokens))
    return out
