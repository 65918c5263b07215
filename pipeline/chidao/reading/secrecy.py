"""The stamp of secrecy (dấu chỉ độ mật) in the head of a document."""
from __future__ import annotations

import re

from chidao.grammar.folding import plain

# The stamp stands in a box of its own: a line, a cell of the header, or beside the name of the issuer's country.
_STAMP = re.compile(
    r"(?:^|\||\s{3})[ \t]*(?P<stamp>TUYỆT MẬT|TỐI MẬT|MẬT)"
    r"(?:[ \t]*[-,/]?[ \t]*(?:HỎA TỐC|THƯỢNG KHẨN|KHẨN))?[ \t]*(?:$|\||\s{3})",
    re.MULTILINE)
_LABEL = re.compile(
    r"^\s*(?:độ|mức độ|dấu chỉ độ|dấu) mật\s*:\s*(?P<stamp>tuyệt mật|tối mật|mật)\s*$", re.IGNORECASE | re.MULTILINE)
_HEAD = 1500


def stamp(text: str) -> str | None:
    """``"MẬT"``, ``"TỐI MẬT"`` or ``"TUYỆT MẬT"`` where the head of `text` bears the stamp, else None.

    >>> stamp("UBND TỈNH\\nMẬT\\nSố: 5/BC-UBND"), stamp("- Công tác bảo vệ bí mật nhà nước (MẬT)")
    ('MẬT', None)
    """
    head = plain(text[:_HEAD])
    match = _STAMP.search(head) or _LABEL.search(head)
    return match["stamp"].upper() if match else None
