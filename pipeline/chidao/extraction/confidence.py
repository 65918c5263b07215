"""How sure each finding is: the chance that an officer lets it stand, from signs that anyone can see in the text.

The weights of the signs are in `knowledge/confidence.tsv`, fitted by `chidao.evaluation.calibration` on annotated
directives; how far they can be trusted is in docs/quality.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from typing import Literal

from chidao import knowledge
from chidao.extraction.tasks.units import begins_with_act
from chidao.model import Assignment, Citation, Deadline, Directive, Span, Task

RecordKind = Literal["task", "lead", "deadline", "citation"]
RECORD_KINDS: tuple[RecordKind, ...] = ("task", "lead", "deadline", "citation")
CONSTANT = "(constant)"  # the weight that every record of its kind has

_NEXT_WORD = re.compile(r"\s+([^\W\d]+)")
_GIVEN = re.compile(
    r"(?:giao|yêu cầu|đề nghị|chủ trì|trách nhiệm|phân công|thực hiện)\W*(?:cho|là)?\W*$", re.IGNORECASE)
_ACTS = re.compile(
    r"\s*(?:chủ trì|phối hợp|có trách nhiệm|chịu trách nhiệm|tham mưu|hướng dẫn|chỉ đạo|tổ chức|xây dựng|tiếp tục"
    r"|tăng cường)")
_UNNAMED = re.compile(r"cơ quan|đơn vị|địa phương|tổ chức|liên quan", re.IGNORECASE)
_ALL_OF = re.compile(r"(?:các|những|từng|mỗi)\b", re.IGNORECASE)
_LIMIT = re.compile(r"\W*(?:trước|chậm nhất|hoàn thành|đến hết|xong|hạn)", re.IGNORECASE)
_LIMIT_BEFORE = re.compile(r"(?:trước|hoàn thành|chậm nhất|hạn|thời gian)\W*(?:ngày)?\W*$", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Confidence:
    """Chances from 0 to 1 in the order of the records: of each task, of each of its leads and of its deadlines, and
    of each citation (that it names the document that the text means)."""

    tasks: tuple[float, ...]
    leads: tuple[tuple[float, ...], ...]
    deadlines: tuple[tuple[float, ...], ...]
    citations: tuple[float, ...]

    def least(self, task: int) -> float:
        """The chance of the weakest part of a task: by this a reviewer's list is sorted."""
        return min((self.tasks[task], *self.leads[task], *self.deadlines[task]))


def judge(directive: Directive) -> Confidence:
    """How sure each task, lead, deadline and citation of `directive` is.

    >>> from chidao.extraction.pipeline import extract
    >>> from chidao.model import SourceText
    >>> text = "KẾ HOẠCH\\nI. NHIỆM VỤ\\n1. Sở Y tế: Rà soát danh mục vật tư trước ngày 30/6/2022."
    >>> sure = judge(extract(SourceText(text=text, format="txt", sha256="0" * 64, name="kh.txt")))
    >>> len(sure.tasks), len(sure.leads[0]), len(sure.deadlines[0]), 0.5 < sure.least(0) < 1.0
    (1, 1, 1, True)
    """
    view = _View(directive)
    return Confidence(
        tuple(chance("task", view.task(t)) for t in directive.tasks),
        tuple(tuple(chance("lead", view.lead(t, lead)) for lead in t.leads) for t in directive.tasks),
        tuple(tuple(chance("deadline", view.deadline(t, d)) for d in t.deadlines) for t in directive.tasks),
        tuple(chance("citation", view.citation(c)) for c in directive.citations))


def chance(kind: RecordKind, signs: Iterable[str]) -> float:
    """The chance that a record with those signs is right, from 0 to 1, to a thousandth."""
    weights = _weights()[kind]
    return round(1 / (1 + exp(-weights[CONSTANT] - sum(weights.get(sign, 0.0) for sign in signs))), 3)


def signs(directive: Directive) -> dict[RecordKind, list[frozenset[str]]]:
    """The signs of every record, leads and deadlines in the order of their tasks; for fitting the weights."""
    view = _View(directive)
    return {
        "task": [frozenset(view.task(t)) for t in directive.tasks],
        "lead": [frozenset(view.lead(t, lead)) for t in directive.tasks for lead in t.leads],
        "deadline": [frozenset(view.deadline(t, d)) for t in directive.tasks for d in t.deadlines],
        "citation": [frozenset(view.citation(c)) for c in directive.citations],
    }


@lru_cache(maxsize=1)
def _weights() -> dict[RecordKind, dict[str, float]]:
    by_kind: dict[RecordKind, dict[str, float]] = {kind: {} for kind in RECORD_KINDS}
    for row in knowledge.rows("confidence"):
        by_kind[row["record"]][row["sign"]] = float(row["weight"])  # type: ignore[index]
    return by_kind


