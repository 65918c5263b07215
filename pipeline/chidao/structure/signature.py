"""The signature: authority (TM., KT., TL.), position and name (NĐ 30/2020/NĐ-CP, Phụ lục I, ô số 7)."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from chidao import knowledge
from chidao.grammar.folding import squeeze
from chidao.grammar.letters import UPPER
from chidao.model import Signer, Span
from chidao.structure.casing import is_capitals, sentence_case
from chidao.structure.spacing import mend_spacing
from chidao.structure.words import alternatives, any_of, words_of

_STAMP = re.compile(
    r"[(\[]?\s*(?:đã\s+ký(?:\s+và\s+đóng\s+dấu|\s*,\s*đóng\s+dấu)?"
    r"|ký\s*(?:tên|,?\s*(?:và\s+)?đóng\s+dấu)(?:,\s*đóng\s+dấu)?"
    r"|ký,?\s+(?:và\s+)?ghi\s+rõ\s+họ\s+(?:và\s+)?tên|signed)\s*[)\]]?\s*[:.]?", re.IGNORECASE)
_DIGITAL = re.compile(rf"{any_of('stamp')}\b[^:\n]{{0,30}}:", re.IGNORECASE)
_SIGNED_BY = re.compile(r"(?:người\s+ký|ký\s+(?:số\s+)?bởi)\s*:\s*([^\n|]+)", re.IGNORECASE)
_TITLE = re.compile(rf"(?:{any_of('title')}(?:\s*[.,]\s*|\s+))+", re.IGNORECASE)


class Piece(NamedTuple):
    """A stretch of the text that belongs together: a cell, or a line; `text` is the plain view."""

    span: Span
    text: str


class Signature(NamedTuple):
    """What was read: the signer, the stretch from the first mark to the name, and the name's own span."""

    signer: Signer | None
    authority: tuple[str, ...]
    span: Span
    name_span: Span | None


def office_start(text: str) -> int | None:
    """Where in `text` a signature begins: a mark before capitals, or an office in capitals.

    >>> office_start("- Lưu: VT, TH. KT. CHỦ TỊCH"), office_start("Chủ tịch các xã")
    (15, None)
    """
    m = _start().search(text)
    return m.start() if m else None


def person(text: str) -> str | None:
    """The name of a person that `text` wholly is, without military and academic titles.

    >>> person("PGS.TS. Trần Thị Bích Vân"), person("Sở Y tế"), person("NGUYỄN VĂN AN")
    ('Trần Thị Bích Vân', None, 'Nguyễn Văn An')
    """
    bare = squeeze(text).strip(" .,;:-/")
    titled = _TITLE.match(bare)
    parts = bare[titled.end() if titled else 0:].split()
    if not 2 <= len(parts) <= 7 or parts[0].lower() in words_of("not a person"):
        return None
    if all(w.isupper() and w.replace("'", "").isalpha() for w in parts):
        if parts[0].lower() not in words_of("surname") or len(parts) > 5:
            return None
        return " ".join(w.capitalize() for w in parts)
    return " ".join(parts) if all(_name_word(w) for w in parts) else None


def read_signature(pieces: Sequence[Piece]) -> Signature | None:
    """The signature that `pieces`, in order, begin with; None when there is neither office nor name.

    Reads up to the first name; lines of electronic stamps ("Ký bởi: …") are passed over.
    """
    offices: list[str] = []
    used: list[Span] = []
    stamped: tuple[str, Span] | None = None
    for at, piece in enumerate(pieces):
        if _DIGITAL.match(piece.text):
            stamped = stamped or _stamped(piece)
            continue
        text = mend_spacing(_STAMP.sub(" ", piece.text))
        if not text.strip(" .:-_*[]()"):
            continue
        head, name = _parted(text)
        if head:
            if not is_capitals(head) or (offices and len(head) > 160):
                break
            offices.append(head)
            used.append(piece.span)
        if name is None:
            following = pieces[at + 1] if at + 1 < len(pieces) else None
            if not head and following and (joined := person(f"{text.strip()} {following.text.strip()}")):
                span = Span(piece.span.start, following.span.end)
                return _signature(offices, [*used, span], joined, span)
            if not head:
                break
            continue
        span = _within(piece, name)
        if at + 1 < len(pieces) and len(name.split()) == 2 and _name_word(pieces[at + 1].text.strip()):
            name = f"{name} {pieces[at + 1].text.strip()}"
            span = Span(span.start, pieces[at + 1].span.end)
        return _signature(offices, [*used, span], person(name) or name, span)
    if stamped:
        return _signature(offices, [*used, stamped[1]], *stamped)
    return _signature(offices, used, None, None) if offices else None


