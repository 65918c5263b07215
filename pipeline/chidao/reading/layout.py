"""Tells tables that only lay out a page, the two columns of the head and of the foot, from tables of data."""
from __future__ import annotations

import re
from collections.abc import Sequence

from chidao.grammar.folding import plain

_HEAD_OR_FOOT = re.compile(
    r"CỘNG HÒA XÃ HỘI CHỦ NGHĨA|Cộng hòa xã hội chủ nghĩa Việt Nam\s*$|"
    r"Độc lập ?- ?Tự do|ĐẢNG CỘNG SẢN(?: VIỆT NAM)?\s*(?:-|_|$)|"
    r"^\W*Số ?:.{0,60}$|^\W*Nơi nhận ?:|^\W*(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\. ?[A-ZĐ]{2}|^\W*Kính gửi ?:|"
    r",\s*ngày\s.{0,14}tháng\s.{0,10}năm\s.{0,6}$", re.MULTILINE)
_MAX_ROWS = 3


def is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the rows (texts of cells) are the head or the foot of a document, or a single cell or column.

    >>> is_layout([["UBND TỈNH A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]])
    True
    >>> is_layout([["TT", "Nhiệm vụ"], ["1", "Báo cáo"]])
    False
    """
    if max((len(row) for row in rows), default=0) < 2:
        return len(rows) > 0 and (len(rows) <= _MAX_ROWS or _is_prose(rows))
    if len(rows) > _MAX_ROWS + 3:
        return False
    return any(is_head_or_foot(cell) for row in rows for cell in row)


def is_head_or_foot(text: str) -> bool:
    """Whether the text has the motto, the number, the place and date, Kính gửi, Nơi nhận or a signer's mark.

    >>> is_head_or_foot("Số: 12/KH-UBND"), is_head_or_foot("12 đơn vị")
    (True, False)
    """
    return _HEAD_OR_FOOT.search(plain(text)) is not None


def _is_prose(rows: Sequence[Sequence[str]]) -> bool:
    return any("\n" in cell for row in rows for cell in row)
