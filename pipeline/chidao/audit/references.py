"""Items that hand over whole parts of their own directive: “Chủ trì các nhiệm vụ tại mục III.2 của Kế hoạch”."""
from __future__ import annotations

import re
from collections.abc import Sequence

from chidao.grammar.folding import plain

_LABEL = r"\(?(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])\)?"
_PART = re.compile(
    rf"(?<!kết quả )(?:chủ trì|triển khai|thực hiện|tổ chức|tham mưu)[^.;:]{{0,60}}?"
    rf"(?:nhiệm vụ|nội dung|giải pháp|công việc|chỉ tiêu)[^.;:]{{0,60}}?(?:tại|nêu tại|thuộc|theo|ở)\s+(?:các\s+)?"
    rf"(?P<place>(?:(?:điểm|khoản|tiểu mục|mục|phần)\s+{_LABEL}(?:[\s.,]*{_LABEL}(?!\w))*[\s,]*)+)"
    r"(?P<of>[^.;\n]{0,25})", re.IGNORECASE)
_ROMAN = re.compile(r"[IVX]+\Z")
_OTHER = re.compile(r"\bsố\b|\d+\s*/|\d+-", re.IGNORECASE)


def parts(text: str) -> tuple[tuple[str, ...], ...]:
    """The parts of its own directive that an item names, as labels from the root.

    >>> parts("Chủ trì triển khai các nhiệm vụ tại mục (IV) (3) của Kế hoạch.")
    (('IV', '3'),)
    >>> parts("Chủ trì thực hiện nội dung nêu tại khoản 2 Mục III Kế hoạch này")
    (('III', '2'),)
    >>> parts("Thực hiện nội dung tại Mục III Kế hoạch số 13-KH/TU")
    ()
    >>> parts("Kiểm tra các chỉ tiêu ở điểm 1 Mục III Kế hoạch")
    ()
    """
    found = (_labels(match["place"]) for match in _PART.finditer(plain(text)) if not _OTHER.search(match["of"]))
    return tuple(labels for labels in found if labels)


def within(path: Sequence[str], part: Sequence[str]) -> bool:
    """Whether an item with that path stands in that part.

    >>> within(("IV", "3", "3.1", "a"), ("IV", "3")), within(("V", "3"), ("IV", "3"))
    (True, False)
    """
    return len(path) >= len(part) and all(a == b for a, b in zip(path, part, strict=False))


def _labels(place: str) -> tuple[str, ...]:
    """Roman numbers first, then the others as they stand: “khoản 2 Mục III” and “mục III.2” are one place."""
    words = [word.strip("(),.") for word in re.findall(rf"(?<!\w){_LABEL}(?!\w)", place)]
    roman = [word for word in words if _ROMAN.match(word)]
    rest = [word for word in words if word and word not in roman]
    if "khoản" in place.casefold() or "điểm" in place.casefold():
        rest = rest[::-1]
    return (*roman[:1], *rest) if len(roman) == 1 else ()
