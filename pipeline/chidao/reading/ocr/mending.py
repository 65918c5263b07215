"""What recognition writes wrongly and the grammar of numbers, dates and lists makes certain; all else stays."""
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from chidao import knowledge
from chidao.grammar.dates import iso
from chidao.grammar.numbers import parse_number
from chidao.grammar.syllables import is_syllable
from chidao.reading.printed.words import Word

# Letters and signs that are taken for digits where only digits can stand.
_DIGITS = str.maketrans("lI|]!OoÔQSŠsZzB§", "1111100005552288")
_LIKE_DIGITS = r"[\dlI|\]!OoÔQSŠsZzB§]"
# Letters and signs that look alike in a symbol, as the first of them.
_ALIKE = str.maketrans({**dict.fromkeys("lI|]!T", "1"), **dict.fromkeys("oÔQ", "O"), **dict.fromkeys("ŠsS", "5"),
                        **dict.fromkeys("ÐDð", "Đ"), "q": "g", "9": "g", "€": "C", "c": "C", ":": "r", "0": "O"})
_SERIAL = re.compile(rf"(?P<open>[(“\"]*)(?P<serial>{_LIKE_DIGITS}{{1,6}})(?P<year>/{_LIKE_DIGITS}{{4}}(?=/))?"
                     r"(?P<mark>[/-]-?)(?P<symbol>[A-ZĐÐƯ1l|][^\s,;.)”\"]*)(?P<close>.*)")
_DATE = re.compile(rf"(?P<open>\D*?)(?P<day>{_LIKE_DIGITS}{{1,2}})/(?P<month>{_LIKE_DIGITS}{{1,2}})/"
                   rf"(?P<year>{_LIKE_DIGITS}{{4}})(?P<close>[,;.:)”\"]*)")
_PART = re.compile(rf"({_LIKE_DIGITS}{{1,4}})([,;.:)]*)")
_GLUED = re.compile(r"(ngày|tháng|năm)(\d{1,4}[,;.]?)", re.IGNORECASE)
_NUMBERED = re.compile(r"\d+[/-]")
_ROMAN = re.compile(r"(?:[Il1|]{1,3}|H|[Il1|]H|H[Il1|])\.")  # "III.", read as "HI." or "IH."
_LABEL = re.compile(r"([Il|]{1,3}|H|[Il1|]H|H[Il1|])(\.?)")  # the same in a cell of its own, where 1 is a one
_DOUBLED = re.compile("ĐÐ|ÐĐ|Ð")  # one letter, read as its two looks
_FRACTION = re.compile("/?\u2044/?")
_BARE, _HATTED = "aáàảãạeéèẻẽẹoóòỏõọ", "âấầẩẫậêếềểễệôốồổỗộ"
_HATS = dict(zip(_BARE + _BARE.upper(), _HATTED + _HATTED.upper(), strict=True))
_RANGES = {"ngày": (1, 31), "tháng": (1, 12), "năm": (1900, 2100)}
_NUMBER_WORD = re.compile(r"(?P<s>[Ss])(?P<o>[ốôóoỗồốÓÔỐ])(?P<colon>:?)", re.IGNORECASE)

Line = list[Word]


def mend(words: Sequence[Word]) -> tuple[list[Word], list[str]]:
    """The words with what is certainly misread set right, and each change as "raw → mended".

    >>> def line(text): return [Word(word, 9 * i, 0, 9 * i + 8, 10, 0) for i, word in enumerate(text.split())]
    >>> words, changes = mend(line("Căn cứ sô 1 1/2020/TT-BYT ngày l1 tháng I1 năm 2O20"))
    >>> " ".join(word.text for word in words)
    'Căn cứ số 11/2020/TT-BYT ngày 11 tháng 11 năm 2020'
    >>> changes[0]
    '1 1/2020/TT-BYT → 11/2020/TT-BYT'
    """
    out: list[Word] = []
    changes: list[str] = []
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        for step in _STEPS:
            line = step(line, changes)
        out += line
    return out, changes


def _joined_numbers(line: Line, changes: list[str]) -> Line:
    """After "số" stands one number: digits before it, a blank apart, belong to it."""
    out: Line = []
    for word in line:
        before = out[-1] if out else None
        after_mark = len(out) > 1 and _NUMBER_WORD.fullmatch(out[-2].text)
        if before and after_mark and re.fullmatch(r"\d{1,4}", before.text) and (
                _NUMBERED.match(word.text) or re.match(r"[/-][A-ZĐ]", word.text)):
            joined = before._replace(text=before.text + word.text, x1=word.x1, confidence=_less(before, word))
            if parse_number(joined.text.rstrip(",;.:)”\"")):
                if word.text[0].isdigit():
                    changes.append(f"{before.text} {word.text} → {joined.text}")
                out[-1] = joined
                continue
        out.append(word)
    return out


