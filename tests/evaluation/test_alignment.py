"""What two renditions of a text have in common."""
from __future__ import annotations

import unicodedata

import pytest

from chidao.evaluation.align import Alignment, significant
from chidao.evaluation.match import match, overlap
from chidao.model import Span


def test_significant_composes_and_counts_raw_offsets() -> None:
    decomposed = unicodedata.normalize("NFD", "**Uỷ ban**")
    characters, before = significant(decomposed)
    assert characters == "Uỷban"
    assert len(before) == len(decomposed) + 1
    assert before[-1] == 5
    assert significant("a b|_c") == ("abc", [0, 1, 1, 2, 2, 2, 3])


@pytest.mark.parametrize(("source", "extracted", "kept", "span", "expected"), [
    ("giaoSởYtế", "giaoSởYtế", 9, (4, 9), (4, 9)),  # the same text
    ("giaoSởYtế", "SởYtế", 5, (0, 5), (4, 9)),  # lost before
    ("giaoSởYtế", "giaoTrang2SởYtế", 9, (10, 15), (4, 9)),  # invented before
    ("giaoSởYtế", "giaoTrang2SởYtế", 9, (4, 10), (4, 4)),  # only what was invented: nothing of the source
    ("giaoSởYtế", "giao2", 4, (4, 5), (9, 9)),  # invented at the end
    ("giaoSởYtế", "giaSởYtê", 7, (0, 8), (0, 8)),  # a letter lost, a letter changed
    ("abcdef", "xyz", 0, (0, 3), (6, 6)),  # nothing in common
    ("", "abc", 0, (0, 3), (0, 0)),  # no source
])
def test_alignment(source: str, extracted: str, kept: int, span: tuple[int, int], expected: tuple[int, int]) -> None:
    alignment = Alignment(source, extracted)
    assert alignment.kept == kept
    assert alignment.span(*span) == expected


def test_match_takes_the_best_overlap_first() -> None:
    gold = [Span(0, 10), Span(10, 20)]
    found = [Span(0, 6), Span(1, 10), Span(10, 19)]
    assert match(gold, found, at_least=0.5) == {0: 1, 1: 2}
    assert match(gold, [Span(0, 4)], at_least=0.5) == {}
    assert overlap(Span(0, 5), Span(5, 9)) == 0
