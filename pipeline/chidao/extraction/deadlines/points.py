"""Deadlines from points of the calendar: by, from, range, period, and days of every year."""
from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

from chidao import knowledge
from chidao.extraction.deadlines.context import CLOCK, Context, Found, excluded, overlap, sentence_start
from chidao.extraction.deadlines.rhythms import of_every_year
from chidao.extraction.deadlines.time_points import Point, chains, find_points
from chidao.model import Span

_FILL = (rf"(?:(?:là|vào|đến|trước|trong|hết|lúc|khoảng|thời\s+điểm|dự\s+kiến|các|ngày|sáng|chiều|dịp|{CLOCK}|"
         r"thứ\s+\w+|chủ\s+nhật|tuần\s+\w+|mốc|cuối|,)\s*)*")
_CLAUSE_START = re.compile(r"(?:^|[.;:(|]|\n[\s+-]*)\s*[-+]?\s*$")
_EVERY_YEAR = re.compile(r"\s*,?\s*(?:(?:của\s+)?(?:hằng|hàng|mỗi|từng)|trong)\s+năm(?!\s+\d)", re.IGNORECASE)
_RHYTHM_BEFORE = re.compile(r"\b(?:(?:định\s+kỳ\s+)?(?:hằng|hàng|mỗi)\s+năm|định\s+kỳ|năm(?=\s*\())\s*[,:(]?\s*$",
                            re.IGNORECASE)
_AND_ON = re.compile(r"\s*(?:,|và)\s*(?:các|những)\s+năm\s+(?:tiếp\s+theo|sau|kế\s+tiếp)", re.IGNORECASE)
_ONWARD = re.compile(r"\s+trở\s+(?:đi|về\s+sau)", re.IGNORECASE)
_BRACKET_AT_END = re.compile(r"(?:\s+trở\s+đi)?\)\s*[.;/]*\s*$")
_STAGE = re.compile(r"giai\s+đoạn", re.IGNORECASE)
_SENTENCE_END = re.compile(r"\s*(?:[.;]|/|$)")
_OF_A_THING = re.compile(r"(?:cho|của|và|cả|,|kết|năm)\s*$", re.IGNORECASE)
_FIRM = re.compile(r"(?:chậm|muộn|không|trước|hết|đến\s+hết|xong|hoàn|trong|từ|vào)\b", re.IGNORECASE)
# A directive may be signed after the day that it was drafted to set.
_ON_TIME, _LATELY, _LATE_AT_MOST = (datetime.timedelta(days=days) for days in (0, 45, 365))
_TO_BE_DONE = re.compile(r"(?:hoàn\s+thành|hoàn\s+tất|xong)\s*$", re.IGNORECASE)


def find_anniversaries(text: str, _: Context, taken: Sequence[Found]) -> list[Found]:
    """Days and months of every year: "trước ngày 01/6 và 15/11 hằng năm"."""
    found = []
    for chain, stretch in chains(find_points(text), text):
        every_year = _EVERY_YEAR.match(text, chain[-1].span.end)
        if every_year and chain[-1].year is None and chain[-1].first[0] and chain[-1].unit != "year":
            start = _limit(text, chain[0], taken)[1]
            before = _RHYTHM_BEFORE.search(text[:start])
            opened = before is not None and "(" in before.group() and text[every_year.end():every_year.end() + 1] == ")"
            span = Span(before.start() if before else start, every_year.end() + opened)
            found.append(of_every_year(chain, span, stretch=stretch))
    return found


def find_limits(text: str, context: Context, taken: Sequence[Found]) -> list[Found]:
    """Dates, months, quarters and years with the words that make limits of them."""
    points = [p for p in find_points(text) if not any(overlap(p.span, f.span) for f in taken)]
    found: list[Found] = []
    for chain, stretch in chains(points, text):
        found += _of_chain(text, context, chain, stretch, taken)
    return found


def _of_chain(text: str, context: Context, chain: list[Point], stretch: bool, taken: Sequence[Found]) -> list[Found]:
    limit, start = _limit(text, chain[0], taken)
    span = Span(start, chain[-1].span.end)
    if chain[0].first[0] == 0 or _is_set_aside(text, span, limit, context):
        return []
    if not (limit or context.cell or _may_stand_alone(text, chain, context)):
        return []
    if all(p.year is None and p.unit in ("day", "month") for p in chain) and (rhythm := _rhythm(text, span, taken)):
        return [of_every_year(chain, span, stretch=stretch)] if rhythm == "of its own" else []
    if chain[-1].unit in ("year", "years") and not _says_when(text, span, limit, context):
        return []
    if stretch or limit == "now" or _runs_on(text, chain):
        return _stretch(chain, span, limit, context)
    if limit != "from" and (onward := _ONWARD.match(text, span.end)) and len(chain) == 1:
        limit, chain, span = "from", chain, Span(span.start, onward.end())
    out = []
    for i, point in enumerate(chain):
        own = Span(span.start if i == 0 else point.span.start, span.end if len(chain) == 1 else point.span.end)
        out += _single(text, point, own, limit, context, listed=len(chain) > 1)
    return out


