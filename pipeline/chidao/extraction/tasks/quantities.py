"""Quantities (định lượng): the figures that a task or target sets, with unit and comparison."""
from __future__ import annotations

import re
from functools import lru_cache

from chidao import knowledge
from chidao.grammar.folding import plain
from chidao.model import Quantity, Span

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_DIGIT = re.compile(r"\d")
_TO = r"\s*(?:-|đến|tới)\s*"
_PLACE = re.compile(r"(?:đạt\s+|còn\s+)?(?:trên|dưới|hơn)\b", re.IGNORECASE)
_TIME = {"năm", "tháng", "tuần", "ngày", "ngày làm việc", "giờ", "phút"}
_END = r"(?![\w/]|[.,]\d|-\w)"


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The figures of `text` that have a percent sign, a known unit or a word of comparison before them.

    `value` has a dot for decimals (``"97.5"``; ``"10/15"`` for a stretch); `comparison` is at_least, at_most or
    equal, None where the text sets no bound. Dates, provisions and numbers of documents are none.

    >>> text = "Bố trí ít nhất 30% ngân sách y tế."
    >>> [(q.value, q.unit, q.comparison, q.span.of(text)) for q in find_quantities(text)]
    [('30', '%', 'at_least', 'ít nhất 30%')]
    """
    if not _DIGIT.search(text):
        return ()
    found = []
    for m in _pattern().finditer(plain(text)):
        comparison = next((name.rsplit("_", 1)[0] for name, words in m.groupdict().items()
                           if words is not None and name.startswith("at_")), None)
        unit = " ".join(m["unit"].split()) if m["unit"] else None
        if comparison is None and (m["up"] or m["down"]):
            comparison = "at_least" if m["up"] else "at_most"
        if (unit is None and comparison is None) or _is_no_quantity(m, comparison):
            continue
        values = [_decimal(v) for v in (m["low"], m["high"]) if v]
        if unit == "%" and comparison is None:
            comparison = "equal"
        found.append(Quantity(Span(*m.span()), "/".join(values), unit, comparison))
    return tuple(found)


def _is_no_quantity(m: re.Match[str], comparison: str | None) -> bool:
    """A year, a span of time without a bound ("kế hoạch 6 tháng") and "trên 02 hệ thống" set no figure."""
    if m["unit"] is None and _PLACE.match(m.group()):
        return True
    year = m["unit"] is None and re.fullmatch(r"(?:19|20)\d\d", m["low"]) is not None
    return year or (comparison is None and (m["unit"] or "").lower() in _TIME)


def _decimal(number: str) -> str:
    whole, _, part = number.replace(".", "").partition(",")
    return f"{int(whole)}.{part}" if part else str(int(whole))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    comparisons = [row for row in knowledge.rows("quantity_words") if row["kind"] != "unit"]
    units = [row["words"] for row in knowledge.rows("quantity_words") if row["kind"] == "unit"]
    before = "|".join(rf"(?P<{row['kind']}_{i}>{row['words']})" for i, row in enumerate(comparisons))
    return re.compile(rf"(?<![\w/.,-])(?:(?:{before})\s*)?(?<![\w/.,-])(?P<low>{_NUMBER})"
                      rf"(?:(?:\s*%)?{_TO}(?P<high>{_NUMBER}))?"
                      rf"(?:\s*(?P<unit>(?:{'|'.join(units)})(?!\w)))?(?P<up>\s+trở\s+lên)?(?P<down>\s+trở\s+xuống)?{_END}",
                      re.IGNORECASE)
