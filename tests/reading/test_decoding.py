"""Texts in Unicode and in the old encodings, told apart by content; what can't be told is refused."""
from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from chidao import knowledge, reading
from chidao.errors import ReadingError
from chidao.reading.decoding import decode
from chidao.reading.legacy import decoded, font_encoding, letters, recognise

TONES = "\u0300\u0301\u0303\u0309\u0323"
LOWER = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
RAISED = "ĂÂÊÔƠƯĐ"  # the capitals that TCVN3 has codes for


def codes(encoding: str) -> dict[str, str]:
    return {row["letter"]: "".join(chr(int(code, 16)) for code in row["codes"].split())
            for row in knowledge.rows("legacy_letters") if row["encoding"] == encoding}


def in_tcvn3(text: str) -> str:
    table = codes("tcvn3")
    return "".join(table.get(letter) or table.get(letter.lower()) or letter for letter in text)


def in_vni(text: str) -> str:
    table = codes("vni")
    return "".join(table.get(letter, letter) for letter in text)


def in_windows_1258(text: str) -> bytes:
    """As Windows writes it: circumflex, breve and horn with the vowel, the tone after it."""
    out = []
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
        out.append(base + "".join(mark for mark in marks if mark in TONES))
    return "".join(out).encode("cp1258")


ENCODERS: dict[str, Callable[[str], bytes]] = {
    "windows-1258": in_windows_1258,
    "tcvn3": lambda text: in_tcvn3(text).encode("cp1252"),
    "vni": lambda text: in_vni(text).encode("cp1252"),
}


def sources(corpus: Path) -> list[tuple[str, str]]:
    """The directives of the corpus, without the few signs that the 8-bit encodings lack."""
    texts = ((file.name, unicodedata.normalize("NFC", file.read_text("utf-8")))
             for file in sorted((corpus / "sources").glob("*.txt")))
    keep = {*map(chr, range(32, 127)), *"\n–—“”‘’…•", *LOWER, *LOWER.upper()}
    return [(name, "".join(letter if letter in keep else " " for letter in text)) for name, text in texts]


def test_tables_have_all_letters() -> None:
    assert set(codes("tcvn3")) == {*LOWER, *RAISED}
    assert set(codes("vni")) == {*LOWER, *LOWER.upper()}
    for encoding in ("tcvn3", "vni"):
        assert len(set(codes(encoding).values())) == len(codes(encoding)), "no code means two letters"


@pytest.mark.parametrize("row", knowledge.rows("legacy_letters"), ids=lambda row: f"{row['encoding']}-{row['codes']}")
def test_rows_show_their_codes(row: dict[str, str]) -> None:
    shown = "".join(chr(int(code, 16)) for code in row["codes"].split())
    assert row["shown"] == shown.replace("\xad", "")
    assert letters(shown, row["encoding"]) == row["letter"]


@pytest.mark.parametrize(("encoding", "text"), [
    ("windows-1258", "lossless"), ("vni", "lossless"), ("tcvn3", "lossless but for capitals with tones")])
def test_round_trip_of_our_directives(corpus: Path, encoding: str, text: str) -> None:
    raised = wrong = size = 0
    for name, source in sources(corpus):
        found = decode(ENCODERS[encoding](source))
        assert found.encoding == encoding, name
        if encoding != "tcvn3":
            assert found.text == source, name
            continue
        assert found.text.lower() == source.lower(), name
        wrong += sum(a != b for a, b in zip(found.text, source, strict=True))
        raised += sum(letter.isupper() and letter.lower() in LOWER and letter not in RAISED for letter in source)
        size += len(source)
    assert wrong * 500 <= size, "at most one letter in 500 in the wrong case"
    assert wrong * 5 <= raised, "four of five capitals with tones are found from the letters beside them"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_kept_as_it_is(corpus: Path, encoding: str) -> None:
    for file in sorted((corpus / "sources").glob("*.txt")):
        text = file.read_text("utf-8")
        found = decode(text.encode(encoding))
        assert found.text == text
        assert found.encoding == encoding.removesuffix("-sig")


def test_readers_say_what_they_decoded(corpus: Path) -> None:
    name, text = sources(corpus)[0]
    expected = reading.read_bytes(text.encode(), name)
    assert expected.warnings == ()
    for encoding in ("windows-1258", "vni"):
        source = reading.read_bytes(ENCODERS[encoding](text), name)
        assert (source.text, source.regions, source.tables) == (expected.text, expected.regions, expected.tables)
        assert source.warnings == (f"encoding: {encoding}",)
        page = "".join(f"<p>{line}</p>" for line in text.split("\n")).replace("\n", "")
        assert reading.read_bytes(ENCODERS[encoding](f"<html><body>{page}</body></html>"), name).warnings == (
            f"encoding: {encoding}",)


