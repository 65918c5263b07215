"""Scans: what recognition reads, where it stands on the page, what it says of its doubts."""
from __future__ import annotations

import importlib.util
import io
import tomllib
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from chidao import reading
from chidao.extraction.citations.finding import find_citations
from chidao.model import Span
from chidao.reading.ocr import Scans
from chidao.reading.ocr.dust import without_dust
from chidao.reading.ocr.engine import Recognised
from chidao.reading.ocr.images import prepare, skew
from chidao.reading.ocr.mending import mend
from chidao.reading.ocr.neighbours import neighbours
from chidao.reading.ocr.respelling import respelled
from chidao.reading.printed.words import Word

CORPUS = Path(__file__).parents[3] / "corpus"
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerifCondensed-Bold.ttf"  # which corpus/render.py needs too
PDF = (CORPUS / "directives/2018-chi-thi-bo-cong-thuong-an-toan-thuc-pham.pdf").read_bytes()


@cache
def scanner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_scan", CORPUS / "scan.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def scan() -> bytes:
    """The first page of a directive with noise, skew, stamp and signature."""
    return bytes(scanner().scanned(PDF, seed=3, pages=1))


@cache
def read_scan() -> reading.SourceText:
    return reading.read_bytes(scan(), "scan.pdf")


@cache
def printed() -> reading.SourceText:
    return reading.read_bytes(PDF, "x.pdf")


def first_page(source: reading.SourceText) -> str:
    spans = [box.span for box in source.boxes if box.page == 1]
    return " ".join(source.text[min(spans).start:max(s.end for s in spans)].split())


def test_few_characters_of_a_scan_are_wrong() -> None:
    expected, found = first_page(printed()), first_page(read_scan())
    assert Levenshtein.distance(expected, found) <= 0.02 * len(expected)


def test_numbers_of_a_scan_are_those_of_the_page() -> None:
    expected, found = ({c.number for c in find_citations(first_page(s)) if c.number} for s in (printed(), read_scan()))
    assert expected
    assert found == expected


def test_boxes_are_those_of_the_skewed_page() -> None:
    image = pypdfium2.PdfDocument(scan())[0].render(scale=1).to_pil().convert("L")
    source = read_scan()
    assert abs(prepare(pypdfium2.PdfDocument(scan())[0].render(scale=200 / 72).to_pil()).angle) > 0.5
    for box in source.boxes:
        assert 0 <= box.x0 < box.x1 <= image.width
        assert 0 <= box.top < box.bottom <= image.height
        assert len(box.words) == 2 * len(box.span.of(source.text).split()) == 2 * len(box.confidence)
        inside = np.asarray(image.crop((int(box.x0), int(box.top), int(box.x1) + 1, int(box.bottom) + 1)))
        assert inside.min() < 150, box.span.of(source.text)
    place = source.text.index("an toàn thực phẩm")
    assert source.locate(Span(place, place + 17))


def test_a_page_says_how_sure_it_is() -> None:
    assert read_scan().warnings[0].startswith("recognised: 1 (")


def test_only_pages_without_text_are_recognised() -> None:
    mixed = pypdfium2.PdfDocument.new()
    mixed.import_pages(pypdfium2.PdfDocument(PDF), [1])
    mixed.import_pages(pypdfium2.PdfDocument(scan()))
    out = io.BytesIO()
    mixed.save(out)
    source = reading.read_bytes(out.getvalue(), "x.pdf")
    assert source.pages == 2
    assert [w for w in source.warnings if w.startswith("recognised")] == [
        w for w in source.warnings if w.startswith("recognised: 2 ")]
    assert {box.page for box in source.boxes if box.confidence} == {2}


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_image_files(form: str) -> None:
    page = next(scanner().scans(PDF, seed=1, damage=scanner().CLEAN, pages=1)).crop((0, 0, 1654, 700))
    page = Image.fromarray(np.vstack([np.asarray(page), np.full((1639, 1654, 3), 255, np.uint8)]))
    out = io.BytesIO()
    more = {"save_all": True, "append_images": [page]} if form == "TIFF" else {}
    page.save(out, form, dpi=(200, 200), **more)
    source = reading.read_bytes(out.getvalue(), "x")
    assert source.format == "image"
    assert source.pages == (2 if form == "TIFF" else 1)
    assert "BỘ CÔNG THƯƠNG" in source.text


def test_without_data_a_scan_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    for data in (scan(), b"\x89PNG\r\n\x1a\n"):
        with pytest.raises(reading.ReadingError) as caught:
            reading.read_bytes(data, "x")
        assert caught.value.code == "no_text_layer"
        assert "tesseract-ocr-vie" in str(caught.value)


