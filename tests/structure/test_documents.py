"""Several documents in one file: where they part, and that each is read as it is alone."""
from __future__ import annotations

import io
import random
import sys
from dataclasses import replace
from itertools import accumulate, permutations
from pathlib import Path

import pypdfium2
import pytest

from chidao.errors import ReadingError
from chidao.model import Header, SourceText
from chidao.reading import read, read_bytes
from chidao.structure import analyse
from chidao.structure.documents import split
from chidao.structure.header import find_header

CORPUS = Path(__file__).parents[2] / "corpus"
sys.path.insert(0, str(CORPUS))

import bundles  # noqa: E402
import scan  # noqa: E402

EXPECTED = bundles.expected()
SOURCES = sorted((CORPUS / "sources").glob("*.txt"))


def headers(source: SourceText) -> list[Header]:
    return [find_header(document)[0] for document in split(source)]


def said(header: Header) -> tuple[str, ...]:
    return tuple(value or "" for value in (header.type, header.number, header.symbol, header.issuer, header.date))


@pytest.mark.parametrize("suffix", ["txt", "docx", "pdf"])
@pytest.mark.parametrize("name", EXPECTED)
def test_a_document_begins_with_a_head_of_its_own(name: str, suffix: str) -> None:
    found = headers(read_bytes(bundles.render(name, suffix), f"x.{suffix}"))
    assert [said(header) for header in found] == [document[:5] for document in EXPECTED[name]]


@pytest.mark.parametrize("name", EXPECTED)
def test_each_document_has_its_own_parts_and_no_others(name: str) -> None:
    found = split(read_bytes(bundles.render(name, "txt"), "x.txt"))
    texts = bundles.parts(name)
    for document, expected in zip(found, EXPECTED[name], strict=True):
        assert document.text.rstrip() == "\n\n".join(texts[part - 1] for part in expected.parts).strip()


def test_each_is_read_as_alone() -> None:
    """Every two sample directives after one another: the texts, and all that the head and the foot say."""
    alone = {path: analyse(read(path)).header for path in SOURCES}
    web = CORPUS / "sources" / "2026-ke-hoach-ban-chi-dao-hue-an-toan-thuc-pham.txt"  # has a list above its head
    for first, second in permutations(SOURCES, 2):
        file = f"{first.read_text('utf-8')}\n\n{second.read_text('utf-8')}"
        found = [analyse(document).header for document in split(read_bytes(file.encode(), "x.txt"))]
        assert len(found) == 2, (first, second)
        assert replace(found[1], evidence={}) == replace(alone[second], evidence={}), (first, second)
        if second != web:
            assert replace(found[0], evidence={}) == replace(alone[first], evidence={}), (first, second)


def test_pages_and_boxes_are_those_of_the_file() -> None:
    source = read_bytes(bundles.render("ba-van-ban", "pdf"), "x.pdf")
    found = split(source)
    assert [(document.own_pages, document.pages) for document in found] == [((n, n), 3) for n in (1, 2, 3)]
    for document in found:
        assert [box.span.of(document.text) for box in document.boxes] == [
            box.span.of(source.text) for box in source.boxes if box.page == document.document]
        assert all(region.span.end <= len(document.text) for region in document.regions)


@pytest.mark.parametrize("name", ["hai-cong-van", "quyet-dinh-va-ke-hoach-co-so"])
def test_scans_part_at_the_same_places(name: str) -> None:
    pytest.importorskip("tesserocr")
    try:
        source = read_bytes(scan.scanned(bundles.render(name, "pdf"), seed=3), "x.pdf")
    except ReadingError as error:
        pytest.skip(error.code)
    found = split(source)
    assert [document.own_pages for document in found] == [(1, 1), (2, 2)]
    assert [find_header(document)[0].issuer for document in found] == [d.issuer for d in EXPECTED[name]]


A = """UBND TỈNH CÀ MAU | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc
Số: 41/UBND-NN | Cà Mau, ngày 05 tháng 02 năm 2024
V/v phòng, chống hạn
Kính gửi: Sở Nông nghiệp và Môi trường
Ủy ban nhân dân tỉnh giao Sở Nông nghiệp và Môi trường rà soát nguồn nước, báo cáo trước ngày 20/02/2024.
Nơi nhận:
- Như trên;
- Lưu: VT.
CHỦ TỊCH
Trần Văn An
"""
HEADED = """{above}{issuer} | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc
Số: {number} | {day}
KẾ HOẠCH
Trồng rừng phòng hộ ven biển
Căn cứ Luật Lâm nghiệp, Ủy ban nhân dân tỉnh giao Sở Nông nghiệp và Môi trường trồng 40 ha rừng trong năm.
Nơi nhận:
- Sở Nông nghiệp và Môi trường;
- Lưu: VT.
CHỦ TỊCH
{signer}
"""
WHOLE = {"signer": "Trần Văn An", "above": "", "issuer": "UBND TỈNH CÀ MAU", "number": "52/KH-UBND", "day": "Cà Mau, ngày 07 tháng 02 năm 2024"}


