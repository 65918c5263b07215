"""Mentions that point to a document named before: "Nghị quyết này", "Công điện trên", "văn bản nêu trên"."""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from chidao import knowledge
from chidao.extraction.citations.provisions import provision_before
from chidao.extraction.citations.spans import overlaps
from chidao.extraction.citations.type_words import type_of
from chidao.extraction.citations.wording import LIST_JOINT, alternation_by_letter, words_of
from chidao.grammar.folding import plain
from chidao.model import Citation, Header, Span

# "các Nghị quyết trên", "02 Quyết định nêu trên" name several; a draft or a form is none.
_BEFORE = re.compile(
    r"(?<!\w)(?:(?:các|những|mọi|hai|ba|bốn|năm|\d+)(?:\s+(?:bản|văn bản))?|dự thảo|dự án|mẫu"
    r"|(?:ban hành|kèm) theo)\s+$", re.IGNORECASE)
_QUOTE = re.compile("[“”]")
_AMENDS = re.compile(r"(?<!\w)(?:sửa đổi|bổ sung)(?!\w)", re.IGNORECASE)
_AS_FOLLOWS = re.compile(r"[^.;:\n]{0,80}như sau\s*:")
_IN_FORCE = re.compile(r"\s+(?:có hiệu lực|được ban hành)")
# "theo đề nghị của Bộ Tài chính tại văn bản nêu trên": who asks does so by letter
_ASKED = re.compile(
    r"(?<!\w)(?:đề nghị|kiến nghị|đề xuất|báo cáo|trình|ý kiến)\s+của\s+[^.;:\n]{2,90}\s(?:tại|theo)\s+$",
    re.IGNORECASE)
_LETTERS = ("Công văn", "Tờ trình", "Báo cáo", "Phiếu chuyển", "Phiếu gửi")
_SENTENCE_END = re.compile(r"[;\n]|\.\s")
# What a decision issues with itself; "Kế hoạch này" in its annex is that one.
_ATTACHED = ("Kế hoạch", "Quy chế", "Quy định", "Chương trình", "Đề án", "Phương án", "Dự án", "Báo cáo", "Hướng dẫn",
             "Hợp đồng", "Biên bản")
_DECIDING = ("Quyết định", "Nghị quyết", "Thông tư", "Nghị định")
_ABBREVIATED = ("NQ", "NĐ", "QĐ", "CV", "TTr", "TTLT", "VBHN")
_REACH = 1500
"""How far back, in characters, a document is looked for that "này" points to."""
_QUOTED = 12_000
"""How long, in characters, a quotation may be in which "Thông tư này" is the one that is quoted."""


def find_anaphors(view: str, known: Sequence[Citation]) -> list[Citation]:
    """Mentions by a type and "này" or "trên", each with the nearest document of that type before it.

    `known` are the other mentions in order; what names no document before is none. Whether "Kế hoạch này" is
    the directive itself, `points_to_itself` tells.

    >>> decree = Citation(Span(0, 30), "Nghị định", "61/2023/NĐ-CP", year=2023)
    >>> [c.number for c in find_anaphors("Nghị định số 61/2023/NĐ-CP về đê. Nghị định này quy định", [decree])]
    ['61/2023/NĐ-CP']
    """
    spans = [c.span for c in known]
    found = []
    for m in _pointing().finditer(view):
        span = Span(*m.span())
        provision = provision_before(view, span.start)
        if overlaps(span, spans) or (not provision and _BEFORE.search(view, max(0, span.start - 24), span.start)):
            continue
        meant = _quoted(view, m, known) or _meant(view, m, m.start(), known)
        if meant:
            found.append(Citation(span, meant.type, meant.number, meant.name, None, meant.year, meant.issuer,
                                  provision, form="anaphoric"))
    return found


def points_to_itself(c: Citation, words: str, header: Header) -> bool:
    """Whether "Quyết định này" is the directive itself, or what it issues; `words` are those of the mention."""
    said = plain(words)
    if c.form != "anaphoric" or not re.search(rf"\s{words_of('points_here')}$", said):
        return False
    if header.type in (None, c.type, "Văn bản hợp nhất") or said.lower().startswith("văn bản"):
        return True
    return header.type in _DECIDING and c.type in _ATTACHED


