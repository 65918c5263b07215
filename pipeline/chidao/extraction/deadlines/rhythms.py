"""Deadlines that come again (định kỳ): hằng quý, trước ngày 25 hằng tháng, 02 lần/năm, thường xuyên."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from chidao import knowledge
from chidao.extraction.deadlines.context import CLOCK, Context, Found, excluded, overlap, without
from chidao.extraction.deadlines.time_points import Point
from chidao.model import Span

_EVERY = r"(?:hằng|hàng|mỗi|từng)"
_BEFORE = rf"(?:(?:trước|chậm\s+nhất|muộn\s+nhất|vào|đến|từ|là|lúc|xong)\s+)*(?:{CLOCK}\s*,?\s*)?"
_WEEKDAYS = {"hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tư": "WE", "4": "WE", "năm": "TH", "5": "TH", "sáu": "FR",
             "6": "FR", "bảy": "SA", "7": "SA", "nhật": "SU"}
_PERIODS = {"tháng": ("monthly", "FREQ=MONTHLY"), "quý": ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
            "6 tháng": ("half-yearly", "FREQ=MONTHLY;INTERVAL=6"), "năm": ("yearly", "FREQ=YEARLY")}
_TIMES_A_YEAR = {1: "yearly", 2: "half-yearly", 4: "quarterly"}
_MORE = re.compile(r"\s*(?:\([^()]*\)|trước\s+ngày\s+[\d/]+)?\s*(?:,|;|và|hoặc|hay)\s*(?:định\s+kỳ\s+)?"
                   r"(?:(?:hằng|hàng|mỗi)\s+)?(?P<period>tháng|quý|(?:0?6|sáu)\s+tháng|(?:cả\s+|0?1\s+|một\s+)?năm)"
                   r"(?!\s*(?:\d|(?:IV|I{1,3})\b))(?!\s+(?:đầu|học))\b", re.IGNORECASE)
_WORD = r"(?:thường\s+xuyên|định\s+kỳ|liên\s+tục)"
_REGULAR = re.compile(rf"(?P<first>{_WORD})(?:\s*(?:,|và|-)?\s*{_WORD})*", re.IGNORECASE)
_DONE_SO = re.compile(r"(?:một\s+cách|phải|[,;]\s*nhiệm\s+vụ|thực\s+hiện\s+(?:[^,.;]{2,15},\s*){0,3}|"
                      r"(?:thực\s+hiện|tổ\s+chức)\s[^,.;:]{3,40})\s*$", re.IGNORECASE)
_BEGINS = re.compile(r"(?:^|[.;:|(\n]\s*[-+]?|phải|cần)\s*$", re.IGNORECASE)
_GO_ON = {",", "và", "hoặc", "hay", ".", ";", ":", "(", ")", "|", "của", "tại", "giữa", "là", "theo", "hơn"}
# Listed among the verbs, but no acts by themselves.
_NO_ACTS = {"không", "khi", "nếu", "ngoài", "là", "có", "bị", "chung", "chặt chẽ", "ngay", "của", "chi tiết", "được"}


def find_rhythms(text: str, context: Context, _: Sequence[Found]) -> list[Found]:
    """How often, by the table `deadline_recurring`."""
    found: list[Found] = []
    words = " ".join(text.lower().split())
    present = frozenset(filter(words.__contains__, _needs()))
    for value, needs, rrule, pattern in _patterns():
        if present.isdisjoint(needs):
            continue
        for m in pattern.finditer(text):
            span = Span(*m.span())
            if any(overlap(span, other.span) for other in found):
                continue
            if "day" in m.groupdict() or context.cell or not excluded("recurring", text, span):
                found.append(Found(span, "recurring", value, _filled(rrule, m)))
    for first in sorted(found):
        found += [more for more in _listed(text, first) if not any(overlap(more.span, f.span) for f in found)]
    return _merged(sorted(found), text)


def find_regular(text: str, context: Context, taken: Sequence[Found]) -> list[Found]:
    """"thường xuyên", "định kỳ", "liên tục" where they say how an ordered act is done."""
    found = []
    for m in _REGULAR.finditer(without(text, [f.span for f in taken])):
        span = Span(*m.span())
        only_rhythm = not re.search("xuyên|liên", m.group(), re.IGNORECASE)
        if only_rhythm and _said_after(text, span, taken):
            continue
        if context.cell or (not excluded("regular", text, Span(*m.span("first"))) and _adverbial(text, span)):
            found.append(Found(span, "recurring", "regular"))
    return found


def of_every_year(chain: Sequence[Point], span: Span, *, stretch: bool) -> Found:
    """These days or months of every year, as often a year as there are."""
    days = [p.last for p in (chain[-1:] if stretch else chain)]
    return Found(span, "recurring", _TIMES_A_YEAR.get(len(days), "yearly"), _yearly_rule(days))


def _yearly_rule(days: Sequence[tuple[int, int]]) -> str:
    """The rule for these days (month, day) of every year; day 0 is the month's last."""
    months, numbers = sorted({m for m, _ in days}), sorted({d or -1 for _, d in days})
    rule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY={','.join(map(str, numbers))}"
    if len(months) * len(numbers) == len(set(days)):
        return rule
    everything = sorted((m, d if d > 0 else 31) for m in months for d in numbers)
    wanted = sorted({(m, d or 31) for m, d in days})
    return f"{rule};BYSETPOS={','.join(str(everything.index(day) + 1) for day in wanted)}"


