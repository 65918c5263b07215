"""Diacritics that recognition was not sure of, as directives spell these words beside their neighbours.

A letter of coarse type is often read without its circumflex or with another tone: "thẩm quyên". What else tesseract
took each letter for is weighed against how often the syllables stand beside each other in directives; words with
digits, abbreviations and what no directive has stay as they were read.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chidao.grammar.folding import fold
from chidao.grammar.terms import comparable
from chidao.reading.ocr.engine import Recognised
from chidao.reading.ocr.neighbours import EDGE, NUMBER, Neighbours

_WEIGHT = 0.3  # of a letter's cost against the logarithm of a chance
_NOT_NAMED = 30.0  # the cost of a letter that recognition did not think of
_CHANGE = 2.0  # the cost of any change
_ENDS = ",;.:()“”\"'/[]…-?!"


class _Option(NamedTuple):
    text: str
    counted: str
    cost: float


def respelled(words: Sequence[Recognised], known: Neighbours) -> tuple[list[Recognised], list[str]]:
    """The words of a page in their order with likelier diacritics, and each change as "raw → respelled"."""
    best: dict[str, tuple[float, tuple[int, ...]]] = {EDGE: (0.0, ())}
    table = [list(_options(word, known)) for word in words]
    for options in table:
        made: dict[str, tuple[float, tuple[int, ...]]] = {}
        for number, option in enumerate(options):
            score, path = max(((value + known.chance(last, option.counted), way)
                               for last, (value, way) in best.items()), key=lambda each: each[0])
            found = score - option.cost, (*path, number)
            if option.counted not in made or made[option.counted][0] < found[0]:
                made[option.counted] = found
        best = made
    _, path = max(best.values(), key=lambda each: each[0])
    out, changes = [], []
    for word, options, number in zip(words, table, path, strict=True):
        text = options[number].text
        if text != word.text:
            changes.append(f"{word.text} → {text}")
        out.append(word._replace(text=text))
    return out, changes


def _options(word: Recognised, known: Neighbours) -> Iterator[_Option]:
    """The word as it was read, then the syllables that it may be."""
    core = word.text.strip(_ENDS)
    start = word.text.index(core) if core else 0
    counted = NUMBER if any(map(str.isdigit, core)) else comparable(core)
    yield _Option(word.text, counted, 0.0)
    if not word.others or not 2 <= len(core) <= 8 or not (core.islower() or core.isupper() or core.istitle()):
        return
    others = word.others[start:start + len(core)]
    for form in known.forms(fold(core)):
        if form == counted or len(form) != len(core):
            continue
        text = "".join(letter.upper() if read.isupper() else letter for letter, read in zip(form, core, strict=True))
        cost = sum(each.get(letter, max(_NOT_NAMED, *each.values()))
                   for letter, read, each in zip(text, core, others, strict=True) if letter != read)
        yield _Option(word.text[:start] + text + word.text[start + len(core):], form, _WEIGHT * cost + _CHANGE)
