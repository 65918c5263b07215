"""The text of a directive with the marks of both sides beside each other."""
from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from chidao.evaluation.page.cases import Flags
from chidao.evaluation.page.markup import NOTHING, Html, fill
from chidao.evaluation.page.words import Words
from chidao.evaluation.report import Comparison, Mark
from chidao.evaluation.sides import PARTS, Part, Side, SideName, Unit
from chidao.model import Span

_FOLDED_FROM = 240
_BEGINNING = 70


@dataclass(frozen=True, slots=True)
class Stretch:
    """A marked stretch of the text; `number` stands before it, `about` is said below its paragraph.

    `off` where not the stretch itself is wrong but what is said about it.
    """

    span: Span
    style: str
    wrong: bool
    number: Html = NOTHING
    about: Html = NOTHING
    off: bool = False


def passages(comparison: Comparison, flags: Flags, words: Words) -> Html:
    """Paragraphs with marks as rows of two columns, what lies between them once, folded where it is long."""
    text = comparison.text
    sides = [_stretches(comparison, "expected", flags, words), _stretches(comparison, "found", flags, words)]
    blocks = _blocks(text, sorted(stretch.span for side in sides for stretch in side))
    shown: list[Html] = []
    for marked, run in groupby(blocks, key=lambda block: any(_within(block, side) for side in sides)):
        if marked:
            shown += (_row(text, block, *(_within(block, side) for side in sides)) for block in run)
        else:
            spans = list(run)
            shown.append(_unmarked(Span(spans[0].start, spans[-1].end).of(text), words))
    return Html("\n".join(filter(None, shown)))


def _blocks(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The paragraphs of `text`, those that a span joins as one."""
    reach = 0
    start = 0
    later = iter(spans)
    following = next(later, None)
    for end in (*(at for at, char in enumerate(text) if char == "\n"), len(text)):
        while following and following.start <= end:
            reach = max(reach, following.end)
            following = next(later, None)
        if reach <= end:
            yield Span(start, end)
            start = end + 1


def _within(block: Span, stretches: Sequence[Stretch]) -> Sequence[Stretch]:
    """Those of `stretches` (in order) that stand in `block`; none reaches beyond it."""
    first = bisect_left(stretches, block.start, key=lambda stretch: stretch.span.start)
    after = bisect_left(stretches, block.end + 1, key=lambda stretch: stretch.span.start)
    return stretches[first:after]


def _row(text: str, block: Span, expected: Sequence[Stretch], found: Sequence[Stretch]) -> Html:
    wrong = any(stretch.wrong or stretch.off for stretch in (*expected, *found))
    return fill("row", state="off" if wrong else "calm", expected=_passage(text, block, expected),
                found=_passage(text, block, found))


def _passage(text: str, block: Span, stretches: Sequence[Stretch]) -> Html:
    """The words of `block`, cut wherever a mark begins or ends, so that marks may overlap as they like."""
    cuts = sorted({*block, *(at for stretch in stretches for at in stretch.span)})
    pieces: list[Html | str] = []
    for start, end in pairwise((*cuts, block.end)):
        pieces += (stretch.number for stretch in stretches if stretch.span.start == start)
        pieces.append(_piece(text[start:end], [s for s in stretches if s.span.start <= start < s.span.end]))
    return fill("passage", words=pieces, about=[stretch.about for stretch in stretches])


def _piece(words: str, covering: Sequence[Stretch]) -> Html | str:
    if not covering or not words:
        return words
    classes = dict.fromkeys(name for s in covering for name in (s.style, f"{s.style}-wrong" if s.wrong else "") if name)
    return fill("stretch", classes=" ".join(classes), words=words)


def _unmarked(text: str, words: Words) -> Html:
    """Words without a mark, without their empty lines."""
    line = " ".join(text.split())
    shown = "\n".join(each for each in text.splitlines() if each.strip())
    if not line:
        return NOTHING
    if len(line) < _FOLDED_FROM:
        return fill("plain", words=shown)
    beginning = line if len(line) <= _BEGINNING else line[:_BEGINNING].rstrip() + "…"
    return fill("fold", told=words("folded", count=words.count(len(line)), words=beginning), words=shown)


def _stretches(comparison: Comparison, name: SideName, flags: Flags, words: Words) -> list[Stretch]:
    """The marks of one side in order of the text."""
    side: Side = getattr(comparison, name)
    partners = comparison.units if name == "expected" else {j: i for i, j in comparison.units.items()}
    others = comparison.found.units if name == "expected" else comparison.expected.units
    stretches: list[Stretch] = []
    for i, unit in enumerate(side.units):
        mark = Mark(name, "unit", i)
        number = str(i + 1) if name == "expected" else str(partners[i] + 1) if i in partners else "+"
        stretches.append(_unit(unit, number, mark, flags, words))
        stretches += _details(unit, others[partners[i]] if i in partners else None, mark, flags)
    for i, mention in enumerate(side.citations):
        mark = Mark(name, "citation", i)
        said = " · ".join(filter(None, (mention.cited, mention.date, mention.relation)))
        wrong = flags.wrong(mark)
        about = fill("about_citation", label=words("citation"), words=said, flags=flags.at(mark)) if wrong else NOTHING
        stretches.append(Stretch(mention.span, "citation", wrong, about=about))
    if name == "found":
        stretches += (Stretch(span, "lost", wrong=True) for span in comparison.lost)
    return sorted(stretches, key=lambda stretch: stretch.span)


def _unit(unit: Unit, number: str, mark: Mark, flags: Flags, words: Words) -> Stretch:
    state = "wrong" if flags.wrong(mark) else ""
    parts = [_part(unit, part, mark, flags, words) for part in PARTS if unit.keys(part)]
    about = fill("about", state=state, number=number, kind=words(unit.kind or "task"), flags=flags.at(mark),
                 details=parts)
    inside = any(flags.wrong(mark._replace(part=detail.part, key=detail.key)) for detail in unit.details)
    return Stretch(unit.span, "unit", flags.wrong(mark), fill("number", number=number, state=state), about,
                   off=inside or flags.wrong(mark._replace(part="source")))


def _part(unit: Unit, part: Part, mark: Mark, flags: Flags, words: Words) -> Html:
    """The names below a unit; whether its leads are stated or inherited stands after them."""
    marks = [(detail, mark._replace(part=part, key=detail.key)) for detail in unit.details if detail.part == part]
    chips = [fill("chip", words=detail.shown, classes=f"{part} wrong" if flags.wrong(each) else part,
                  flags=flags.at(each)) for detail, each in marks]
    if part == "lead":
        source = mark._replace(part="source")
        chips += [fill("source", words=", ".join(words(s) for s in sorted(unit.lead_sources) if s),
                       state="wrong" if flags.wrong(source) else "", flags=flags.at(source))]
    return fill("part", label=words(part), chips=chips)


def _details(unit: Unit, partner: Unit | None, mark: Mark, flags: Flags) -> Iterator[Stretch]:
    """Where the names, deadlines and products of a unit stand.

    An annotation gives a name in full and not where it stands: that is where it was found, if it was.
    """
    found: Mapping[tuple[Part, str], Span | None] = {
        (detail.part, detail.key): detail.span for detail in (partner.details if partner else ())}
    for detail in unit.details:
        span = detail.span or found.get((detail.part, detail.key))
        if span:
            yield Stretch(span, detail.part, flags.wrong(mark._replace(part=detail.part, key=detail.key)))
