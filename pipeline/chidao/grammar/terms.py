"""Syllables and neighbouring syllables: what full text and the static model count as terms of Vietnamese."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise, product

from chidao.grammar.folding import fold, plain

_WORD = re.compile(r"[^\W_]+")
_WORD_AND_GAP = re.compile(r"([^\W_]+)([\W_]*)")
# Between two syllables of one word there may stand a blank, a hyphen or, in dates and numbers, a slash.
_JOINTS = frozenset("".join(some) for n in (1, 2, 3) for some in product(" -/", repeat=n))


def syllables(text: str) -> tuple[str, ...]:
    """The syllables of `text`, numbers among them, in lower case, tones placed the new way.

    >>> syllables("Uỷ ban; vắc-xin 30/8")
    ('ủy', 'ban', 'vắc', 'xin', '30', '8')
    """
    return tuple(_WORD.findall(comparable(text)))


def terms(text: str) -> Iterator[str]:
    """Its syllables, then those that are neighbours, joined by ``_``: most words of Vietnamese have two.

    >>> " ".join(terms("Uỷ ban; vắc-xin"))
    'ủy ban vắc xin ủy_ban vắc_xin'
    """
    found = _WORD_AND_GAP.findall(comparable(text))
    yield from (word for word, _ in found)
    yield from (f"{word}_{after}" for (word, gap), (after, _) in pairwise(found) if gap in _JOINTS)


def folded(some: Iterable[str]) -> Iterator[str]:
    """Terms without diacritics.

    >>> list(folded(["ủy_ban", "đắk"]))
    ['uy_ban', 'dak']
    """
    return map(fold, some)


def comparable(text: str) -> str:
    """`text` as its syllables are compared: NFC, no markup, tones the new way, small letters."""
    return plain(unicodedata.normalize("NFC", text)).lower()
