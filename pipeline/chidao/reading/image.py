"""Scans and photographs as image files: JPEG, PNG and TIFF, of one page or several; read by recognition."""
from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence

from chidao.errors import ReadingError
from chidao.reading.content import Content
from chidao.reading.limits import DEFAULTS, Limits
from chidao.reading.ocr import DPI, Scans, is_available
from chidao.reading.printed.pages import PrintedPage
from chidao.reading.printed.paragraphs import compose

_A4 = 8.27  # inches
_WIDTHS = (5.0, 17.0)  # inches that the shorter side of a page may have; photographs and screenshots say otherwise
_MOST_ENLARGED = 4.0


def read(data: bytes, limits: Limits = DEFAULTS) -> Content:
    """The text of an image file in the order of reading; boxes are points of a page as large as the paper.

    Raises ReadingError ``damaged``, ``too_many_pages``, ``too_many_pixels``, or ``no_text_layer`` where the data for
    recognition is not installed.
    """
    if not is_available():
        raise ReadingError("no_text_layer")
    scans = Scans()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # limits are judged below
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "TIFF")) as file:
                pages = getattr(file, "n_frames", 1)
                if pages > limits.pages:
                    raise ReadingError("too_many_pages", f" ({pages})")
                content = compose(_pages(file, scans, limits))
    except ReadingError:
        raise
    except Image.DecompressionBombError as error:
        raise ReadingError("too_many_pixels") from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:  # Pillow tells of broken files by any of these
        raise ReadingError("damaged", f" ({type(error).__name__})") from error
    return scans.finished(content)


def _pages(file: Image.Image, scans: Scans, limits: Limits) -> Iterator[PrintedPage]:
    for number, frame in enumerate(ImageSequence.Iterator(file), 1):
        if frame.width * frame.height > limits.pixels:
            raise ReadingError("too_many_pixels", f" ({frame.width} x {frame.height})")
        yield scans.read(at_paper_size(frame), number, dpi=_resolution(frame))


def page_image(data: bytes, page: int, dpi: int) -> Image.Image:
    """The page, counted from 1, of an image file that was read before, upright at `dpi` of the paper."""
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "TIFF")) as file:
        file.seek(page - 1)
        return at_paper_size(file, dpi)


def at_paper_size(image: Image.Image, dpi: int = DPI) -> Image.Image:
    """The image upright as its camera says, on white, at `dpi` of the paper; A4 where no likely size is told."""
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
    image = image.convert("L" if image.mode in ("1", "L", "I;16") else "RGB")
    scale = min(dpi / _resolution(image), _MOST_ENLARGED)
    size = (max(round(image.width * scale), 1), max(round(image.height * scale), 1))
    return image if size == image.size else image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


def _resolution(image: Image.Image) -> float:
    """Pixels an inch."""
    shorter = min(image.size)
    told = float(image.info.get("dpi", (0, 0))[0])
    return told if told and _WIDTHS[0] <= shorter / told <= _WIDTHS[1] else shorter / _A4
