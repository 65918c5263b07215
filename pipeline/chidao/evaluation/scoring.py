"""Scores what was extracted from one directive against its annotation."""
from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from chidao.evaluation.frame import Frame, Item
from chidao.evaluation.match import match, overlap, share
from chidao.evaluation.report import Comparison, Mark, Miss, Report
from chidao.evaluation.sides import (
    HEADER_FIELDS,
    HEADER_LISTS,
    Mention,
    Part,
    Side,
    SideName,
    Unit,
    expected_side,
    found_side,
    same_document,
    same_field,
)
from chidao.model import Span

# Whether somebody wrote "thường xuyên" down is a matter of wording: one figure leaves it out.
_REGULAR = "recurring regular"
_FIGURES: dict[Part, str] = {"product": "products", "lead": "lead agencies", "coordinator": "coordinating agencies",
                             "deadline": "deadlines"}
_NAMES = {"addressees": "addressee", "recipients": "recipient"}


def score(gold: Item, extracted: Item, source: str) -> Report:
    """Figures and misses of one directive, and the comparison that they were read from.

    `gold` is an annotation, `extracted` an object of the extraction contract, `source` the text that was
    annotated. Spans are compared on significant characters, so `extracted["text"]` may join lines; a
    task is found when half of what it and the annotated one cover is shared, a citation from four tenths.
    Raises EvaluationError where a quote of `gold` does not stand in `source`.
    """
    frame = Frame(source, extracted["text"])
    expected, found = expected_side(gold, frame), found_side(extracted, frame)
    comparison = Comparison(
        frame.source, expected, found, lost=frame.lost(),
        units=match(_extents(expected.units), _extents(found.units), at_least=0.5),
        citations=match(_extents(expected.citations), _extents(found.citations), at_least=0.4))
    report = Report(comparison=comparison)
    _score_text(report, frame)
    _score_header(report, expected, found)
    _score_citations(report, expected.citations, found.citations, comparison.citations)
    _score_relations(report, expected.relations, found.relations)
    _score_units(report, expected.units, found.units, comparison.units)
    return report


def _extents(items: Sequence[Unit | Mention]) -> list[Span]:
    return [item.extent for item in items]


def _score_text(report: Report, frame: Frame) -> None:
    kept, size, found = frame.alignment.kept, len(frame.source_characters), len(frame.text_characters)
    report.add("text kept", kept, size, found)
    if kept < size:
        report.misses.append(Miss("text-lost", "text kept", want=str(size - kept), at=(Mark("found", "text"),)))
    if kept < found:
        report.misses.append(Miss("text-invented", "text kept", got=str(found - kept), at=(Mark("found", "text"),)))


def _score_header(report: Report, expected: Side, found: Side) -> None:
    for name in HEADER_FIELDS:
        want, got = expected.header[name], found.header[name]
        right = same_field(name, want, got)
        report.add("header", int(right), 1, 1)
        if not right:
            at = Mark("expected", "header", part=name), Mark("found", "header", part=name)
            report.misses.append(Miss(f"header-{name}", "header", name, want, got, at))
    for name in HEADER_LISTS:
        wanted, read = expected.names[name], found.names[name]
        report.add(name, len(wanted.keys() & read.keys()), len(wanted), len(read))
        report.misses += [Miss(f"{_NAMES[name]}-missed", name, want=wanted[key],
                               at=(Mark("expected", "header", part=name, key=key),))
                          for key in wanted if key not in read]
        report.misses += [Miss(f"{_NAMES[name]}-invented", name, got=read[key],
                               at=(Mark("found", "header", part=name, key=key),))
                          for key in read if key not in wanted]


def _score_citations(report: Report, expected: Sequence[Mention], found: Sequence[Mention],
                     pairs: Mapping[int, int]) -> None:
    right = 0
    for i, j in pairs.items():
        want, got = expected[i], found[j]
        at = Mark("expected", "citation", i), Mark("found", "citation", j)
        if not same_document(want, got):
            report.misses.append(Miss("citation-document", "citations", want.words, want.cited, got.cited, at))
            continue
        right += 1
        for kind, values in (("relation", (want.relation, got.relation)), ("date", (want.date, got.date))):
            report.add(f"citation {kind}", int(values[0] == values[1]), 1, 1)
            if values[0] != values[1]:
                report.misses.append(Miss(f"citation-{kind}", f"citation {kind}", want.words, *values, at))
    report.add("citations", right, len(expected), len(found))
    report.misses += [Miss("citation-missed", "citations", c.words, want=c.cited, at=(Mark("expected", "citation", i),))
                      for i, c in enumerate(expected) if i not in pairs]
    paired = set(pairs.values())
    report.misses += [Miss("citation-invented", "citations", c.words, got=c.cited, at=(Mark("found", "citation", j),))
                      for j, c in enumerate(found) if j not in paired]


