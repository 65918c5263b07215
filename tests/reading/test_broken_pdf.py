"""PDFs whose letters are not those that are seen: repaired where that is certain, else recognised, else refused."""
from __future__ import annotations

import random
import sys
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from print_measures import MOST_WRONG, error_rate, figures_of, normal, placeless, without_furniture
from reading_samples import Sheet

from chidao import reading
from chidao.batch.work import read_and_extract
from chidao.errors import ChidaoError
from chidao.extraction.pipeline import extract
from chidao.model import Directive
from chidao.reading import pdf as pdf_reader
from chidao.reading.ocr import is_available
from chidao.reading.pdf.glyphs import Glyph, to_words
from chidao.reading.pdf.mending import once, with_marks
from chidao.reading.pdf.signs import find_signs
from chidao.reading.pdf.torn import join_torn
from chidao.reading.printed.words import Word

CORPUS = Path(__file__).parents[2] / "corpus"
sys.path.insert(0, str(CORPUS))

import breaking  # noqa: E402
import broken_fonts  # noqa: E402
import printing  # noqa: E402

SAMPLES = sorted(random.Random(5).sample(sorted(path.stem for path in (CORPUS / "sources").glob("*.txt")), 4))
# Defects that pdfium itself reads as if they were none; letters at private codes mean nothing.
HARMLESS = ("none", "doubled_letters", "doubled_words")
REPAIRED = tuple(defect for defect in breaking.DEFECTS if defect != "private_letters")
LINES = ["Quyết định số 5/QĐ-UBND về trồng rừng và bảo vệ rừng phòng hộ, giao Sở Kế hoạch và Đầu tư",
         "chủ trì phối hợp với các cơ quan, đơn vị có liên quan rà soát diện tích rừng nghèo kiệt như",
         "những năm trước, hướng dẫn thưởng phạt, báo cáo kết quả trước ngày 30 tháng 6 năm 2031."]


class Print(NamedTuple):
    expected: str
    pdf: bytes
    text: Directive


@pytest.fixture(scope="module")
def prints() -> dict[str, Print]:
    """Each sample in print, and what is found in its text."""
    pytest.importorskip("fontTools")
    found = {}
    for name in SAMPLES:
        path = CORPUS / "sources" / f"{name}.txt"
        blocks = printing.office_blocks(path.read_text("utf-8"))
        found[name] = Print(printing.expected(blocks), printing.printed(blocks, "reportlab", landscape=True),
                            extract(reading.read(path)))
    return found


@pytest.mark.parametrize("defect", REPAIRED)
def test_repaired_prints(prints: dict[str, Print], defect: breaking.Defect) -> None:
    """Words, header, tasks, and a place for every span, as if nothing were broken."""
    found = {}
    for name, sample in prints.items():
        source = reading.read_bytes(breaking.broken(sample.pdf, defect), "x.pdf")
        dash = "•" if defect == "private_bullets" else "-"
        expected = " ".join(dash if word == "-" else word for word in normal(sample.expected).split())
        assert error_rate(expected, without_furniture(source)) <= MOST_WRONG, name
        assert all(warning.startswith("repaired: ") for warning in source.warnings), name
        assert (len(source.warnings) == 0) == (defect in HARMLESS), name
        found[name] = extract(source)
        assert placeless(found[name]) == [], name
        if defect == "private_bullets":  # the texts have hyphens
            continue
        header, text = (asdict(d.header) | {"evidence": None} for d in (found[name], sample.text))
        assert header == text, name
    if defect == "private_bullets":
        return
    pdf, text = figures_of(found), figures_of({name: sample.text for name, sample in prints.items()})
    for figure in ("tasks", "lead agencies", "coordinating agencies", "deadlines"):
        assert pdf[figure]["f1"] >= text[figure]["f1"] - 0.01, figure


def test_pages_after_a_broken_one_are_looked_at_closely() -> None:
    """Its last page is short: all its marks happen to find letters, some of them wrong ones."""
    path = CORPUS / "sources" / "2016-cong-dien-thu-tuong-mua-lu-trung-bo.txt"
    blocks = printing.office_blocks(path.read_text("utf-8"))
    data = breaking.broken(printing.printed(blocks, "reportlab", landscape=True), "marks_apart")
    source = reading.read_bytes(data, "x.pdf")
    assert source.warnings == ("repaired: 1 (marks)", "repaired: 2 (marks)")
    assert without_furniture(source) == normal(printing.expected(blocks))


