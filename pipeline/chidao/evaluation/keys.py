"""When two values count as the same: the form in which names, numbers and words are compared."""
from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from chidao import knowledge

# Old tone placement to new. `grammar.folding` knows more pairs; a figure must not move when it learns another.
_TONES = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe",
          "uỷ": "ủy", "uý": "úy", "uỳ": "ùy", "uỹ": "ũy", "uỵ": "ụy"}
_OLD_TONE = re.compile(rf"(?<!q)({'|'.join(_TONES)})(?!\w)")
_Y_AS_I = str.maketrans("ỳýỷỹỵ", "ìíỉĩị")
_TAIL = re.compile(r"\b(có liên quan|liên quan|khác|việt nam)$")


def words_key(value: object) -> str:
    """The words of `value` without case and punctuation; ``""`` for None.

    >>> words_key("Trích  yếu: Kế hoạch")
    'trích yếu kế hoạch'
    """
    return re.sub(r"\W+", " ", _nfc(value).casefold()).strip()


def number_key(value: str | None) -> str | None:
    """A document number without blanks, case and kinds of dashes; None where there is none.

    >>> number_key("15 /kh–UBND")
    '15/KH-UBND'
    """
    return re.sub(r"\s+", "", _nfc(value).upper().replace("–", "-")) if value else None


def agency_key(name: str | None) -> str:
    """A body's name with abbreviations written out, without tone placement, plural and "có liên quan".

    >>> agency_key("các UBND huyện, TP có liên quan") == agency_key("Uỷ ban nhân dân huyện, thành phố")
    True
    """
    text = _OLD_TONE.sub(lambda m: _TONES[m.group()], _nfc(name).casefold())
    text = " ".join(map(_written_out, text.split())).translate(_Y_AS_I)
    text = re.sub(r"[^\w&]+", " ", text).strip()
    text = re.sub(r"^(các|những) ", "", text)
    return re.sub(r"\s+", " ", _TAIL.sub("", text).strip())


def document_key(value: object) -> str:
    """A document as relations name it (type and number, or words) without "số", case and separators."""
    return re.sub(r"\bsố\b|[\W_]+", "", _nfc(value).casefold())


def _nfc(value: object) -> str:
    return unicodedata.normalize("NFC", str(value or ""))


def _written_out(word: str) -> str:
    """`word` in full where it is an abbreviation, or several that hyphens join (HĐND-UBND)."""
    table = _abbreviations()
    bare = word.strip(".,;:()")
    if bare in table:
        return table[bare]
    parts = bare.split("-")
    return " ".join(table[part] for part in parts) if all(part in table for part in parts) else word


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    return {row["abbreviation"]: row["words"] for row in knowledge.rows("scoring_abbreviations")}
