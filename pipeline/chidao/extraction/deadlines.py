"""Deadlines (thời hạn) in the words of a task, of a table cell or of a labelled line."""
from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from chidao import knowledge
from chidao.extraction.labels import inline_labels
from chidao.extraction.time_points import Point, chains, find_points
from chidao.grammar.folding import plain
from chidao.model import Deadline, DeadlineKind, Span

_EVERY = r"(?:hằng|hàng|mỗi|từng)"
_CLOCK = r"\d{1,2}\s*(?:giờ|h|g|:)\s*(?:\d{2})?(?:\s*phút)?"
_BEFORE = rf"(?:(?:trước|chậm\s+nhất|muộn\s+nhất|vào|đến|từ|là|lúc|xong)\s+)*(?:{_CLOCK}\s*,?\s*)?"
_CLAUSE_END = re.compile(r"[,;.:)\n|](?!\d)")
_CLAUSE_START = re.compile(r"(?:^|[.;:(|]|\n[\s+-]*)\s*[-+]?\s*$")
_FILL = (rf"(?:(?:là|vào|đến|trước|trong|hết|lúc|khoảng|thời\s+điểm|dự\s+kiến|ngày|sáng|chiều|dịp|{_CLOCK}|"
         r"thứ\s+(?:\w+)|chủ\s+nhật|tuần\s+\w+|mốc|cuối|,)\s*)*")
_WEEKDAYS = {"hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tư": "WE", "4": "WE", "năm": "TH", "5": "TH", "sáu": "FR",
             "6": "FR", "bảy": "SA", "7": "SA", "nhật": "SU"}
_PERIODS = {"tháng": ("monthly", "FREQ=MONTHLY"), "quý": ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
            "6 tháng": ("half-yearly", "FREQ=MONTHLY;INTERVAL=6"), "năm": ("yearly", "FREQ=YEARLY"),
            "tuần": ("weekly", "FREQ=WEEKLY"), "ngày": ("daily", "FREQ=DAILY")}
_TIMES_A_YEAR = {1: "yearly", 2: "half-yearly", 4: "quarterly"}
_EVERY_YEAR = re.compile(rf"\s*,?\s*(?:(?:của\s+)?{_EVERY}|trong)\s+năm(?!\s+\d)", re.IGNORECASE)
_MORE_PERIODS = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:,|;|và|hoặc|hay)\s*(?:định\s+kỳ\s+)?(?:(?:hằng|hàng|mỗi)\s+)?"
                           r"(?P<period>tháng|quý|(?:0?6|sáu)\s+tháng|(?:cả\s+)?năm)(?!\s*[\dIV])(?!\s+(?:đầu|học))\b", re.IGNORECASE)
_FOLLOWING_YEARS = re.compile(r"\s*(?:,|và)\s*(?:các|những)\s+năm\s+(?:tiếp\s+theo|sau|kế\s+tiếp)", re.IGNORECASE)
_REGULAR = re.compile(r"(?:thường\s+xuyên|định\s+kỳ|liên\s+tục)(?:\s*(?:,|và|-)?\s*(?:thường\s+xuyên|định\s+kỳ|liên\s+tục))*",
                      re.IGNORECASE)
_UNITS = {"giờ": "T{}H", "h": "T{}H", "phút": "T{}M", "ngày": "{}D", "tuần": "{}W", "tháng": "{}M", "năm": "{}Y"}
_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
            "mười lăm": 15, "hai mươi": 20, "ba mươi": 30}
_LENGTH = (rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\s*(?:\([^)]{{1,20}}\)\s*)?"
           r"(?P<unit>giờ|ngày|tuần|tháng|năm|phút|h)(?!\w)(?P<working>\s+làm\s+việc)?(?!\s+(?:đầu|cuối)\b|\s*(?:19|20)\d\d)")