@pytest.mark.parametrize(("changed", "count"), [
    ({}, 2),
    ({"above": "HỎA TỐC\n"}, 2),
    ({"number": "41/UBND-NN"}, 1),  # the head once more, over an annex
    ({"number": "41/UBND-NN", "issuer": "UBND TỈNH BẠC LIÊU", "day": "Bạc Liêu, ngày 09 tháng 02 năm 2024"}, 2),
    ({"number": "     /KH-UBND"}, 2),  # its number is not there yet
    ({"number": "     /KH-UBND", "day": "Cà Mau, ngày     tháng     năm"}, 2),  # nor is its day; it is signed
    ({"number": "     /KH-UBND", "day": "Cà Mau, ngày     tháng     năm", "signer": "(Ký, ghi rõ họ tên)"}, 1),
    ({"number": "     /KH-UBND", "issuer": "UBND TỈNH …"}, 1),
    ({"number": "…/KH-UBND"}, 1),
    ({"number": ".../KH-UBND", "day": "..., ngày ... tháng ... năm ..."}, 1),
    ({"issuer": "TÊN CƠ QUAN, TỔ CHỨC"}, 1),
    ({"issuer": "UBND TỈNH A", "day": "Tỉnh A, ngày 07 tháng 02 năm 2024"}, 1),
    ({"issuer": "UBND TỈNH …"}, 1),
    ({"above": "Mẫu số 02\n"}, 1),
    ({"above": "Mẫu kế hoạch trồng rừng\n"}, 1),
    ({"above": "PHỤ LỤC MẪU KẾ HOẠCH\n"}, 1),
    ({"above": "Phụ lục: danh sách các xã\n"}, 2),
])
def test_forms_samples_and_repeated_heads_begin_nothing(changed: dict[str, str], count: int) -> None:
    assert len(split(read_bytes((A + "\n" + HEADED.format(**WHOLE | changed)).encode(), "x.txt"))) == count


def test_a_quoted_number_begins_nothing() -> None:
    quoting = A.replace("báo cáo trước", "theo nội dung sau:\nSố: 12/KH-UBND ngày 03/01/2024, mục I;\nbáo cáo trước")
    assert len(split(read_bytes(quoting.encode(), "x.txt"))) == 1


def test_no_real_directive_falls_apart_and_two_of_them_do(real_data: Path) -> None:
    """Of all real directives, and a seeded sample of two of them after one another, with their heads as alone."""
    texts: dict[str, str] = {}
    for path in sorted((real_data / "real" / "directives").glob("*.txt")):
        try:
            source = read(path, secret=True)
        except ReadingError:
            continue
        assert len(split(source)) == 1, path.name
        header, block = find_header(source)
        known = header.evidence.get("number") or header.evidence.get("symbol")
        if known and known.start <= block.end and len(source.text) < 40_000:
            texts[path.name] = source.text
    chance = random.Random(11)
    right = 0
    for _ in range(60):
        pair = [texts[name] for name in chance.sample(sorted(texts), 2)]
        file = read_bytes("\n\n".join(pair).encode(), "x.txt")
        alone = [said(find_header(replace(file, text=text, regions=()))[0]) for text in pair]
        right += [said(header) for header in headers(file)] == alone
    assert right >= 57


def test_real_files_bound_together_part_again(real_data: Path) -> None:
    """A seeded sample of three born-digital PDFs in one: the words and pages of each, and its head as alone."""
    files = sorted((real_data / "real" / "files").glob("hanoi_*VanBanGoc_*.pdf"))
    chance = random.Random(5)
    for _ in range(3):
        some = chance.sample([file for file in files if "NQ_12" not in file.name], 3)  # that one is a scan
        bound = pypdfium2.PdfDocument.new()
        for file in some:
            bound.import_pages(pypdfium2.PdfDocument(file))
        out = io.BytesIO()
        bound.save(out)
        found, alone = split(read_bytes(out.getvalue(), "x.pdf")), [read(file) for file in some]
        assert [document.text.split() for document in found] == [source.text.split() for source in alone]
        assert [said(find_header(document)[0]) for document in found] == [said(find_header(s)[0]) for s in alone]
        assert [document.own_pages[1] for document in found if document.own_pages] == list(
            accumulate(source.pages or 0 for source in alone))
