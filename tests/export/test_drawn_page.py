"""A page as a picture: marks on their words, the legend, refusals."""
from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from chidao import reading
from chidao.errors import ReadingError
from chidao.export.page import draw_page, find_marks
from chidao.extraction.pipeline import extract
from chidao.model import Directive

FILE = Path(__file__).parents[2] / "corpus/directives/2026-ke-hoach-ubnd-tinh-lao-cai-dich-vu-cong.pdf"
SCALE = 2  # pixels a point


@pytest.fixture(scope="module")
def directive() -> Directive:
    return extract(reading.read(FILE))


def picture(directive: Directive, page: int) -> Image.Image:
    return Image.open(io.BytesIO(draw_page(FILE.read_bytes(), (directive,), page, say=str.upper)))


def test_marks_lie_on_their_page_and_cover_their_words(directive: Directive) -> None:
    marks = find_marks(directive, 3)
    assert {mark.kind for mark in marks} == {"task", "lead", "coordinator", "deadline"}
    assert [mark.kind for mark in marks] == sorted((mark.kind for mark in marks), key=["task", "lead", "coordinator", "deadline"].index)
    image = picture(directive, 3).convert("RGB")
    for mark in marks:
        for box in mark.boxes:
            assert box.page == 3
            corner = image.getpixel((round(box.x0 * SCALE) + 1, round(box.top * SCALE) + 1))
            assert corner != (255, 255, 255), mark


def test_the_legend_stands_below_the_page(directive: Directive) -> None:
    width, height = picture(directive, 3).size
    assert width == pytest.approx(595 * SCALE, abs=2)
    assert height > 842 * SCALE + 20


def test_every_page_can_be_drawn(directive: Directive) -> None:
    for page in range(1, (directive.source.pages or 0) + 1):
        assert picture(directive, page).format == "PNG"


@pytest.mark.parametrize("page", [0, 99])
def test_a_page_that_is_not_there(directive: Directive, page: int) -> None:
    with pytest.raises(ReadingError) as caught:
        draw_page(FILE.read_bytes(), (directive,), page, say=str)
    assert caught.value.code == "no_such_page"


def test_a_text_has_no_pages() -> None:
    text = extract(reading.read_bytes("KẾ HOẠCH\nSở Y tế báo cáo trước ngày 30/6/2031.".encode(), "x.txt"))
    with pytest.raises(ReadingError) as caught:
        draw_page(b"", (text,), 1, say=str)
    assert caught.value.code == "no_pages"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_scan_shows_each_recognised_word(form: str) -> None:
    """The words' boxes lie on their ink: the picture of the page is darker inside them than between the lines."""
    pytest.importorskip("tesserocr")
    page = Image.open(io.BytesIO(draw_page(FILE.read_bytes(), (extract(reading.read(FILE)),), 1, say=str)))
    file = io.BytesIO()
    page.resize((1654, page.height * 1654 // page.width)).convert("RGB").save(file, form)
    scan = extract(reading.read_bytes(file.getvalue(), f"scan.{form.lower()}"))
    words = [mark for mark in find_marks(scan, 1) if mark.kind == "word"]
    assert sum(len(mark.boxes) for mark in words) > 100
    drawn = Image.open(io.BytesIO(draw_page(file.getvalue(), (scan,), 1, say=str))).convert("L")
    assert drawn.width == pytest.approx(595 * SCALE, abs=4)
    inked = [min(drawn.crop((round(b.x0 * SCALE) + 2, round(b.top * SCALE) + 2,
                             round(b.x1 * SCALE) - 1, round(b.bottom * SCALE) - 1)).tobytes()) < 128
             for mark in words for b in mark.boxes if b.x1 - b.x0 > 6]
    assert sum(inked) > 0.98 * len(inked)