def _listed(text: str, first: Found) -> Iterator[Found]:
    """The further members of "hằng tháng, quý, 6 tháng và năm"."""
    if first.value not in ("monthly", "quarterly", "half-yearly"):
        return
    at = first.span.end
    while m := _MORE.match(text, at):
        words = " ".join(m["period"].lower().split())
        value, rrule = _PERIODS["6 tháng" if words.endswith("tháng") and words != "tháng" else words.split()[-1]]
        yield Found(Span(*m.span("period")), "recurring", value, rrule)
        at = m.end()


def _merged(found: list[Found], text: str) -> list[Found]:
    """One for "định kỳ hằng quý (… tháng cuối quý)": neighbours with the same value, the finer rule kept."""
    out: list[Found] = []
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


def _said_after(text: str, span: Span, taken: Sequence[Found]) -> bool:
    """Whether the sentence goes on to say how often: "định kỳ báo cáo trước ngày 15/11 hằng năm"."""
    later = [f for f in taken if f.kind == "recurring" and span.end <= f.span.start]
    return any(not re.search(r"[.;\n]", text[span.end:f.span.start]) for f in later)


def _adverbial(text: str, span: Span) -> bool:
    """Whether the word says how an act is done: an act follows it, or stands before it."""
    before = text[max(0, span.start - 60):span.start].lower()
    if _verb_follows(text, span) or _DONE_SO.search(before):
        return True
    if re.match(r"\s*(?:[.;]|$)", text[span.end:]) and _begins_with_act(re.split(r"[,.;:(]", before)[-1]):
        return True
    words = re.findall(r"[^\W\d_]+", before)
    return " ".join(words[-2:]) in _words("verb") and not re.search(r"[,.;:(]\s*$", before)


def _begins_with_act(clause: str) -> bool:
    words = clause.split()
    return words[:1] != [] and (words[0] in _words("verb") or " ".join(words[:2]) in _words("verb"))


def _verb_follows(text: str, span: Span) -> bool:
    """Whether an act follows, perhaps after further adverbs ("thường xuyên, chủ động cung cấp")."""
    words = [w.lower() for w in re.findall(r"[^\W\d_]+|[,.;:()|]", text[span.end:span.end + 60])]
    begins = _BEGINS.search(text[:span.start])
    if words[:1] == [","] and not begins:
        return False
    if begins and words and words[0] not in _GO_ON:
        return True
    for at in range(min(len(words), 7)):
        if words[at] in (".", ";", ":", "(", ")", "|", "của", "tại", "giữa", "trên"):
            return False
        if words[at] in _words("verb") or " ".join(words[at:at + 2]) in _words("verb"):
            return at == 0 or words[0] in (",", "và", "hoặc") or " ".join(words[:2]) in _words("adverb")
    return False


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, list[str], str, re.Pattern[str]], ...]:
    out = []
    for row in knowledge.rows("deadline_recurring"):
        pattern = row["pattern"].replace("{every}", _EVERY).replace("{before}", _BEFORE)
        compiled = re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE)
        out.append((row["value"], row["needs"].split("|"), row["rrule"], compiled))
    return tuple(out)


@lru_cache(maxsize=1)
def _needs() -> frozenset[str]:
    return frozenset(need for _, needs, _, _ in _patterns() for need in needs)


@lru_cache(maxsize=2)
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["term"] for row in knowledge.rows("action_verbs") if row["kind"] == kind) - _NO_ACTS
