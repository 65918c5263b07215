"""Broken text of a page set right where that is certain: old fonts, marks apart, torn, doubled and private letters."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from chidao.grammar.syllables import accented_share
from chidao.reading.pdf.glyphs import Glyph, read_glyphs, to_words
from chidao.reading.pdf.mending import once, with_marks, with_symbols
from chidao.reading.pdf.old_fonts import OldFonts
from chidao.reading.pdf.signs import Sign, find_signs
from chidao.reading.pdf.torn import join_torn
from chidao.reading.pdf.trust import is_broken
from chidao.reading.printed.words import Word, is_turned

_TRUSTED = 0.9  # share of syllables that repaired words have where those of the page were not to be trusted
_Step = Callable[[Sequence[Glyph]], list[Glyph]]


class Repaired(NamedTuple):
    """The right words of a page, and what was wrong."""

    words: list[Word]
    signs: tuple[Sign, ...]


class Repair:
    """The pages of one file whose letters are not those that are seen.

    Pages without a sign of that cost nothing; after a page whose letters were mended, the letters of all are looked at.
    """

    def __init__(self) -> None:
        self._old = OldFonts()
        self._before: frozenset[Sign] = frozenset()

    def words(self, page: Any, words: Sequence[Word]) -> Repaired | None:
        """Right words of a pypdfium2 page in place of `words`; None where they stay as they are."""
        signs = find_signs(words) | self._before
        if not signs or is_turned(words):
            return None
        now, mended = self._mended(page, signs) if signs - {"torn"} else ([], [])
        whole = now if mended else list(words)
        joined = join_torn(whole)
        torn: list[Sign] = ["torn"] if len(joined) < len(whole) else []
        if not (mended or torn) or not _is_better(words, joined):
            return None
        self._before |= set(mended)
        return Repaired(joined, (*mended, *torn))

    def _mended(self, page: Any, signs: frozenset[Sign]) -> tuple[list[Word], list[Sign]]:
        """The words of letters set right, and what was done."""
        steps: list[tuple[Sign, _Step]] = [("private", with_symbols), ("old", self._old.read), ("marks", with_marks)]
        if "doubled" in signs:
            steps.insert(0, ("doubled", once))
        glyphs, done = read_glyphs(page), list[Sign]()
        for sign, step in steps:
            now = step(glyphs)
            if now != glyphs:
                done.append(sign)
            glyphs = now
        return to_words(glyphs), done


def _is_better(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether repaired words are to be trusted, and no less than the others."""
    share, other = accented_share(_text(after)), accented_share(_text(before))
    if is_broken(after) or share.ratio < other.ratio:
        return False
    return share.ratio >= _TRUSTED or not is_broken(before)


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
