"""Where one item is cut into several units: inline members, and clauses that name another lead."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from chidao.extraction.agencies.finding import parse_actors
from chidao.extraction.agencies.responsibility import EXECUTION, find_subject
from chidao.extraction.agencies.words import tokenize
from chidao.extraction.tasks.units import orders_act
from chidao.model import Span

_INLINE = re.compile(r"(?:(?<=[\s:;,.])|^)\((\d{1,2}|[ivx]{1,4})\)[.:]?\s*")
_CLAUSE_MARK = re.compile(r"[();]")
_FULL_STOP = re.compile(r"\.\s+\w")
_SENTENCE_BREAK = re.compile(r"[.!?…]\s+\S")

# "Người dân là trung tâm": what a body is, no act; "Sở Y tế là đầu mối" gives it work.
_SAYS_WHAT_IT_IS = re.compile(r"\s*(?:là(?! (?:đầu mối|cơ quan|đơn vị))|giữ vai trò|đóng vai trò)\b")

_ORDER_WORDS = frozenset({"đề", "nghị", "yêu", "cầu", "giao"})
_MOST_BEFORE = 12  # words of order and marks before the first body


def inline_members(view: str) -> list[Span]:
    """The members of an inline enumeration "(1) …; (2) …" when they are acts; else an empty list.

    >>> text = "Giao Sở Y tế: (1) lập danh mục; (2) phối hợp kiểm tra."
    >>> [s.of(text) for s in inline_members(text)]
    ['lập danh mục;', 'phối hợp kiểm tra.']
    """
    marks = list(_INLINE.finditer(view))
    if len(marks) < 2 or marks[0].group(1) not in {"1", "i"}:
        return []
    spans = [Span(m.end(), n.start() if n else len(view)) for m, n in zip(marks, [*marks[1:], None], strict=True)]
    trimmed = [trim(view, s) for s in spans]
    if not all(orders_act(s.of(view)) for s in trimmed):
        return []
    return [s for s in trimmed if view[s.end - 1] != ":"]  # "(i) Hoàn thành các công trình gồm: (1) …" leads in


def trim(view: str, span: Span) -> Span:
    """The span without blanks at its ends."""
    words = span.of(view)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def clauses(view: str) -> list[Span]:
    """The sentences of `view`, cut again at semicolons outside brackets."""
    out: list[Span] = []
    for sentence in _sentences(view):
        start, depth = sentence.start, 0
        for mark in _CLAUSE_MARK.finditer(view, *sentence):
            depth += {"(": 1, ")": -1}.get(mark.group(), 0)
            if mark.group() == ";" and depth <= 0:
                out.append(trim(view, Span(start, mark.end())))
                start = mark.end()
        out.append(trim(view, Span(start, sentence.end)))
    parts = [s for s in out if s.end > s.start]
    return _with_subjects(view, parts) if parts else []


def _with_subjects(view: str, parts: list[Span]) -> list[Span]:
    """The parts, each that a list of bodies runs on from joined to the one that says what they do."""
    out: list[Span] = []
    start = parts[0].start if parts else 0
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        if following is not None and not view[bodies_end(view, start) : part.end].strip(" ;,.\n"):
            continue
        out.append(Span(start, part.end))
        start = following.start if following is not None else part.end
    return out


def bodies_end(view: str, start: int) -> int:
    """Where the list of bodies ends that begins at `start`, after a word of order or an issuer and one."""
    tokens = tokenize(view)
    i = bisect_left(tokens, start, key=lambda t: t.start)
    last = min(len(tokens), i + _MOST_BEFORE)
    while i < last and (tokens[i].lower in _ORDER_WORDS or not tokens[i].text[0].isalnum()):
        i += 1
    _, end = parse_actors(view, tokens, i)
    if end > i and [t.lower for t in tokens[end : end + 2]] in (["đề", "nghị"], ["yêu", "cầu"]):
        _, further = parse_actors(view, tokens, end + 2)
        end = max(end, further)
    return tokens[end - 1].end if end > i else start


def _sentences(view: str) -> list[Span]:
    if not _SENTENCE_BREAK.search(view):
        return [Span(0, len(view))]
    from underthesea import sent_tokenize

    out: list[Span] = []
    at = 0
    for sentence in sent_tokenize(view):
        start = view.find(sentence, at)
        if start < 0:
            continue
        out.append(Span(start, start + len(sentence)))
        at = start + len(sentence)
    return out or [Span(0, len(view))]


def cut(view: str, inherited: Sequence[str] = ()) -> list[Span]:
    """The units of one item: cut where a clause that follows names another lead than the one before.

    `inherited` are the names of the leads that the heading gives.

    >>> text = "Sở Y tế lập danh sách. Công an tỉnh kiểm tra việc thực hiện."
    >>> [s.of(text) for s in cut(text)]
    ['Sở Y tế lập danh sách.', 'Công an tỉnh kiểm tra việc thực hiện.']
    """
    parts = clauses(view)
    if len(parts) < 2 or (EXECUTION.search(view) and not _FULL_STOP.search(view)):
        return [trim(view, Span(0, len(view)))]
    units = [list(parts[0])]
    current: frozenset[str] | None = None  # asked for where a later clause names somebody
    for part in parts[1:]:
        named = _named(part.of(view)) if _has_act(part.of(view)) else frozenset()
        if named and current is None:
            current = _named(parts[0].of(view)) or frozenset(n.casefold() for n in inherited)
        if named and current is not None and not named & current:
            current = named
            units.append(list(part))
        else:
            units[-1][1] = part.end
    return [Span(*u) for u in units]


def _named(clause: str) -> frozenset[str]:
    """The leads that a clause names; staff ("cán bộ …") after a semicolon mostly go on a list of objects."""
    leads, mood = find_subject(clause)
    if leads and mood == "request" and clause.lstrip().lower().startswith("khuyến khích"):
        return frozenset()  # who is encouraged goes on what the one before is to do
    if leads and _SAYS_WHAT_IT_IS.match(clause[leads[-1].span.end :]):
        return frozenset()
    if leads and clause.count("(", 0, leads[0].span.start) > clause.count(")", 0, leads[0].span.start):
        return frozenset()  # named in brackets: it leads the whole unit
    if (
        leads
        and leads[0].kind == "other"
        and leads[0].name.split()[0].casefold() in {"cán", "công", "viên", "đảng", "học"}
    ):
        return frozenset()
    return frozenset(a.name.casefold() for a in leads)


def _has_act(clause: str) -> bool:
    """Whether the clause has a verb of its own after the body that it names."""
    return len(re.findall(r"[^\W\d_]+", clause)) > 6
