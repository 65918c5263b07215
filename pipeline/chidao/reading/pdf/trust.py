"""Whether the text layer of a page is what is printed there; a scanner's reading and broken letters are not."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Literal

import pypdfium2.raw as pdfium_c

from chidao.grammar.syllables import accented_share
from chidao.reading.pdf.strokes import page_objects
from chidao.reading.printed.pages import PrintedPage
from chidao.reading.printed.words import Word

_FEW_WORDS = 5  # what programs write on scanned pages when they sign them
_INVISIBLE = 3  # text render mode of the words that scanners' programs lay behind a page image
_MAX_DEPTH = 3
_ENOUGH_WORDS = 12
_RIGHT = 0.75  # share of syllables; texts in Unicode have 0.97 and more
_MEANINGLESS = re.compile("[\ue000-\uf8ff\ufffd]")
_UNKNOWN = 0.02  # share of letters without a meaning

Verdict = Literal["text", "image", "scanner", "broken"]


def judge(page: Any, printed: PrintedPage) -> Verdict:
    """What the text layer of a pypdfium2 page is worth.

    text: to be taken · image: there is none, only an image · scanner: a program's reading of the image, laid behind
    it · broken: its letters are not those that are seen.
    """
    if len(printed.words) <= _FEW_WORDS:
        return "image" if not printed.tables and _has_image(page) else "text"
    if is_broken(printed.words):
        return "broken"
    return "scanner" if _has_image(page) and _is_invisible(page) else "text"


def is_broken(words: Sequence[Word]) -> bool:
    """Whether many letters have no meaning, or the words with Vietnamese letters are no Vietnamese syllables.

    >>> def line(text): return [Word(word, 0, 0, 1, 1, 0) for word in text.split()]
    >>> is_broken(line("Quyết định về việc trồng rừng " * 4)), is_broken(line("QuyÕt ®Þnh vÒ viÖc trång rõng " * 4))
    (False, True)
    """
    found = list(map(_weighed, map(itemgetter(0), words)))
    letters, unknown, right, total = map(sum, zip(*found, strict=True)) if found else (0, 0, 0, 0)
    if unknown > max(_FEW_WORDS, _UNKNOWN * (letters + len(found))):
        return True
    return total >= _ENOUGH_WORDS and right < _RIGHT * total


@lru_cache(maxsize=20_000)
def _weighed(text: str) -> tuple[int, int, int, int]:
    """Letters of a word, those without a meaning; how many of its parts are Vietnamese, of how many with accents."""
    share = accented_share(text)
    return len(text), len(_MEANINGLESS.findall(text)), share.right, share.total


def _has_image(page: Any) -> bool:
    return any(True for _ in page_objects(page, pdfium_c.FPDF_PAGEOBJ_IMAGE))


def _is_invisible(page: Any) -> bool:
    """Whether most of the text is not drawn."""
    modes = [pdfium_c.FPDFTextObj_GetTextRenderMode(text.raw)
             for text in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_TEXT,), max_depth=_MAX_DEPTH)]
    return bool(sum(mode == _INVISIBLE for mode in modes) * 2 > len(modes))