def _runs_on(text: str, chain: Sequence[Point]) -> bool:
    """Whether months under one word follow each other: "tháng 11, 12/2026" is one stretch."""
    if len(chain) < 2 or any(p.unit != "month" or p.first[0] != p.last[0] for p in chain):
        return False
    if re.search(r"(?:các|những)\s+(?:tháng\s+)?$", text[:chain[0].span.start], re.IGNORECASE):
        return False  # "trong các tháng 11, 12": in each of them
    if any("tháng" in text[a.span.end:b.span.end].lower() for a, b in itertools.pairwise(chain)):
        return False
    return all(b.first[0] == a.first[0] + 1 for a, b in itertools.pairwise(chain))


def _limit(text: str, point: Point, taken: Sequence[Found]) -> tuple[str | None, int]:
    """The limit (see the table `deadline_limits`) that the words before `point` set, and where they start."""
    if point.unit == "years" and re.match(r"trong|từ", point.span.of(text), re.IGNORECASE):
        return "in", point.span.start
    floor = max([f.span.end for f in taken if f.span.end <= point.span.start], default=0)
    left = max(0, floor, point.span.start - 80)
    m = _limit_pattern().search(text[left:point.span.start])
    if m:
        name = next(name for name, words in m.groupdict().items() if words is not None)
        return name.rsplit("_", 1)[0], left + m.start(name)
    return None, point.span.start


def _is_set_aside(text: str, span: Span, limit: str | None, context: Context) -> bool:
    """Whether a row of `deadline_exclusions` takes the point for a date of something else."""
    if excluded("point", text, span) or (limit == "in" and excluded("in", text, span)):
        return True
    return not limit and not context.cell and excluded("bare", text, span)


def _may_stand_alone(text: str, chain: Sequence[Point], context: Context) -> bool:
    """Whether a point without a limiting word says when: heading a clause, in brackets, or a day to come."""
    first, last = chain[0], chain[-1]
    if any(p.bare for p in chain) or (first.unit == "part" and first.year is None):
        return False
    if _CLAUSE_START.search(text[:first.span.start]):
        before = text[:first.span.start].rstrip()
        named = first.unit == "years" and before.endswith("(") and _year_sign("names", "clause", before[-60:])
        return not named or _BRACKET_AT_END.match(text, last.span.end) is not None
    if _AND_ON.match(text, last.span.end) or _ends_sentence(text, last.span):
        return True
    known = context.known_from
    return first.unit == "day" and known is not None and first.year is not None and first.begin() >= known


def _ends_sentence(text: str, span: Span) -> bool:
    """Whether the span is "giai đoạn …" at the end of a sentence that names no plan, budget or programme."""
    if not _STAGE.match(span.of(text)) or not _SENTENCE_END.match(text, span.end):
        return False
    before = text[:span.start]
    return not _OF_A_THING.search(before) and not _year_sign("names", "clause", re.split(r"[.;:\n]", before)[-1])


def _says_when(text: str, span: Span, limit: str | None, context: Context) -> bool:
    """Whether a year says when an act is done, not to which plan, budget or target it belongs."""
    before = text[:span.start]
    if context.cell or _CLAUSE_START.search(before) or _AND_ON.match(text, span.end):
        return True
    if _year_sign("sets", "before", before) or (limit is None and _ends_sentence(text, span)):
        return True
    if limit is None or excluded("year", text, span):
        return False
    if limit in ("until", "from") and _year_sign("sets", "after", text[span.end:]):
        return True
    words = span.of(text)
    if not _FIRM.match(words):
        return False
    clause = re.split(r"[.;:\n,]", before)[-1]
    return words[:5].lower() == "trong" or limit in ("on", "before") or not _year_sign("names", "clause", clause)


