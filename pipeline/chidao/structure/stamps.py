"""The text stamps of digital signatures: who signed a file, and when; they are no part of the document's own text."""
from __future__ import annotations

import re
from typing import NamedTuple

from chidao.grammar.dates import iso
from chidao.model import SourceText, Span
from chidao.reading.regions import SIGNED_AT, SIGNED_BY, stamp_end

_DAY = re.compile(r"(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{1,4})")
_CLOCK = re.compile(r"(?<!\d)(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?(?!\d)")
_ZONE = re.compile(r"(?P<sign>[+-])(?P<h>\d{2})[:']?(?P<m>\d{2})?'?\s*$")

_ALSO_OF_LISTS = re.compile("người ký|signer", re.IGNORECASE)  # websites tell so of paper, too, without a time


class Stamp(NamedTuple):
    """Whose signature a stamp states, and its time in ISO 8601 as far as it is stated; `span` is the whole stamp."""

    by: str
    at: str | None
    span: Span


def find_stamps(source: SourceText) -> tuple[Stamp, ...]:
    """The stamps among what is marked as furniture, in order of the text.

    >>> from chidao.reading.regions import find_regions
    >>> text = "KẾ HOẠCH\\nKý bởi: Sở Y tế\\nThời gian ký: 05.02.2031 08:15:32 +07:00\\nSở Y tế báo cáo."
    >>> find_stamps(SourceText(text, "text", "", "a.txt", regions=find_regions(text)))
    (Stamp(by='Sở Y tế', at='2031-02-05T08:15:32+07:00', span=Span(start=9, end=65)),)
    """
    furniture = [region.span for region in source.regions if region.kind == "furniture"]
    lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", source.text)
             if any(a < m.end() and m.start() < b for a, b in furniture)]
    texts = [span.of(source.text).strip() for span in lines]
    found = []
    for i, text in enumerate(texts):
        signer = SIGNED_BY.fullmatch(text)
        if signer is None:
            continue
        end = stamp_end(texts, i)
        if end == i + 1 and _ALSO_OF_LISTS.match(text):
            continue
        name = " ".join([signer["by"], *_wrapped(texts[i + 1:end])])
        found.append(Stamp(name, _time(texts[i + 1:end]), Span(lines[i].start, lines[end - 1].end)))
    return tuple(found)


def _wrapped(lines: list[str]) -> list[str]:
    """The lines that go on with the signer's name: those up to one with a label of its own."""
    labelled = next((i for i, line in enumerate(lines) if ":" in line), 0)
    return lines[:labelled]


def _time(lines: list[str]) -> str | None:
    said = next((m["at"] for line in lines if (m := SIGNED_AT.fullmatch(line))), "")
    day = _DAY.match(said)
    if day is None:
        return None
    year, month, date = (day["a"], day["b"], day["c"]) if len(day["a"]) == 4 else (day["c"], day["b"], day["a"])
    found = iso(year, month, date) if len(year) == 4 else None
    clock, zone = _CLOCK.search(said), _ZONE.search(said)
    if found is None or clock is None:
        return found
    shown = f"{found}T{int(clock['h']):02}:{clock['m']}:{clock['s'] or '00'}"
    return f"{shown}{zone['sign']}{zone['h']}:{zone['m'] or '00'}" if zone else shown
