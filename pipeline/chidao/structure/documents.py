"""Several documents in one file: where the next one's head begins, and the text of each with its layout."""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from chidao.grammar.folding import document_view
from chidao.model import Region, SourceText, Span, Table
from chidao.structure.closing import Closing, find_closing
from chidao.structure.header import visible
from chidao.structure.heads import Start, find_start, first_start, slots

# Room to fill in, which a document without a number has not got either.
_ROOM = re.compile(r"…|\.{4,}|_{3,}|(?i:ghi rõ)")
_BODY = 80  # letters and digits that a document has at least after its head


def split(source: SourceText) -> tuple[SourceText, ...]:
    """The documents in a file, in order, each with its own text; most files hold one, which is `source` itself.

    A document begins with a head of its own: issuer, motto or day, a number that no head before it has, type or
    subject or addressees. What is issued with a document without such a number belongs to it, as do forms, samples
    and the note of a certified copy (sao y, sao lục). Pages and boxes stay those of the file.

    >>> letter = '''ỦY BAN NHÂN DÂN TỈNH CÀ MAU | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    ... Số: {}/UBND-NV V/v {} | Cà Mau, ngày {} tháng 02 năm 2024
    ... Kính gửi: Sở Nội vụ
    ... Ủy ban nhân dân tỉnh giao Sở Nội vụ rà soát và báo cáo kết quả thực hiện với Ủy ban nhân dân tỉnh./.
    ... Nơi nhận: - Như trên; - Lưu: VT. | CHỦ TỊCH Trần Văn An
    ... '''
    >>> file = letter.format("08", "nghỉ Tết", "05") + letter.format("12", "thi đua", "07")
    >>> [(part.document, part.text.split(" | ")[1][:20]) for part in split(SourceText(file, "text", "", "a.txt"))]
    [(1, 'CỘNG HÒA XÃ HỘI CHỦ '), (2, 'CỘNG HÒA XÃ HỘI CHỦ ')]
    """
    if len(slots(source, document_view(source.text))) < 2:
        return (source,)
    starts = [0, *(start.cut for start in _starts(source)), len(source.text)]
    spans = [Span(a, b) for a, b in pairwise(starts)]
    if len(spans) == 1:
        return (source,)
    return tuple(_part(source, span, number, len(spans)) for number, span in enumerate(spans, 1))


def _starts(source: SourceText) -> Iterator[Start]:
    """The heads of the second document and those after it."""
    view = visible(source)
    first = first_start(source, view)
    seen = [first] if first else []
    for slot in slots(source, view):
        if seen and slot < seen[-1].end:
            continue
        start = find_start(source, view, slot, after=seen[-1].end if seen else 0)
        if start is None:
            continue
        if _is_new(view, start, seen):
            yield start
        elif seen:
            continue
        seen.append(start)


def _is_new(view: str, start: Start, before: Sequence[Start]) -> bool:
    """Whether a head begins a document beside those before it: one that has ended, under another number."""
    if start.is_form or start.is_copy or any(start.repeats(other) for other in before):
        return False
    body = view[start.end:start.end + 10 * _BODY]
    if sum(map(str.isalnum, body)) < _BODY:
        return False
    ended = start.tops_page or _is_closed(find_closing(view[before[-1].top if before else 0:start.top]))
    if not before or not (ended or start.is_whole):
        return bool(not before and start.is_whole and ended and start.top)
    own = find_closing(view[start.top:])
    if start.serial:
        return _is_closed(own) or (ended and (start.is_whole or start.tops_page))
    dated = start.has_year or own.signer is not None
    filled = start.recognised or (dated and not _ROOM.search(view, start.top, start.top + (own.start or 0)))
    return ended and start.has_motto and filled and _is_closed(own)


def _is_closed(foot: Closing) -> bool:
    return foot.signature_span is not None or foot.recipients_span is not None


def _part(source: SourceText, span: Span, number: int, count: int) -> SourceText:
    """The document at `span`, without blanks and cell marks at its end."""
    text = span.of(source.text).rstrip(" \n\t|")
    end = span.start + len(text)
    here = Span(span.start, end)
    first = bisect_right(source.boxes, span.start, key=lambda box: box.span.end)
    last = bisect_right(source.boxes, end - 1, key=lambda box: box.span.start)
    boxes = tuple(replace(box, span=_moved(box.span, here)) for box in source.boxes[first:last])
    return replace(
        source, text=text, document=number, documents=count, boxes=boxes,
        regions=tuple(Region(_moved(r.span, here), r.kind) for r in source.regions if _meets(r.span, here)),
        tables=tuple(_table(t, here) for t in source.tables if _meets(t.span, here)))


def _table(table: Table, here: Span) -> Table:
    cells = tuple(replace(cell, span=_moved(cell.span, here)) for cell in table.cells if _meets(cell.span, here))
    return Table(_moved(table.span, here), cells)


def _meets(span: Span, here: Span) -> bool:
    """Whether a stretch of the file has something of the document; one without length where it stands in it."""
    return span.start < here.end and (here.start < span.end or here.start <= span.start)


def _moved(span: Span, here: Span) -> Span:
    """A stretch of the file in the offsets of the document at `here`."""
    return Span(max(span.start, here.start) - here.start, min(span.end, here.end) - here.start)
