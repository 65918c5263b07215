"""Tesseract: the words of a prepared page image with their boxes and how sure each is."""
from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from chidao.errors import ReadingError
from chidao.reading.ocr.images import Grey

LANGUAGE = "vie"
# Where Debian, Homebrew and others put the data of tesseract; TESSDATA_PREFIX comes before all of them.
_PLACES = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata",
           "/usr/share/tesseract/tessdata", "/usr/local/share/tessdata", "/opt/homebrew/share/tessdata",
           "C:/Program Files/Tesseract-OCR/tessdata")


_PAPER, _INK = 255, 128
_LEAST_INK = 12  # pixels of a letter or a full stop; less is dust
_SURE = 70  # percent; what is found beside the text, in stamps and signatures, may be no letters
_MARGIN = 12  # pixels
_STEEP = 7  # of tesseract's confidence of words against that of letters
_RIM = 4  # pixels about a word in which its letters still leave grey
_LOWEST = 14  # pixels of a letter that stands alone; less is dirt

Area = tuple[int, int, int, int]  # left, top, right, bottom in pixels


class Recognised(NamedTuple):
    """A word in pixels of the image; `top` and `bottom` are those of its line's type.

    `others` has, for each of its letters, what else that may be, each with how much less likely it is (a cost, 0 or
    more); it is empty where they could not be told apart.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    line: int
    confidence: int
    others: tuple[Mapping[str, float], ...] = ()


def find_data() -> Path | None:
    """The folder that holds ``vie.traineddata``, None where there is none."""
    prefix = os.environ.get("TESSDATA_PREFIX")
    places = [Path(prefix), Path(prefix, "tessdata")] if prefix else [Path(place) for place in _PLACES]
    return next((place for place in places if (place / f"{LANGUAGE}.traineddata").is_file()), None)


def is_available() -> bool:
    """Whether pages can be recognised here."""
    return find_data() is not None


def recognise(page: Grey, cells: Sequence[Area], dpi: int) -> list[Recognised]:
    """The words of an upright grey page, line by line; those in the `cells` of its tables cell by cell.

    Raises ReadingError ``no_text_layer`` where the Vietnamese data is not installed.
    """
    from tesserocr import PSM

    data = _data()
    rest = page.copy()
    words: list[Recognised] = []
    for cell in cells:
        x0, top, x1, bottom = cell
        inside = page[top:bottom, x0:x1]
        rest[top:bottom, x0:x1] = _PAPER
        if (inside < _INK).sum() >= _LEAST_INK:
            found = _read(inside, PSM.SINGLE_BLOCK, data, dpi) or _read(inside, PSM.SINGLE_LINE, data, dpi)
            words += _moved(found, x0, top, _next_line(words))
    words += _moved(_read(rest, PSM.AUTO, data, dpi), 0, 0, _next_line(words))
    return words + _moved(_beside(rest, words, data, dpi), 0, 0, _next_line(words))


def recognise_scattered(image: Grey, dpi: int) -> list[Recognised]:
    """The words of a part of a page, in no order. Raises ReadingError ``no_text_layer``."""
    from tesserocr import PSM

    return _read(image, PSM.SPARSE_TEXT, _data(), dpi)


def _data() -> Path:
    data = find_data()
    if data is None:
        raise ReadingError("no_text_layer")
    return data


def _beside(page: Grey, words: Sequence[Recognised], data: Path, dpi: int) -> list[Recognised]:
    """What a page has beside the `words` of its text: lone digits, names under seals."""
    from tesserocr import PSM

    rest = page.copy()
    for word in words:
        down = slice(max(int(word.top) - _RIM, 0), int(word.bottom) + _RIM)
        rest[down, max(int(word.x0) - _RIM, 0):int(word.x1) + _RIM] = _PAPER
    if (rest < _INK).sum() < _LEAST_INK:
        return []
    return [word for word in _read(rest, PSM.SPARSE_TEXT, data, dpi)
            if word.confidence >= _SURE and word.bottom - word.top >= _LOWEST]


def _read(image: Grey, mode: int, data: Path, dpi: int) -> list[Recognised]:
    """The words of an image; white is set around it, as letters at the very edge are not found."""
    image = np.pad(image, _MARGIN, constant_values=_PAPER)
    api = _api(str(data))
    height, width = image.shape
    api.SetPageSegMode(mode)
    api.SetImageBytes(image.tobytes(), width, height, 1, width)
    api.SetSourceResolution(dpi)
    try:
        api.Recognize()
        return _moved(_words(api.GetIterator()), -_MARGIN, -_MARGIN, 0)
    finally:
        api.Clear()


def _moved(words: Iterable[Recognised], x: int, y: int, line: int) -> list[Recognised]:
    return [w._replace(x0=w.x0 + x, top=w.top + y, x1=w.x1 + x, bottom=w.bottom + y, line=w.line + line)
            for w in words]


def _next_line(words: Sequence[Recognised]) -> int:
    return words[-1].line + 1 if words else 0


@lru_cache(maxsize=1)
def _api(data: str) -> Any:
    """The engine, made once a process. One thread: pages are read side by side by processes."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    import tesserocr

    api = tesserocr.PyTessBaseAPI(path=data, lang=LANGUAGE, oem=tesserocr.OEM.LSTM_ONLY)
    api.SetVariable("lstm_choice_mode", "2")  # what else each letter may be
    return api


