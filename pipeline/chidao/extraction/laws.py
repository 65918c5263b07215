"""Laws, codes, ordinances and the constitution by their names (Luật, Bộ luật, Pháp lệnh, Hiến pháp)."""
from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from chidao import knowledge
from chidao.grammar.folding import plain, squeeze
from chidao.grammar.letters import UPPER
from chidao.model import Span

_HEAD = r"(?P<head>Bộ\s+[Ll]uật|BỘ\s+LUẬT|Luật|LUẬT|luật|Pháp\s+lệnh|PHÁP\s+LỆNH|pháp\s+lệnh)"
# Not laws: pháp luật, kỷ luật, luật sư; bills; a faculty or firm of law.
_BEFORE = (r"(?<![\w/-])(?<!pháp )(?<!Pháp )(?<!PHÁP )(?<!kỷ )(?<!Kỷ )(?<!dự án )(?<!Dự án )(?<!dự thảo )(?<!Dự thảo )"
           r"(?<!DỰ ÁN )(?<!DỰ THẢO )(?<!học )(?<!Khoa )(?<!ty )(?<!phòng )(?<!ngành )(?<!nhân )(?<!quy )(?<!định )(?<!Hội )"
           r"(?<!quả )(?<!âm )")
_CONSTITUTION = (r"(?<!\w)(?:Hiến pháp|HIẾN PHÁP)(?!\s+và\s+pháp\s+luật)"
                 r"(?:\s+(?:nước|NƯỚC)\s+(?:Cộng hòa|CỘNG HÒA)\s+(?:xã hội chủ nghĩa|XÃ HỘI CHỦ NGHĨA)\s+(?:Việt Nam|VIỆT NAM))?")
# An unknown name begins with a capital and ends where the sentence goes on.
_ENDS = (r"(?:này|trên|nói|số|năm|ngày|đã|được|có|và|theo|tại|về|quy|của|các|là|để|khi|thì|trong|nếu|với|cho|do|phải|hoặc|không"
         r"|thực|đối|nhằm|hiện|mới|sửa|thay|bổ|còn|đang|sẽ|ban|như|hay|mà|bao|chưa|trước|sau|từ|đến|vào|giao|trình|chuyên|gồm"
         r"|nêu|sư|gia|hóa|học|khác|cũng|thuộc|tạo|bằng|bảo đảm|đảm bảo|hết|mang|qua|vừa|liên|nhưng|trừ|nên|thông|ra|quốc tế|định)")
_WORD = r"\w+"
_UNKNOWN = rf"(?!(?i:{_ENDS})(?!\w))(?P<unknown>[{UPPER}]{_WORD}(?: (?!(?i:{_ENDS})(?!\w))(?!\d){_WORD}){{0,11}})"
_AMENDING = (r"(?i:(?:sửa\s+đổi(?:\s*,?\s+bổ\s+sung)?|bổ\s+sung)\s+(?:(?:một\s+số|các)\s+(?:điều|nội\s+dung)"
             r"(?:\s+và\s+phụ\s+lục)?(?:\s+của)?|khoản\s+\d+\s+điều\s+\d+(?:\s+của)?)(?:\s+các)?)\s+")
_COUNTED = r"(?i:(?:sửa\s+đổi(?:\s*,?\s+bổ\s+sung)?)\s+(?:(?:một\s+số|các)\s+điều\s+(?:của\s+)?)?(?:các|\d{1,2})\s+luật)" \
           r"(?:\s+(?:có\s+)?liên\s+quan\s+(?:đến|tới)\s+(?!(?:này|trên))[\w ,]{3,80}?(?=\s+(?:số|ngày|năm)\s|[.;:)\n]|,\s+[A-Z]))?"


class Law(NamedTuple):
    """A law by its name; `span` covers head word and name, `name` is as written, on one line."""

    span: Span
    type: str
    name: str
    parts: tuple[str, ...] = ()  # the laws that an amending law names in its title


