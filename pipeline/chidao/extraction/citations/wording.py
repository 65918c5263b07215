"""Patterns made of the tables' words, and the triggers that say what one document does to another."""
from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import NamedTuple, cast

from chidao import knowledge
from chidao.extraction.citations.type_words import any_type_word
from chidao.grammar.folding import key, plain
from chidao.model import Citation, RelationType

LIST_JOINT = re.compile(
    r"\s*(?:[,;]|,?\s*(?:và|hoặc|cùng|cùng với|với))?\s*(?:các\s+)?(?:văn bản\s+)?(?:số\s*)?:?[(]?\s*", re.IGNORECASE)
"""What may part two members of a list of documents: a comma, "và", "và văn bản số"."""


class Trigger(NamedTuple):
    """A row of `relation_triggers`: words that say what one document does to another."""

    relation: str
    detail: str | None
    backward: bool


def alternation(words: list[str]) -> str:
    """A pattern for any of `words` as a whole, the longest first; a blank matches any white space."""
    return rf"(?:{'|'.join(_spelled(words))})(?!\w)"


def alternation_by_letter(words: list[str], after_first: str, *, any_case: list[str]) -> str:
    """As `alternation`, those of `any_case` last and in any case; `after_first` holds after the first letter.

    The pattern begins with plain letters, so that the engine skips to these.
    """
    by_first: dict[str, list[str]] = {}
    for word in _spelled(words):
        by_first.setdefault(word[0], []).append(word[1:])
    for word in _spelled(any_case):
        for first in {word[0].lower(), word[0].upper()}:
            by_first.setdefault(first, []).append(f"(?i:{word[1:]})")
    begun = (f"{first}{after_first}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    return rf"(?:{'|'.join(begun)})(?!\w)"


def _spelled(words: list[str]) -> list[str]:
    """The words as patterns, the longest first."""
    return [re.escape(plain(w)).replace(r",\ ", r",?\s+").replace(r"\ \-\ ", r"\s*-\s*").replace(r"\ ", r"\s+")
            for w in sorted(set(words), key=len, reverse=True)]


@cache
def words_of(role: str) -> str:
    """The words of `citation_words` with that role, as a pattern."""
    return alternation([row["words"] for row in knowledge.rows("citation_words") if row["role"] == role])


@cache
def triggers_of(place: str) -> str:
    """The triggers of `relation_triggers` for that place (opening, self, between), as a pattern."""
    return alternation([row["trigger"] for row in knowledge.rows("relation_triggers") if row["place"] == place])


def trigger(place: str, words: str) -> Trigger:
    """The trigger that `words`, matched by `triggers_of`, are.

    >>> trigger("opening", "Căn cứ").relation
    'legal_basis'
    """
    return _by_key(place)[key(words)]


@cache
def _by_key(place: str) -> dict[str, Trigger]:
    return {key(row["trigger"]): Trigger(row["relation"], row["detail"] or None, row["direction"] == "backward")
            for row in knowledge.rows("relation_triggers") if row["place"] == place}


def related(c: Citation, by: Trigger) -> Citation:
    """The mention with the relation and detail of a trigger."""
    return replace(c, relation=cast(RelationType, by.relation), detail=by.detail)


def start_of(c: Citation, view: str) -> int:
    """Where a mention begins with its provision, or with the type that a list shares.

    "điểm a khoản 2 Điều 5 Nghị định số …", "các Nghị định của Chính phủ: số …".
    """
    if not c.provision:
        if not _STARTS_WITH_NUMBER.match(view, c.span.start):
            return c.span.start
        shared = _shared_type().search(view, max(0, c.span.start - 120), c.span.start)
        return shared.start() if shared else c.span.start
    words = r"\s+".join(re.escape(plain(w)) for w in c.provision.split())
    found = list(re.finditer(words, view[max(0, c.span.start - len(c.provision) - 40):c.span.start]))
    return max(0, c.span.start - len(c.provision) - 40) + found[-1].start() if found else c.span.start


_STARTS_WITH_NUMBER = re.compile(r"(?:số|Số)?\s*\d")


@cache
def _shared_type() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:các\s+)?{any_type_word()}(?:\s+của\s+[^;:.\n]{{2,80}}?)?\s*:?\s*$")
