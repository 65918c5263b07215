"""Outline numbers that repeat, jump or begin again."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from chidao.audit.outline import Item
from chidao.audit.view import AuditFinding, View
from chidao.grammar.folding import plain
from chidao.model import Span

# Letters as law numbers its points; offices that pass over đ are not wrong in an auditor's eyes.
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_LOST = 5  # restarts under one heading
_NUMBERED = ("phần", "chương", "mục", "la mã", "chữ hoa", "1", "a", "(1)")
_AMENDS = re.compile(r"sửa đổi|bổ sung|hợp nhất|bãi bỏ", re.IGNORECASE)


def find_numbering(view: View) -> Iterator[AuditFinding]:
    """Repeats and jumps one by one; all restarts under one heading as one finding."""
    if not view.document.type or not view.directs or _AMENDS.search(view.document.title or ""):
        return
    found = list(_found(view))
    # where numbers begin anew all the time the outline was lost as a whole, and tells nothing
    if not any(int(finding.said.get("count", 0)) > _LOST for finding in found):
        yield from found


def _found(view: View) -> Iterator[AuditFinding]:
    for siblings in _siblings(view):
        values = [(item, value_of(item.label)) for item in siblings]
        known = [(item, value) for item, value in values if value is not None and not _quoted(view, item)]
        restarts = [item for (_, a), (item, b) in pairwise(known) if b == 1 < a and _begins_anew(view, item)]
        if restarts:
            yield view.finding("numbering_restarts", _line(restarts[0]),
                               {"count": str(len(restarts)), "label": restarts[0].label})
        for (one, a), (other, b) in pairwise(known):
            if b == 1:
                continue
            if b == a:
                yield view.finding("numbering_repeats", _line(other), {"label": other.label})
            elif a + 1 < b <= a + 3 and not _only_d(other.label, a, b) and not _missed(view, one, other, b):
                yield view.finding("numbering_jumps", _line(other), {"label": other.label, "before": one.label})


def value_of(label: str) -> int | None:
    """The place in the row that a label claims.

    >>> [value_of(label) for label in ("IV", "12", "đ", "3.2", "-")]
    [4, 12, 5, None, None]
    """
    bare = label.strip("().")
    if bare.isdigit():
        return int(bare)
    if bare and set(bare) <= set(_ROMAN):
        numbers = [_ROMAN[letter] for letter in bare]
        return sum(-a if a < b else a for a, b in pairwise([*numbers, 0]))
    return _LETTERS.index(bare) + 1 if len(bare) == 1 and bare in _LETTERS else None


def _siblings(view: View) -> Iterator[list[Item]]:
    """Items of one kind under one heading of the body."""
    groups: dict[tuple[int | None, str], list[Item]] = defaultdict(list)
    for item in view.items:
        if item.region is None and item.level in _NUMBERED:
            groups[item.parent, item.level].append(item)
    yield from groups.values()


def _only_d(label: str, before: int, value: int) -> bool:
    return label.strip("().") == "e" and value - before == 2


def _missed(view: View, one: Item, other: Item, value: int) -> bool:
    """Whether the number left out stands in between after all, in a table or within a line."""
    between = plain(view.text[one.span.start:other.span.start])
    label = other.label.strip("().")
    previous = str(value - 1) if label.isdigit() else _LETTERS[value - 2] if label in _LETTERS else None
    if previous is None:
        return False
    return re.search(rf"(?:^|[\s|(;.:]){re.escape(previous)}\s*[.)/]", between, re.MULTILINE) is not None


def _begins_anew(view: View, item: Item) -> bool:
    """Whether a heading above the item may have lost its number; what a line introduces is a list of its own."""
    lines = view.text[:item.span.start].rstrip().splitlines()
    last = lines[-1].rstrip() if lines else ""
    return item.level in ("1", "la mã") and not last.endswith((":", "“")) and not last.isupper()


def _quoted(view: View, item: Item) -> bool:
    """Whether the item is quoted from another document."""
    before = view.text[:item.span.start]
    return before.count("“") > before.count("”") or before[-2:].strip().endswith(('"', "“")) \
        or _AMENDS.match(item.head) is not None


def _line(item: Item) -> Span:
    return Span(item.span.start, item.words.end)