def test_letters_without_a_meaning_are_recognised_or_refused(
        prints: dict[str, Print], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    name = SAMPLES[0]
    data = breaking.broken(prints[name].pdf, "private_letters")
    if is_available():
        warnings = reading.read_bytes(data, "x.pdf").warnings
        assert any(warning.startswith("recognised: 1 ") for warning in warnings)
        assert not any(warning.startswith("repaired") for warning in warnings)
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(reading.ReadingError) as caught:
        reading.read_bytes(data, "x.pdf")
    assert caught.value.code == "no_text_layer"


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@pytest.mark.parametrize("name", [".VnTime", "VNI-Times", "ABCDEF+F12"])
def test_old_fonts_without_a_table_to_unicode(encoding: str, name: str) -> None:
    """The letter ư of TCVN3, a hyphen elsewhere, at ends of lines too; a name that tells of another encoding."""
    pytest.importorskip("fontTools")
    if name.startswith({"tcvn3": "VNI", "vni": ".Vn"}[encoding]):
        return
    source = reading.read_bytes(broken_fonts.simple_pdf(LINES, encoding, name), "x.pdf")
    assert source.warnings == ("repaired: 1 (old)",)
    assert source.text == " ".join(LINES)


def test_old_fonts_from_another_producer(tmp_path: Path) -> None:
    """A web page in VNI printed by WeasyPrint, which embeds the font in its own way."""
    pytest.importorskip("fontTools")
    codes = broken_fonts.old_codes("vni")
    (tmp_path / "vni.ttf").write_bytes(broken_fonts.font_file("vni"))
    text = "".join(codes.get(letter, letter) for letter in " ".join(LINES))
    page = (f"<style>@font-face {{ font-family: V; src: url(file://{tmp_path}/vni.ttf) }} p {{ font-family: V;"
            f" text-align: justify }}</style><p>{text}</p>")
    source = reading.read_bytes(printing.weasyprint_pdf(page), "x.pdf")
    assert source.warnings == ("repaired: 1 (old)",)
    assert source.text == " ".join(LINES)


def glyph(text: str, x: float, width: float = 6, *, y: float = 100, font: str = "F", drawn: bool = True) -> Glyph:
    return Glyph(text, x, y, (x, y - 9, x + width, y + 3), (x, y - 9, x + width, y), font, drawn)


def text_of(glyphs: list[Glyph]) -> str:
    return " ".join(word.text for word in to_words(glyphs))


@pytest.mark.parametrize(("glyphs", "expected"), [
    ([glyph("e", 0), glyph("\u0301", 1, 4), glyph("m", 6)], "ém"),
    ([glyph("\u0301", 1, 4), glyph("\u0302", 1, 4), glyph("e", 0), glyph("m", 6)], "ếm"),  # marks first, in any order
    ([glyph("o", 0), glyph("m", 6), glyph("\u00b4", 1, 4), glyph("\u02c6", 1, 4)], "ốm"),  # marks after the word
    ([glyph("o", 0), glyph(" ", 6, 1, drawn=False), glyph("\u0323", 2, 2), glyph("n", 7)], "ọn"),  # with a made blank
    ([glyph("o", 0), glyph("\u0323", 2, 2), glyph(" ", 6, 3), glyph("n", 9)], "ọ n"),
    ([glyph("t", 0), glyph("\u0301", 1, 4)], "t\u0301"),  # no vowel
    ([glyph("o", 0), glyph(" ", 6, 34, drawn=False), glyph("\u0301", 40, 4)], "o \u0301"),  # not over the letter
    ([glyph("ơ", 0), glyph("\u0302", 1, 4)], "ơ\u0302"),  # no such letter
], ids=range(8))
def test_marks_find_their_letters(glyphs: list[Glyph], expected: str) -> None:
    mended = with_marks(glyphs)
    assert text_of(mended) == expected
    if len(expected) == 2 and expected.isalpha():
        assert to_words(mended)[0].x0 == 0


def test_the_box_of_a_letter_holds_its_mark() -> None:
    high = Glyph("\u0309", 2, 100, (2, 91, 5, 103), (2, 85, 5, 88), "F")
    (word,) = to_words(with_marks([glyph("a", 0), high]))
    assert (word.text, word.x0, word.top, word.x1, word.bottom) == ("ả", 0, 85, 6, 103)


@pytest.mark.parametrize(("glyphs", "expected"), [
    ([glyph("x", 0), glyph("x", 0.4), glyph("o", 6), glyph("o", 6.4)], "xo"),
    ([glyph("x", 0), glyph("o", 6), glyph("o", 12), glyph("n", 18)], "xoon"),  # as in xoong
    ([glyph("x", 0), glyph("o", 6), glyph("x", 0.4, y=112), glyph("o", 6.4, y=112)], "xo xo"),  # the line below
], ids=range(3))
def test_letters_are_drawn_once(glyphs: list[Glyph], expected: str) -> None:
    assert text_of(once(glyphs)) == expected


def words(text: str) -> list[Word]:
    """Words in print: ``_`` is the gap of a torn syllable, a blank that of two words."""
    found, x = [], 0.0
    for word in text.split():
        for piece in word.split("_"):
            found.append(Word(piece, x, 0, x + 6 * len(piece), 12, 0))
            x += 6 * len(piece) + 1.5
        x += 2
    return found


@pytest.mark.parametrize(("drawn", "expected"), [
    ("ĐIỀ_U KHO_ẢN thi hành", "ĐIỀU KHOẢN thi hành"),
    ("Quyết định số 5/Q_Đ-UBND c_ủa Ủy ban", "Quyết định số 5/QĐ-UBND của Ủy ban"),
    ("(Ph_ụ l_ục I), giao S_ở Tài ch_ính.", "(Phụ lục I), giao Sở Tài chính."),
    ("ĐIỀ U KHO ẢN thi hành pháp luật", "ĐIỀ U KHO ẢN thi hành pháp luật"),  # gaps of words
    ("các xã Ia_Rsai, Krông_Pa trồng rừng", "các xã Ia Rsai, Krông Pa trồng rừng"),  # no syllables
    ("trồng_cây gây rừng phòng hộ", "trồng cây gây rừng phòng hộ"),  # two syllables set close
    ("1._Sở Tài chính bố trí", "1. Sở Tài chính bố trí"),
    ("dài 5_km đường liên xã", "dài 5 km đường liên xã"),
    ("B_Ộ C_Ô_NG TH_ƯƠ_NG", "BỘ CÔNG THƯƠNG"),
], ids=range(9))
def test_torn_syllables(drawn: str, expected: str) -> None:
    joined = join_torn(words(drawn))
    assert " ".join(word.text for word in joined) == expected
    assert all(a.x1 < b.x0 for a, b in pairwise(joined))
    assert joined[-1].x1 == words(drawn)[-1].x1


@pytest.mark.parametrize(("text", "expected"), [
    ("Kế hoạch số 5/KH-UBND về 120 m² (m3), 30 °C", set()),
    ("Chương trình « Mỗi xã một sản phẩm » § 5 – ½ giá", set()),
    ("QuyÕt ®Þnh", {"old"}), ("Keá hoaïch", {"old"}), ("hoa\u0323", {"marks"}), ("ho´a", {"marks"}),
    ("\uf0b7 Trồng rừng", {"private"}), ("QQuuyyếếtt", {"doubled"}), ("Đ iều 1", {"torn"}),
])
def test_signs(text: str, expected: set[str]) -> None:
    assert find_signs(words(text.replace("_", ""))) == expected


def test_words_twice_at_one_place_are_a_sign() -> None:
    text = "chương trình trọng điểm"
    assert find_signs([*words(text), *words(text)]) == {"doubled"}


def test_a_page_that_is_right_is_left_alone() -> None:
    sheet = Sheet()
    sheet.paragraph(60, " ".join(LINES) + " Buôn Đôn, Krông Pa, 5 km, 120 m², TTr-SKHĐT, e-mail, Logistics.")
    source = reading.read_bytes(sheet.done(), "x.pdf")
    assert source.warnings == ()
    assert "TTr-SKHĐT, e-mail, Logistics." in source.text


@pytest.mark.parametrize("kind", [ZeroDivisionError, KeyError, TypeError])
def test_a_defect_of_ours_is_no_damaged_file(monkeypatch: pytest.MonkeyPatch, kind: type[Exception]) -> None:
    def fails(*_: object) -> list[Word]:
        raise kind("a defect")

    monkeypatch.setattr(pdf_reader, "read_words", fails)
    sheet = Sheet()
    sheet.paragraph(60, " ".join(LINES))
    data = sheet.done()
    with pytest.raises(kind):
        reading.read_bytes(data, "x.pdf")
    result = read_and_extract(data)
    assert isinstance(result, ChidaoError)
    assert result.code == "internal_error"