@pytest.mark.parametrize("data", [
    # other languages in other encodings
    "Le comité décide que les présentes règles, à côté des précédentes, sont exécutées dès l'été".encode("cp1252"),
    "Die Behörde prüft die Anträge für das nächste Jahr und führt die Maßnahmen über Länder".encode("cp1252"),
    "Příští rok úřad předloží návrh na změnu zákona a žádost o schválení".encode("cp1250"),
    "Правительство постановляет утвердить план мероприятий на следующий год".encode("cp1251"),
    "人民政府关于印发行动计划的通知".encode("gb18030"),
    # UTF-8 with a letter cut in two, and UTF-8 of which bytes were lost
    "Quyết định của Ủy ban nhân dân tỉnh về việc trồng rừng năm 2031".encode()[:-12] + b"\xe1\xba",
    "Quyết định của Ủy ban nhân dân tỉnh về việc trồng rừng".encode().replace(b"\xe1", b""),
    # letters that the encoding lacked are lost: "T?nh", "Ngh? quy?t"
    "Nghị quyết của Tỉnh ủy về bảo vệ rừng phòng hộ đầu nguồn, kèm danh mục các xã vùng cao".encode("latin-1", "replace"),
    # too short to tell
    "KÕ ho¹ch n¨m".encode("cp1252"),
    # VISCII is none of them
    bytes.fromhex("51 75 79 AA 74 20 F0 B8 6E 68 20 63 FC 61 20 DC 79 20 62 61 6E 20 6E 68 E2 6E 20 64 E2 6E 20 74"
                  "EF 6E 68 20 76 AB 20 76 69 AE 63 20 74 72 B0 6E 67 20 72 D7 6E 67 20 70 68 F2 6E 67 20 68 B5"),
])
def test_what_can_not_be_told_is_refused(data: bytes) -> None:
    with pytest.raises(ReadingError) as caught:
        decode(data)
    assert caught.value.code == "undecodable"


def test_one_old_encoding_is_never_taken_for_another(corpus: Path) -> None:
    """Also not for lines of a few words: what is told is right."""
    told = 0
    for _, source in sources(corpus):
        for line in source.split("\n"):
            for encoding, encode in ENCODERS.items():
                data = encode(line)
                try:
                    found = decode(data)
                except ReadingError:
                    continue
                if not data.isascii() and found.encoding != "utf-8":
                    assert found.encoding == encoding, line
                    told += 1
    assert told > 1000


@pytest.mark.parametrize(("shown", "expected"), [
    ("Céng hoµ x· héi chñ nghÜa ViÖt Nam, ®éc lËp, tù do, h¹nh phóc", "tcvn3"),
    ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, ñoäc laäp, töï do, haïnh phuùc", "vni"),
    ("Cộng hòa xã hội chủ nghĩa Việt Nam", None),
    # old letters beside right ones: neither reading is right for all
    ("Công hoà xã hội chủ nghĩa Việt Nam, Céng hoµ x· héi chñ nghÜa ViÖt Nam", None),
    ("Société générale, à Paris, près de la Défense, présidée par M. Émile Légaré, été", None),
])
def test_recognise(shown: str, expected: str | None) -> None:
    assert recognise(shown) == expected


@pytest.mark.parametrize(("shown", "expected"), [
    ("Uû BAN NH¢N D¢N TØNH Hµ GIANG", "UỶ BAN NHÂN DÂN TỈNH HÀ GIANG"),
    ("§¶NG UÛ X·", "ĐẢNG UÛ XÃ"),  # a capital letter of Windows-1252 is none of TCVN3
    ("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM\n§éc lËp - Tù do", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do"),
    ("¸P DôNG", "ÁP DỤNG"),
    ("Sè: 5/KH-UBND", "Số: 5/KH-UBND"),
])
def test_capitals_of_tcvn3(shown: str, expected: str) -> None:
    assert decoded(shown, "tcvn3") == expected


@pytest.mark.parametrize("row", knowledge.rows("legacy_fonts"), ids=lambda row: row["prefix"])
def test_fonts(row: dict[str, str]) -> None:
    font = font_encoding(row["example"])
    assert font is not None
    assert font.encoding == row["encoding"]
    assert font_encoding(f"ABCDEF+{row['example']},Bold") == font
    assert font_encoding(row["counter_example"]) is None


@pytest.mark.parametrize(("name", "capital"), [
    (".VnTime", False), (".VnTimeH", True), (".VnArialH", True), (".VnTimeH,Bold", True), (".VnArial NarrowH", False)])
def test_capital_fonts(name: str, capital: bool) -> None:
    font = font_encoding(name)
    assert font is not None
    assert font.capital is capital


def test_no_real_text_in_unicode_is_decoded_anew(real_data: Path) -> None:
    files = [*(real_data / "real/directives").glob("*.txt"), *(real_data / "seeds").rglob("*.txt"),
             *(real_data / "gold").rglob("*.txt")]
    assert len(files) > 300
    for file in files:
        data = file.read_bytes()
        found = decode(data)
        assert (found.encoding, found.text) == ("utf-8", data.decode("utf-8-sig")), file.name
        # neither the whole nor any part of it looks as if it were in an old encoding
        assert all(recognise(line) is None for line in found.text.split("\n")), file.name


def test_real_texts_come_back_from_old_encodings(real_data: Path) -> None:
    """Every tenth of them, in each encoding: the same letters, and never another encoding."""
    keep = {*map(chr, range(32, 127)), *"\n–—“”‘’…•", *LOWER, *LOWER.upper()}
    for file in sorted((real_data / "real/directives").glob("*.txt"))[::10]:
        text = "".join(letter if letter in keep else " "
                       for letter in unicodedata.normalize("NFC", file.read_text("utf-8")))
        for encoding, encode in ENCODERS.items():
            found = decode(encode(text))
            assert found.encoding == encoding, file.name
            assert found.text.lower() == text.lower(), file.name
