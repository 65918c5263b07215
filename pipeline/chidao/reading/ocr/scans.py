"""The recognised pages of one file: what was read on them, how sure it is, and where it stands on each page."""
from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from PIL import Image

from chidao import knowledge
from chidao.model import Box, Span
from chidao.reading.content import Content
from chidao.reading.ocr.dust import without_dust
from chidao.reading.ocr.engine import Area, Recognised, recognise
from chidao.reading.ocr.images import DPI, Prepared, prepare
from chidao.reading.ocr.layer import differences
from chidao.reading.ocr.mending import mend
from chidao.reading.ocr.neighbours import neighbours
from chidao.reading.ocr.parting import parted
from chidao.reading.ocr.respelling import respelled
from chidao.reading.ocr.rules import find_rules
from chidao.reading.ocr.stamps import without_arrival
from chidao.reading.ocr.turning import Turn, back, is_upright, likely_turns, turned
from chidao.reading.pdf.strokes import Stroke
from chidao.reading.pdf.tables import Grid, find_grids
from chidao.reading.printed.pages import PrintedPage
from chidao.reading.printed.tables import Rectangle, to_table
from chidao.reading.printed.words import Word

_POINTS = 72 / DPI
_COARSE = 150  # dots an inch; below, diacritics run together
_DRIFT = 3.0  # points by which a skewed line may leave its box before it gets a second one
_LEAST = {row["what"]: int(row["least"]) for row in knowledge.rows("recognition")}  # percent
_MOST_NAMED = 12  # places that a warning of a page names


class _Reading(NamedTuple):
    """What was recognised on a page, and how the page was turned to be upright and level."""

    prepared: Prepared
    turn: Turn
    grids: Sequence[Grid]
    raw: list[Recognised]
    stamps: list[str]

    @property
    def slope(self) -> float:
        return math.tan(math.radians(self.prepared.angle))

    @property
    def size(self) -> tuple[float, float]:
        height, width = self.prepared.grey.shape
        return width * _POINTS, height * _POINTS

    def back(self, x: float, y: float) -> tuple[float, float]:
        """From points of the upright, level page to points of the page as it came."""
        x, y = self.prepared.back(x / _POINTS, y / _POINTS)
        return back(self.turn, self.size, x * _POINTS, y * _POINTS)


@dataclass
class Scans:
    """Recognises the page images of a file; `finished` puts what it knows of them into the file's content."""

    readings: dict[int, _Reading] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def read(self, image: Image.Image, number: int, layer: Sequence[Word] = (), *, dpi: float = DPI) -> PrintedPage:
        """The words and tables of the image, at `DPI`, of page `number`, in points of the page upright and level.

        `layer` are the words that a scanner's program wrote behind the image: they are compared, not taken. `dpi` is
        what the image had as it came. Raises ReadingError ``no_text_layer`` where the data for recognition is not
        installed.
        """
        reading = _upright(image)
        words, doubts = _words(reading.raw)
        self.readings[number] = reading
        self.warnings += _warnings(number, words, {
            "turned": [f"{reading.turn}°"] if reading.turn else (),
            "coarse": [f"{round(dpi)} < {_COARSE} dpi"] if dpi < _COARSE else (),
            **doubts, "left_out": [*reading.stamps, *doubts["left_out"]],
            "layer_differs": differences(words, layer) if layer else (), "unsure_numbers": _unsure_numbers(words)})
        found = (to_table(grid.cells, words, cut=grid.cut) for grid in reading.grids)
        tables = sorted((table for table in found if table is not None), key=lambda table: table.top)
        return PrintedPage(number, *reading.size, words, tables)

    def finished(self, content: Content) -> Content:
        """`content` with the boxes of recognised pages as these came, and a warning for each of them."""
        boxes = [part for box in content.boxes for part in self._as_it_came(box, content.text)]
        return content._replace(boxes=tuple(boxes), warnings=(*content.warnings, *self.warnings))

    def _as_it_came(self, box: Box, text: str) -> Iterator[Box]:
        reading = self.readings.get(box.page)
        if reading is None or not (reading.prepared.angle or reading.turn):
            yield box
        elif reading.turn:
            yield _turned(box, reading)
        else:
            for part in _pieces(box, text, _DRIFT / abs(reading.slope)):
                yield _tilted(part, reading)


def _upright(image: Image.Image) -> _Reading:
    """The page as it is read best: upright, where one way of the likely ones gives words."""
    readings = []
    for turn in likely_turns(image):
        readings.append(_read(turned(image, turn), turn))
        if is_upright(readings[-1].raw, neighbours().knows):
            return readings[-1]
    return _read(image, 0) if readings[0].turn else readings[0]


