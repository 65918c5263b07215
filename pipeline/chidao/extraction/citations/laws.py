"""Laws, codes, ordinances and the constitution by their names (Luật, Bộ luật, Pháp lệnh, Hiến pháp)."""
from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from chidao import knowledge
from chidao.extraction.citations.wording import words_of
from chidao.grammar.folding import plain, squeeze
from chidao.grammar.letters import UPPER
from chidao.model import Span

_HEAD = re.compile(r"(?:Bộ\s+[Ll]uật|BỘ\s+LUẬT|Luật|LUẬT|luật|Pháp\s+lệnh|PHÁP\s+LỆNH|pháp\s+lệnh"
                   r"|Hiến\s+pháp|HIẾN\s+PHÁP)(?!\w)")
# Not laws: pháp luật, kỷ luật, luật sư; bills; a faculty or firm of law.
_BEFORE = re.compile(r"[\w/-]$|(?:pháp|kỷ|dự án|dự thảo|đại học|khoa|công ty|phòng|ngành|hãng|quy)\s$", re.IGNORECASE)
_PLURAL = re.compile(r"(?:các|CÁC|Các)\s+$")
_CONSTITUTION = re.compile(
    r"(?:Hiến\s+pháp|HIẾN\s+PHÁP)(?!\s+và\s+pháp\s+luật)"
    r"(?:\s+(?:nước|NƯỚC)\s+(?:Cộng hòa|CỘNG HÒA)\s+(?:xã hội chủ nghĩa|XÃ HỘI CHỦ NGHĨA)\s+(?:Việt Nam|VIỆT NAM))?")
# An unknown name begins with a capital and ends where the sentence goes on.
_ENDS = words_of("law_ends")
_WORD = r"\w+"
_UNKNOWN = re.compile(rf"(?!(?i:{_ENDS}))(?!(?i:luật|bộ luật|pháp lệnh)(?!\w))"
                      rf"[{UPPER}]{_WORD}(?: (?!(?i:{_ENDS}))(?!\d){_WORD}){{0,11}}")
_AMENDING = re.compile(
    r"(?i:(?:sửa\s+đổi(?:\s*,?\s+bổ\s+sung)?|bổ\s+sung)\s+(?:(?:một\s+số|các)\s+(?:điều|nội\s+dung)"
    r"(?:\s+và\s+phụ\s+lục)?(?:\s+của)?|khoản\s+\d+\s+điều\s+\d+(?:\s+của)?)(?:\s+các)?)\s+")
_COUNTED = re.compile(
    r"(?i:(?:sửa\s+đổi(?:\s*,?\s+bổ\s+sung)?)\s+(?:(?:một\s+số|các)\s+điều\s+(?:của\s+)?)?(?:các|\d{1,2})\s+luật)"
    r"(?:\s+(?:có\s+)?liên\s+quan\s+(?:đến|tới)\s+(?!(?:này|trên))[\w ,]{3,80}?"
    r"(?=\s+(?:số|ngày|năm)\s|[.;:)\n]|,\s+[A-Z]))?")
_JOINT = re.compile(r"\s*(?:,|;|\s+và)\s+(?=[Ll]uật\s|LUẬT\s|Bộ\s+luật|Pháp\s+lệnh)")
_MEMBER = re.compile(rf"\s*(?:[,;]|\s+và)\s+(?=[{UPPER}])(?!Luật|Bộ luật)")
_BLANK = re.compile(r"\s*:?\s+")


class Law(NamedTuple):
    """A law by its name; `span` covers head word and name, `name` is as written, on one line."""

    span: Span
    type: str
    name: str
    parts: tuple[str, ...] = ()  # the laws that an amending law names in its title


def find_laws(view: str, text: str) -> tuple[Law, ...]:
    """The laws that `text` calls by name, in order; an amending law takes the names in its title with it.

    `view` is `text` after ``folding.plain``: laws are found there, names are given as `text` has them.

    >>> [law.name for law in find_laws(*["theo Luật Đất đai và Bộ luật Dân sự năm 2015"] * 2)]
    ['Luật Đất đai', 'Bộ luật Dân sự']
    """
    found: list[Law] = []
    at = 0
    while m := _HEAD.search(view, at):
        law = None if _BEFORE.search(view, max(0, m.start() - 12), m.start()) else _read(view, text, m)
        at = law.span.end if law else m.end()
        if law:
            found.append(law)
            found += _members(view, text, law) if _PLURAL.search(view, max(0, m.start() - 6), m.start()) else []
            at = found[-1].span.end
    return tuple(found)