def find_laws(text: str) -> tuple[Law, ...]:
    """The laws that plain `text` calls by name, in order; an amending law takes the names in its title with it.

    >>> [law.name for law in find_laws("theo Luật Đất đai và Bộ luật Dân sự năm 2015")]
    ['Luật Đất đai', 'Bộ luật Dân sự']
    """
    found: list[Law] = []
    at = 0
    while m := _law().search(text, at):
        law = _read(text, m)
        at = law.span.end if law else m.end("head") if m["head"] else m.end()
        if law:
            found.append(law)
            more = _members(text, law) if m["plural"] else []
            found += more
            at = found[-1].span.end
    return tuple(found)


def _read(text: str, m: re.Match[str]) -> Law | None:
    if not m["head"]:
        return Law(Span(*m.span()), "Hiến pháp", _sentence_case(squeeze(m.group())))
    head = squeeze(m["head"]).capitalize()
    start, at = m.start("head"), m.end("head")
    blank = re.compile(r"\s*:?\s+").match(text, at)
    if not blank:
        return None
    at = blank.end()
    end, parts = _amending_end(text, at) or (None, ())
    if end is None:
        end = _name_end(text, at, head)
    if end is None:
        return None
    name = squeeze(text[at:end])
    return Law(Span(start, end), head, f"{head} {_sentence_case(name)}", parts)


def _name_end(text: str, at: int, head: str) -> int | None:
    known = _names()[head].match(text, at)
    unknown = re.compile(_UNKNOWN).match(text, at)
    if not known:
        return unknown.end() if unknown and unknown.end() - at > 3 and not _is_heading(unknown.group()) else None
    return known.end()


def _is_heading(name: str) -> bool:
    """LUẬT THUỘC THẨM QUYỀN …: running capitals that are no name."""
    return name.isupper() and len(name.split()) > 8


def _amending_end(text: str, at: int) -> tuple[int, tuple[str, ...]] | None:
    """Where "sửa đổi, bổ sung một số điều của Luật A và Luật B" ends, with the names A and B."""
    counted = re.compile(_COUNTED).match(text, at)
    m = re.compile(_AMENDING).match(text, at)
    if not m:
        return (counted.end(), ()) if counted else None
    names: list[str] = []
    end, here = None, m.end()
    while True:
        head = _law().match(text, here)
        law = _read(text, head) if head else None
        if not law:
            break
        names.append(law.name)
        end = law.span.end
        joint = re.compile(r"\s*(?:,|;|\s+và)\s+(?=[Ll]uật\s|LUẬT\s|Bộ\s+luật|Pháp\s+lệnh)").match(text, end)
        if not joint:
            break
        here = joint.end()
    if end is None:
        return (counted.end(), ()) if counted else None
    return end, tuple(names)


def _members(text: str, first: Law) -> list[Law]:
    """Further names after a shared head: "các Luật: Đất đai, Nhà ở và Kinh doanh bất động sản"."""
    found: list[Law] = []
    at = first.span.end
    while joint := re.compile(rf"\s*(?:[,;]|\s+và)\s+(?=[{UPPER}])(?!Luật|Bộ luật)").match(text, at):
        known = _names()[first.type].match(text, joint.end())
        if not known:
            break
        name = f"{first.type} {squeeze(known.group())}"
        found.append(Law(Span(joint.end(), known.end()), first.type, name))
        at = known.end()
    return found


def _sentence_case(name: str) -> str:
    """"VIỆC LÀM" -> "Việc làm"; what is not all in capitals stays as printed."""
    return name.capitalize() if name.isupper() and len(name) > 6 else name


@lru_cache(maxsize=1)
def _law() -> re.Pattern[str]:
    return re.compile(rf"(?P<plural>(?:các|CÁC)\s+)?{_BEFORE}{_HEAD}(?!\w)|{_CONSTITUTION}")


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
        pattern = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", lambda _, a=row["abbr"], w=words: f"(?:{w}|{re.escape(a)})", pattern, count=1)
    return pattern.replace(", ", r",?\s+").replace(" ", r"\s+")
