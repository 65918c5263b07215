"""What a directive does to the documents that it mentions, and what it says of two others."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from chidao import knowledge
from chidao.extraction.citations.anaphors import points_to_itself
from chidao.extraction.citations.between import find_relations
from chidao.extraction.citations.opening import relate_opening
from chidao.extraction.citations.own_acts import relate_own_acts
from chidao.grammar.folding import document_view, key
from chidao.grammar.letters import UPPER
from chidao.model import Citation, Header, Relation, Structure

_BARE_LEVEL = re.compile(r"(?<!\w)(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)$", re.IGNORECASE)
_OWN_PLACE = re.compile(
    rf"(?<!\w)(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+((?-i:[{UPPER}\d]).*)$", re.IGNORECASE)


def relate(citations: Sequence[Citation], text: str,
           structure: Structure) -> tuple[tuple[Citation, ...], tuple[Relation, ...]]:
    """The same mentions with `relation` and `detail` by place and trigger, and the relations between others.

    Mentions of the directive itself are left out; an issuer's bare "tỉnh" takes the directive's own place.
    """
    view = document_view(text)
    header = structure.header
    kept = [_placed(c, header) for c in citations if not _is_own(c, header) and not _in_number_line(c, header)]
    kept = _of_one_body(kept, view)
    named = [c for c in kept if c.form != "anaphoric"]
    pointing = [c for c in kept if c.form == "anaphoric" and not points_to_itself(c, c.span.of(view), header)]
    related = relate_own_acts(relate_opening(named, view, structure), view, structure)
    return tuple(sorted([*related, *pointing], key=lambda c: c.span)), tuple(find_relations(named, view))


def _of_one_body(citations: Sequence[Citation], view: str) -> list[Citation]:
    """One number of one day is one document's: a mention that says whose it is tells it for those that say less.

    "Quyết định số 06/2020/QĐ-UBND ngày 13/02/2020 của UBND tỉnh Kon Tum …", then "… của Ủy ban nhân dân tỉnh".
    """
    said: dict[tuple[str, str, str], set[str]] = {}
    for c in citations:
        place = _OWN_PLACE.search(c.issuer or "")
        if c.number and c.date and c.issuer and place and key(place[2]) in key(c.span.of(view)):
            said.setdefault((c.type, c.number, c.date), set()).add(c.issuer)
    whose = {document: next(iter(issuers)) for document, issuers in said.items() if len(issuers) == 1}
    return [replace(c, issuer=whose.get((c.type, c.number, c.date), c.issuer))
            if c.number and c.date and c.issuer and _OWN_PLACE.search(c.issuer) else c for c in citations]


def _in_number_line(c: Citation, header: Header) -> bool:
    number = header.evidence.get("number")
    return bool(number and number.start < c.span.end and c.span.start < number.end)


def _is_own(c: Citation, header: Header) -> bool:
    """Whether a mention is of the directive itself: its number, and nothing that speaks against it."""
    if c.number is None or header.number is None or key(c.number) != key(header.number):
        return False
    if c.date and header.date and c.date != header.date:
        return False
    return header.type is None or c.type == header.type or c.form == "short"


def _placed(c: Citation, header: Header) -> Citation:
    """The issuer with its place: "Hội đồng nhân dân thành phố" -> "… thành phố Cần Thơ"."""
    if not c.issuer:
        return c
    if c.issuer in ("Bộ", "Sở", "Cục", "Tổng cục", "Ban") and (header.issuer or "").startswith(c.issuer + " "):
        return replace(c, issuer=header.issuer)
    if c.issuer.endswith(" Tỉnh ủy") and _is_city(header.issuer):  # BTCTU is read as that of a province
        return replace(c, issuer=c.issuer.replace("Tỉnh ủy", "Thành ủy"))
    bare, own = _BARE_LEVEL.search(c.issuer), _OWN_PLACE.search(header.issuer or "")
    if not bare or not own:
        return c
    level, own_level, name = bare[1].lower(), own[1].lower(), own[2]
    if level == own_level:
        return replace(c, issuer=f"{c.issuer[:bare.start()]}{own[1]} {name}")
    if level == "tỉnh" and own_level == "thành phố" and key(name) in _provinces():
        return replace(c, issuer=f"{c.issuer} {name}")
    return c


def _is_city(issuer: str | None) -> bool:
    """Whether a body is one of a city directly under the central government."""
    own = _OWN_PLACE.search(issuer or "")
    return bool(own and own[1].lower() == "thành phố" and key(own[2]) in _cities())


@lru_cache(maxsize=1)
def _cities() -> frozenset[str]:
    return frozenset(key(row["name"]) for row in knowledge.provinces() if row["unit"].lower() == "thành phố")


@lru_cache(maxsize=1)
def _provinces() -> frozenset[str]:
    return frozenset(key(row["name"]) for row in knowledge.provinces() if row["unit"] == "tỉnh")