def _less(a: Word, b: Word) -> int | None:
    return None if a.confidence is None or b.confidence is None else min(a.confidence, b.confidence)


def _unglued_dates(line: Line, changes: list[str]) -> Line:
    """"ngày23" is two words."""
    return [part for word in line for part in _unglued(word)]


def _unglued(word: Word) -> Iterator[Word]:
    match = _GLUED.fullmatch(word.text)
    if match is None:
        yield word
        return
    at = word.x0 + (word.x1 - word.x0) * len(match[1]) / len(word.text)
    yield word._replace(text=match[1], x1=at)
    yield word._replace(text=match[2], x0=at)


def _single_words(line: Line, changes: list[str]) -> Line:
    out = []
    for i, word in enumerate(line):
        before = line[i - 1].text.lower() if i else ""
        after = line[i + 1].text if i + 1 < len(line) else ""
        text = _mended(word.text, before, after, starts=i == 0, alone=len(line) == 1)
        if text != word.text and any(map(str.isdigit, text)):
            changes.append(f"{word.text} → {text}")
        out.append(word._replace(text=text))
    return out


def _mended(text: str, before: str, after: str, *, starts: bool, alone: bool) -> str:
    text = _DOUBLED.sub("Đ", _FRACTION.sub("/", text))
    if alone and (match := _LABEL.fullmatch(text)):
        return _roman(match[1]) + match[2]
    if starts and text in ("~", "~-", "-~", "--"):
        return "-"
    if starts and after.isupper() and _ROMAN.fullmatch(text):
        return f"{_roman(text[:-1])}."
    if (match := _NUMBER_WORD.fullmatch(text)) and (_NUMBERED.match(after) or match["colon"]):
        return ("SỐ" if text[:2].isupper() else f"{match['s']}ố") + match["colon"]
    if before in _RANGES and (match := _PART.fullmatch(text)):
        return _in_range(match[1], *_RANGES[before]) + match[2]
    if match := _DATE.fullmatch(text):
        parts = [match[name].translate(_DIGITS) for name in ("day", "month", "year")]
        return f"{match['open']}{'/'.join(parts)}{match['close']}" if iso(*reversed(parts)) else text
    if match := _SERIAL.fullmatch(text):
        return _number(match)
    return _syllable(text)


def _syllable(text: str) -> str:
    """A word that is no syllable, "QUYÉT", with the one circumflex that makes it one."""
    word = text.rstrip(",;.:)”")
    if word.isascii() or not word.isalpha() or is_syllable(word):
        return text
    found = {made for i, letter in enumerate(word) if (hat := _HATS.get(letter))
             and is_syllable(made := word[:i] + hat + word[i + 1:])}
    return found.pop() + text[len(word):] if len(found) == 1 else text


def _roman(text: str) -> str:
    return re.sub("[l1|]", "I", text).replace("H", "II")


def _in_range(text: str, least: int, most: int) -> str:
    digits = text.translate(_DIGITS)
    return digits if least <= int(digits) <= most else text


def _number(match: re.Match[str]) -> str:
    """A document number with digits where digits stand, and the one known symbol that looks like what was read."""
    head = match["serial"].translate(_DIGITS) + (match["year"] or "").translate(_DIGITS)
    symbol = re.sub(r"[^-/&]+", lambda part: _symbol_part(part.group()), match["symbol"])
    found = f"{head}{match['mark']}{symbol}"
    return f"{match['open']}{found}{match['close']}" if parse_number(found) else match.group()


def _symbol_part(part: str) -> str:
    known, alike = _symbols()
    core = part.rstrip("0123456789")
    if part.isdigit() or part in known or core in known:
        return part
    return alike.get(part.translate(_ALIKE), part)


@lru_cache(maxsize=1)
def _symbols() -> tuple[frozenset[str], dict[str, str]]:
    """The known parts of symbols, and those by their looks that share these with no other."""
    known = {row["abbr"] for row in knowledge.rows("document_types")} | {
        row["abbr"] for row in knowledge.rows("symbol_types")} | {
        row["symbol"] for row in knowledge.rows("issuer_symbols")}
    known.discard("")
    looks: dict[str, list[str]] = {}
    for symbol in sorted(known):
        looks.setdefault(symbol.translate(_ALIKE), []).append(symbol)
    return frozenset(known), {look: names[0] for look, names in looks.items() if len(names) == 1 and len(look) > 1}


_STEPS: tuple[Callable[[Line, list[str]], Line], ...] = (_joined_numbers, _unglued_dates, _single_words)
