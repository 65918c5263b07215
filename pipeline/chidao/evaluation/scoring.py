"""Scores what was extracted from one directive against its annotation."""
from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from chidao.errors import ChidaoError
from chidao.evaluation.align import Alignment, significant
from chidao.evaluation.keys import agency_key, document_key, number_key, words_key
from chidao.evaluation.match import match, overlap
from chidao.evaluation.report import Miss, MissKind, Report
from chidao.model import Span

Item = Mapping[str, Any]
Deadlines = Counter[tuple[str, str]]

_HEADER_KEYS = {"type": words_key, "number": number_key, "symbol": number_key, "issuer": agency_key,
                "place": words_key, "date": words_key, "title": words_key}
_LEAD_SOURCES = {"explicit": "stated", "heading": "inherited"}
# Whether somebody wrote "thường xuyên" down is a matter of wording: one figure leaves it out.
_REGULAR = ("recurring", "regular")


class EvaluationError(ChidaoError):
    """Annotations that can't be scored: no source text, another format, a quote that the text lacks."""


def score(gold: Item, extracted: Item, source: str) -> Report:
    """Figures and misses of one directive.

    `gold` is an annotation, `extracted` an object of the extraction contract, `source` the text that was
    annotated. Spans are compared on significant characters, so `extracted["text"]` may join lines; a
    task is found when half of what it and the annotated one cover is shared, a citation from four tenths.
    Raises EvaluationError where a quote of `gold` does not stand in `source`.
    """
    report = Report()
    frame = _Frame(source, extracted["text"])
    _score_text(report, frame)
    _score_header(report, gold["document"], extracted["document"])
    _score_citations(report, frame, gold["citations"], extracted["citations"])
    _score_relations(report, gold.get("relations") or (), extracted.get("relations") or ())
    _score_tasks(report, frame, gold["tasks"], extracted["tasks"])
    return report


class _Frame:
    """Brings annotated quotes and extracted offsets into one count: significant characters of the source."""

    def __init__(self, source: str, text: str) -> None:
        self.source, self.text = unicodedata.normalize("NFC", source), text
        self.source_characters, self._source_before = significant(self.source)
        self.text_characters, self._text_before = significant(text)
        self.alignment = Alignment(self.source_characters, self.text_characters)

    def annotated(self, items: Sequence[Item]) -> list[Span]:
        """Where the quotes stand; one without ``nth`` is looked for from the quote before it on."""
        spans, cursor = [], 0
        for item in items:
            quote = unicodedata.normalize("NFC", item["quote"])
            cursor = self._place(quote, item.get("nth"), cursor)
            spans.append(Span(self._source_before[cursor], self._source_before[cursor + len(quote)]))
        return spans

    def _place(self, quote: str, nth: int | None, cursor: int) -> int:
        at = nth_occurrence(self.source, quote, nth) if nth else self.source.find(quote, cursor)
        if at < 0 and not nth:
            at = self.source.find(quote)
        if at < 0:
            raise EvaluationError("annotation_invalid", f"quote not in the source text: {quote[:80]!r}")
        return at

    def found(self, items: Sequence[Item]) -> list[Span]:
        """Where the extracted items stand in the source."""
        return [self.alignment.span(self._text_before[i["start"]], self._text_before[i["end"]]) for i in items]

    def words(self, item: Item) -> str:
        """The words of an extracted item."""
        return self.text[item["start"]:item["end"]]


def nth_occurrence(text: str, words: str, nth: int) -> int:
    """The start of the `nth` (from 1) of the non-overlapping occurrences of `words`, -1 where there are fewer.

    >>> nth_occurrence("Sở Y tế, Sở Nội vụ", "Sở", 2)
    9
    """
    at = -len(words)
    for _ in range(nth):
        at = text.find(words, at + len(words))
        if at < 0:
            return -1
    return at


def _score_text(report: Report, frame: _Frame) -> None:
    kept, size, found = frame.alignment.kept, len(frame.source_characters), len(frame.text_characters)
    report.add("text kept", kept, size, found)
    if kept < size:
        report.misses.append(Miss("text kept", "missed", want=f"{size - kept} characters more"))
    if kept < found:
        report.misses.append(Miss("text kept", "invented", got=f"{found - kept} characters too many"))


def _score_header(report: Report, gold: Item, found: Item) -> None:
    for name, key in _HEADER_KEYS.items():
        want, got = gold.get(name), found.get(name)
        _score_value(report, "header", name, want, got, same=key(want) == key(got))
    signer, read = ((side.get("signer") or {}).get("name") for side in (gold, found))
    _score_value(report, "header", "signer", signer, read, same=words_key(signer) == words_key(read))
    for name in ("addressees", "recipients"):
        _score_names(report, name, "", *({words_key(v) for v in side.get(name) or ()} for side in (gold, found)))


def _score_citations(report: Report, frame: _Frame, gold: Sequence[Item], found: Sequence[Item]) -> None:
    pairs = match(frame.annotated(gold), frame.found(found), at_least=0.4)
    right = 0
    for i, j in pairs.items():
        want, got = gold[i], found[j]
        if not _same_document(want, got):
            report.misses.append(Miss("citations", "differs", want["quote"], _cited(want), _cited(got)))
            continue
        right += 1
        for figure, key in (("citation relation", "relation"), ("citation date", "date")):
            _score_value(report, figure, want["quote"], want.get(key) or None, got.get(key) or None)
    report.add("citations", right, len(gold), len(found))
    _unpaired(report, "citations", frame, gold, found, pairs)


def _same_document(want: Item, got: Item) -> bool:
    if words_key(want["type"]) != words_key(got.get("type")):
        return False
    if want.get("number"):
        return number_key(want["number"]) == number_key(got.get("number"))
    return not got.get("number") and words_key(want.get("name")) == words_key(got.get("name"))


