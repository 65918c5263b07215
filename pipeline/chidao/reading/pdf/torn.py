"""Syllables that were torn apart, "ĐIỀ U KHO ẢN", joined where the pieces stand closer than words do."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import median

from chidao.grammar.syllables import is_syllable
from chidao.reading.pdf.signs import is_fragment
from chidao.reading.printed.words import Word

_MOST = 8  # pieces of a syllable
_ENOUGH = 2  # pieces that found their syllables on a page whose words are torn
# Gaps, by the height of type. Torn pieces stand no farther apart than _TORN, and closer than that share of the gap
# between words: _CLOSE where one of them is no syllable, _CLOSER where all are.
_TORN, _CLOSE, _CLOSER = 0.2, 0.8, 0.6
_PRINT = 0.22  # between words, where the page does not tell
_WIDE = 2.0  # between columns
_LEVEL = 0.25  # between the lower edges of words of one line
# The gap between words is told by syllables of so many letters, on their own line where it has some.
_SURE, _FEW = 3, 2
_FRAGMENT, _LONE, _SPLIT, _JOINED = 1.0, 0.2, 0.5, 0.1  # what speaks against a reading of the pieces
_AROUND = 20  # words of a line on each side of a fragment
_AFTER_MARKER = (")", ".", "/")  # "a)" is no fragment
_SYMBOL = re.compile(r"[\W\d]*(?:\w*[-/&][\w/&-]*|[A-ZĐ]{2,})\W*")
_EDGES = re.compile(r"^([\W\d_]*)(.*?)([\W\d_]*)$", re.DOTALL)

_Reading = tuple[float, int]  # what speaks against it, and where its last group begins


def join_torn(words: Sequence[Word]) -> list[Word]:
    """The words of a page with torn syllables in one piece, each with the box of its pieces.

    >>> def word(text, x0, x1): return Word(text, x0, 0, x1, 12, 0)
    >>> torn = [word("ĐIỀ", 0, 20), word("U", 21, 28), word("KHO", 32, 56), word("ẢN", 57, 70)]
    >>> [(w.text, w.x0, w.x1) for w in join_torn(torn)]
    [('ĐIỀU', 0, 28), ('KHOẢN', 32, 70)]
    """
    if not _has_torn_line(words):
        return list(words)
    lines = list(_lines(words))
    usual = _usual(lines)
    joined = [_read(line, usual, torn=False) for line in lines]
    is_torn = len(words) - sum(map(len, joined)) >= _ENOUGH
    return [word for line, read in zip(lines, joined, strict=True)
            for word in (_read(line, usual, torn=True) if is_torn or len(read) < len(line) else read)]


def _has_torn_line(words: Sequence[Word]) -> bool:
    """Whether a syllable is torn; only lines that have a fragment are looked at, as nearly all pages have few."""
    usual: float | None = None
    seen = 0
    for number, word in enumerate(words):
        if number < seen or not _is_piece(word.text) or not _is_close(words, number):
            continue
        start = max(number - _AROUND, seen)
        line = next(line for line in _lines(words[start:number + _AROUND]) if any(other is word for other in line))
        usual = _usual(list(_lines(words))) if usual is None and len(list(_sure_gaps(line))) < _FEW else usual
        if len(_read(line, usual or _PRINT, torn=False)) < len(line):
            return True
        seen = number + 1
    return False


def _is_close(words: Sequence[Word], number: int) -> bool:
    """Whether a word stands as close to the one before or after as torn pieces at most do."""
    near = pairwise(words[max(number - 1, 0):number + 2])
    return any(_is_level(a, b) and _gap(a, b) <= _TORN for a, b in near)


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words that follow one another at one height, from left to right."""
    line: list[Word] = []
    for word in words:
        if line and not (_is_level(line[-1], word) and -0.5 < _gap(line[-1], word) < _WIDE):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _is_level(a: Word, b: Word) -> bool:
    return abs(a.bottom - b.bottom) <= _LEVEL * min(a.height, b.height)