def _quoted(view: str, m: re.Match[str], known: Sequence[Citation]) -> Citation | None:
    """In a quotation, "Thông tư này" is the one that is quoted: "Thông tư số … quy định: “… Thông tư này …”".

    Of one that amends another, the words of the other are quoted, save where it says since when it is in force.
    """
    mark = _open_quote(view, m.start()) if m["here"] else None
    if mark is None:
        return None
    same = _of_type(m, mark, known)
    if not _IN_FORCE.match(view, m.end()):
        inside = [c for c in _of_type(m, m.start(), known) if c.span.start > mark]
        rewritten = [c for c in inside if _AS_FOLLOWS.match(view, c.span.end)]
        if rewritten:
            return rewritten[-1]
        amends = len(same) > 1 and _AMENDS.search(view, same[-2].span.end, same[-1].span.start)
        if amends and _is_nested(view, same[-2], same[-1]):
            return same[-1]
    return _meant(view, m, mark, known)


def _open_quote(view: str, at: int) -> int | None:
    """Where the quotation that holds offset `at` opens; None outside quotations."""
    open_ = 0
    for mark in reversed(list(_QUOTE.finditer(view, max(0, at - _QUOTED), at))):
        open_ += 1 if mark.group() == "“" else -1
        if open_ == 1:
            return mark.start()
    return None


def _of_type(m: re.Match[str], at: int, known: Sequence[Citation]) -> list[Citation]:
    """The documents of the type that end before offset `at` and within reach of it, in order."""
    type_ = type_of(m["type"])
    asked = type_ is None and _ASKED.search(m.string, max(0, m.start() - 120), m.start())
    before = known[:bisect_right(known, at, key=lambda c: c.span.end)]
    same = [c for c in before[-60:] if (c.type in _LETTERS if asked else type_ in (None, c.type))]
    return same if same and at - same[-1].span.end <= _REACH else []


def _meant(view: str, m: re.Match[str], at: int, known: Sequence[Citation]) -> Citation | None:
    """The nearest document of the type before offset `at`."""
    type_, same = type_of(m["type"]), _of_type(m, at, known)
    if not same:
        return None
    chosen = len(same) - 1
    while chosen and _is_nested(view, same[chosen - 1], same[chosen]):
        chosen -= 1
    meant = same[chosen]
    near = not _SENTENCE_END.search(view[meant.span.end:m.start()])
    return meant if type_ not in _ATTACHED or near or not m["here"] else None


def _is_nested(view: str, outer: Citation, c: Citation) -> bool:
    """Whether a mention stands in the title of the one before: "Quyết định A sửa đổi Quyết định B"."""
    gap = view[outer.span.end:c.span.start]
    return len(gap) < 320 and not _SENTENCE_END.search(gap) and not LIST_JOINT.fullmatch(gap)


@lru_cache(maxsize=1)
def _pointing() -> re.Pattern[str]:
    listed = {row["type"] for row in knowledge.rows("document_types") if row["class"] != "copy"} - {"Lệnh", "Dự án"}
    small = {"nghị quyết", "nghị định", "thông tư", "chỉ thị", "công điện", "văn bản", "công văn", "pháp lệnh"}
    described = {row["words"] for row in knowledge.rows("type_words") if row["type"] and " " in row["words"]}
    types = alternation_by_letter(
        [*listed, *small, "Văn bản", *_ABBREVIATED], r"(?<![\w/-].)(?!(?<=[Vv])ăn bản\s+đó)", any_case=[*described])
    back = words_of("points_back")
    goes_on = rf"(?=\s*(?:$|[,.;:()”\"\n])|\s+{words_of('back_goes_on')})"
    # "nêu trên" can say nothing else; "trên" may lead to a place, "đã nêu" may be the verb
    clear = r"(?:nêu|nói|kể|dẫn)\s+trên(?!\w)"
    pointer = rf"(?:(?P<here>{words_of('points_here')})|{clear}|{back}{goes_on})"
    return re.compile(rf"(?P<type>{types})\s+{pointer}")
