"""Whether two directives give a task to the same: the body or its head, in full or cut short, or a sister elsewhere."""
from __future__ import annotations

import re
from collections.abc import Sequence

from chidao.grammar.folding import fold, plain

# The province itself, whatever it is called: two provinces are compared by the bodies that each has.
_PLACE = re.compile(r"(?<!\w)(?:tinh|thanh pho)(?: (?!truc thuoc)(?:\w+ ){0,3}\w+)?$")
_ANYBODY = re.compile(
    r"^(?:thu truong )?(?:cac )?(?:co quan|don vi|to chuc)(?:$| (?:don vi|to chuc|ca nhan|dia phuong|lien quan))")
_PROVINCES = re.compile(r"(?<!\w)dia phuong(?!\w)|uy ban nhan dan cac tinh|cac tinh thanh pho")


def shared(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether one of the leads stands on both sides.

    >>> shared(["Bộ Quốc phòng"], ["Bộ trưởng Bộ Quốc phòng", "Bộ trưởng Bộ Công an"])
    True
    >>> shared(["Sở Y tế thành phố Hà Nội"], ["Sở Y tế tỉnh Sơn La"]), shared(["Sở Y tế"], ["Sở Nội vụ"])
    (True, False)
    >>> shared(["Các cơ quan, đơn vị, tổ chức"], ["Thủ trưởng các cơ quan, đơn vị"])
    True
    """
    return any(_same(_bare(a), _bare(b)) for a in some for b in others)


def handed_down(leads: Sequence[str]) -> bool:
    """Whether provinces are among the leads: each hands the work to an office of its own.

    >>> handed_down(["các Bộ, ngành, địa phương"]), handed_down(["Bộ Y tế"])
    (True, False)
    """
    return any(_PROVINCES.search(_words(lead)) for lead in leads)


def _same(one: str, other: str) -> bool:
    few, many = sorted((one, other), key=len)
    if _ANYBODY.match(few) and _ANYBODY.match(many):
        return True
    return bool(few) and re.search(rf"(?<!\w){re.escape(few)}(?!\w)", many) is not None


def _bare(name: str) -> str:
    return _PLACE.sub("tinh", _words(name)).removesuffix(" tinh").strip()


def _words(name: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", fold(plain(name))).split())