def _usual(lines: Sequence[Sequence[Word]]) -> float:
    """The gap between words by the height of type; that of print where no two sure words stand side by side."""
    gaps = [gap for line in lines for gap in _sure_gaps(line)]
    return median(gaps) if gaps else _PRINT


def _sure_gaps(line: Sequence[Word]) -> Iterator[float]:
    for a, b in pairwise(line):
        if _is_sure(a.text) and _is_sure(b.text) and -0.1 < _gap(a, b) < 1:
            yield _gap(a, b)


def _is_sure(text: str) -> bool:
    core = text.strip(".,;:()\"“”")
    return len(core) >= _SURE and is_syllable(core)


def _gap(a: Word, b: Word) -> float:
    return (b.x0 - a.x1) / max(a.height, 1)


def _read(line: Sequence[Word], usual: float, *, torn: bool) -> list[Word]:
    """The reading of the words of a line that the least speaks against."""
    own = list(_sure_gaps(line))
    between = median(own) if len(own) >= _FEW else usual
    best: list[_Reading] = [(0.0, 0)]
    for end in range(1, len(line) + 1):
        best.append(min((best[start][0] + _against(line[start:end]) + _split(line, start, between, torn=torn), start)
                        for start in range(max(0, end - _MOST), end)
                        if start + 1 == end or _may_join(line[start:end], between, torn=torn)))
    groups: list[Sequence[Word]] = []
    end = len(line)
    while end:
        groups.append(line[best[end][1]:end])
        end = best[end][1]
    return [_joined(group) for group in reversed(groups)]


def _against(group: Sequence[Word]) -> float:
    if len(group) > 1:
        return _JOINED
    text = group[0].text
    return _FRAGMENT if _is_piece(text) else _LONE if len(text) == 1 and text.isalpha() else 0.0


def _split(line: Sequence[Word], start: int, between: float, *, torn: bool) -> float:
    """What speaks against words that part at a gap which is narrow on a page that is torn."""
    return _SPLIT if torn and start and _gap(line[start - 1], line[start]) <= _CLOSER * between else 0.0


def _may_join(pieces: Sequence[Word], between: float, *, torn: bool) -> bool:
    """Whether the pieces stand close and are one syllable; where all are syllables themselves, on torn pages only."""
    widest = max(_gap(a, b) for a, b in pairwise(pieces))
    if widest > min(_CLOSE * between, _TORN):
        return False
    text = "".join(piece.text for piece in pieces)
    if torn and widest <= _CLOSER * between and _is_symbol(text, pieces):
        return True
    before, core, after = _parts(text)
    if not is_syllable(core) or not (core.isupper() or core[1:].islower()):
        return False
    if len(before) >= len(pieces[0].text) or len(after) >= len(pieces[-1].text):
        return False
    return any(_is_piece(piece.text) for piece in pieces) or (torn and widest <= _CLOSER * between)


def _is_symbol(text: str, pieces: Sequence[Word]) -> bool:
    """Whether pieces are an abbreviation or the symbol of a document: "Q" and "Đ-UBND", "TTr-SKHĐ" and "T"."""
    ends = all(a.text[-1].isupper() and b.text[0].isupper() for a, b in pairwise(pieces))
    return ends and _SYMBOL.fullmatch(text) is not None and not all(is_syllable(_core(p.text)) for p in pieces)


@lru_cache(maxsize=20_000)
def _is_piece(text: str) -> bool:
    core = _core(text)
    return is_fragment(core) and not (len(core) == 1 and text.endswith(_AFTER_MARKER))


def _parts(text: str) -> tuple[str, str, str]:
    """Marks before, letters, marks after."""
    match = _EDGES.match(text)
    return (match[1], match[2], match[3]) if match else ("", text, "")


def _core(text: str) -> str:
    return _parts(text)[1]


def _joined(pieces: Sequence[Word]) -> Word:
    if len(pieces) == 1:
        return pieces[0]
    return pieces[0]._replace(text="".join(piece.text for piece in pieces), x0=min(p.x0 for p in pieces),
                              top=min(p.top for p in pieces), x1=max(p.x1 for p in pieces),
                              bottom=max(p.bottom for p in pieces))
