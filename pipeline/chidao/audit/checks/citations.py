"""Citations that can't be right: the number itself, or others who cite it, gainsay symbol, type, issuer or date."""
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from chidao import knowledge
from chidao.audit.view import AuditFinding, View
from chidao.grammar.folding import fold, key, plain
from chidao.grammar.numbers import NUMBER, DocumentNumber, parse_number
from chidao.storage.rows import CitationRow

_RAW = re.compile(NUMBER)
_OWN_YEAR = re.compile(r"\d+(?:\.\d+)?/((?:19|20)\d\d)/")
# Symbols that mean more than one type: QĐ of the Party is also quy định, CT the tax office, TT also thông tri.
_SHARED = {("Quy định", "Quyết định"), ("Công văn", "Chỉ thị"), ("Thông tri", "Thông tư"), ("Chương trình", "Chỉ thị"),
           ("Thông tư", "Thông tư liên tịch"), ("Thông tư liên tịch", "Thông tư")}
_HEAD = re.compile(r"(?:(?:Bộ trưởng|Chủ nhiệm|Thống đốc|Tổng Thanh tra|Giám đốc)(?:,\s*)?\s+)+|\s+kho[áa]\s+[IVX]+$")
_CENTRAL = re.compile(r"Quốc hội|Ủy ban Thường vụ Quốc hội|Chính phủ|Thủ tướng Chính phủ|Bộ (?!trưởng).+")


def find_wrong_citations(view: View) -> Iterator[AuditFinding]:
    """Each wrong citation once, though the directive repeats it."""
    told: set[tuple[str, str | None]] = set()
    for citation in view.citations:
        if citation.form != "full" or not citation.number:
            continue
        for finding in _wrong(view, citation):
            if (finding.code, citation.number) not in told:
                told.add((finding.code, citation.number))
                yield finding


def _wrong(view: View, citation: CitationRow) -> Iterator[AuditFinding]:
    number = parse_number(citation.number or "")
    raw = _raw(citation)
    if raw and not _same_symbol(raw, citation.number or ""):
        yield view.finding("citation_symbol", citation.span, {"raw": raw, "number": citation.number or ""})
    if number and number.type and _gainsaid_type(citation, number):
        yield view.finding("citation_type", citation.span, {"type": citation.type, "meant": number.type})
    if number and number.issuer and _gainsaid_issuer(citation, number):
        yield view.finding("citation_issuer", citation.span,
                           {"issuer": citation.issuer or "", "meant": number.issuer})
    own = _OWN_YEAR.match(citation.number or "")
    if own and citation.date and citation.date[:4] != own[1]:
        yield view.finding("citation_year", citation.span, {"year": citation.date[:4], "own": own[1]})
    elif citation.date and citation.target:
        yield from _other_dates(view, citation)


def _raw(citation: CitationRow) -> str | None:
    """The number as it is written; None without a word of the type before it, as in texts of another language."""
    text = " ".join(plain(citation.text).split())
    found = _RAW.search(text)
    return found.group() if found and re.search(r"[^\W\d_]{2}", text[:found.start()]) else None


def _same_symbol(raw: str, number: str) -> bool:
    """Whether only blanks, case and a leading zero part them."""
    bare = re.sub(r"\s", "", raw).casefold()
    meant = re.sub(r"\s", "", plain(number)).casefold()
    return bare.startswith(meant) or bare.lstrip("0").startswith(meant.lstrip("0"))


def _gainsaid_type(citation: CitationRow, number: DocumentNumber) -> bool:
    if number.type == citation.type or (citation.type, number.type) in _SHARED or number.type == "Công văn":
        return False
    before = fold(plain(citation.text)).partition((number.number.split("/")[0]).casefold())[0]
    return re.fullmatch(rf"\W*{re.escape(fold(citation.type))}\s*(?:so)?\W*", before) is not None


def _gainsaid_issuer(citation: CitationRow, number: DocumentNumber) -> bool:
    """Whether the text names another central body than the symbol; the head of a body stands for it."""
    said, meant = _HEAD.sub("", citation.issuer or ""), number.issuer or ""
    if "TTLT" in number.number or not said or said not in citation.text or not _CENTRAL.fullmatch(meant):
        return False
    a, b = key(said), key(meant)
    return a in _bodies() and a not in b and b not in a


@lru_cache(maxsize=1)
def _bodies() -> frozenset[str]:
    """Keys of the central bodies that have symbols; what is no such name may be one of them cut short."""
    return frozenset(key(row["issuer"]) for row in knowledge.rows("issuer_symbols") if row["kind"] == "state")


def _other_dates(view: View, citation: CitationRow) -> Iterator[AuditFinding]:
    """Where the register holds the document, its day; else what most others say who cite it."""
    held, others = view.known.dates(citation.target or "")
    said = citation.date or ""
    if held and held != said:
        yield view.finding("citation_date", citation.span, {"date": said, "meant": held, "by": "1"})
    elif not held and others and said not in dict(others[:1]) and others[0][1] >= 2 * dict(others).get(said, 0):
        yield view.finding("citation_date_others", citation.span,
                           {"date": said, "meant": others[0][0], "by": str(others[0][1])})