class _View:
    """A directive, and what the signs of all its records share."""

    def __init__(self, directive: Directive) -> None:
        self._text = directive.text
        self._annexes = [r.span for r in directive.regions if r.kind == "annex"]
        self._few = len(directive.tasks) < 8
        led = sum(bool(t.leads) for t in directive.tasks)
        self._mostly_led = 2 * led >= len(directive.tasks)
        self._named = Counter(lead.name for t in directive.tasks for lead in t.leads)

    def task(self, task: Task) -> Iterator[str]:
        words, line = task.span.of(self._text), self._line(task.span)
        sources = {lead.source for lead in task.leads}
        yield "stated lead" if "stated" in sources else "inherited lead" if sources else "no lead"
        yield "target" if task.kind == "target" else "task"
        if begins_with_act(words):
            yield "begins with an act"
        if any(0 <= lead.span.start - task.span.start < 4 for lead in task.leads):
            yield "begins with its lead"
        if self._is_row(line):
            yield "table row"
        if len(words) < 40:
            yield "short"
        if len(words) > 500:
            yield "long"
        if self._in_annex(task.span):
            yield "annex"
        if len(task.path) < 2:
            yield "outside of sections"
        if len(task.path) > 3:
            yield "deep in the outline"
        if self._few:
            yield "few tasks"
        if words[:1].islower():
            yield "small first letter"
        if task.span.start > line.start + 12:
            yield "begins within a line"
        if self._text[task.span.end:task.span.end + 1] not in (".", ";", "\n", ""):
            yield "ends within a sentence"
        if task.deadlines:
            yield "deadline"
        if not self._mostly_led:
            yield "directive without leads"
        if any(c.isdigit() for c in words[:15]):
            yield "figure at the beginning"
        if not any(c in words for c in ".,;"):
            yield "no punctuation"

    def lead(self, task: Task, lead: Assignment) -> Iterator[str]:
        text, words, line = self._text, lead.name.split(), self._line(lead.span)
        yield lead.source
        yield lead.kind
        if len(task.leads) > 3:
            yield "more than three leads"
        elif len(task.leads) > 1:
            yield "two or three leads"
        after = text[lead.span.end:lead.span.end + 30]
        following = _NEXT_WORD.match(after)
        if _ACTS.match(after):
            yield "an act follows"
        elif following:
            yield "a small word follows" if following[1].islower() else "a capital follows"
        if _GIVEN.search(text[max(0, lead.span.start - 25):lead.span.start].rstrip()):
            yield "words of giving before"
        if 0 <= lead.span.start - task.span.start < 4:
            yield "first in its task"
        if after.lstrip()[:1] in (":", "|"):
            yield "a colon follows"
        if len(words) < 3:
            yield "short name"
        if len(words) > 7:
            yield "long name"
        if _ALL_OF.match(lead.name):
            yield "all of a kind"
        if abs(lead.span.start - task.span.start) > 1500:
            yield "named far away"
        if self._is_row(line):
            yield "table row"
        if self._named[lead.name] == 1:
            yield "leads nothing else"
        if lead.source == "inherited" and lead.kind == "group":
            yield "inherited group"
        if _UNNAMED.search(lead.name):
            yield "unnamed bodies"

    def deadline(self, task: Task, deadline: Deadline) -> Iterator[str]:
        text, span = self._text, deadline.span
        words = span.of(text)
        yield deadline.kind
        if deadline.outside:
            yield "outside of its task"
        if deadline.value == "regular":
            yield "regular"
        if _LIMIT.match(words) or _LIMIT_BEFORE.search(text[max(0, span.start - 40):span.start]):
            yield "words of a limit"
        if len(words) < 12:
            yield "short"
        if deadline.value.endswith("-12-31"):
            yield "a year"
        elif _DAY.fullmatch(deadline.value):
            yield "a day"
        if len(task.deadlines) > 1:
            yield "one of several"
        if self._is_row(self._line(span)):
            yield "table row"
        if task.kind == "target":
            yield "target"
        if 0 <= span.start - task.span.start < 5:
            yield "begins its task"
        if 0 <= task.span.end - span.end < 5:
            yield "ends its task"

    def citation(self, citation: Citation) -> Iterator[str]:
        yield citation.form
        if citation.number:
            yield "number"
        if citation.number and re.search(r"/\d{4}", citation.number):
            yield "year in the number"
        if citation.date or citation.year:
            yield "date"
        if citation.name:
            yield "name"
        if citation.issuer:
            yield "issuer"
        if citation.relation == "mentions":
            yield "mention"
        if self._in_annex(citation.span):
            yield "annex"

    def _line(self, span: Span) -> Span:
        end = self._text.find("\n", span.end)
        return Span(self._text.rfind("\n", 0, span.start) + 1, len(self._text) if end < 0 else end)

    def _is_row(self, line: Span) -> bool:
        return self._text.find(" | ", *line) >= 0

    def _in_annex(self, span: Span) -> bool:
        return any(annex.start <= span.start < annex.end for annex in self._annexes)
