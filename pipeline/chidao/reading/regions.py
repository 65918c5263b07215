"""Marks what is in the text but not of the document: furniture of websites and pages, lists of related documents."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from chidao import knowledge
from chidao.model import Region, RegionKind, Span

# A page number stands alone; numbers of cells do so too, but come thick and fast.
_NUMBER = re.compile(r"[-–—]?\s*(\d{1,3})\s*[-–—]?")
_MIN_PAGE, _MAX_PAGE = 700, 6000
_LONG = 160
_BARS = re.compile(r"[|»›•·]")
# The first line of the text stamp of a digital signature, and the one that tells its time.
SIGNED_BY = re.compile(r"(?:(?:(?:được )?ký(?: số)? bởi|người ký|signer)\s*:|(?:digitally )?signed by\b\s*:?)"
                       r"\s*(?P<by>\S.{2,119})", re.IGNORECASE)
SIGNED_AT = re.compile(r"(?:thời gian ký|ngày ký|signing time|date)\s*:\s*"
                       r"(?P<at>\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.{0,30})", re.IGNORECASE)
_MAX_STAMP = 6  # lines
_STAMP_WIDTH = 80  # letters
_LISTED = re.compile(r"\s*(?:[-–*•+]\s*)?(?P<number>\d{1,3})?(?P<dot>[.)])?\s*(?P<rest>\S.*)")


def find_regions(text: str) -> tuple[Region, ...]:
    """Furniture and lists of related documents, by lines, in order; regions do not overlap.

    >>> text = "Trang chủ » Văn bản\\nKẾ HOẠCH\\n"
    >>> [(r.kind, r.span.of(text)) for r in find_regions(text)]
    [('furniture', 'Trang chủ » Văn bản')]
    """
    lines = list(_lines(text))
    kinds: list[RegionKind | None] = [None] * len(lines)
    for number in [*_furniture(text, lines), *_page_numbers(text, lines)]:
        kinds[number] = "furniture"
    for number in _related(text, lines, kinds):
        kinds[number] = "related"
    return tuple(_merged(lines, kinds))


def is_furniture(line: str) -> bool:
    """Whether a line by its words is a menu, a button or a note of a website or a program.

    >>> is_furniture("Lượt xem: 12 | In trang"), is_furniture("Chia sẻ dữ liệu")
    (True, False)
    """
    pattern = _pattern("furniture")
    if len(line) > _LONG:
        return False
    parts = [part.strip() for part in _BARS.split(line.strip())]
    return pattern.fullmatch(line.strip()) is not None or (
        len(parts) > 1 and 2 * sum(pattern.fullmatch(part) is not None for part in parts) >= len(parts))


def stamp_end(lines: Sequence[str], i: int) -> int:
    """Where the stamp that begins with line `i` ends: after the line with its time, or at once where none is near.

    >>> stamp_end(["Ký bởi: Sở Y tế", "Cơ quan: UBND tỉnh", "Ngày ký: 05/02/2031", "KẾ HOẠCH"], 0)
    3
    """
    for at in range(i + 1, min(i + _MAX_STAMP, len(lines))):
        if SIGNED_AT.fullmatch(lines[at]):
            return at + 1
        if len(lines[at]) > _STAMP_WIDTH or SIGNED_BY.fullmatch(lines[at]):
            break
    return i + 1


def _lines(text: str) -> Iterator[Span]:
    """The lines that hold something, without the white space around them."""
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        if not line.strip():
            continue
        yield Span(match.start() + len(line) - len(line.lstrip()), match.start() + len(line.rstrip()))


@lru_cache(maxsize=2)
def _pattern(kind: str) -> re.Pattern[str]:
    patterns = (row["pattern"] for row in knowledge.rows("furniture") if row["kind"] == kind)
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _furniture(text: str, lines: list[Span]) -> Iterator[int]:
    texts = [span.of(text) for span in lines]
    for i, line in enumerate(texts):
        if len(line) <= _LONG and is_furniture(line):
            yield from range(i, stamp_end(texts, i) if SIGNED_BY.fullmatch(line) else i + 1)


def _page_numbers(text: str, lines: list[Span]) -> list[int]:
    """Lines of a lone number that count up by one, about a page apart."""
    found: list[tuple[int, int, int]] = []
    for i, span in enumerate(lines):
        if span.end - span.start > 9:
            continue
        match = _NUMBER.fullmatch(span.of(text))
        if match is None:
            continue
        page, (_, last, at) = int(match[1]), found[-1] if found else (0, 1, -_MIN_PAGE)
        if (page - last in (1, 2) and span.start - at >= _MIN_PAGE) or (not found and page in (1, 2)):
            found.append((i, page, span.start))
    if len(found) < 2 or not _MIN_PAGE <= len(text) / found[-1][1] <= _MAX_PAGE:
        return []
    return [i for i, _, _ in found]


@lru_cache(maxsize=1)
def _types() -> tuple[str, ...]:
    return tuple(row["type"] for row in knowledge.rows("document_types"))


def _names_document(text: str, span: Span) -> re.Match[str] | None:
    match = _LISTED.fullmatch(span.of(text))
    return match if match and match["rest"].startswith(_types()) else None


def _related(text: str, lines: list[Span], kinds: list[RegionKind | None]) -> Iterator[int]:
    """Lists of documents numbered without a full stop, and lists under a heading that says what they are."""
    heading = _pattern("related")
    run: list[int] = []
    under_heading = False
    for i, span in enumerate(lines):
        if kinds[i] == "furniture":
            continue
        if span.end - span.start <= 80 and heading.fullmatch(span.of(text)):
            yield from _kept(run)
            run, under_heading = [i], True
            continue
        match = _names_document(text, span)
        if match and (under_heading or (match["number"] and not match["dot"])):
            run.append(i)
            continue
        yield from _kept(run)
        run, under_heading = [], False
    yield from _kept(run)


def _kept(run: list[int]) -> list[int]:
    """A heading needs one document below it; a list without a heading at least two."""
    return run if len(run) >= 2 else []


def _merged(lines: list[Span], kinds: list[RegionKind | None]) -> Iterator[Region]:
    start: int | None = None
    for i, kind in enumerate(kinds):
        if kind is None:
            continue
        if start is None or i == 0 or kinds[i - 1] != kind:
            start = i
        if i + 1 == len(kinds) or kinds[i + 1] != kind:
            yield Region(Span(lines[start].start, lines[i].end), kind)
            start = None
