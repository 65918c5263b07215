"""Furniture of websites and pages, and lists of related documents."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

from chidao import knowledge, reading
from chidao.reading.html import _parts, _words
from chidao.reading.regions import find_regions


def kinds(text: str) -> list[tuple[str, str]]:
    return [(region.kind, region.span.of(text)) for region in find_regions(text)]


BODY = "Ủy ban nhân dân tỉnh yêu cầu các sở, ngành thực hiện nghiêm túc nội dung sau đây. " * 18

@pytest.mark.parametrize(("text", "expected"), [
    # a menu above, a note of the website inside
    ("Trang chủ » Văn bản\nKẾ HOẠCH\nVui lòng đăng nhập để xem\nĐiều 1", [
        ("furniture", "Trang chủ » Văn bản"), ("furniture", "Vui lòng đăng nhập để xem")]),
    # neighbours are one region
    ("Tải về\nIn văn bản\nQUYẾT ĐỊNH", [("furniture", "Tải về\nIn văn bản")]),
    # page numbers count up, a page apart
    (f"{BODY}\n2\n{BODY}\n- 3 -\n{BODY}", [("furniture", "2"), ("furniture", "- 3 -")]),
    # numbers of rows do not
    (f"{BODY}\nSTT\n1\n2\n3\n{BODY}", []),
    # related documents before the body: a bullet and a number without a full stop
    ("- 1 Luật Đê điều 2006\n- 2 Nghị định 1/2031/NĐ-CP về đê\nKẾ HOẠCH", [
        ("related", "- 1 Luật Đê điều 2006\n- 2 Nghị định 1/2031/NĐ-CP về đê")]),
    # legal bases and items of the outline are no such list
    ("1. Luật Đê điều năm 2006 được phổ biến\n2. Nghị định số 5/2031/NĐ-CP được thực hiện", []),
    ("- Quyết định số 5/QĐ-UBND;\n- Kế hoạch số 7/KH-UBND.", []),
    # a heading says what follows
    ("./.\nVăn bản được dẫn chiếu (2)\n- Quyết định 5/QĐ-UBND\nKế hoạch 7/KH-UBND\nHết", [
        ("related", "Văn bản được dẫn chiếu (2)\n- Quyết định 5/QĐ-UBND\nKế hoạch 7/KH-UBND")]),
    # the heading alone is none
    ("Văn bản hướng dẫn\nSở Tư pháp soạn thảo văn bản.", []),
])
def test_find_regions(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize("row", knowledge.rows("furniture"), ids=lambda row: row["example"])
def test_each_furniture_row_matches_its_example_only(row: dict[str, str]) -> None:
    pattern = re.compile(row["pattern"], re.IGNORECASE)
    assert pattern.fullmatch(row["example"])
    assert not pattern.fullmatch(row["counter_example"])


@pytest.mark.parametrize("row", knowledge.rows("page_parts"), ids=lambda row: row["word"])
def test_each_part_of_a_page_is_named_by_its_example_only(row: dict[str, str]) -> None:
    assert row["word"] in _words(row["example"]) & _parts(row["kind"])
    assert row["word"] not in _words(row["counter_example"])


def test_real_related_lists_are_marked_and_bodies_are_not(real_data: Path) -> None:
    source = reading.read(next((real_data / "seeds").glob("003_*.txt")))
    related = [r.span.of(source.text) for r in source.regions if r.kind == "related"]
    assert len(related) == 2
    assert related[0].startswith("- 1 Luật")
    assert source.text.endswith(related[1])


def test_furniture_covers_little_of_real_directives(real_data: Path) -> None:
    for file in sorted((real_data / "real/directives").glob("2025*.txt")):
        source = reading.read(file)
        marked = sum(region.span.end - region.span.start for region in source.regions)
        assert marked <= 0.01 * len(source.text), file.name
