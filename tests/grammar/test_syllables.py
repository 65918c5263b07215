"""Spelling of Vietnamese syllables."""
from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from chidao import knowledge
from chidao.grammar.syllables import accented_share, is_syllable


@pytest.mark.parametrize("row", knowledge.rows("syllable_rimes"), ids=lambda row: row["rime"])
def test_rimes(row: dict[str, str]) -> None:
    assert is_syllable(row["example"])
    bare = "".join(mark for mark in unicodedata.normalize("NFD", row["example"].lower())
                   if mark not in "\u0300\u0301\u0303\u0309\u0323")
    assert unicodedata.normalize("NFC", bare).endswith(row["rime"])


@pytest.mark.parametrize(("word", "expected"), [
    ("gì", True), ("giữ", True), ("giếng", True), ("quý", True), ("Quỳnh", True), ("nghiêng", True), ("ỦY", True),
    ("uỷ", True), ("Lắk", True),
    # two tones, a stop without sắc or nặng, letters of other languages, signs inside, two syllables in one
    ("hòà", False), ("mòt", False), ("hoch", False), ("été", False), ("façade", False), ("tr­êng", False),
    ("nhândân", False), ("", False), ("hoạch" * 50, False),
])
def test_is_syllable(word: str, expected: bool) -> None:
    assert is_syllable(word) is expected


def test_nearly_all_words_of_our_directives_are_syllables(corpus: Path) -> None:
    for file in sorted((corpus / "sources").glob("*.txt")):
        assert accented_share(unicodedata.normalize("NFC", file.read_text("utf-8"))).ratio > 0.99, file.name