def authority(offices: Sequence[str]) -> tuple[str | None, str | None]:
    """Position and principal of the lines above a name.

    >>> authority(["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"])
    ('Phó Chủ tịch', 'Ủy ban nhân dân')
    >>> authority(["TL. BỘ TRƯỞNG VỤ TRƯỞNG VỤ PHÁP CHẾ"])
    ('Vụ trưởng Vụ Pháp chế', 'Bộ trưởng')
    """
    text = "\n".join(offices)
    marks = list(_mark().finditer(text))
    if not marks:
        heads = _heads(text)
        return (_titles(text[heads[0]:]) if heads else None), None
    principals: dict[str, str] = {}
    position: str | None = None
    for m, following in zip(marks, [*marks[1:], None], strict=True):
        chunk = text[m.end():following.start() if following else len(text)]
        rest = _rests()[_mark_key(m["mark"])]
        if rest == "none":
            position = f"Quyền {_cased(chunk)}"
            continue
        heads = [h for h in _heads(chunk) if h > len(chunk) - len(chunk.lstrip())]
        cut = heads[0] if heads else len(chunk)
        principals.setdefault(rest, _cased(chunk[:cut]))
        if chunk[cut:].strip():
            position = _titles(chunk[cut:])
    principal = principals.get("body") or principals.get("office")
    return position, principal or None


def _signature(offices: list[str], used: list[Span], name: str | None, span: Span | None) -> Signature:
    position, principal = authority(offices)
    signer = Signer(name, position, principal) if name else None
    return Signature(signer, tuple(offices), Span(min(u.start for u in used), max(u.end for u in used)), span)


def _parted(text: str) -> tuple[str, str | None]:
    """The offices and the name that stand in one piece, either of them maybe empty."""
    stripped = text.strip()
    start = office_start(stripped)
    if start is None and person(stripped):
        return "", stripped
    parts = stripped.split()
    for at in range(1, len(parts) - 1):
        tail = " ".join(parts[at:])
        if is_capitals(" ".join(parts[:at])) and not is_capitals(tail) and person(tail):
            return " ".join(parts[:at]), tail
    return (stripped, None) if is_capitals(stripped) else ("", None)


def _stamped(piece: Piece) -> tuple[str, Span] | None:
    m = _SIGNED_BY.match(piece.text)
    name = person(m[1]) if m else None
    return (name, Span(piece.span.start + m.start(1), piece.span.start + m.end(1))) if m and name else None


def _within(piece: Piece, name: str) -> Span:
    pattern = r"\s+".join(map(re.escape, name.split()))
    found = list(re.finditer(pattern, piece.text))
    if not found:
        return piece.span
    return Span(piece.span.start + found[-1].start(), piece.span.start + found[-1].end())


def _name_word(word: str) -> bool:
    bare = word.replace("'", "").replace("’", "").replace("-", "")
    return bool(bare) and bare.isalpha() and bare[0].isupper() and (len(bare) == 1 or bare[1:].islower() or
                                                                    ("'" in word and not bare.isupper()))


def _titles(text: str) -> str:
    """Offices that one person holds, parted by a comma: TRƯỞNG BAN / PHÓ THỦ TƯỚNG."""
    starts = _heads(text) or [0]
    return ", ".join(_cased(text[a:b]) for a, b in zip([0, *starts[1:]], [*starts[1:], len(text)], strict=True))


def _cased(text: str) -> str:
    return sentence_case(squeeze(text).strip(" .,;:-"))


def _heads(text: str) -> list[int]:
    """Where offices begin; one that a comma or "và" joins to the one before does not count."""
    return [m.start() for m in _office().finditer(text)
            if not re.search(r"(?:,|\bVÀ|\bKIÊM|-)\s*$", text[:m.start()])]


def _mark_key(mark: str) -> str:
    return mark.upper().replace(" ", "")


@lru_cache(maxsize=1)
def _rests() -> dict[str, str]:
    return {row["mark"]: row["rest"] for row in knowledge.rows("signing_marks")}


@lru_cache(maxsize=1)
def _marks() -> str:
    marks = sorted(_rests(), key=len, reverse=True)
    return "|".join(re.escape(m).replace("/", r"\s?/\s?") for m in marks)


@lru_cache(maxsize=1)
def _mark() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/])(?P<mark>{_marks()})(?:\s?[.,:]\s*|\s+)(?=\S)(?!\d)")


@lru_cache(maxsize=1)
def _office() -> re.Pattern[str]:
    offices = alternatives(row["office"].upper() for row in knowledge.rows("offices"))
    return re.compile(rf"(?<!\w)(?:PHÓ\s+)?{offices}(?!\w)")


@lru_cache(maxsize=1)
def _start() -> re.Pattern[str]:
    marked = rf"(?<![\w/])(?:{_marks()})(?:\s?\.\s*|\s+)(?=[{UPPER}]{{2}})"
    alone = rf"^(?:{_marks()})\s?\.\s*$"
    return re.compile(rf"{marked}|{alone}|{_office().pattern}")
