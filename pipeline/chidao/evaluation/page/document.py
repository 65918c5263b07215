"""One directive on the page: its header and its text, both sides beside each other."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chidao.evaluation.page.cases import Flags, Scored
from chidao.evaluation.page.markup import Html, fill, joined
from chidao.evaluation.page.passages import passages
from chidao.evaluation.page.words import Words
from chidao.evaluation.report import Comparison, Mark
from chidao.evaluation.sides import HEADER_FIELDS, HEADER_LISTS, SideName

_LABELS = {"title": "title_field"}


class Row(NamedTuple):
    """A line of the header: what each side says and what is wrong with it."""

    label: str
    expected: Html
    found: Html
    flags: list[Html]


def document(directive: Scored, words: Words) -> Html:
    """The directive, open where something differs."""
    flags = Flags(directive.cases, words)
    comparison, count = directive.comparison, len(directive.cases)
    header = comparison.expected.header
    return fill(
        "document", opening=fill("document_open" if count else "document_closed"), anchor=directive.anchor,
        name=directive.name, number=" ".join(filter(None, (header["type"], header["number"]))),
        state="wrong" if count else "right",
        count=words("count_misses", count=count) if count else words("all_right"),
        header=_header(list(_rows(comparison, flags, words)), words),
        expected=words("expected"), found=words("actual"), passages=passages(comparison, flags, words))


def _header(rows: list[Row], words: Words) -> Html:
    wrong, right = [row for row in rows if row.flags], [row for row in rows if not row.flags]
    agreeing = fill("header_agreeing", words=words("agreeing", count=len(right)), table=_table(right, words))
    return Html((_table(wrong, words) + "\n" if wrong else "") + (agreeing + "\n" if right else ""))


def _table(rows: list[Row], words: Words) -> Html:
    return fill("header", field=words("field"), expected=words("expected"), found=words("actual"),
                rows=[fill("header_row", **row._asdict()) for row in rows])


def _rows(comparison: Comparison, flags: Flags, words: Words) -> Iterator[Row]:
    expected, found = comparison.expected, comparison.found
    for name in HEADER_FIELDS:
        want, got = expected.header[name], found.header[name]
        yield Row(words(_LABELS.get(name, name)), _listed(want or "–"), _listed(got or "–"),
                  flags.at(Mark("expected", "header", part=name)))
    for name in HEADER_LISTS:
        yield _names(words(name), expected.names[name], found.names[name], flags,
                     Mark("expected", "header", part=name))
    if expected.relations or found.relations:
        yield _names(words("relations"), expected.relations, found.relations, flags, Mark("expected", "relation"))
    lost = flags.at(Mark("found", "text"))
    if lost:
        yield Row(words("text"), _listed(words.count(len(comparison.text))), _listed(_difference(comparison)), lost)


def _names(label: str, expected: Mapping[str, str], found: Mapping[str, str], flags: Flags, mark: Mark) -> Row:
    """A row of lists; `mark` is that of the list, on either side."""
    def listed(side: SideName, shown: Mapping[str, str]) -> Html:
        return joined(_listed(value, wrong=flags.wrong(mark._replace(side=side, key=key)))
                      for key, value in shown.items())

    said: list[tuple[SideName, str]] = [*(("expected", key) for key in expected), *(("found", key) for key in found)]
    return Row(label, listed("expected", expected), listed("found", found),
               [flag for side, key in said for flag in flags.at(mark._replace(side=side, key=key))])


def _listed(value: str, *, wrong: bool = False) -> Html:
    return fill("listed", words=value, state="wrong" if wrong else "")


def _difference(comparison: Comparison) -> str:
    return " … ".join(span.of(comparison.text) for span in comparison.lost)
