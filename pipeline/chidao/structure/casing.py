"""Names printed in capitals, written as they stand in a sentence: ỦY BAN NHÂN DÂN TỈNH CÀ MAU."""
from __future__ import annotations

import re
from functools import lru_cache

from chidao import knowledge
from chidao.grammar.folding import plain, squeeze

_WORD = re.compile(r"[^\W_]+")
# After one of these the words are a place's name, each with a capital.
_UNITS = ("thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "huyện", "quận", "phường", "xã")
_COMMITTEES = ("tỉnh ủy", "thành ủy", "huyện ủy", "thị ủy", "quận ủy")
_AFTER_PLACE = frozenset({"và", "về", "của", "khóa", "kỳ", "nhiệm", "trực", "thuộc", "ban"})
_LONGEST = 6


def is_capitals(text: str) -> bool:
    """Whether the letters of `text` are capitals, but for a stray one in eight.

    >>> is_capitals("KẾ HOẠCH"), is_capitals("Kế hoạch"), is_capitals("12/3")
    (True, False, False)
    """
    letters = list(filter(str.isalpha, text))
    return bool(letters) and sum(map(str.isupper, letters)) >= len(letters) * 7 / 8


def sentence_case(name: str) -> str:
    """The name of a body or an office in sentence case; a name not in capitals stays, on one line.

    >>> sentence_case("UỶ BAN NHÂN DÂN TỈNH CÀ MAU"), sentence_case("PHÓ CHỦ TỊCH")
    ('Ủy ban nhân dân tỉnh Cà Mau', 'Phó Chủ tịch')
    >>> sentence_case("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG")
    'Sở Nông nghiệp và Môi trường'
    """
    text = squeeze(plain(name))
    if not is_capitals(text):
        return text
    lowered = text.lower()
    words = list(_WORD.finditer(lowered))
    out, at = list(lowered), 0
    while at < len(words):
        size, cased = _phrase(words, at)
        for word, form in zip(words[at:at + size], cased, strict=True):
            out[word.start():word.end()] = form
        at += size
        if " ".join(cased).lower() in (*_UNITS, *_COMMITTEES):
            at = _place(words, at, out, lowered)
    first = next((i for i, c in enumerate(out) if c.isalpha()), None)
    if first is not None:
        out[first] = out[first].upper()
    return "".join(out)


def _phrase(words: list[re.Match[str]], at: int) -> tuple[int, list[str]]:
    """How many words the longest known phrase at `at` has, and how they are written."""
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        known = _phrases().get(" ".join(w.group() for w in words[at:at + size]))
        if known:
            return size, known
    return 1, [words[at].group()]


def _place(words: list[re.Match[str]], at: int, out: list[str], text: str) -> int:
    """Gives each word of a place's name its capital; where the name ends."""
    while at < len(words) and words[at].group() not in _AFTER_PLACE:
        if at and re.search(r"[,;:.(]", text[words[at - 1].end():words[at].start()]):
            break
        out[words[at].start()] = out[words[at].start()].upper()
        at += 1
    return at


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[str]]:
    rows = [*knowledge.rows("casing"), *({"phrase": row["office"]} for row in knowledge.rows("offices"))]
    known = {" ".join(_WORD.findall(row["phrase"].lower())): _WORD.findall(row["phrase"]) for row in reversed(rows)}
    return known | {unit: unit.split() for unit in _UNITS}
