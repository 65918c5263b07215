"""What a person asks for, taken apart: conditions, phrases, excluded words, and the words that are left."""
from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from chidao.grammar.abbreviations import written_out
from chidao.grammar.folding import fold, plain
from chidao.model import Role
from chidao.search.reading.agencies import AgencyAsked, Known, find_agencies
from chidao.search.reading.days import Days, find_days
from chidao.search.reading.documents import DocumentAsked, find_documents
from chidao.search.reading.words import phrases

# What a person asks fits into these; a pasted page is cut, and costs no more than a question.
_CHARACTERS, _SYLLABLES = 2000, 48
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")
_EXCLUDED = re.compile(r"(?:^|(?<=\s))-([^\W\d_][^\W_]*)")
_SYLLABLE = re.compile(r"[^\W_]+")

State = Literal["overdue", "due_soon", "not_due", "open", "no_deadline"]


class Spelling(Protocol):
    """Gives a text without diacritics its diacritics."""

    def __call__(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Query:
    """A query read. `words` are what full text and vectors look for, with diacritics where they could be told.

    Bodies whose part is named are no words any more, others are; `words_beside_agencies` leaves all of them out.
    """

    text: str
    words: str = ""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    documents: tuple[DocumentAsked, ...] = ()
    agencies: tuple[AgencyAsked, ...] = ()
    days: Days = field(default_factory=Days)
    state: State | None = None
    restored: bool = False
    words_beside_agencies: str = ""

    @property
    def role(self) -> Role | None:
        """The part in which a body is asked for."""
        return next((agency.role for agency in self.agencies if agency.role), None)

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing."""
        return not (self.words or self.phrases or self.documents or self.agencies or self.days.bounded or self.state)


def read_query(text: str, *, known: Known, spelling: Spelling, today: datetime.date) -> Query:
    """Reads `text`; any string is a query, nothing in it is an operator but quotes and a hyphen before a word.

    `known` says which names the register has for bodies, `spelling` gives diacritics back, `today` completes dates.
    """
    view = _Rest(_clean(text))
    quoted = view.take(_QUOTED)
    excluded = view.take(_EXCLUDED)
    documents = find_documents(view.text)
    for document in documents:
        view.blank(*document.span)
    days = find_days(view.text, today=today)
    for start, end in days.spans:
        view.blank(start, end)
    state = _state(view)
    written = written_out(view.text, typed=True)
    spelt = spelling(written)
    agencies, rest = find_agencies(spelt, known)
    plain_words = not (documents or agencies or days.spans or state)
    return Query(
        text=text, words=_bare(rest, whole=plain_words),
        phrases=tuple(q for q in map(str.strip, quoted) if _SYLLABLE.search(q)),
        excluded=tuple(excluded), documents=documents, agencies=agencies, days=days, state=state,
        restored=spelt != written, words_beside_agencies=_bare(_beside(rest, agencies), whole=plain_words))


def _beside(rest: str, agencies: Sequence[AgencyAsked]) -> str:
    view = _Rest(rest)
    for agency in agencies:
        view.blank(*agency.span)
    return view.text


class _Rest:
    """The text, of which what has been read is blanked; offsets hold."""

    def __init__(self, text: str) -> None:
        self.text = text

    def blank(self, start: int, end: int) -> None:
        self.text = f"{self.text[:start]}{';':>{end - start}}{self.text[end:]}" if end > start else self.text

    def take(self, pattern: re.Pattern[str]) -> list[str]:
        found = list(pattern.finditer(self.text))
        for m in found:
            self.blank(*m.span())
        return [m[1] for m in found]


def _clean(text: str) -> str:
    """NFC, without what no text holds; as many syllables as a question may have."""
    printable = "".join(c if unicodedata.category(c) not in ("Cc", "Cs", "Cn", "Co") else " "
                        for c in text[:_CHARACTERS])
    view = plain(unicodedata.normalize("NFC", printable))
    ends = [m.end() for m in _SYLLABLE.finditer(view)]
    return view[:ends[_SYLLABLES - 1]] if len(ends) > _SYLLABLES else view


def _state(view: _Rest) -> State | None:
    for m in phrases("state").pattern.finditer(fold(view.text)):
        view.blank(*m.span())
        return phrases("state").value(m)  # type: ignore[return-value]
    return None


def _bare(rest: str, *, whole: bool) -> str:
    """Without blanks and signs at the ends; where something was read, without the words that led to it, which say
    nothing of what is sought (nhiệm vụ của …)."""
    kept = rest if whole else ";".join(map(_trimmed, rest.split(";")))
    return " ".join((kept if _SYLLABLE.search(kept) else "").replace(";", " ; ").split()).strip(" ;,.:-?!/")


def _trimmed(part: str) -> str:
    """A filler of one syllable must have its diacritics: số is one, sở none."""
    exact, loose = phrases("filler", folded=False), phrases("filler")
    while True:
        stripped = part.strip(" ,.:?!")
        view = fold(stripped)
        m = exact.at_start.match(stripped.lower()) or exact.at_end.search(stripped.lower()) or next(
            (m for m in (loose.at_start.match(view), loose.at_end.search(view)) if m and " " in m.group()), None)
        if not m:
            return part
        part = stripped[:m.start()] + stripped[m.end():]