_SINCE = r"\s*,?\s*(?:kể\s+từ|tính\s+từ|từ\s+(?:ngày|khi)|sau\s+khi|trước\s+khi|sau\s+ngày)\b"
_WITHIN = re.compile(rf"(?:(?P<sure>(?:trong|ngay\s+trong)\s+(?:vòng|thời\s+hạn)|(?:chậm|muộn)\s+nhất|thời\s+hạn|thời\s+gian)|trong|"
                     r"không\s+quá|tối\s+đa|sau|trước)\s+(?:(?:là|sau|không\s+quá|tối\s+đa|ít\s+nhất|trong|vòng|thời\s+hạn|trước)\s+)*"
                     rf"{_LENGTH}(?P<since>{_SINCE})?", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:kế\s+hoạch|chương\s+trình|đề\s+án|chiến\s+lược|quy\s+hoạch|dự\s+án|nghị\s+quyết|định\s+hướng|chỉ\s+tiêu|"
                    r"dự\s+toán|tầm\s+nhìn|nhiệm\s+kỳ|danh\s+mục|đầu\s+tư\s+công|mục\s+tiêu\s+quốc\s+gia|luật|ngân\s+sách|phong\s+trào|khung|"
                    r"kinh\s+tế\s+-\s+xã\s+hội|bản\s+đồ|báo\s+cáo|bộ\s+chỉ\s+số|bảng\s+giá)\b", re.IGNORECASE)
_ACHIEVED = re.compile(r"(?:phấn\s+đấu|hoàn\s+thành|hoàn\s+thiện|bảo\s+đảm|đảm\s+bảo|mục\s+tiêu|lộ\s+trình|xong|để|và|kéo\s+dài|thực\s+hiện)"
                       r"(?:\s+(?:là|từ|trước))?\s*:?\s*$", re.IGNORECASE)


class _Context(NamedTuple):
    issued: str | None
    year: int | None
    cell: bool


class _Found(NamedTuple):
    span: Span
    kind: DeadlineKind
    value: str
    rrule: str | None = None
    working_days: bool = False


def find_deadlines(text: str, *, issued: str | None = None, year: int | None = None,
                   consumed: Sequence[Span] = ()) -> tuple[Deadline, ...]:
    """The deadlines in the words of a task, in order of the text; spans count in `text`.

    `issued` (ISO) and `year` (of the directive, or its horizon) complete dates without a year and drop
    days long past; where neither is known the value keeps the gap (``--06-30``). No deadline is found
    inside `consumed` (citations). A labelled stretch ("Thời gian hoàn thành: …") is read like a cell.

    >>> [(d.kind, d.value) for d in find_deadlines("Gửi về Sở Y tế trước ngày 26/6/2026.")]
    [('by', '2026-06-26')]
    """
    view = _without(plain(text), consumed)
    labelled = [found.value for found in inline_labels(view) if found.label.role == "deadline"]
    prose = _without(view, labelled)
    found = _find(prose, _Context(issued, year, False))
    for span in labelled:
        inside = _find(_only(view, span), _Context(issued, year, True))
        found += inside
    return tuple(sorted((Deadline(f.span, f.kind, f.value, f.rrule, f.working_days) for f in found), key=lambda d: d.span))


def find_cell_deadlines(text: str, *, issued: str | None = None, year: int | None = None) -> tuple[Deadline, ...]:
    """The deadlines in the content of a deadline cell or labelled line, where bare forms count too.

    >>> [(d.kind, d.value) for d in find_cell_deadlines("Quý IV-2026")]
    [('by', '2026-12-31')]
    """
    found = _find(plain(text), _Context(issued, year, True))
    return tuple(Deadline(f.span, f.kind, f.value, f.rrule, f.working_days) for f in sorted(found))


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


def _without(text: str, spans: Sequence[Span]) -> str:
    """`text` with the spans blotted out by a character that no pattern crosses."""
    for start, end in spans:
        text = text[:start] + "\x00" * (min(end, len(text)) - start) + text[end:]
    return text


def _only(text: str, span: Span) -> str:
    return "\x00" * span.start + text[slice(*span)] + "\x00" * (len(text) - span.end)


def _find(text: str, context: _Context) -> list[_Found]:
    """All finders in order of precedence; a later one finds nothing where an earlier one did."""
    taken: list[_Found] = []
    for finder in (_anniversaries, _recurring, _within, _points, _events, _regular):
        taken += [new for new in finder(text, context, taken)
                  if not any(_overlap(new.span, old.span) for old in taken)]
    return taken


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


