"""How sure a meaning is, and the records that the ways to one give."""
from __future__ import annotations

import re
from collections.abc import Iterable

from chidao.grammar.folding import fold
from chidao.linking.names.wording import Wording
from chidao.model import AgencyCandidate, Meaning, MeaningKind

SURE = 0.9
"""From here on a meaning counts as sure; below it a person should look."""

EXPLICIT = 0.98
"""Kind and place stand in the name and in the tables."""
COMPLETED = 0.95
"""The place is that of the directive's issuer."""
ENDED = 0.9
"""The body did not exist on the directive's day."""
UNDATED = 0.93
"""The day is not known, and matters."""
ABOUT = 0.85
"""The place is the one that the title of a central directive is about."""
HEADING = 0.85
"""A bare name completed from the heading that it stands under."""
INFERRED_PLACES = 0.85
"""A group of places that the text gives by the ends of a stretch."""
PLACE_ACTS = 0.85
"""A place stands for its Ủy ban nhân dân."""
UNKNOWN_MEMBERS = 0.8
"""A group that says nothing of who is in it."""
UNLISTED = 0.75
"""A body that the tables do not know."""
OPEN = 0.5
"""What several candidates share."""

CENTRE = "viet.nam"
"""The scope of groups of the whole country."""


def body(id: str, score: float, wording: Wording, *, listed: bool = True) -> Meaning:
    """One body, or the official of it that the name speaks of."""
    return Meaning(kind_of(wording), id, score, office=wording.office, listed=listed)


def kind_of(wording: Wording) -> MeaningKind:
    """An official where the name has an office, else a body."""
    return "official" if wording.office else "body"


def group(members: tuple[str, ...], scope: str, wording: Wording, score: float, *, known: bool = True) -> Meaning:
    """A group by its members and scope; `known` where the members say who belongs to it."""
    return Meaning("group", f"{'+'.join(dict.fromkeys(members))}@{scope}", score, office=wording.office, listed=known,
                   relevant=wording.relevant)


def open_between(ids: Iterable[str], wording: Wording) -> Meaning:
    """Open, with the bodies that it may be."""
    found = tuple(dict.fromkeys(ids))
    shared = tuple(AgencyCandidate(id, round(OPEN / len(found), 3)) for id in found)
    return Meaning("open", candidates=shared, office=wording.office)


def slug(words: str) -> str:
    """Words as ids have them.

    >>> slug("Trung tâm Y tế")
    'trung.tam.y.te'
    """
    return ".".join(re.findall(r"\w+", fold(words)))
