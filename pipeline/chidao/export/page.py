"""A page of a directive as a picture: what was found on it, in colours, and what they mean below it."""
from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from chidao.errors import ReadingError
from chidao.grammar.folding import fold
from chidao.model import Box, Directive, Span

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

MarkKind = Literal["task", "target", "citation", "lead", "coordinator", "deadline", "word"]
_COLOURS: dict[MarkKind, tuple[int, int, int]] = {  # in the order of drawing: the last lie on top
    "task": (255, 214, 10), "target": (178, 223, 138), "citation": (66, 133, 244), "lead": (0, 150, 80),
    "coordinator": (120, 200, 190), "deadline": (230, 60, 40), "word": (150, 150, 150)}
_FILLED: frozenset[MarkKind] = frozenset({"task", "target"})
_SCALE = 2.0  # pixels a point: 144 dots an inch
_STRENGTH = 0.4  # of the colour behind the words
_LEGEND = 16.0  # points
# Pillow's own font has no Vietnamese letters.
_FONTS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "Arial.ttf", "arial.ttf", "segoeui.ttf", "Carlito-Regular.ttf")


class Mark(NamedTuple):
    """What was found, and where on the page."""

    kind: MarkKind
    span: Span
    boxes: tuple[Box, ...]


def find_marks(directive: Directive, page: int) -> list[Mark]:
    """What has words on the page, those below first.

    Tasks, targets, citations, leads, partners and deadlines; on a page that was recognised each of its words too.
    """
    found = {(kind, span): tuple(box for box in directive.locate(span) if box.page == page)
             for kind, span in _spans(directive)}
    marks = [Mark(kind, span, boxes) for (kind, span), boxes in found.items() if boxes]
    marks += (Mark("word", box.span, _words(box)) for box in directive.source.boxes
              if box.page == page and box.confidence)
    return sorted(marks, key=lambda mark: (list(_COLOURS).index(mark.kind), mark.span))


def _words(line: Box) -> tuple[Box, ...]:
    """The words of a line, each with its own edges."""
    edges = iter(line.words)
    return tuple(replace(line, x0=left, x1=right) for left, right in zip(edges, edges, strict=True))


def _spans(directive: Directive) -> Iterator[tuple[MarkKind, Span]]:
    for citation in directive.citations:
        yield "citation", citation.span
    for task in directive.tasks:
        yield task.kind, task.span
        yield from (("lead", lead.span) for lead in task.leads)
        yield from (("coordinator", partner.span) for partner in task.coordinators)
        yield from (("deadline", deadline.span) for deadline in task.deadlines)


def draw_page(data: bytes, directives: Sequence[Directive], page: int, *, say: Callable[[MarkKind], str]) -> bytes:
    """The page, counted from 1, of the file with the bytes `data` as a PNG with its marks and their legend.

    Marked is what was found in those of its `directives`. `say` words a kind of mark. Raises ReadingError
    ``no_such_page``, ``no_pages`` (the format has none).
    """
    source = directives[0].source
    if source.pages is None or not any(directive.source.boxes for directive in directives):
        raise ReadingError("no_pages", f" ({source.format})")
    if not 1 <= page <= source.pages:
        raise ReadingError("no_such_page", f" ({page}, 1–{source.pages})")
    marks = [mark for directive in directives for mark in find_marks(directive, page)]
    image = _marked(_image(data, page, source.format), sorted(marks, key=lambda mark: list(_COLOURS).index(mark.kind)))
    out = io.BytesIO()
    _with_legend(image, [(kind, say(kind)) for kind in _COLOURS if any(mark.kind == kind for mark in marks)]).save(
        out, "PNG")
    return out.getvalue()


def _image(data: bytes, page: int, format: str) -> Image:
    if format == "image":
        from chidao.reading.image import page_image

        found = page_image(data, page, round(72 * _SCALE))
        return found.convert("RGB")
    import pypdfium2

    with closing(pypdfium2.PdfDocument(data)) as document, closing(document[page - 1]) as source:
        image: Image = source.render(scale=_SCALE).to_pil().convert("RGB")
        return image


def _marked(image: Image, marks: Iterable[Mark]) -> Image:
    from PIL import Image as Images
    from PIL import ImageChops, ImageDraw

    layer = Images.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(layer)
    for mark in marks:
        for box in mark.boxes:
            _draw(draw, mark.kind, box)
    return ImageChops.multiply(image, layer)


def _draw(draw: ImageDraw, kind: MarkKind, box: Box) -> None:
    """Tasks are filled, what is found in them is underlined too."""
    colour = _COLOURS[kind]
    left, top, right, bottom = (round(value * _SCALE) for value in (box.x0, box.top, box.x1, box.bottom))
    if kind == "word":
        draw.rectangle((left, top, right, bottom), outline=colour)
        return
    draw.rectangle((left, top, right, bottom), fill=_pale(colour))
    if kind not in _FILLED:
        draw.line((left, bottom, right, bottom), fill=colour, width=round(_SCALE * 1.5))


def _pale(colour: tuple[int, int, int]) -> tuple[int, int, int]:
    red, green, blue = (round(255 - (255 - part) * _STRENGTH) for part in colour)
    return red, green, blue


def _with_legend(image: Image, entries: Sequence[tuple[MarkKind, str]]) -> Image:
    """The picture with a strip below it that says what the colours mean."""
    from PIL import Image as Images
    from PIL import ImageDraw

    font, says = _font()
    step = round(_LEGEND * _SCALE)
    places, width, rows = [], step // 2, 1
    for kind, words in entries:
        need = round(font.getlength(says(words))) + 2 * step
        if width + need > image.width and width > step:
            rows, width = rows + 1, step // 2
        places.append((kind, says(words), width, image.height + step // 2 + (rows - 1) * step))
        width += need
    out = Images.new("RGB", (image.width, image.height + (rows + 1) * step if entries else image.height), "white")
    out.paste(image)
    draw = ImageDraw.Draw(out)
    for kind, words, x, y in places:
        left, top, right, bottom = x / _SCALE, y / _SCALE + 2, (x + step) / _SCALE - 3, (y + step) / _SCALE - 2
        _draw(draw, kind, Box(Span(0, 0), 1, left, top, right, bottom))
        draw.text((x + step, y + step // 2), words, fill="black", font=font, anchor="lm")
    return out


def _font() -> tuple[FreeTypeFont | ImageFont, Callable[[str], str]]:
    """A font of the system with Vietnamese letters; where there is none, words lose their marks."""
    from PIL import ImageFont

    for name in _FONTS:
        with suppress(OSError):
            return ImageFont.truetype(name, round(10 * _SCALE)), str
    return ImageFont.load_default(10 * _SCALE), fold