# The finders get what was found before them, since a word may belong to a deadline found earlier.

def _anniversaries(text: str, _: _Context, taken: Sequence[_Found]) -> list[_Found]:
    """Days and months of every year: "trước ngày 01/6 và 15/11 hằng năm"."""
    found = []
    for chain, stretch in chains(find_points(text), text):
        every_year = _EVERY_YEAR.match(text, chain[-1].span.end)
        if every_year and chain[-1].year is None and chain[-1].first[0] and chain[-1].unit != "year":
            _, start = _limit(text, chain[0], taken)
            found.append(_yearly(chain, stretch, Span(_with_rhythm(text, start), every_year.end())))
    return found


def _recurring(text: str, context: _Context, _: Sequence[_Found]) -> list[_Found]:
    found: list[_Found] = []
    for value, rrule, pattern in _recurring_patterns():
        for m in pattern.finditer(text):
            span = Span(*m.span())
            if any(_overlap(span, other.span) for other in found):
                continue
            if "day" in (m.groupdict() or {}) or context.cell or not _excluded("recurring", text, span):
                found.append(_Found(span, "recurring", value, _filled(rrule, m)))
    for first in sorted(found):
        found += [more for more in _listed_periods(text, first) if not any(_overlap(more.span, f.span) for f in found)]
    return _merged(sorted(found), text)


def _listed_periods(text: str, first: _Found) -> Iterator[_Found]:
    """The further members of "hằng tháng, quý, 6 tháng và năm"."""
    if first.value not in ("monthly", "quarterly", "half-yearly"):
        return
    at = first.span.end
    while m := _MORE_PERIODS.match(text, at):
        words = " ".join(m["period"].lower().split())
        period = "6 tháng" if words.endswith("tháng") and len(words) > 5 else words.removeprefix("cả ")
        value, rrule = _PERIODS[period]
        yield _Found(Span(*m.span("period")), "recurring", value, rrule)
        at = m.end()


def _merged(found: list[_Found], text: str) -> list[_Found]:
    """One for "định kỳ hằng quý (… tháng cuối quý)": neighbours with the same value, the finer rule kept."""
    out: list[_Found] = []
    for item in found:
        before = out[-1] if out else None
        if before and before.value == item.value and re.fullmatch(r"[\s(,:]*", text[before.span.end:item.span.start]):
            finer = max(before, item, key=lambda f: len(f.rrule or ""))
            out[-1] = finer._replace(span=Span(before.span.start, item.span.end))
        else:
            out.append(item)
    return out


def _filled(rrule: str, m: re.Match[str]) -> str:
    groups = m.groupdict()
    if "weekday" in groups:
        return rrule.format(weekday=_WEEKDAYS[groups["weekday"].lower().split()[-1]])
    return rrule.format(day=int(groups["day"])) if groups.get("day") else rrule


def _within(text: str, _: _Context, taken: Sequence[_Found]) -> list[_Found]:
    found = []
    for m in _WITHIN.finditer(text):
        sure = m["sure"] or m["since"] or (m["working"] and not m.group().lower().startswith(("sau", "trước")))
        if not sure or not m["since"] and _excluded("within", text, Span(*m.span())):
            continue
        count = int(m["count"]) if m["count"].isdigit() else _NUMBERS[m["count"].lower()]
        end = _clause_end(text, m.end()) if m["since"] else m.end()
        found.append(_Found(Span(m.start(), end), "within", "P" + _UNITS[m["unit"].lower()].format(count), None, bool(m["working"])))
    return found


def _events(text: str, _: _Context, taken: Sequence[_Found]) -> list[_Found]:
    found: list[_Found] = []
    for pattern in _event_patterns():
        for m in pattern.finditer(text):
            span = Span(m.start(), _clause_end(text, m.end()))
            if not any(_overlap(span, f.span) for f in found) and not _excluded("event", text, span):
                found.append(_Found(span, "event", "event"))
    return found


