"""What recognition writes wrongly and the grammar of numbers, dates and signs makes certain."""
from __future__ import annotations

from collections.abc import Sequence

from chidao.reading.printed.words import Word


def mend(words: Sequence[Word]) -> tuple[list[Word], list[str]]:
    return list(words), []
