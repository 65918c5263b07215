"""What recognition is not sure of is no number and no day of a directive."""
from __future__ import annotations

import pytest

from chidao.model import Box, SourceText
from chidao.model import Span as S
from chidao.structure.header import find_header

TEXT = ("ỦY BAN NHÂN DÂN TỈNH CÀ MAU\nSố: 08/KH-UBND\nCà Mau, ngày 05 tháng 02 năm 2024\nKẾ HOẠCH\nTrồng rừng năm 2024\n"
        "Căn cứ Luật Lâm nghiệp;")
WORDS = "ngày 05 tháng 02 năm 2024"


def scanned(number: int, days: tuple[int, ...]) -> SourceText:
    """The text as if recognised, with the confidence of its number and of the words of its date."""
    boxes = []
    for line, sure in (("Số: 08/KH-UBND", (96, number)), (f"Cà Mau, {WORDS}", (96, 96, *days))):
        start = TEXT.index(line)
        edges = tuple(float(x) for i in range(len(sure)) for x in (20 * i, 20 * i + 15))
        boxes.append(Box(S(start, start + len(line)), 1, 0, 0, 200, 12, edges, sure))
    return SourceText(TEXT, "pdf", "", "a.pdf", boxes=tuple(boxes))


@pytest.mark.parametrize(("source", "number", "date"), [
    (SourceText(TEXT, "text", "", "a.txt"), "08/KH-UBND", "2024-02-05"),
    (scanned(96, (96,) * 6), "08/KH-UBND", "2024-02-05"),
    (scanned(87, (96,) * 6), None, "2024-02-05"),  # by hand, perhaps
    (scanned(96, (96, 60, 96, 96, 96, 96)), "08/KH-UBND", None),
    (scanned(96, (60, 96, 96, 96, 96, 96)), "08/KH-UBND", "2024-02-05"),  # a word without digits says nothing
])
def test_number_and_day(source: SourceText, number: str | None, date: str | None) -> None:
    header, _ = find_header(source)
    assert (header.number, header.symbol, header.date, header.year) == (number, "KH-UBND", date, 2024)
    assert ("number" in header.evidence, "date" in header.evidence) == (number is not None, date is not None)