def _read(view: str, text: str, m: re.Match[str]) -> Law | None:
    head = squeeze(m.group()).capitalize()
    if head == "Hiến pháp":
        whole = _CONSTITUTION.match(view, m.start())
        return Law(Span(*whole.span()), head, _printed(view, text, *whole.span())) if whole else None
    blank = _BLANK.match(view, m.end())
    if not blank:
        return None
    at = blank.end()
    end, parts = _amending_end(view, text, at) or (None, ())
    if end is None:
        end = _name_end(view, at, head)
    if end is None:
        return None
    return Law(Span(m.start(), end), head, f"{head} {_printed(view, text, at, end)}", parts)


def _name_end(view: str, at: int, head: str) -> int | None:
    known = _names()[head].match(view, at)
    if known:
        return known.end()
    unknown = _UNKNOWN.match(view, at)
    return unknown.end() if unknown and unknown.end() - at > 3 and not _is_heading(unknown.group()) else None


def _is_heading(name: str) -> bool:
    """LUẬT THUỘC THẨM QUYỀN …: running capitals that are no name; a list of abbreviations: "Luật NQ Nghị quyết"."""
    words = name.split()
    return len(words) > 8 if name.isupper() else len(words[0]) > 1 and words[0].isupper()


def _amending_end(view: str, text: str, at: int) -> tuple[int, tuple[str, ...]] | None:
    """Where "sửa đổi, bổ sung một số điều của Luật A và Luật B" ends, with the names A and B."""
    counted = _COUNTED.match(view, at)
    m = _AMENDING.match(view, at)
    if not m:
        return (counted.end(), ()) if counted else None
    names: list[str] = []
    end, here = None, m.end()
    while True:
        head = _HEAD.match(view, here)
        law = _read(view, text, head) if head else None
        if not law:
            break
        names.append(law.name)
        end = law.span.end
        joint = _JOINT.match(view, end)
        if not joint:
            break
        here = joint.end()
    if end is None:
        return (counted.end(), ()) if counted else None
    return end, tuple(names)


def _members(view: str, text: str, first: Law) -> list[Law]:
    """Further names after a shared head: "các Luật: Đất đai, Nhà ở và Kinh doanh bất động sản"."""
    found: list[Law] = []
    at = first.span.end
    while joint := _MEMBER.match(view, at):
        known = _names()[first.type].match(view, joint.end())
        if not known:
            break
        name = f"{first.type} {_printed(view, text, *known.span())}"
        found.append(Law(Span(joint.end(), known.end()), first.type, name))
        at = known.end()
    return found


def _printed(view: str, text: str, start: int, end: int) -> str:
    """A name on one line without markup; "VIỆC LÀM" becomes "Việc làm", other capitals stay as printed."""
    pairs = zip(view[start:end], text[start:end], strict=True)
    name = squeeze("".join(" " if v.isspace() else t for v, t in pairs))
    return name.capitalize() if name.isupper() and len(name) > 6 else name


@lru_cache(maxsize=1)
def _names() -> dict[str, re.Pattern[str]]:
    by_type: dict[str, list[str]] = {}
    for row in knowledge.rows("laws"):
        by_type.setdefault(row["type"], []).append(row["name"])
    return {head: _any_of(names) for head, names in by_type.items()}


def _any_of(names: list[str]) -> re.Pattern[str]:
    return re.compile(f"(?i:{'|'.join(_spellings(n) for n in sorted(names, key=len, reverse=True))})(?!\\w)")


def _spellings(name: str) -> str:
    pattern = re.escape(plain(name).casefold()).replace(r"\ ", " ")
    for row in knowledge.rows("law_abbreviations"):
        words = re.escape(plain(row["words"]).casefold()).replace(r"\ ", " ")
        either = f"(?:{words}|{re.escape(row['abbr'])})"
        pattern = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", either.replace("\\", r"\\"), pattern, count=1)
    return pattern.replace(", ", r",?\s+(?:và\s+)?").replace(" và ", r"(?:,|\s+và)\s+").replace(" ", r"\s+")
