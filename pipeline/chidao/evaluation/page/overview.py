"""The top of the page: kinds of misses, figures, figures by directive."""
from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from chidao.evaluation.intervals import Interval
from chidao.evaluation.page.cases import Case, Scored
from chidao.evaluation.page.markup import Html, fill, joined
from chidao.evaluation.page.words import Words
from chidao.evaluation.report import Report, Tally
from chidao.evaluation.sides import PARTS

_LONGEST = 120


def kinds(directives: Sequence[Scored], words: Words) -> Html:
    """The kinds of misses, the most frequent first, each with its cases."""
    by_kind: dict[str, list[tuple[Scored, Case]]] = {}
    for directive in directives:
        for case in directive.cases:
            by_kind.setdefault(case.miss.kind, []).append((directive, case))
    if not by_kind:
        return fill("note", words=words("kinds_none"))
    most = max(map(len, by_kind.values()))
    ordered = sorted(by_kind.items(), key=lambda kind: (-len(kind[1]), kind[0]))
    return joined((fill("note", words=words("kinds_told")),
                   *(_kind(code, cases, most, len(directives), words) for code, cases in ordered)))


def _kind(code: str, cases: Sequence[tuple[Scored, Case]], most: int, directives: int, words: Words) -> Html:
    spread = words("in_documents", count=len({directive.anchor for directive, _ in cases}), all=directives)
    return fill("kind", code=code, name=words.kind(code), meaning=words.meaning(code), count=len(cases),
                hanging=_hanging(cases, words), width=round(100 * len(cases) / most, 1), spread=spread,
                cases=[_case(directive, case, words) for directive, case in cases])


def _hanging(cases: Sequence[tuple[Scored, Case]], words: Words) -> str:
    """How many names and deadlines are lost or invented together with units that have no partner."""
    parts: Counter[str] = Counter()
    for directive, case in cases:
        mark, pairs = case.miss.at[0], directive.comparison.units
        if mark.item == "unit" and mark.number not in (pairs if mark.side == "expected" else pairs.values()):
            side = directive.comparison.expected if mark.side == "expected" else directive.comparison.found
            parts.update(detail.part for detail in side.units[mark.number].details)
    said = [words(f"{part}s", count=parts[part]) for part in PARTS if parts[part]]
    return words("hanging", parts=", ".join(said)) if said else ""


def _case(directive: Scored, case: Case, words: Words) -> Html:
    miss = case.miss
    values = [fill("value", side=side, label=words(side), words=clipped(value))
              for side, value in (("want", miss.want), ("got", miss.got)) if value is not None]
    return fill("case", anchor=case.anchor, place=clipped(miss.place) or words.kind(miss.kind), values=values,
                document=directive.name)


def clipped(text: str) -> str:
    """The beginning of `text` on one line; an ellipsis says that there was more."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rstrip() + "…"


def figures(report: Report, intervals: Mapping[str, Interval], words: Words) -> Html:
    """The figures over all, with their intervals."""
    rows = [_figure(name, tally, intervals.get(name), words) for name, tally in report.tallies.items()]
    table = fill("figures", rows=rows, **{code: words(code) for code in ("figure", "interval", "hit", "gold", "found")})
    told = [words("figures_told")] if intervals else []
    told += [] if all(tally.claimed for tally in report.tallies.values()) else [words("unclaimed")]
    return joined((table, *(fill("note", words=line) for line in told)))


def _figure(name: str, tally: Tally, interval: Interval | None, words: Words) -> Html:
    shown = f"{interval.low:.3f}–{interval.high:.3f}" if interval else ""
    low, high = interval or (tally.f1, tally.f1)
    bar = fill("bar", low=round(100 * low, 1), width=round(100 * (high - low), 1), at=round(100 * tally.f1, 1))
    return fill("figure", state="" if tally.claimed else "unclaimed", name=name if tally.claimed else f"{name} †",
                f1=f"{tally.f1:.3f}", interval=shown, bar=bar, precision=f"{tally.precision:.3f}",
                recall=f"{tally.recall:.3f}", hit=words.count(tally.hit), gold=words.count(tally.gold),
                found=words.count(tally.found))


def by_document(directives: Sequence[Scored], names: Sequence[str], words: Words) -> Html:
    """F1 of each directive by figure, those with the most misses first."""
    rows = [fill("matrix_row", anchor=each.anchor, name=each.name, misses=len(each.cases),
                 cells=[_cell(name, each.report.tallies.get(name, Tally())) for name in names])
            for each in sorted(directives, key=lambda each: -len(each.cases))]
    table = fill("matrix", document=words("document"), misses=words("misses"), rows=rows,
                 figures=[fill("turned", name=name) for name in names])
    return joined((fill("note", words=words("by_document_told")), table))


def _cell(figure: str, tally: Tally) -> Html:
    counts = f"{tally.hit}/{tally.gold}, {tally.found}"
    if not tally.gold and not tally.found:
        return fill("cell", state="nothing", figure=figure, counts=counts, f1="–")
    state = ("" if tally.claimed else "unclaimed ") + ("" if tally.f1 == 1 else "less")
    return fill("cell", state=state, figure=figure, counts=counts,
                f1="1" if tally.f1 == 1 else f"{tally.f1:.3f}".removeprefix("0"))