def test_limits_and_broken_images() -> None:
    out = io.BytesIO()
    Image.new("L", (3000, 3000), 255).save(out, "PNG")
    small = reading.limits.with_changes({"pixels": 1_000_000})
    for data, limits, code in ((out.getvalue(), small, "too_many_pixels"), (scan(), small, "too_many_pixels"),
                               (out.getvalue(), reading.limits.DEFAULTS, "empty"),
                               (out.getvalue()[:60], reading.limits.DEFAULTS, "damaged")):
        with pytest.raises(reading.ReadingError) as caught:
            reading.read_bytes(data, "x", limits=limits)
        assert caught.value.code == code


@pytest.mark.parametrize("angle", [-2.0, -0.6, 0.0, 1.3])
def test_skew(angle: float) -> None:
    page = np.full((1200, 900), 255, np.uint8)
    for top in range(100, 1100, 40):
        page[top:top + 14, 100:800:3] = 0
    turned = Image.fromarray(page).rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255)
    assert skew(np.asarray(turned)) == pytest.approx(angle, abs=0.1)


@pytest.mark.parametrize(("read", "meant"), [
    ("theo sô 1 1/2020/TT-BYT", "theo số 11/2020/TT-BYT"),
    ("số 08/CT-TTq ngày l5 tháng I1 năm 2O23", "số 08/CT-TTg ngày 15 tháng 11 năm 2023"),
    ("trước ngày30 tháng 6", "trước ngày 30 tháng 6"),
    ("từ 2/6/2O20;", "từ 2/6/2020;"),
    ("Số: 675/C1-UBND", "Số: 675/CT-UBND"),
    ("số 15/QĐÐ-UBND của Sở GD&ĐÐT", "số 15/QĐ-UBND của Sở GD&ĐT"),
    ("Tờ trình số 15/11r-SNV,", "Tờ trình số 15/TTr-SNV,"),
    ("HI. TỔ CHỨC", "III. TỔ CHỨC"),
    ("~ Như trên;", "- Như trên;"),
    ("QUYÉT ĐỊNH", "QUYẾT ĐỊNH"),
    # what stays: no such day, no numbers, initials of a name, a number that is not known
    ("ngày 4O tháng 6", "ngày 4O tháng 6"),
    ("nhóm 1 2/3 lớp", "nhóm 1 2/3 lớp"),
    ("từ 12/11-15/12", "từ 12/11-15/12"),
    ("H. Nguyễn Văn", "H. Nguyễn Văn"),
    ("số 11/CV-ABCX", "số 11/CV-ABCX"),
])
def test_mending(read: str, meant: str) -> None:
    words, _ = mend([Word(text, 9 * i, 0, 9 * i + 8, 10, 0, 90) for i, text in enumerate(read.split())])
    assert " ".join(word.text for word in words) == meant


def test_a_scanners_layer_is_compared_not_taken(real_data: Path) -> None:
    source = reading.read(real_data / "real/files/core-2026_1.pdf")
    assert all(box.confidence for box in source.boxes)
    assert any(warning.startswith("layer_differs: 1 ") for warning in source.warnings)


def words_of(text: str, costs: dict[str, float]) -> list[Recognised]:
    """Words of one line in which each letter named in `costs` may be what stands beside it there: {"ê>ề": 9.0}."""
    return [Recognised(word, 9 * i, 0, 9 * i + 8, 40, 0, 90, tuple(
        {letter: 0.0, **{k[2]: cost for k, cost in costs.items() if k[0] == letter}} for letter in word))
        for i, word in enumerate(text.split())]


@pytest.mark.parametrize(("read", "costs", "meant"), [
    ("theo thẩm quyên, trước", {"ê>ề": 14.0}, "theo thẩm quyền, trước"),
    ("QUYÉT ĐỊNH", {"É>Ế": 9.0}, "QUYẾT ĐỊNH"),
    ("công trình khẩn cập", {"ậ>ấ": 12.0}, "công trình khẩn cấp"),
    # what stays: letters that recognition was sure of, abbreviations, numbers, names that no directive has
    ("theo thẩm quyên, trước", {"ê>ề": 60.0}, "theo thẩm quyên, trước"),
    ("số 12/QĐ-UBND", {"Đ>D": 1.0}, "số 12/QĐ-UBND"),
    ("ông Ksor Hơbăm", {"ơ>o": 9.0}, "ông Ksor Hơbăm"),
])
def test_respelling(read: str, costs: dict[str, float], meant: str) -> None:
    words, changes = respelled(words_of(read, costs), neighbours())
    assert " ".join(word.text for word in words) == meant
    assert bool(changes) == (read != meant)


