"""Deadlines (thời hạn) in the words of a task, of a table cell or of a labelled line."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from chidao import knowledge
from chidao.extraction.deadlines.context import GAP, Context, Found, clause_end, excluded, only, overlap, without
from chidao.extraction.deadlines.points import find_anniversaries, find_limits
from chidao.extraction.deadlines.rhythms import find_regular, find_rhythms
from chidao.extraction.labels import inline_labels
from chidao.grammar.folding import plain
from chidao.model import Deadline, Span

_UNITS = {"giờ": "T{}H", "h": "T{}H", "phút": "T{}M", "ngày": "{}D", "tuần": "{}W", "tháng": "{}M", "năm": "{}Y"}
_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
            "mười lăm": 15, "hai mươi": 20, "ba mươi": 30}
_LENGTH = (r"(?:\d{1,3}\s*-\s*(?=\d))?"
           rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\s*(?:\([^)]{{1,20}}\)\s*)?"
           r"(?P<unit>giờ|ngày|tuần|tháng|năm|phút|h)(?!\w)(?P<working>\s+làm\s+việc)?"
           r"(?!\s+(?:đầu|cuối)\b|\s*(?:19|20)\d\d)")
_SINCE = r"\s*,?\s*(?:kể\s+từ|tính\s+từ|từ\s+(?:ngày|khi)|sau\s+khi|trước\s+khi|sau\s+ngày)\b"
_WITHIN = re.compile(r"(?:(?P<sure>(?:ngay\s+)?trong\s+(?:vòng|thời\s+hạn|thời\s+gian)|(?:chậm|muộn)\s+nhất|thời\s+hạn|"
                     r"thời\s+gian)|trong|không\s+quá|tối\s+đa|sau|trước)\s+"
                     r"(?:(?:là|sau|không\s+quá|tối\s+đa|ít\s+nhất|trong|vòng|thời\s+hạn|trước)\s+)*"
                     rf"{_LENGTH}(?P<since>{_SINCE})?", re.IGNORECASE)
# The end of a length, in small letters: quick to look for, as it begins with plain characters.
_ANY_LENGTH = re.compile(rf"(?:{'|'.join([*'0123456789', *sorted({w.split()[-1] for w in _NUMBERS})])})"
                         r"\s*(?:\([^)]{1,20}\)\s*)?(?:giờ|ngày|tuần|tháng|năm|phút|h)(?!\w)")
_LENGTH_ONLY = re.compile(rf"(?:trong\s+|không\s+quá\s+|tối\s+đa\s+)?{_LENGTH}", re.IGNORECASE)


def find_deadlines(text: str, *, issued: str | None = None, year: int | None = None,
                   consumed: Sequence[Span] = ()) -> tuple[Deadline, ...]:
    """The deadlines in the words of a task, in order of the text; spans count in `text`.

    `issued` (ISO) and `year` (of the directive, or its horizon) complete dates without a year and drop
    days long past; where neither is known the value keeps the gap (``--06-30``). No deadline is found
    inside `consumed` (citations). A labelled stretch ("Thời gian hoàn thành: …") is read like a cell.

    >>> [(d.kind, d.value) for d in find_deadlines("Gửi về Sở Y tế trước ngày 26/6/2026.")]
    [('by', '2026-06-26')]
    """
    view = without(plain(text), consumed)
    labelled = [found.value for found in inline_labels(view) if found.label.role == "deadline"]
    found = _find(without(view, labelled), Context(issued, year, False))
    for span in labelled:
        found += _find(only(view, span), Context(issued, year, True))
    return _deadlines(found)


def find_cell_deadlines(text: str, *, issued: str | None = None, year: int | None = None) -> tuple[Deadline, ...]:
    """The deadlines in the content of a deadline cell or labelled line, where bare forms count too.

    >>> [(d.kind, d.value) for d in find_cell_deadlines("Quý IV-2026")]
    [('by', '2026-12-31')]
    """
    return _deadlines(_find(plain(text), Context(issued, year, True)))


def bounds(deadline: Deadline) -> tuple[str | None, str | None]:
    """The first and the last day (ISO) that `deadline` leaves; None where it sets none or none can be computed.

    >>> bounds(Deadline(Span(0, 8), "period", "2026/2028"))
    ('2026-01-01', '2028-12-31')
    """
    first, last = None, None
    if deadline.kind == "by":
        last = deadline.value
    elif deadline.kind == "from":
        first = deadline.value
    elif deadline.kind == "range":
        first, last = deadline.value.split("/")
    elif deadline.kind == "period":
        years = deadline.value.split("/")
        first, last = f"{years[0]}-01-01", f"{years[-1]}-12-31"
    return _whole(first), _whole(last)


def _whole(day: str | None) -> str | None:
    return None if day is None or day.startswith("--") else day


def _deadlines(found: Sequence[Found]) -> tuple[Deadline, ...]:
    return tuple(Deadline(f.span, f.kind, f.value, f.rrule, f.working_days) for f in sorted(found))


def _find(text: str, context: Context) -> list[Found]:
    """All finders in order of precedence; a later one finds nothing where an earlier one did."""
    if context.cell and (length := _LENGTH_ONLY.fullmatch(text.strip(f"{GAP} \n.;"))):
        start = text.index(length.group())
        return [_length(length, Span(start, start + len(length.group())))]
    taken: list[Found] = []
    for finder in (find_anniversaries, find_rhythms, _find_lengths, find_limits, _find_events, find_regular):
        taken += [new for new in finder(text, context, taken) if not any(overlap(new.span, old.span) for old in taken)]
    return taken


def _find_lengths(text: str, _: Context, taken: Sequence[Found]) -> list[Found]:
    found: list[Found] = []
    if not _ANY_LENGTH.search(text.lower()):
        return found
    for m in _WITHIN.finditer(text):
        bare_working = m["working"] and not m.group().lower().startswith(("sau", "trước"))
        if not (m["sure"] or m["since"] or bare_working) or excluded("lapse", text, Span(*m.span())):
            continue
        if m["since"]:
            found.append(_length(m, Span(m.start(), clause_end(text, m.end()))))
        elif not excluded("within", text, Span(*m.span())):
            found.append(_length(m, Span(*m.span())))
    return found


def _length(m: re.Match[str], span: Span) -> Found:
    count = int(m["count"]) if m["count"].isdigit() else _NUMBERS[" ".join(m["count"].lower().split())]
    return Found(span, "within", "P" + _UNITS[m["unit"].lower()].format(count), None, bool(m["working"]))


def _find_events(text: str, _: Context, taken: Sequence[Found]) -> list[Found]:
    found: list[Found] = []
    words = " ".join(text.lower().split())
    for needs, pattern in _event_patterns():
        if not any(map(words.__contains__, needs)):
            continue
        for m in pattern.finditer(text):
            span = Span(m.start(), clause_end(text, m.end()))
            if not any(overlap(span, f.span) for f in found) and not excluded("event", text, span):
                found.append(Found(span, "event", "event"))
    return found


@lru_cache(maxsize=1)
def _event_patterns() -> tuple[tuple[list[str], re.Pattern[str]], ...]:
    return tuple((row["needs"].split("|"), re.compile(rf"(?<!\w)(?:{row['pattern']})", re.IGNORECASE))
                 for row in knowledge.rows("deadline_events"))
