"""The outline of a directive: Phần, Chương, Mục, Điều, I., 1., 1.1., a), (1), -, + and plain paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from chidao.grammar.folding import document_view
from chidao.grammar.letters import UPPER
from chidao.model import Node, Region, RegionKind, Span

_ORDINALS = "THỨ NHẤT|THỨ HAI|THỨ BA|THỨ TƯ|THỨ NĂM|THỨ SÁU"
_ROMAN = r"X{0,3}(?:IX|IV|V?I{0,3})"
# Each marker: level, rank (an outer level has the lower rank), pattern with the label as group 1.
_MARKERS: tuple[tuple[str, int, re.Pattern[str]], ...] = tuple(
    (level, rank, re.compile(pattern))
    for level, rank, pattern in (
        ("phần", 0, rf"(?:Phần|PHẦN)\s+({_ROMAN}(?![\w])|\d+|(?i:{_ORDINALS}))\s*[.:\-]?\s*(?=$|[^a-zà-ỹđ\s,;])"),
        ("chương", 1, rf"(?:Chương|CHƯƠNG)\s+({_ROMAN}(?![\w])|\d+)\s*[.:\-]?\s*(?=$|[{UPPER}“\"])"),
        ("mục", 2, rf"(?:Mục|MỤC)\s+({_ROMAN}(?![\w])|\d+)\s*[.:\-]?\s*(?=$|[{UPPER}“\"])"),
        ("tiểu mục", 3, rf"(?:Tiểu mục|TIỂU MỤC)\s+(\d+)\s*[.:\-]?\s*(?=$|[{UPPER}“\"])"),
        ("điều", 5, r"(?:Điều|ĐIỀU)\s+(\d+[a-zđ]?)\s*[.:]\s*"),
        ("la mã", 5, rf"(?=[IVX])({_ROMAN})\s?(?:[.)]|\s?-)\s*(?=$|\W*[{UPPER}0-9])"),
        ("chữ hoa", 4, rf"([A-EGHĐ])[.)]\s+(?=\W*[{UPPER}])"),
        ("1.1.1.1", 9, r"(\d{1,2}\.\d{1,2}\.\d{1,2}\.\d{1,2})[.)]?\s+(?=\W*[^\W\d])"),
        ("1.1.1", 8, r"(\d{1,2}\.\d{1,2}\.\d{1,2})[.)]?\s+(?=\W*[^\W\d])"),
        ("1.1", 7, r"(\d{1,2}\.\d{1,2})[.)]?\s+(?=\W*[^\W\d])(?![^\W\d]*\s*(?:tỷ|triệu|nghìn|đồng|ha|km|m2)\b)"),
        ("1", 6, r"(\d{1,2})\s?[.)/]\s*(?=\W*[^\W\d_]|\d+%)(?!/)"),
        ("a", 10, r"([a-zđ])\s?[.)/]\s*(?=\W*[^\W_])(?!c\)|h\))"),
        ("(1)", 11, r"\((\d{1,2}|[ivx]{1,4}|[a-zđ])\)[.:]?\s*(?=\W*[^\W_])"),
        ("-", 12, r"([-–—])(?![-–—])\s*(?=\W*[^\W_])"),
        ("+", 13, r"(\+)\s*(?=\W*[^\W_])"),
        ("•", 14, r"([*•●▪□■◦]|o(?=\s))\s*(?=\W*[^\W_])"),
    )
)
_NUMBERED = frozenset({"1", "1.1", "1.1.1", "1.1.1.1"})
_MARKUP = " \t*~_>#\\"
_ROW = re.compile(r"\S\s*\|\s*\S|^\s*\|.*\|")
_SENTENCE_END = re.compile(r"[.;!?…]\W*$")
_LEAD_IN = re.compile(r":\W*$")
_AGENCY_HEADING = 220  # the longest unfinished line that still reads as a heading


@dataclass(slots=True)
class _Open:
    """An item whose children may still follow."""

    index: int
    level: str
    rank: int
    heading: bool


def is_lead_in(text: str) -> bool:
    """Whether the words only introduce what follows: they end with a colon.

    >>> is_lead_in("Giao Sở Y tế chủ trì thực hiện các nội dung sau:")
    True
    """
    return bool(_LEAD_IN.search(text))


def is_heading(text: str) -> bool:
    """Whether the words read as a heading: a lead-in, or a line without the end of a sentence.

    >>> is_heading("Sở Y tế"), is_heading("Sở Y tế hướng dẫn các địa phương thực hiện.")
    (True, False)
    """
    if is_lead_in(text):
        return True
    if len(text) > _AGENCY_HEADING or _SENTENCE_END.search(text):
        return False
    return len(text.partition(": ")[2].split()) <= 9  # "Kinh phí điều trị: căn cứ … để xây dựng dự toán"


def lines(text: str) -> Iterator[Span]:
    """The lines of `text` that hold more than blanks, without their ends."""
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            at = start + line.index(stripped)
            yield Span(at, at + len(stripped))
        start += len(line) + 1


def marker(line: str) -> tuple[str, int, str, int] | None:
    """Level, rank, label and length of the marker that begins a line, markup skipped; None for plain text.

    >>> marker("1.1. *Đẩy mạnh tuyên truyền*")
    ('1.1', 7, '1.1', 5)
    """
    skipped = len(line) - len(line.lstrip(_MARKUP))
    if line[:1] in "*" and line[1:2] == " ":
        skipped = 0
    bare = line[skipped:]
    for level, rank, pattern in _MARKERS:
        m = pattern.match(bare)
        if m and m[1]:
            return level, rank, m[1], skipped + m.end()
    return None


def find_outline(text: str, regions: Iterable[Region] = (), skip: Sequence[Span] = ()) -> tuple[Node, ...]:
    """The nodes of the outline in order of the text; paragraphs and table rows are leaves.

    Regions of kind header, closing, furniture and related, and the spans of `skip`, hold no nodes; an annex
    begins a new outline. Offsets are code points of `text`.

    >>> [n.path for n in find_outline("I. NHIỆM VỤ\\n1. Sở Y tế\\n- Rà soát danh mục.\\n- Báo cáo.")]
    [('I',), ('I', '1'), ('I', '1', '-'), ('I', '1', '-')]
    """
    regions = tuple(regions)
    skipped = [r.span for r in regions if r.kind != "annex"] + list(skip)
    annexes = sorted(r.span for r in regions if r.kind == "annex")
    view = document_view(text)
    nodes: list[Node] = []
    stack: list[_Open] = []
    annex_at = -1
    spans = _outside(skipped, lines(view))
    last_marked = next((i for i in range(len(spans) - 1, -1, -1) if marker(spans[i].of(text))), -1)
    for i, span in enumerate(spans):
        annex = next((k for k, a in enumerate(annexes) if a.start <= span.start < a.end), -1)
        if annex != annex_at:
            stack, annex_at = [], annex
        region: RegionKind | None = "annex" if annex >= 0 else None
        _place(view, span, nodes, stack, region, closing=i > last_marked)
    return _with_extents(nodes)


def _outside(skipped: Sequence[Span], found: Iterable[Span]) -> list[Span]:
    """Those of the lines `found` that begin in none of the spans `skipped`."""
    starts, ends = [-1], [-1]  # of each span that is skipped, and how far it or one before it reaches
    for span in sorted(skipped):
        starts.append(span.start)
        ends.append(max(ends[-1], span.end))
    return [line for line in found if ends[bisect_right(starts, line.start) - 1] <= line.start]


def _place(
    view: str, span: Span, nodes: list[Node], stack: list[_Open], region: RegionKind | None, *, closing: bool
) -> None:
    """Append the node of one line and keep the stack of open items right."""
    line = view[span.start : span.end]
    if "|" in line and _ROW.search(line):
        _close_leaves(stack)
        nodes.append(_node("row", "", span, span, nodes, stack, region))
        return
    found = marker(line)
    if found is None:
        _paragraph(view, span, nodes, stack, region, closing=closing)
        return
    level, rank, label, length = found
    _make_room(level, rank, stack)
    own = Span(span.start + length, span.end)
    nodes.append(_node(level, label, span, own, nodes, stack, region))
    stack.append(_Open(len(nodes) - 1, level, rank, is_heading(view[own.start : own.end])))


def _make_room(level: str, rank: int, stack: list[_Open]) -> None:
    """Close what cannot be the parent of an item of this level."""
    same = next((k for k in range(len(stack) - 1, -1, -1) if stack[k].level == level), None)
    if same is not None:
        del stack[same:]
        return
    while stack and stack[-1].rank >= rank:
        stack.pop()


def _close_leaves(stack: list[_Open]) -> None:
    while stack and not stack[-1].heading:
        stack.pop()


def _paragraph(
    view: str, span: Span, nodes: list[Node], stack: list[_Open], region: RegionKind | None, *, closing: bool
) -> None:
    """An unnumbered paragraph belongs to the innermost heading; after the last item, to the whole."""
    empty_heading = bool(stack and nodes and stack[-1].index == len(nodes) - 1 and stack[-1].heading)
    if empty_heading and not view[nodes[-1].text_span.start : nodes[-1].text_span.end].strip():
        # "Chương I" or "I." alone on its line: the next line is its heading.
        nodes[-1] = replace(nodes[-1], text_span=span)
        return
    _close_leaves(stack)
    if closing and not empty_heading and stack and any(n.level != "paragraph" for n in nodes[stack[-1].index + 1 :]):
        del stack[:]
    nodes.append(_node("paragraph", "", span, span, nodes, stack, region))
    if is_lead_in(view[span.start : span.end]):
        # Under a heading all items after "… các nội dung sau:" are its children, else those below numbers.
        stack.append(_Open(len(nodes) - 1, "paragraph", stack[-1].rank if stack else 9, True))


def _node(
    level: str, label: str, span: Span, own: Span, nodes: list[Node], stack: list[_Open], region: RegionKind | None
) -> Node:
    parent = stack[-1].index if stack else None
    above = nodes[parent].path if parent is not None else ()
    return Node(
        level=level,
        label=label,
        span=span,
        text_span=own,
        path=(*above, label) if label else above,
        parent=parent,
        region=region,
    )


def _with_extents(nodes: list[Node]) -> tuple[Node, ...]:
    """The same nodes, each span reaching to the end of the last descendant."""
    ends = [n.span.end for n in nodes]
    for i in range(len(nodes) - 1, -1, -1):
        parent = nodes[i].parent
        if parent is not None:
            ends[parent] = max(ends[parent], ends[i])
    return tuple(
        n if n.span.end == end else replace(n, span=Span(n.span.start, end)) for n, end in zip(nodes, ends, strict=True)
    )


def children_of(nodes: Sequence[Node]) -> list[list[int]]:
    """For each node the indexes of its children, in order."""
    children: list[list[int]] = [[] for _ in nodes]
    for i, node in enumerate(nodes):
        if node.parent is not None:
            children[node.parent].append(i)
    return children