def _cited(citation: Item) -> str:
    return f"{citation.get('type')} {citation.get('number') or citation.get('name')}"


def _score_relations(report: Report, gold: Sequence[Item], found: Sequence[Item]) -> None:
    want, got = ({(document_key(r["from"]), r["type"], document_key(r["to"])) for r in side} for side in (gold, found))
    report.add("relations", len(want & got), len(want), len(got))
    report.misses += [Miss("relations", "missed", " ".join(relation)) for relation in sorted(want - got)]
    report.misses += [Miss("relations", "invented", " ".join(relation)) for relation in sorted(got - want)]


def _score_tasks(report: Report, frame: _Frame, gold: Sequence[Item], found: Sequence[Item]) -> None:
    gold_spans, found_spans = frame.annotated(gold), frame.found(found)
    pairs = match(gold_spans, found_spans, at_least=0.5)
    whole = sum(overlap(gold_spans[i], found_spans[j]) >= 0.9 for i, j in pairs.items())
    report.add("tasks", len(pairs), len(gold), len(found))
    report.add("tasks, nine tenths", whole, len(gold), len(found))
    _unpaired(report, "tasks", frame, gold, found, pairs)
    for i, want in enumerate(gold):
        if i in pairs:
            _score_task(report, want, found[pairs[i]])
        else:
            _count_missed(report, want)
    for j in sorted(set(range(len(found))) - set(pairs.values())):
        _count_invented(report, found[j])


def _score_task(report: Report, want: Item, got: Item) -> None:
    """Everything that hangs on a task that was found."""
    place = want["quote"]
    _score_value(report, "task kind", place, want["kind"], got.get("kind"))
    leads, read = _agencies(want.get("lead")), _actors(got.get("leads"))
    report.add("leads right in whole", int(leads == read), 1, 1)
    if leads and leads == read:
        _score_value(report, "lead source", place, {_LEAD_SOURCES.get(want.get("lead_source") or "")},
                     {lead.get("source") for lead in got["leads"]})
    products = {words_key(p) for p in want.get("products") or ()}
    _score_names(report, "products", place, products, {words_key(p["text"]) for p in got.get("products") or ()})
    _score_names(report, "lead agencies", place, leads, read)
    partners = _agencies(want.get("coordinating"))
    _score_names(report, "coordinating agencies", place, partners, _actors(got.get("coordinators")))
    _score_deadlines(report, place, _deadlines(want), _deadlines(got))


def _count_missed(report: Report, want: Item) -> None:
    report.add("lead agencies", 0, len(_agencies(want.get("lead"))), 0)
    report.add("coordinating agencies", 0, len(_agencies(want.get("coordinating"))), 0)
    _count_deadlines(report, _deadlines(want), Counter())


def _count_invented(report: Report, got: Item) -> None:
    report.add("lead agencies", 0, 0, len(_actors(got.get("leads"))))
    report.add("coordinating agencies", 0, 0, len(_actors(got.get("coordinators"))))
    _count_deadlines(report, Counter(), _deadlines(got))


def _agencies(names: Sequence[str] | None) -> set[str]:
    return {agency_key(name) for name in names or ()} - {""}


def _actors(actors: Sequence[Item] | None) -> set[str]:
    return _agencies([actor["name"] for actor in actors or ()])


def _deadlines(task: Item) -> Deadlines:
    """Kind and value of each; an event's value says nothing more than its kind."""
    return Counter((d["kind"], "" if d["kind"] == "event" else str(d["value"])) for d in task.get("deadlines") or ())


def _score_deadlines(report: Report, place: str, want: Deadlines, got: Deadlines) -> None:
    _count_deadlines(report, want, got)
    if want != got:
        report.misses.append(_difference("deadlines", place, sorted(want.elements()), sorted(got.elements())))


def _count_deadlines(report: Report, want: Deadlines, got: Deadlines) -> None:
    report.add("deadlines", (want & got).total(), want.total(), got.total())
    limits, read = (Counter({d: n for d, n in side.items() if d != _REGULAR}) for side in (want, got))
    report.add("deadlines w/o regular", (limits & read).total(), limits.total(), read.total())


def _score_value(report: Report, figure: str, place: str, want: object, got: object, *,
                 same: bool | None = None) -> None:
    """Counts one value that is right or wrong; `same` where equality is not plain equality."""
    right = want == got if same is None else same
    report.add(figure, int(right), 1, 1)
    if not right:
        report.misses.append(Miss(figure, "differs", place, _shown(want), _shown(got)))


def _score_names(report: Report, figure: str, place: str, want: set[str], got: set[str]) -> None:
    report.add(figure, len(want & got), len(want), len(got))
    if want != got:
        report.misses.append(_difference(figure, place, sorted(want), sorted(got)))


def _difference(figure: str, place: str, want: Sequence[object], got: Sequence[object]) -> Miss:
    kind: MissKind = "invented" if not want else "missed" if not got else "differs"
    return Miss(figure, kind, place, _shown(want), _shown(got))


def _shown(value: object) -> str | None:
    if isinstance(value, (list, set)):
        return "; ".join(sorted(" ".join(v) if isinstance(v, tuple) else str(v) for v in value))
    return None if value is None else str(value)


def _unpaired(report: Report, figure: str, frame: _Frame, gold: Sequence[Item], found: Sequence[Item],
              pairs: Mapping[int, int]) -> None:
    taken = set(pairs.values())
    report.misses += [Miss(figure, "missed", item["quote"]) for i, item in enumerate(gold) if i not in pairs]
    report.misses += [Miss(figure, "invented", frame.words(item)) for j, item in enumerate(found) if j not in taken]
