"""Points and stretches of the calendar as directives write them: ngày 30/6, tháng 11, giai đoạn 2026 - 2030."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from chidao.grammar.dates import DAY, MONTH, iso, last_day
from chidao.model import Span

Unit = Literal["day", "month", "quarter", "part", "year", "years"]

_YEAR = r"(?:19|20)\d\d(?!\d)"
_OF_YEAR = rf"(?:\s*,?\s*(?:của\s+)?năm\s+|\s*[/.-]\s*)(?P<year>{_YEAR})"
_QUARTER = r"(?:IV|I{1,3}|0?[1-4])(?![\w])"
_PART_MONTHS = {"đầu": (1, 6), "giữa": (1, 6), "cuối": (7, 12)}
_NUMBER = {"ba": 3, "sáu": 6, "chín": 9}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}

# In order: the first that matches at a place wins, so longer wordings come first.
_PATTERNS = {
    "days": rf"(?:ngày\s+)?(?P<from_day>0?[1-9]|[12]\d|3[01])\s*-\s*{DAY}\s*/\s*{MONTH}(?:{_OF_YEAR})?(?![\d/])",
    "day": rf"(?:ngày\s+)?{DAY}\s*(?P<mark>[/.-])\s*{MONTH}\s*(?P=mark)\s*(?P<year>{_YEAR})"
           rf"|(?:ngày\s+)?{DAY}\s+tháng\s+{MONTH}{_OF_YEAR}",
    "day_of_month": rf"ngày\s+{DAY}(?:\s*[/-]\s*|\s+tháng\s+){MONTH}(?:\s+năm\s+(?P<year>{_YEAR}))?(?![\d/]|[.-]\d{4})",
    "short_day": rf"{DAY}/{MONTH}(?![\d/]|[.,-]\d|\s*%)",
    "day_alone": rf"ngày\s+(?:mồng\s+)?{DAY}(?![\d/]|[.-]\d|\s+tháng\s+\d|\s*%)",
    "part": r"(?P<count>0?[369]|ba|sáu|chín)\s+tháng\s+(?P<half>đầu|cuối)"
            rf"(?:\s+(?:của\s+)?năm(?:\s+(?P<year>{_YEAR}))?)?"
            rf"|(?P<half>đầu|giữa|cuối)\s+(?:của\s+)?năm(?!\s+học)(?:\s+(?P<year>{_YEAR}))?",
    "month": rf"(?:cuối\s+|đầu\s+|giữa\s+|trung\s+tuần\s+)?tháng\s+{MONTH}(?:{_OF_YEAR})?(?![\d/]|\s+năm\s+học)",
    "listed_month": rf"{MONTH}(?:\s?/\s?|\s+năm\s+)(?P<year>{_YEAR})(?!\s*-\s*\d)",
    "quarter": rf"(?:các\s+)?(?:quý|quí)\s+(?P<quarter>{_QUARTER})"
               rf"(?:\s*(?:,|và|-|đến)\s*(?P<to_quarter>{_QUARTER}))?(?:{_OF_YEAR})?",
    "years": rf"(?:(?:trong\s+)?giai\s+đoạn\s+|thời\s+kỳ\s+|(?:các\s+)?năm\s+)?(?:từ\s+(?:năm\s+)?)?(?P<year>{_YEAR})"
             rf"\s*(?:-|đến(?:\s+hết)?(?:\s+năm)?)\s*(?:năm\s+)?(?P<to_year>{_YEAR})",
    "year": rf"năm\s+(?P<year>{_YEAR})(?!\s*[-/]\s*\d)|hết\s+năm(?:\s+nay)?(?!\s+(?:\d|học))",
    "short_month": rf"{MONTH}\s?/\s?(?P<year>{_YEAR})",
    "bare_year": rf"(?P<year>{_YEAR})",
}


def _numbered(pattern: str) -> re.Pattern[str]:
    """`pattern` with its groups renamed, so that an alternative may name a group again."""
    seen: dict[str, int] = {}

    def rename(m: re.Match[str]) -> str:
        seen[m[1]] = seen.get(m[1], 0) + 1
        return f"(?P<{m[1]}_{seen[m[1]]}>"

    return re.compile(re.sub(r"\(\?P<(\w+)>", rename, pattern).replace("(?P=mark)", "(?P=mark_1)"), re.IGNORECASE)


# Words of which one stands in every text that a pattern matches: most texts need not be searched.
_NEEDS = {"days": "/", "day": ("20", "19"), "day_of_month": ("ngày",), "short_day": "/",
          "day_alone": ("ngày",), "part": ("đầu", "giữa", "cuối"), "month": ("tháng",), "listed_month": ("tháng",),
          "quarter": ("quý", "quí"), "years": ("20", "19"), "year": ("năm",), "short_month": "/",
          "bare_year": ("20", "19")}
_BARE = {"short_day", "listed_month", "short_month", "bare_year"}
_AFTER_DASH = {"listed_month"}
_COMPILED = {name: _numbered(rf"(?<![\w/.{',-' if name in _BARE - _AFTER_DASH else ''}])(?:{pattern})(?!\w)")
             for name, pattern in _PATTERNS.items()}


class Point(NamedTuple):
    """A point or stretch; `first` and `last` are (month, day), day 0 the last of its month, month 0 unknown.

    `year` is None where the words leave it out; `bare` that only digits stand there, so that a date
    needs a word before it; `to_year` the end of a stretch of years.
    """

    span: Span
    unit: Unit
    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None = None
    to_year: int | None = None
    bare: bool = False

    def begin(self, year: int | None = None) -> str:
        """The first day, ISO; ``--06-30`` where no year is known."""
        return _day(self.year or year, *self.first)

    def end(self, year: int | None = None) -> str:
        """The last day, ISO; ``--06-30`` where no year is known."""
        return _day(self.to_year or self.year or year, *self.last)


@lru_cache(maxsize=4)
def find_points(text: str) -> tuple[Point, ...]:
    """The points of `text` (as `folding.plain` gives it) in order, none within another.

    >>> [p.end() for p in find_points("trước ngày 30/6/2026, trong quý II/2026")]
    ['2026-06-30', '2026-06-30']
    """
    found: list[Point] = []
    words = text.lower()
    for name, pattern in _COMPILED.items():
        if not any(map(words.__contains__, _NEEDS[name])):
            continue
        for m in pattern.finditer(text):
            if any(p.span.start < m.end() and m.start() < p.span.end for p in found):
                continue
            point = _point(name, m)
            if point and (name != "listed_month" or _goes_on(found, text, point)):
                found.append(point)
    return tuple(sorted(found))


def _goes_on(found: Sequence[Point], text: str, point: Point) -> bool:
    """Whether `point` is a later member of a list of months ("tháng 11, 12 năm 2026")."""
    return any(p.unit == "month" and _JOINT.fullmatch(text[p.span.end:point.span.start]) for p in found)


def chains(points: Sequence[Point], text: str) -> Iterator[tuple[list[Point], bool]]:
    """Points that are said together, with True where they are the ends of one stretch ("từ … đến …")."""
    at = 0
    while at < len(points):
        chain, stretch = [points[at]], False
        while at + len(chain) < len(points):
            following = points[at + len(chain)]
            gap = text[chain[-1].span.end:following.span.start]
            joins, until = _LISTED.fullmatch(gap), _UNTIL.fullmatch(gap)
            if until and len(chain) == 1:
                chain, stretch = [*chain, following], True
                break
            if not joins or following.unit != chain[-1].unit or stretch:
                break
            chain.append(following)
        yield _with_shared_year(chain), stretch
        at += len(chain)


_JOINT = re.compile(r"\s*(?:,|và|-|đến)\s*", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:,|;|và|hoặc|&)\s*(?:(?:trước|trong|vào)\s+)?", re.IGNORECASE)
_UNTIL = re.compile(r"\s*(?:-|(?:cho\s+)?(?:đến|tới))\s*(?:hết\s+|cuối\s+|trước\s+)?"
                    r"(?:\d{1,2}\s*(?:giờ|h|g|:)\s*\d{0,2}(?:\s*phút)?,?\s*)?", re.IGNORECASE)


def _with_shared_year(chain: list[Point]) -> list[Point]:
    """The chain with the month and year that a later member gives to those before it."""
    out: list[Point] = []
    for point in reversed(chain):
        after = out[-1] if out else None
        if after and point.first[0] == 0:
            point = point._replace(first=(after.first[0], point.first[1]), last=(after.first[0], point.last[1]))
        if after and point.year is None and after.year is not None:
            earlier = point.first[:1] <= after.last[:1] or (point.unit == "day" and point.first <= after.first)
            point = point._replace(year=after.year if earlier else after.year - 1)
        out.append(point)
    return out[::-1]


def _point(name: str, m: re.Match[str]) -> Point | None:
    got = {key.rsplit("_", 1)[0]: value for key, value in m.groupdict().items() if value is not None}
    span, year, bare = Span(*m.span()), int(got["year"]) if "year" in got else None, name in _BARE
    if name in ("year", "bare_year"):
        return Point(span, "year", (1, 1), (12, 31), year, None, bare)
    if name == "years":
        to_year = int(got["to_year"])
        return Point(span, "years", (1, 1), (12, 31), year, to_year) if year and year < to_year else None
    if name in ("month", "short_month", "listed_month"):
        return Point(span, "month", (int(got["month"]), 1), (int(got["month"]), 0), year, None, bare)
    if name == "quarter":
        first, last = _quarter(got["quarter"]), _quarter(got.get("to_quarter", got["quarter"]))
        return Point(span, "quarter", (3 * first - 2, 1), (3 * last, 0), year) if first <= last else None
    if name == "part":
        return Point(span, "part", *_part(got["half"], got.get("count")), year)
    month = int(got.get("month", 0))
    day = int(got["day"])
    if month and not iso(year or 2000, month, day):
        return None
    return Point(span, "day", (month, int(got.get("from_day", day))), (month, day), year, None, bare)


def _quarter(word: str) -> int:
    return _ROMAN.get(word.upper()) or int(word)


def _part(half: str, count: str | None) -> tuple[tuple[int, int], tuple[int, int]]:
    if count is None:
        first, last = _PART_MONTHS[half.lower()]
        return (first, 1), (last, 0)
    months = _NUMBER.get(count.lower()) or int(count)
    return ((1, 1), (months, 0)) if half.lower() == "đầu" else ((13 - months, 1), (12, 31))


def _day(year: int | None, month: int, day: int) -> str:
    if year is None:
        return f"--{month:02d}-{day or int(last_day(2001, month)[-2:]):02d}"
    return (iso(year, month, day) if day else None) or last_day(year, month)