def _rhythm(text: str, span: Span, taken: Sequence[Found]) -> Literal["said before", "of its own"] | None:
    """The rhythm that a date without a year belongs to: "hằng năm … trước ngày 25/12", "định kỳ … trước ngày 20/11"."""
    start = sentence_start(text, span.start)
    if any(f.kind == "recurring" and start <= f.span.start < span.start for f in taken):
        return "said before"
    return "of its own" if re.search(r"định\s+kỳ", text[start:span.start], re.IGNORECASE) else None


def _single(text: str, point: Point, span: Span, limit: str | None, context: Context, *, listed: bool) -> list[Found]:
    if point.unit == "part" and limit == "from" and point.year is None:
        return []
    point = point._replace(year=point.year or _year_of(point, context))
    if point.unit in ("year", "years") and limit in (None, "in"):
        return _period(text, point, span, context)
    begin, end = point.begin(), point.end()
    if limit == "from":
        return _kept(Found(span, "from", begin), context, last=end)
    if limit == "until" and end == context.issued and not context.cell:  # "đến ngày 21/11, toàn tỉnh ghi nhận …"
        return []
    if limit == "before" and point.unit != "day":
        return _kept(Found(span, "by", _day_before(begin)), context)
    several_days = point.unit == "day" and begin != end
    several_quarters = point.unit == "quarter" and point.last[0] - point.first[0] > 2
    one_of_months = point.unit in ("month", "quarter") and listed and limit in (None, "in", "on")
    if several_days or several_quarters or one_of_months:
        return _kept(Found(span, "range", f"{begin}/{end}"), context)
    late = _LATE_AT_MOST if _TO_BE_DONE.search(text[:span.start]) else _LATELY
    return _kept(Found(span, "by", end), context, late=late if limit == "before" else _ON_TIME)


def _period(text: str, point: Point, span: Span, context: Context) -> list[Found]:
    years = [str(year) for year in (point.year, point.to_year) if year]
    if not years or (not context.cell and context.known_from and years[-1] < context.known_from[:4]):
        return []
    more = _AND_ON.match(text, span.end)
    return [Found(Span(span.start, more.end()) if more else span, "period", "/".join(years))]


def _stretch(chain: Sequence[Point], span: Span, limit: str | None, context: Context) -> list[Found]:
    first, last = chain[0], chain[-1]
    end = last._replace(year=last.year or _year_of(last, context)).end()
    if limit == "now":
        if context.issued is None or end.startswith("--"):
            return [Found(span, "by", end)]
        return [Found(span, "range", f"{context.issued}/{end}")] if context.issued <= end else []
    if first.unit == last.unit == "year" and first.year and last.year:
        return [Found(span, "period", f"{first.year}/{last.year}")] if first.year < last.year else []
    begin = first._replace(year=first.year or (None if end.startswith("--") else int(end[:4]))).begin()
    return _kept(Found(span, "range", f"{begin}/{end}"), context) if begin <= end else []


def _kept(found: Found, context: Context, *, last: str = "",
          late: datetime.timedelta = _ON_TIME) -> list[Found]:
    """`found`, unless its last day lies before the directive: then it tells of what has been."""
    last, known = last or found.value.split("/")[-1], context.known_from
    if known is None or context.cell or last.startswith("--"):
        return [found]
    return [found] if last >= (datetime.date.fromisoformat(known) - late).isoformat() else []


def _year_of(point: Point, context: Context) -> int | None:
    """The year that words without one mean: a later horizon, else the first after the date of issue."""
    if context.issued is None:
        return context.year
    issued = int(context.issued[:4])
    if context.year is not None and context.year > issued:
        return context.year
    return issued if point.end(issued) >= context.issued else issued + 1


def _day_before(day: str) -> str:
    if day.startswith("--"):
        return day
    return (datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat()


@cache
def _year_signs(sign: str, side: str) -> tuple[re.Pattern[str], ...]:
    shape = {"before": "{}$", "clause": "{}", "after": "^{}"}[side]
    return tuple(re.compile(shape.replace("{}", row["pattern"]), re.IGNORECASE)
                 for row in knowledge.rows("deadline_years") if (row["sign"], row["side"]) == (sign, side))


def _year_sign(sign: str, side: str, text: str) -> bool:
    return any(pattern.search(text) for pattern in _year_signs(sign, side))


@lru_cache(maxsize=1)
def _limit_pattern() -> re.Pattern[str]:
    rows = sorted(knowledge.rows("deadline_limits"), key=lambda row: row["limit"] != "now")
    words = "|".join(rf"(?P<{row['limit']}_{i}>\b{row['words']})" for i, row in enumerate(rows))
    return re.compile(rf"(?:{words})\s*:?\s*{_FILL}$", re.IGNORECASE)