def _regular(text: str, context: _Context, taken: Sequence[_Found]) -> list[_Found]:
    found = []
    for m in _REGULAR.finditer(text):
        span = Span(*m.span())
        attached = any(0 <= old.span.start - span.end <= 2 for old in taken if old.kind == "recurring")
        if attached and m.group().lower().endswith("kỳ") and not re.search("xuyên|liên", m.group(), re.IGNORECASE):
            continue
        first = Span(span.start, span.start + len(re.match(r"\w+\s+\w+", m.group())[0]))
        if context.cell or not _excluded("regular", text, first) and _adverbial(text, span):
            found.append(_Found(span, "recurring", "regular"))
    return found


def _adverbial(text: str, span: Span) -> bool:
    """Whether the word says how an act is done: an act follows it, or stands right before it."""
    if _verb_follows(text[span.end:span.end + 60]):
        return True
    before = text[max(0, span.start - 40):span.start].lower()
    if re.search(r"(?:một\s+cách|phải|cần|được)\s+$", before):
        return True
    words = re.findall(r"[^\W\d_]+", before)
    return " ".join(words[-2:]) in _verbs() and not re.search(r"[,.;:(]\s*$", before)


def _verb_follows(after: str) -> bool:
    """Whether an act follows, perhaps after further adverbs ("thường xuyên, chủ động cung cấp")."""
    words = [w.lower() for w in re.findall(r"[^\W\d_]+|[,.;:()|]", after)]
    for at in range(min(len(words), 7)):
        if words[at] in (".", ";", ":", "(", ")", "|") or words[at] in ("của", "tại", "giữa", "trên"):
            return False
        if words[at] in _verbs() or " ".join(words[at:at + 2]) in _verbs():
            return at == 0 or words[0] in (",", "và", "hoặc") or " ".join(words[:2]) in _adverbs()
    return False


def _points(text: str, context: _Context, taken: Sequence[_Found]) -> list[_Found]:
    points = [p for p in find_points(text) if not any(_overlap(p.span, f.span) for f in taken)]
    found: list[_Found] = []
    for chain, stretch in chains(points, text):
        found += _of_chain(text, context, chain, stretch, taken)
    return found


def _of_chain(text: str, context: _Context, chain: list[Point], stretch: bool, taken: Sequence[_Found]) -> list[_Found]:
    limit, start = _limit(text, chain[0], taken)
    span = Span(start, chain[-1].span.end)
    if _excluded("point", text, Span(start, span.end)) or _excluded("point", text, Span(chain[0].span.start, span.end)):
        return []
    if chain[0].first[0] == 0 or not (limit or context.cell or _may_stand_alone(text, chain, context)):
        return []
    rhythm = _rhythm(text, span, taken)
    if rhythm and all(p.year is None and p.unit in ("day", "month") for p in chain):
        return [_yearly(chain, stretch, span)._replace(value=rhythm)] if rhythm != "absorbed" else []
    if chain[-1].unit in ("year", "years") and not _says_when(text, span, limit, context):
        return []
    if stretch or limit == "now":
        return _stretch(chain, span, limit, context)
    out = []
    for i, point in enumerate(chain):
        own = Span(span.start if i == 0 else point.span.start, point.span.end)
        out += _single(text, point, own, limit, context, listed=len(chain) > 1)
    return out


def _limit(text: str, point: Point, taken: Sequence[_Found]) -> tuple[str | None, int]:
    """The word before `point` that makes a limit of it, and where it starts."""
    floor = max([f.span.end for f in taken if f.span.end <= point.span.start], default=0)
    left = max(0, floor, point.span.start - 80)
    m = _limit_pattern().search(text[left:point.span.start])
    if not m:
        return None, point.span.start
    name = next(name for name, words in m.groupdict().items() if words is not None)
    return name.rsplit("_", 1)[0], left + m.start(name)


def _may_stand_alone(text: str, chain: Sequence[Point], context: _Context) -> bool:
    """Whether a point without a limiting word says when: heading a clause, in brackets, or a day to come."""
    if any(p.bare for p in chain) or chain[0].unit == "part":
        return False
    start, end = chain[0].span.start, chain[-1].span.end
    if _CLAUSE_START.search(text[:start]):
        return not (chain[0].unit == "years" and text[:start].rstrip().endswith("(") and _NAMED.search(text[max(0, start - 60):start]))
    if _FOLLOWING_YEARS.match(text, end):
        return True
    known = context.issued or (f"{context.year}-01-01" if context.year else None)
    return chain[0].unit == "day" and known is not None and chain[0].year is not None and chain[0].begin() >= known


