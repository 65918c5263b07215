"""What a print of a sample directive is held to: its words, its figures, a place for every span."""
from __future__ import annotations

import json
from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from chidao.evaluation import combine, score
from chidao.export.contract import to_contract
from chidao.model import Directive, SourceText

CORPUS = Path(__file__).parents[2] / "corpus"
MOST_WRONG = 0.003  # of the characters, white space normalised


def normal(text: str) -> str:
    return " ".join(text.replace(" | ", " ").split())


def without_furniture(source: SourceText) -> str:
    at, parts = 0, []
    for region in sorted((r for r in source.regions if r.kind == "furniture"), key=lambda r: r.span):
        parts.append(source.text[at:region.span.start])
        at = region.span.end
    return normal("".join([*parts, source.text[at:]]))


def error_rate(expected: str, found: str) -> float:
    """Characters to put in, take out or change, as a share of the expected ones."""
    changes = SequenceMatcher(None, expected, found, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for kind, a, b, c, d in changes if kind != "equal") / len(expected)


def figures_of(directives: Mapping[str, Directive]) -> dict[str, Any]:
    """The figures against their annotations of directives by the names of their samples."""
    reports = {}
    for name, directive in directives.items():
        gold = json.loads((CORPUS / "annotations" / f"{name}.json").read_text("utf-8"))
        source = (CORPUS / "sources" / f"{name}.txt").read_text("utf-8")
        reports[name] = score(gold, to_contract(directive), source)
    return dict(combine(reports).figures())


def placeless(directive: Directive) -> list[str]:
    """The words of the spans that have no place on a page, or a wrong one."""
    return [span.of(directive.text) for span in spans(directive) if not _has_place(directive, span)]


def _has_place(directive: Directive, span: Any) -> bool:
    boxes = directive.locate(span)
    return bool(boxes) and all(box.x0 < box.x1 and box.top < box.bottom and box.page <= (directive.source.pages or 0)
                               for box in boxes)


def spans(directive: Directive) -> list[Any]:
    tasks = [[t.span, *(a.span for a in t.assignments), *(d.span for d in t.deadlines), *(p.span for p in t.products)]
             for t in directive.tasks]
    return [*directive.header.evidence.values(), *(c.span for c in directive.citations), *(s for t in tasks for s in t)]
