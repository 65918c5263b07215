"""The provision that a mention names: "điểm a khoản 2 Điều 5 Nghị định số …"."""
from __future__ import annotations

import re

from chidao.grammar.folding import squeeze

_UNIT = r"(?:điểm|khoản|điều|Điểm|Khoản|Điều|mục|Mục|Chương|chương|Phần|phần|tiết|đoạn|tiểu mục|Phụ lục|phụ lục)"
_LABEL = r"(?:[a-zđ]{1,2}\d{0,2}|[IVXLC]+|\d{1,3}(?:\.\d{1,2})*[a-zđ]?)(?!\w)"
_PROVISION = re.compile(
    rf"(?<!\w)(?P<provision>(?:{_UNIT}\s+{_LABEL}"
    rf"(?:(?:\s*[,;]\s*|\s+(?:và|đến|hoặc)\s+)(?:{_LABEL}|(?={_UNIT})))*\s*,?\s*)+)"
    r"(?:của\s+|tại\s+|thuộc\s+|trong\s+|,\s*)?(?:các\s+)?$")
_ENDS_WITH_UNIT = re.compile(
    rf"(?:(?<!\w)(?:{_UNIT}|và|đến|hoặc)\s+|[,;]\s*){_LABEL}\s*,?\s*(?:(?:của|tại|thuộc|trong)\s+)?(?:các\s+)?$")


def provision_before(view: str, start: int) -> str | None:
    """The provision before a mention that begins at offset `start` of plain text, on one line.

    >>> provision_before("theo khoản 2 Điều 5 Nghị định số 61/2023/NĐ-CP", 20)
    'khoản 2 Điều 5'
    """
    if not _ENDS_WITH_UNIT.search(view, max(0, start - 34), start):
        return None
    m = _PROVISION.search(view, max(0, start - 160), start)
    return squeeze(m["provision"]).rstrip(",; ") if m else None
