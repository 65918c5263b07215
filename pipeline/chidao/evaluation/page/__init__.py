"""The report of an evaluation as one page: what goes wrong most, and where, with both sides on the text.

The page is one HTML file that needs nothing else: no script, no picture, no network.
"""
from __future__ import annotations

from collections.abc import Mapping

from chidao.evaluation.intervals import Interval
from chidao.evaluation.page import overview
from chidao.evaluation.page.cases import scored
from chidao.evaluation.page.document import document
from chidao.evaluation.page.markup import fill, style
from chidao.evaluation.page.words import Lang, Words
from chidao.evaluation.report import Report, Tally

_SHOWN = ("unit", "lead", "coordinator", "deadline", "product", "citation", "lost", "wrong")


def render(report: Report, intervals: Mapping[str, Interval], *, name: str, lang: Lang, version: str = "") -> str:
    """The page over all directives of `report`, as `evaluate_folder` gives it; `name` says what was evaluated."""
    words = Words(lang)
    directives = [scored(i, each, one) for i, (each, one) in enumerate(report.per_document.items(), 1)]
    return fill(
        "page", lang=lang, style=style(), title=words("title", name=name),
        summary=words("summary", documents=len(directives), units=report.tallies.get("tasks", Tally()).gold,
                      misses=len(report.misses)),
        kinds_heading=words("kinds"), kinds=overview.kinds(directives, words),
        figures_heading=words("figures"), figures=overview.figures(report, intervals, words),
        by_document_heading=words("by_document"),
        by_document=overview.by_document(directives, list(report.tallies), words),
        documents_heading=words("side_by_side"), only_wrong=words("only_wrong"),
        legend=fill("legend", told=words("legend"), **{code: words(code) for code in _SHOWN}),
        documents=[document(each, words) for each in directives],
        made_by=words("made_by", version=version), top=words("top"))
