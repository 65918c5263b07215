"""Labels: "Cơ quan chủ trì: …" at the head of a line, inside a sentence, or as the header cell of a task table."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from chidao import knowledge
from chidao.grammar.folding import plain
from chidao.model import Span

LabelRole = Literal["content", "lead", "executor", "coordinator", "lead_coordinator", "deadline", "product",
                    "note", "index", "attribute", "procedure"]

_BODY = (r"(?:các )?(?:(?:cơ quan|đơn vị|tổ chức|địa phương|bộ|ngành|sở|phòng|ban)"
         r"(?: ?[,/;-] ?| và | hoặc | ))*")
_MARKER = r"[\s|>]*(?:(?:[-+•●▪]|\(?(?:\d{1,2}|[a-zđ]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s*)?"
_LONGEST = 60
_LABEL = rf"[^\W\d_][^:|.;\n()]{{1,{_LONGEST}}}?(?:\([^)\n]{{1,30}}\))?\s*:"
_LINE = re.compile(rf"{_MARKER}(?P<label>{_LABEL})\s*(?P<value>.*?)\s*$", re.IGNORECASE | re.DOTALL)
_INLINE = re.compile(rf"(?:^|(?<=[.;(|\n])|(?<=[-+]\s)){_MARKER}(?P<label>{_LABEL})", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<!\bTP)(?<!\bTS)(?<!\bThS)\.(?=\s*$|\s+[^\W\d_a-zà-ỹ])|\n")
_ASSIGNS = {"lead", "executor", "coordinator", "lead_coordinator"}
_SUPPORTS = {"coordinator", "deadline", "product"}


class Label(NamedTuple):
    """What a labelled line or a column holds, and the label as printed."""

    role: LabelRole
    text: str


class Labelled(NamedTuple):
    """A label inside a text with its value; both spans count in that text."""

    label: Label
    span: Span
    value: Span


@lru_cache(maxsize=256)  # the cells of a row are asked about several times
def classify(label: str) -> Label | None:
    """What `label` (with or without its colon) announces; None when it is no label of an assignment.

    >>> classify("**Cơ quan chủ trì:**").role
    'lead'
    >>> classify("Kính gửi:") is None
    True
    """
    words = " ".join(plain(label).split()).strip(" :.")
    if words.endswith(")") or words[-1:].isdecimal():
        words = re.sub(r"(?<=[^\W\d_])\d{1,2}$", "", re.sub(r"\s*\(\d{1,2}\)$", "", words))
    words = words.lower()
    roles, pattern = _patterns()
    m = pattern.fullmatch(words)
    if m is None or m.lastindex is None:
        return None
    return Label(roles[m.lastindex - 1], " ".join(label.strip(" :*_|-+.").split()))


def split_label(line: str) -> tuple[Label, Span] | None:
    """The label that `line` begins with (after its marker) and the span of its value; the value may be empty.

    >>> label, value = split_label("- Cơ quan phối hợp: Sở Tài chính.")
    >>> label.role, value.of("- Cơ quan phối hợp: Sở Tài chính.")
    ('coordinator', 'Sở Tài chính.')
    """
    m = _LINE.match(plain(line)) if ":" in line else None
    if not m:
        return None
    label = classify(line[slice(*m.span("label"))])
    if not label or label.role in ("index", "procedure"):
        return None
    return label, Span(*m.span("value"))


def inline_labels(text: str) -> tuple[Labelled, ...]:
    """Labels at the head of the sentences of `text`, each with its value up to the next label or the sentence's end.

    >>> text = "Xây dựng đề án. Thời gian hoàn thành: Quý I/2026. Cơ quan chủ trì: Sở Nội vụ."
    >>> [(found.label.role, found.value.of(text)) for found in inline_labels(text)]
    [('deadline', 'Quý I/2026'), ('lead', 'Sở Nội vụ')]
    """
    if ":" not in text:
        return ()
    view = plain(text)
    heads = [(label, Span(*m.span("label"))) for m in _INLINE.finditer(view)
             if (label := classify(text[slice(*m.span("label"))]))]
    heads = [head for head in heads if head[0].role not in ("index", "procedure")]
    ends = [*(span.start for _, span in heads[1:]), *([len(text)] if heads else [])]
    return tuple(Labelled(label, span, _value(view, span, end)) for (label, span), end in zip(heads, ends, strict=True))


def header_row(cells: Sequence[str]) -> dict[int, Label] | None:
    """Which column of a task table is what, by its header cells; None when the row heads no task table.

    Columns count from the first cell, or from "STT" where a caption has run into the row.

    >>> columns = header_row(["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành"])
    >>> [columns[i].role for i in sorted(columns)]
    ['index', 'content', 'lead', 'deadline']
    """
    cells = _without_caption(cells)
    columns = {i: label for i, cell in enumerate(cells) if (label := classify(cell))}
    for i in [i for i, label in columns.items() if label.role == "deadline"][1:]:
        columns[i] = columns[i]._replace(role="attribute")
    roles = {label.role for label in columns.values()}
    if "procedure" in roles or not roles & _ASSIGNS:
        return None
    aims = next((i for i, label in columns.items() if label.role == "attribute" and is_aim(label)), None)
    if "content" not in roles and aims is not None and roles & {"lead", "lead_coordinator"}:
        columns[aims] = columns[aims]._replace(role="content")
    elif "content" not in roles:
        unnamed = [i for i, cell in enumerate(cells) if i not in columns and len(cell.strip()) > 3]
        if not unnamed or not (roles & {"lead", "lead_coordinator"} and roles & _SUPPORTS):
            return None
        columns[unnamed[0]] = Label("content", " ".join(cells[unnamed[0]].split()))
    return columns if len(columns) > 2 else None


def is_aim(label: Label) -> bool:
    """Whether a column holds targets: "Chỉ tiêu", "Mục tiêu"."""
    return label.text.lower().startswith(("chỉ tiêu", "mục tiêu"))


def _without_caption(cells: Sequence[str]) -> Sequence[str]:
    """The cells from "STT" on, where the caption above the table has run into its header row."""
    for i, cell in enumerate(cells):
        if (label := classify(cell)) and label.role == "index":
            return cells[i:]
    return cells


def _value(view: str, label: Span, end: int) -> Span:
    """From after the label to the end of its sentence, or of the brackets that the label stands in."""
    bracketed = view.count("(", 0, label.start) > view.count(")", 0, label.start)
    closing = view.find(")", label.end) if bracketed else -1
    stop = min(x for x in (closing, end) if x >= 0)
    full = _SENTENCE_END.search(view, label.end, stop)
    if full and view[label.end:full.start()].strip():
        stop = full.start()
    words = view[label.end:stop]
    start = label.end + len(words) - len(words.lstrip())
    return Span(start, max(start, label.end + len(words.rstrip(" \n;.,-+|"))))


@lru_cache(maxsize=1)
def _patterns() -> tuple[list[LabelRole], re.Pattern[str]]:
    """The roles, and a pattern with a group for each."""
    rows = knowledge.rows("label_lines")
    groups = (f"({row['pattern'].replace('{body}', _BODY)})" for row in rows)
    return [cast(LabelRole, row["role"]) for row in rows], re.compile("|".join(groups))
