"""What a mention calls the document that it cites: the words after number, date and issuer (trích yếu)."""
from __future__ import annotations

import re

from chidao.model import Citation, Span

_OPENS = re.compile(
    r"\s+(?:V/v|về(?:\s+việc)?|ban hành|phê duyệt|quy định|hướng dẫn|công bố|sửa đổi|bãi bỏ|thay thế|đính chính|giao"
    r"|triển khai|thực hiện|tăng cường|đẩy mạnh|một số|kết luận)\s+(?=\S)", re.IGNORECASE)
_CLOSES = re.compile(
    r"[;|\n\t]|\.(?=\s|$)|\)(?=[^(]*$)|,?\s+(?:được|đã được|và được)\s+(?:sửa đổi|bổ sung|thay thế|đính chính|bãi bỏ)"
    r"|\s*\((?:được|đã được|sau đây|gọi tắt|viết tắt|kèm)"
    r"|,\s+(?:sau đây|cụ thể|theo đó|trong đó|như sau|yêu cầu|đề nghị)"
    r"|\.{3}|…", re.IGNORECASE)
_LONGEST = 320
_SHORTEST = 12
_LEAD = re.compile(r"(?:V/v|về\s+việc|về)\s+", re.IGNORECASE)


def title_of(citation: Citation, view: str) -> Span | None:
    """Where the title of a cited document stands after its mention; None where the sentence goes on otherwise.

    `view` is the text in its plain form. Only a title that a mark closes counts: in running prose nobody can tell
    where it ends. The span leaves out a leading "về", "về việc", "V/v".

    >>> view = "Căn cứ Nghị định số 61/2023/NĐ-CP ngày 16/8/2023 của Chính phủ về hương ước, quy ước;"
    >>> title_of(Citation(Span(7, 62), "Nghị định", "61/2023/NĐ-CP"), view).of(view)
    'hương ước, quy ước'
    """
    if citation.form != "full" or not citation.number:
        return None
    opens = _OPENS.match(view, citation.span.end)
    if opens is None or "\n" in opens.group():
        return None
    start = opens.start() + len(opens.group()) - len(opens.group().lstrip())
    lead = _LEAD.match(view, start)
    start = lead.end() if lead else start
    closes = _CLOSES.search(view, start, start + _LONGEST)
    if closes is None:
        return None
    end = closes.start() - (len(view[start:closes.start()]) - len(view[start:closes.start()].rstrip(" ,")))
    return Span(start, end) if end - start >= _SHORTEST else None