def _says_when(text: str, span: Span, limit: str | None, context: _Context) -> bool:
    """Whether a year says when an act is done, not to which plan, budget or target it belongs."""
    if context.cell:
        return True
    before = text[:span.start]
    if _CLAUSE_START.search(before) or _FOLLOWING_YEARS.match(text, span.end) or _ACHIEVED.search(before):
        return True
    if _excluded("year", text, span) or limit is None and not re.match(r"trong", text[slice(*span)], re.IGNORECASE):
        return False
    clause = re.split(r"[.;:\n,]", before)[-1]
    hard = re.match(r"(?:chậm|muộn|không|trước|hết|đến\s+hết|xong|hoàn|trong|từ)", text[slice(*span)], re.IGNORECASE)
    return bool(hard) and not (limit in ("until", "from", "now") and _NAMED.search(clause))


def _single(text: str, point: Point, span: Span, limit: str | None, context: _Context, *, listed: bool) -> list[_Found]:
    if point.unit == "part" and limit == "from" and point.year is None:
        return []
    year = point.year or _year_of(point, context)
    point = point._replace(year=year)
    if limit == "until" and point.unit == "day" and point.end() == context.issued and not context.cell:
        return []
    if point.unit in ("year", "years") and limit in (None, "in"):
        more = _FOLLOWING_YEARS.match(text, span.end)
        years = [y for y in (point.year, point.to_year) if y]
        if not years or not context.cell and context.year and years[-1] < _floor_year(context):
            return []
        whole = Span(span.start, more.end()) if more else span
        return [_Found(whole, "period", "/".join(map(str, years)))]
    if limit == "from":
        return _kept(_Found(span, "from", point.begin()), context)
    if limit == "before" and point.unit != "day":
        return _kept(_Found(span, "by", _day_before(point.begin())), context)
    if point.unit in ("month", "quarter") and listed and limit in (None, "in"):
        return _kept(_Found(span, "range", f"{point.begin()}/{point.end()}"), context)
    if point.unit == "day" and point.first != point.last:
        return _kept(_Found(span, "range", f"{point.begin()}/{point.end()}"), context)
    return _kept(_Found(span, "by", point.end()), context)


def _stretch(chain: Sequence[Point], span: Span, limit: str | None, context: _Context) -> list[_Found]:
    first, last = chain[0], chain[-1]
    end = last._replace(year=last.year or _year_of(last, context)).end()
    if limit == "now":
        if context.issued is None or end.startswith("--"):
            return [_Found(span, "by", end)]
        return [_Found(span, "range", f"{context.issued}/{end}")] if context.issued <= end else []
    if first.unit == last.unit == "year" and first.year and last.year:
        return [_Found(span, "period", f"{first.year}/{last.year}")] if first.year < last.year else []
    begin = first._replace(year=first.year or (int(end[:4]) if end[:2] != "--" else None)).begin()
    if begin > end:
        return []
    return _kept(_Found(span, "range", f"{begin}/{end}"), context)


def _kept(found: _Found, context: _Context) -> list[_Found]:
    """`found`, unless its last day lies before the directive: then it tells of what has been."""
    last = found.value.split("/")[-1]
    known = context.issued or (f"{context.year}-01-01" if context.year else None)
    past = known is not None and not last.startswith("--") and last < known
    return [] if past and not context.cell else [found]


def _year_of(point: Point, context: _Context) -> int | None:
    """The year that words without one mean: the horizon's when it is later, else the first after the date of issue."""
    if context.issued is None:
        return context.year
    issued = int(context.issued[:4])
    if context.year is not None and context.year > issued:
        return context.year
    return issued if point.end(issued) >= context.issued else issued + 1


def _floor_year(context: _Context) -> int:
    return int(context.issued[:4]) if context.issued else context.year or 0