def _words(found: Any) -> Iterator[Recognised]:
    from tesserocr import RIL

    if found is None:
        return
    line = -1
    top = bottom = 0.0
    while True:
        if found.IsAtBeginningOf(RIL.TEXTLINE):
            line += 1
            box = found.BoundingBox(RIL.TEXTLINE)
            top, bottom = (float(box[1]), float(box[3])) if box else (0.0, 0.0)
        box = found.BoundingBox(RIL.WORD)
        text = "" if found.Empty(RIL.WORD) else unicodedata.normalize("NFC", found.GetUTF8Text(RIL.WORD).strip())
        if text and box:
            others = _others(text, found.GetBestLSTMSymbolChoices() or ())
            sure = found.Confidence(RIL.WORD)
            if any(map(str.isdigit, text)):
                sure = _of_digits(_symbols(found), sure)
            yield Recognised(text, box[0], top, box[2], bottom, line, round(sure), others)
        if not found.Next(RIL.WORD):
            return


def _symbols(found: Any) -> Iterator[tuple[str, float]]:
    """The letters of the word at hand, each with its confidence."""
    from tesserocr import RIL

    while True:
        yield found.GetUTF8Text(RIL.SYMBOL), found.Confidence(RIL.SYMBOL)
        if found.IsAtFinalElement(RIL.WORD, RIL.SYMBOL) or not found.Next(RIL.SYMBOL):
            return


def _of_digits(symbols: Iterable[tuple[str, float]], sure: float) -> float:
    """How sure the serial and the digits of a word are, in the measure of `sure`, the word's own confidence.

    A word's confidence is that of its worst letter on a scale seven times as steep: known symbols like QĐ lower it,
    while a hand lowers that of the digits.

    >>> _of_digits([("7", 99), ("4", 98), ("/", 99), ("Q", 99), ("Đ", 91)], 37)
    86
    """
    some = list(symbols)
    serial = next((i for i, (sign, _) in enumerate(some) if sign in "/-"), len(some))
    worst = min(value for i, (sign, value) in enumerate(some) if i < serial or sign.isdigit())
    return max(sure, 100 - _STEEP * (100 - worst))


def _others(text: str, choices: Iterable[Sequence[tuple[str, float]]]) -> tuple[Mapping[str, float], ...]:
    """The choices of each letter of `text`; () where they do not belong to its letters one by one."""
    letters = [each for each in choices if each and each[0][0] != " "]
    if len(letters) != len(text):
        return ()
    found = []
    for letter, each in zip(text, letters, strict=True):
        costs = {unicodedata.normalize("NFC", other): cost for other, cost in reversed(each)}
        if letter not in costs:
            return ()
        found.append({other: max(cost - costs[letter], 0.0) for other, cost in costs.items()})
    return tuple(found)
