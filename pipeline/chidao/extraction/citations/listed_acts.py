"""Lists under a lead-in by which a directive acts: "Bãi bỏ các văn bản sau:", "Bãi bỏ: a) …; b) …"."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chidao.extraction.citations.wording import Trigger, trigger, triggers_of, words_of
from chidao.model import Span

_LABEL = r"(?P<label>Điều\s+\d+[a-z]?\.?|\d{1,3}[.)]|[a-zđ]{1,2}[.)]|[-+•*])"
_LEAD_IN = re.compile(rf"\s*(?:{_LABEL}\s*)?(?:Nay\s+)?(?P<act>{triggers_of('self')})(?P<object>[^“”\"]{{0,260}}):\s*$",
                      re.IGNORECASE)
_ITEM = re.compile(rf"\s*{_LABEL}\s")
_OTHERS = re.compile(rf"(?<!\w){words_of('passive')}", re.IGNORECASE)
_LINE = re.compile(r"[^\n]+")


class ListedAct(NamedTuple):
    """The items of a list, and what the directive does to the documents that they begin with."""

    span: Span
    by: Trigger


def listed_acts(view: str, within: Sequence[Span]) -> list[ListedAct]:
    """The lists under such a lead-in inside the stretches `within` of plain text, in order.

    >>> text = "Bãi bỏ các văn bản sau:\\n1. Quyết định số 12/QĐ-UBND;\\n2. Quyết định số 15/QĐ-UBND."
    >>> [act.by.relation for act in listed_acts(text, [Span(0, len(text))])]
    ['repeals']
    """
    return [act for span in within for act in _lists(view, span)]


def _lists(view: str, within: Span) -> Iterator[ListedAct]:
    lines = list(_LINE.finditer(view, within.start, within.end))
    for i, line in enumerate(lines):
        lead = _LEAD_IN.fullmatch(line.group())
        if not lead or _OTHERS.search(lead["object"]):
            continue
        own, end = _kind(lead["label"]), line.end()
        for item in lines[i + 1:]:
            m = _ITEM.match(item.group())
            if m is None or _kind(m["label"]) == own:
                break
            end = item.end()
        if end > line.end():
            yield ListedAct(Span(line.end(), end), trigger("self", lead["act"]))


def _kind(label: str | None) -> str:
    """The level of an item by its marker: article, number, letter or bullet; "" without one."""
    if not label:
        return ""
    return "điều" if label[0] == "Đ" else "1" if label[0].isdigit() else "a" if label[0].isalpha() else "-"