def _day_before(day: str) -> str:
    if day.startswith("--"):
        return day
    return (datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat()


def _rhythm(text: str, span: Span, taken: Sequence[_Found]) -> str | None:
    """The rhythm that a date without a year belongs to: "hằng năm (trước ngày 25/12)", "định kỳ … trước ngày 20/11"."""
    before = [f for f in taken if f.kind == "recurring" and f.span.end <= span.start]
    if before and re.fullmatch(r"\s*(?:báo\s+cáo\s*)?[(,:]?\s*(?:gửi\s+|chậm\s+nhất\s+)?", text[before[-1].span.end:span.start], re.IGNORECASE):
        return "absorbed"
    clause = re.split(r"[.;\n]", text[:span.start])[-1]
    return "yearly" if re.search(r"định\s+kỳ", clause, re.IGNORECASE) else None


def _with_rhythm(text: str, start: int) -> int:
    m = re.search(r"(?:định\s+kỳ|hằng\s+năm|hàng\s+năm)\s*,?\s*$", text[:start], re.IGNORECASE)
    return m.start() if m else start


def _yearly(chain: Sequence[Point], stretch: bool, span: Span) -> _Found:
    value = "yearly" if stretch else _TIMES_A_YEAR.get(len(chain), "yearly")
    return _Found(span, "recurring", value, _yearly_rule([p.last for p in chain[-1:] if stretch] or [p.last for p in chain]))


def _yearly_rule(days: Sequence[tuple[int, int]]) -> str:
    """The rule for these days (month, day) of every year; day 0 is the month's last."""
    months, numbers = sorted({m for m, _ in days}), sorted({d or -1 for _, d in days})
    rule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY={','.join(map(str, numbers))}"
    if len(months) * len(numbers) == len(set(days)):
        return rule
    everything = sorted((m, d if d > 0 else 31) for m in months for d in numbers)
    wanted = sorted({(m, d or 31) for m, d in days})
    return f"{rule};BYSETPOS={','.join(str(everything.index(day) + 1) for day in wanted)}"


def _clause_end(text: str, start: int) -> int:
    m = _CLAUSE_END.search(text, start)
    end = m.start() if m else len(text)
    return start + len(text[start:end].rstrip("\x00 \n"))


def _excluded(of: str, text: str, span: Span) -> bool:
    before, after = text[max(0, span.start - 60):span.start], text[span.end:span.end + 60]
    return any((left is None or left.search(before)) and (right is None or right.search(after))
               for left, right in _exclusions(of))


@lru_cache(maxsize=None)
def _exclusions(of: str) -> tuple[tuple[re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    out = []
    for row in knowledge.rows("deadline_exclusions"):
        if row["of"] == of:
            left, _, right = row["pattern"].partition("⟦⟧") if row["side"] == "around" else \
                (row["pattern"], "", "") if row["side"] == "before" else ("", "", row["pattern"])
            out.append((re.compile(rf"\b{left}", re.IGNORECASE) if left not in ("", "$") else None,
                        re.compile(right, re.IGNORECASE) if right else None))
    return tuple(out)


@lru_cache(maxsize=1)
def _recurring_patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((row["value"], row["rrule"],
                  re.compile(rf"\b(?:{row['pattern'].replace('{every}', _EVERY).replace('{before}', _BEFORE)})(?!\w)", re.IGNORECASE))
                 for row in knowledge.rows("deadline_recurring"))


@lru_cache(maxsize=1)
def _event_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b{row['pattern']}" if row["pattern"][0] != "(" else row["pattern"], re.IGNORECASE)
                 for row in knowledge.rows("deadline_events"))


@lru_cache(maxsize=1)
def _limit_pattern() -> re.Pattern[str]:
    rows = sorted(knowledge.rows("deadline_limits"), key=lambda row: row["limit"] != "now")
    words = "|".join(rf"(?P<{row['limit']}_{i}>\b{row['words']})" for i, row in enumerate(rows))
    return re.compile(rf"(?:{words})\s*:?\s*{_FILL}$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    return frozenset(row["term"] for row in knowledge.rows("action_verbs") if row["kind"] == "verb")


@lru_cache(maxsize=1)
def _adverbs() -> frozenset[str]:
    return frozenset(row["term"] for row in knowledge.rows("action_verbs") if row["kind"] == "adverb")
