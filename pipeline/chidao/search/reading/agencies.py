"""Bodies that a query names, in any of their names, with the part that they are asked for in."""
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from chidao import knowledge
from chidao.grammar.folding import fold, key
from chidao.linking.agencies.places import provinces
from chidao.model import Role, Span
from chidao.search.reading.words import phrases

_SYLLABLE = re.compile(r"[^\W_]+")
_LONGEST = 14  # syllables of a name
_BY_FIELD = ("Sở", "Bộ", "Phòng", "Thanh tra Sở")

Known = Callable[[Sequence[str]], dict[str, str]]
"""Gives, of folded names, those that bodies of the register bear or begin with before a place, as written there."""


@dataclass(frozen=True, slots=True)
class AgencyAsked:
    """A body that the query names; `role` where the query says the part, else any part is meant."""

    name: str
    role: Role | None
    span: Span


def find_agencies(text: str, known: Known) -> tuple[tuple[AgencyAsked, ...], str]:
    """The bodies named in `text`, and the text without those of them that have a part, and without its words.

    `text` has its diacritics and no abbreviations.

    >>> found, rest = find_agencies("Sở Y tế chủ trì tiêm vắc xin", lambda names: {})
    >>> [(f.name, f.role) for f in found], rest.strip(" ;")
    ([('Sở Y tế', 'lead')], 'tiêm vắc xin')
    """
    tokens = [Span(*m.span()) for m in _SYLLABLE.finditer(text)]
    starts = [i for i in range(len(tokens)) if _may_begin(text, tokens, i)]
    spans = {(i, n): Span(tokens[i].start, tokens[i + n - 1].end) for i in starts
             for n in range(2, min(_LONGEST, len(tokens) - i) + 1) if _joined(text, tokens[i:i + n])}
    names = {fold(key(span.of(text))) for span in spans.values()}
    sure = {**known(sorted(names - _by_rule().keys())), **{n: _by_rule()[n] for n in names & _by_rule().keys()}}
    found: list[AgencyAsked] = []
    rest = text
    at = 0
    for i in starts:
        fitting = [n for n in range(_LONGEST, 1, -1) if (i, n) in spans and fold(key(spans[i, n].of(text))) in sure]
        if i < at or not fitting:
            continue
        named = spans[i, fitting[0]]
        span = _with_place(text, named)
        role, whole = _role(text, span)
        name = sure[fold(key(named.of(text)))] + text[named.end:span.end]
        found.append(AgencyAsked(name[:1].upper() + name[1:], role, span))
        at = i + sum(span.start <= token.start < span.end for token in tokens)
        if role:
            rest = f"{rest[:whole.start]}{';':>{whole.end - whole.start}}{rest[whole.end:]}"
    return tuple(found), rest


def _with_place(text: str, span: Span) -> Span:
    """The name with the level and the province that follow it: Công an tỉnh, Sở Y tế tỉnh Lào Cai."""
    m = _place_after().match(fold(text), span.end)
    return Span(span.start, m.end()) if m else span


def _may_begin(text: str, tokens: Sequence[Span], i: int) -> bool:
    """Whether a name may begin there: a first word of names, and not the second half of another word."""
    word = fold(tokens[i].of(text))
    if word not in _firsts():
        return False
    joined = i > 0 and text[tokens[i - 1].end:tokens[i].start] == " "
    return not (joined and fold(tokens[i - 1].of(text)) in phrases("compound").values)


def _joined(text: str, some: Sequence[Span]) -> bool:
    return all(text[a.end:b.start] in (" ", ", ", " - ", "-", " & ") for a, b in pairwise(some))


def _role(text: str, span: Span) -> tuple[Role | None, Span]:
    """The part that the words next to the name say, with the stretch that both take."""
    view = fold(text)
    after = phrases("role_after").at_start.match(view[span.end:].lstrip(" ,:"))
    if after:
        gap = len(view[span.end:]) - len(view[span.end:].lstrip(" ,:"))
        return phrases("role_after").value(after), Span(span.start, span.end + gap + after.end())  # type: ignore[return-value]
    before = phrases("role_before").at_end.search(view[:span.start].rstrip(" :"))
    if before:
        return phrases("role_before").value(before), Span(before.start(), span.end)  # type: ignore[return-value]
    return None, span


@lru_cache(maxsize=1)
def _place_after() -> re.Pattern[str]:
    names = "|".join(sorted({fold(place.name) for place in provinces()}, key=len, reverse=True))
    return re.compile(r"(?: (?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|khu vuc)(?!\w))?"
                      rf"(?: (?:{names})(?!\w))?")


@lru_cache(maxsize=1)
def _firsts() -> frozenset[str]:
    heads = (fold(row["head"]).split()[0] for row in knowledge.rows("agency_heads"))
    return frozenset({*heads, *(name.split()[0] for name in _by_rule())})


@lru_cache(maxsize=1)
def _by_rule() -> dict[str, str]:
    """Names that need no register: departments by their field, and heads that are complete. Folded -> as written."""
    return {fold(key(name)): name for name in _rule_names()}


def _rule_names() -> Iterator[str]:
    for row in knowledge.rows("agency_fields"):
        yield from (f"{head} {row['field']}" for head in _BY_FIELD)
    yield from (row["head"] for row in knowledge.rows("agency_heads")
                if row["tail"] in ("alone", "place", "placeless") and len(row["head"].split()) > 1)