def _score_relations(report: Report, expected: Mapping[str, str], found: Mapping[str, str]) -> None:
    report.add("relations", len(expected.keys() & found.keys()), len(expected), len(found))
    report.misses += [
        *(Miss("relation-missed", "relations", want=expected[key], at=(Mark("expected", "relation", key=key),))
          for key in sorted(expected.keys() - found.keys())),
        *(Miss("relation-invented", "relations", got=found[key], at=(Mark("found", "relation", key=key),))
          for key in sorted(found.keys() - expected.keys()))]


def _score_units(report: Report, expected: Sequence[Unit], found: Sequence[Unit], pairs: Mapping[int, int]) -> None:
    whole = sum(overlap(expected[i].extent, found[j].extent) >= 0.9 for i, j in pairs.items())
    report.add("tasks", len(pairs), len(expected), len(found))
    report.add("tasks, nine tenths", whole, len(expected), len(found))
    paired = set(pairs.values())
    _list_unpaired(report, "expected", [i for i in range(len(expected)) if i not in pairs], expected, found)
    _list_unpaired(report, "found", [j for j in range(len(found)) if j not in paired], found, expected)
    for i, want in enumerate(expected):
        if i in pairs:
            _score_unit(report, want, found[pairs[i]], Mark("expected", "unit", i), Mark("found", "unit", pairs[i]))
        else:
            _count_all(report, want, side="expected")
    for j, got in enumerate(found):
        if j not in paired:
            _count_all(report, got, side="found")


def _list_unpaired(report: Report, side: SideName, alone: Sequence[int], ours: Sequence[Unit],
                   theirs: Sequence[Unit]) -> None:
    """The units of one side without a partner, told apart by how they lie to those of the other side."""
    lies_in, holds, neither = (("unit-merged", "unit-split", "unit-missed") if side == "expected" else
                               ("unit-piece", "unit-lump", "unit-invented"))
    for i in alone:
        unit = ours[i]
        kind = (lies_in if any(share(unit.extent, other.extent) >= 0.5 for other in theirs) else
                holds if any(share(other.extent, unit.extent) >= 0.5 for other in theirs) else neither)
        report.misses.append(Miss(kind, "tasks", unit.words, at=(Mark(side, "unit", i),)))


def _score_unit(report: Report, want: Unit, got: Unit, wanted: Mark, read: Mark) -> None:
    """Everything that hangs on a unit that was found."""
    if overlap(want.extent, got.extent) < 0.9:
        shorter = got.extent.end - got.extent.start < want.extent.end - want.extent.start
        report.misses.append(Miss("unit-short" if shorter else "unit-long", "tasks, nine tenths", want.words,
                                  got=got.words, at=(wanted, read)))
    report.add("task kind", int(want.kind == got.kind), 1, 1)
    if want.kind != got.kind:
        report.misses.append(Miss("unit-kind", "task kind", want.words, want.kind, got.kind, (wanted, read)))
    _score_leads(report, want, got, wanted, read)
    for part in _FIGURES:
        _count(report, part, want.keys(part), got.keys(part))
        report.misses += _differences(part, want, got, wanted, read)


def _score_leads(report: Report, want: Unit, got: Unit, wanted: Mark, read: Mark) -> None:
    leads = set(want.keys("lead"))
    right = leads == set(got.keys("lead"))
    report.add("leads right in whole", int(right), 1, 1)
    if not leads or not right:
        return
    report.add("lead source", int(want.lead_sources == got.lead_sources), 1, 1)
    if want.lead_sources != got.lead_sources:
        report.misses.append(Miss(
            "lead-source", "lead source", want.words, ", ".join(sorted(want.lead_sources)),
            ", ".join(sorted(got.lead_sources)), (wanted._replace(part="source"), read._replace(part="source"))))


def _count_all(report: Report, unit: Unit, *, side: SideName) -> None:
    """What hangs on a unit without a partner counts, too; of products only those of units that were found."""
    for part in _FIGURES:
        if part != "product":
            keys = unit.keys(part)
            _count(report, part, *((keys, []) if side == "expected" else ([], keys)))


def _count(report: Report, part: Part, want: Sequence[str], got: Sequence[str]) -> None:
    wanted, read = Counter(want), Counter(got)
    report.add(_FIGURES[part], (wanted & read).total(), wanted.total(), read.total())
    if part == "deadline":
        del wanted[_REGULAR], read[_REGULAR]
        report.add("deadlines w/o regular", (wanted & read).total(), wanted.total(), read.total())


def _differences(part: Part, want: Unit, got: Unit, wanted: Mark, read: Mark) -> list[Miss]:
    """A miss for each detail that one side alone has."""
    lacking, left = Counter(want.keys(part)), Counter(got.keys(part))
    lacking, left = lacking - left, left - lacking
    shown = {detail.key: detail.shown for unit in (got, want) for detail in unit.details if detail.part == part}
    return [*(Miss(f"{part}-missed", _FIGURES[part], want.words, want=shown[key],
                   at=(wanted._replace(part=part, key=key),)) for key in lacking.elements()),
            *(Miss(f"{part}-invented", _FIGURES[part], want.words, got=shown[key],
                   at=(read._replace(part=part, key=key),)) for key in left.elements())]