def _read(image: Image.Image, turn: Turn) -> _Reading:
    prepared = prepare(image)
    rules, clean = find_rules(prepared.grey)
    grids = find_grids([Stroke(*(side * _POINTS for side in rule)) for rule in rules])
    clean, stamps = (clean, []) if grids else without_arrival(clean, rules, DPI)
    areas = [_area(cell) for grid in grids for cell in grid.cells]
    return _Reading(prepared, turn, grids, recognise(clean, areas, DPI), stamps)


def _words(raw: Sequence[Recognised]) -> tuple[list[Word], dict[str, list[str]]]:
    """The words with what was misread set right, and what was changed and left out."""
    known = neighbours()
    spelled, respellings = respelled(raw, known)
    mended, changes = mend([_word(word) for word in spelled])
    words, left = without_dust(mended, known.knows)
    return parted(words), {"respelled": respellings, "mended": changes, "left_out": left}


def _turned(box: Box, reading: _Reading) -> Box:
    """The box of a line that runs up, down or from right to left: its words have no left and right edges."""
    a, b = reading.back(box.x0, box.top), reading.back(box.x1, box.bottom)
    (x0, x1), (top, bottom) = (sorted(round(side, 2) for side in sides) for sides in zip(a, b, strict=True))
    return Box(box.span, box.page, x0, top, x1, bottom, confidence=box.confidence)


def _tilted(box: Box, reading: _Reading) -> Box:
    corners = [reading.back(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
    middle, half = (box.top + box.bottom) / 2, (box.bottom - box.top) / 2
    words = tuple(round(reading.back(x, middle)[0], 2) for x in box.words)
    heights = [reading.back(x, middle)[1] for x in (box.x0, box.x1)]
    return Box(box.span, box.page, round(min(x for x, _ in corners), 2), round(min(heights) - half, 2),
               round(max(x for x, _ in corners), 2), round(max(heights) + half, 2), words, box.confidence)


def _pieces(box: Box, text: str, width: float) -> Iterator[Box]:
    """`box` in pieces of whole words that are about as wide as `width` at most."""
    places = [Span(m.start() + box.span.start, m.end() + box.span.start)
              for m in re.finditer(r"\S+", box.span.of(text))]
    if box.x1 - box.x0 <= width or len(box.words) != 2 * len(places):
        yield box
        return
    first = 0
    for last in range(len(places)):
        ends = last + 1 == len(places)
        if ends or box.words[2 * last + 3] - box.words[2 * first] > width:
            span = Span(places[first].start, box.span.end if ends else places[last + 1].start - 1)
            edges = box.words[2 * first:2 * last + 2]
            yield Box(span, box.page, edges[0], box.top, edges[-1], box.bottom, edges, box.confidence[first:last + 1])
            first = last + 1


def _warnings(number: int, words: Sequence[Word], places: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """How sure the page is as a whole, and the places that someone should look at, by kind."""
    sure = [word.confidence for word in words if word.confidence is not None]
    least = _LEAST["word"]
    unsure = sum(value < least for value in sure)
    yield f"recognised: {number} ({sum(sure) // max(len(sure), 1)} %, {unsure}/{len(sure)} < {least} %)"
    for kind, found in places.items():
        if found:
            yield f"{kind}: {number} ({_named(found)})"


def _unsure_numbers(words: Sequence[Word]) -> list[str]:
    return [word.text for before, word in pairwise([None, *words]) if word and _is_unsure_number(word, before)]


def _is_unsure_number(word: Word, before: Word | None) -> bool:
    """The page's own number, after "Số:", must be surer than others: it is often written by hand."""
    least = _LEAST["own_number" if before is not None and before.text.lower() == "số:" else "number"]
    return word.confidence is not None and word.confidence < least and any(map(str.isdigit, word.text))


def _named(places: Sequence[str]) -> str:
    more = len(places) - _MOST_NAMED
    return "; ".join(places[:_MOST_NAMED]) + (f"; +{more}" if more > 0 else "")


def _area(cell: Rectangle) -> Area:
    x0, top, x1, bottom = (round(side / _POINTS) for side in cell)
    return x0, top, x1, bottom


def _word(word: Recognised) -> Word:
    x0, top, x1, bottom = (round(side * _POINTS, 2) for side in (word.x0, word.top, word.x1, word.bottom))
    return Word(word.text, x0, top, x1, bottom, word.line, word.confidence)