def test_a_stamp_of_arrival_is_left_out_and_named() -> None:
    page = next(scanner().scans(PDF, seed=1, damage=scanner().CLEAN, pages=1)).convert("L")
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 2000, 1654, 2339), fill=255)
    before = words_on(page)
    draw.rectangle((1100, 2050, 1500, 2230), outline=0, width=4, fill=255)
    for y, text in ((2065, "SỞ NỘI VỤ TỈNH"), (2120, "ĐẾN"), (2170, "Ngày: 5/6")):
        draw.text((1150, y), text, font=ImageFont.truetype(FONT, 34), fill=0)
    scans = Scans()
    assert [word.text for word in scans.read(page, 1).words] == before
    assert any(w.startswith("left_out: 1 ") and "ĐẾN" in w for w in scans.warnings)


def words_on(page: Image.Image) -> list[str]:
    return [word.text for word in Scans().read(page, 1).words]


def test_dust() -> None:
    lines = [("Số:", 96, 0), ("_", 95, 0), ("T701", 64, 1), ("1899/SGDĐT-CTTTT.", 38, 2), ("Ghi", 55, 3), ("chú", 60, 3)]
    words = [Word(text, 9 * i, 20 * line, 9 * i + 8, 20 * line + 12, line, sure) for i, (text, sure, line) in enumerate(lines)]
    words += [Word("-", 0, 80, 0.9, 92, 4, 91), Word("yêu", 9, 80, 18, 92, 4, 96), Word("-", 20, 80, 24, 92, 4, 93)]
    kept, left = without_dust(words, neighbours().knows)
    assert [word.text for word in kept] == ["Số:", "1899/SGDĐT-CTTTT.", "Ghi", "chú", "yêu", "-"]
    assert left == ["_", "T701", "-"]


@cache
def clean_page() -> Image.Image:
    return next(scanner().scans(PDF, seed=1, damage=scanner().CLEAN, pages=1))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_are_set_upright_and_keep_their_places(turn: int) -> None:
    page = clean_page().rotate(turn, expand=True)
    out = io.BytesIO()
    page.save(out, "PDF", resolution=200)
    source = reading.read_bytes(out.getvalue(), "x.pdf")
    expected = first_page(printed())
    assert Levenshtein.distance(expected, first_page(source)) <= 0.02 * len(expected)
    assert f"turned: 1 ({360 - turn}°)" in source.warnings
    grey = page.convert("L")
    for box in source.boxes:
        sides = [round(side * 200 / 72) for side in (box.x0, box.top, box.x1, box.bottom)]
        assert 0 <= sides[0] < sides[2] <= page.width + 1
        assert 0 <= sides[1] < sides[3] <= page.height + 1
        assert np.asarray(grey.crop(tuple(sides))).min() < 128, box.span.of(source.text)
    assert source.locate(Span(source.text.index("an toàn"), source.text.index("an toàn") + 7))


def test_a_coarse_page_says_so_and_is_read() -> None:
    page = clean_page().resize((620, 877), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    page.save(out, "PDF", resolution=75)
    source = reading.read_bytes(out.getvalue(), "x.pdf")
    assert "coarse: 1 (75 < 150 dpi)" in source.warnings
    expected = first_page(printed())
    assert Levenshtein.distance(expected, first_page(source)) <= 0.03 * len(expected)
    assert not any(warning.startswith("coarse") for warning in read_scan().warnings)


def test_each_page_has_one_warning_of_its_confidence() -> None:
    source = reading.read_bytes(bytes(scanner().scanned(PDF, seed=3)), "scan.pdf")
    assert source.pages == printed().pages
    assert [w.split(" (")[0] for w in source.warnings if w.startswith("recognised")] == [
        f"recognised: {number}" for number in range(1, (source.pages or 0) + 1)]
    for box in source.boxes:
        assert len(box.confidence) == len(box.span.of(source.text).split())


def test_the_wheel_takes_the_counts_of_syllables_along() -> None:
    root = CORPUS.parent
    taken = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    inside = {root / here for here, there in taken["force-include"].items() if there.startswith("chidao/reading/ocr/syllables/")}
    assert inside == {file for file in (root / "models/syllables").iterdir() if file.suffix in (".tsv", ".npy")}
