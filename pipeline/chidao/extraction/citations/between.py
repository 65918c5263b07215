"""What a text says of two other documents: one amends, replaces, repeals, guides or is issued with the other."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from chidao import knowledge
from chidao.extraction.citations.laws import find_laws
from chidao.extraction.citations.wording import LIST_JOINT, Trigger, start_of, trigger, triggers_of, words_of
from chidao.grammar.folding import key, plain, squeeze
from chidao.model import Citation, Relation, Span

_LAWS = frozenset({"Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh"})
_ACTS = _LAWS | {"Nghị quyết"}
_LETTERS = frozenset({"Tờ trình", "Công văn", "Báo cáo", "Giấy mời", "Phiếu chuyển", "Biên bản"})
_BREAK = re.compile(r"[;|]|\.\s|:\s+[A-ZĐ]|\n\s*\n|(?<!\w)này(?!\w)|“[^”]*$")
# The title of a decree goes on over a semicolon: "quy định về …; quy định chi tiết một số điều của Luật X".
_TITLE_GOES_ON = re.compile(r";\s+(?=(?:quy định chi tiết|hướng dẫn thi hành|biện pháp thi hành)(?!\w))")
_PROPOSED = re.compile(rf"(?<!\w){words_of('proposed')}", re.IGNORECASE)
_SUBJECT = re.compile(rf"(?:[,.;:]|\n)\s*{words_of('subject')}")
_TRIGGER = re.compile(rf"(?<!\w){triggers_of('between')}", re.IGNORECASE)
_OBJECT_ENDS = re.compile(
    r"(?:^|\s)(?:của|thi hành|thực hiện|điều|khoản|quy định|nội dung|vào|phần|(?:quy định|nội dung|điều) tại)"
    r"(?:\s+(?:các|một số))*$", re.IGNORECASE)
_NO_OBJECT = re.compile(r"(?<!\w)(?:theo|bởi|căn cứ|ngày|được|quy định tại)(?!\w)")
_OF_OTHERS = re.compile(r"(?<!\w)các\s+(?:nghị định|thông tư|nghị quyết|quyết định|luật|văn bản)(?!\w)", re.IGNORECASE)
_BY_OTHER = re.compile(
    r"(?:(?:một số|các)\s+(?:điều|nội dung|khoản|quy định)\s+)?(?:bởi|tại|theo|bằng)"
    r"(?:\s+(?:các|khoản|điều|điểm|của|và|[\d,]+[a-z]?|[a-zđ])(?!\w))*", re.IGNORECASE)
# "(sửa đổi, bổ sung tại Nghị định số …)": passive without "được".
_BEFORE_PASSIVE = re.compile(r"[(,]\s*(?:đã\s+)?$")
_BY = re.compile(r"(?:(?:một số|các)\s+(?:điều|nội dung|khoản|quy định)\s+)?(?:bởi|tại)(?!\w)")
_WITH = re.compile(r"\s*(?:được\s+)?(?:ban\s+hành\s+(?:kèm\s+)?|kèm\s+)theo\s+(?:các\s+)?$")
_ATTACHMENT = re.compile(rf"(?<!\w){words_of('attachment')}(?!\s+(?:này|số\s))")
_NOT_IN_NAME = re.compile(r"ban hành|[.;|\"“”:]|số thứ tự|(?<!\w)(?i:mẫu|phụ lục)(?!\w)")
_ISSUES = re.compile(
    r"\s*(?:về\s+việc\s+)?ban\s+hành\s+(?P<name>(?:Chương trình|Quy chế|Đề án|Chiến lược|Quy định)"
    rf"(?:\s+(?!{words_of('name_ends')})[^\s;.|“”\"]+){{2,25}})(?=\s+{words_of('name_ends')}|\s*[;.\n])")


def find_relations(citations: Sequence[Citation], view: str) -> list[Relation]:
    """Relations between mentioned documents: amends, replaces, repeals, guides, consolidates, issued_with."""
    found: list[Relation] = []
    links: list[tuple[Citation, Trigger] | None] = []
    for i, c in enumerate(citations):
        links.append(_linked(citations, i, links, view) if i else None)
        link = links[-1]
        if link and name_of(link[0]) != name_of(c) and _is_possible(link[1], link[0], c):
            source, target = (c, link[0]) if link[1].backward else (link[0], c)
            span = Span(min(source.span.start, target.span.start), max(source.span.end, target.span.end))
            found.append(Relation(name_of(source), link[1].relation, name_of(target), span))
        found += [*_attached(c, view), *_issued(c, view), *_inside(c, citations)]
    return _unique(found)


def _linked(citations: Sequence[Citation], i: int, links: Sequence[tuple[Citation, Trigger] | None],
            view: str) -> tuple[Citation, Trigger] | None:
    """The document that mention `i` hangs on, with the trigger; members of a list hang on the same."""
    c, before = citations[i], citations[i - 1]
    gap = view[before.span.end:start_of(c, view)]
    inherited = links[i - 1]
    if LIST_JOINT.fullmatch(gap) and ";" not in gap:
        return None if inherited and inherited[0].type == c.type != before.type else inherited
    found = _link(gap)
    if found is None:
        return None
    outer = inherited[0] if inherited and found.backward and inherited[0].type == c.type != before.type else before
    return outer, found


def _is_possible(by: Trigger, other: Citation, c: Citation) -> bool:
    """A decree amends no law and a law no decree, a decree guides no decree; a letter does nothing to another."""
    source, target = (c, other) if by.backward else (other, c)
    if source.type in _LETTERS:
        return False
    if by.relation in ("amends", "replaces", "repeals"):
        return (source.type in _ACTS) if target.type in _LAWS else source.type not in _LAWS
    return by.relation != "guides" or (source.type not in _LAWS and source.type != target.type)


def name_of(c: Citation) -> str:
    """A document as relations name it: "Nghị định 31/2013/NĐ-CP", or a law's name.

    >>> name_of(Citation(Span(0, 9), "Luật", name="Luật Đất đai"))
    'Luật Đất đai'
    """
    return f"{c.type} {c.number}" if c.number else c.name or f"{c.type} {c.date}"


def _link(gap: str) -> Trigger | None:
    gap = _TITLE_GOES_ON.sub(", ", gap)
    if len(gap) > 320 or _BREAK.search(gap) or _SUBJECT.search(gap) or _PROPOSED.search(gap):
        return None
    return between_trigger(gap)


def between_trigger(gap: str) -> Trigger | None:
    """What the words between two mentions say: the last trigger, with nothing but its object after it."""
    attached = _WITH.search(gap)
    if attached:
        return _to_attachment(gap[:attached.start()])
    found = list(_TRIGGER.finditer(gap))
    last = trigger("between", found[-1].group()) if found else None
    if last is None or last.relation == "issued_with":
        return None
    rest = squeeze(gap[found[-1].end():])
    if _BY.match(rest) and _BEFORE_PASSIVE.search(gap[:found[-1].start()]):
        last = last._replace(backward=True)
    if last.backward:
        return last if _BY_OTHER.fullmatch(rest) else None
    if len(found) > 1 and _OF_OTHERS.search(gap[found[0].end():found[-1].start()]):
        return None
    if len(rest) > 140 or _NO_OBJECT.search(rest):
        return None
    return last if not rest or _OBJECT_ENDS.search(rest) else None


def _to_attachment(gap: str) -> Trigger | None:
    """"sửa đổi Quy chế làm việc (ban hành kèm theo …)": who amends the attachment amends its decision."""
    m = _TRIGGER.search(gap)
    if not m or not _ATTACHMENT.search(gap, m.end(), min(len(gap), m.end() + 60)):
        return None
    found = trigger("between", m.group())
    return found if found.relation in ("amends", "replaces", "repeals") and not found.backward else None


def _attached(c: Citation, view: str) -> list[Relation]:
    """"Quy chế … ban hành kèm theo Quyết định số …"."""
    floor = max(0, c.span.start - 320)
    if not view[floor:c.span.start].rstrip().endswith(("theo", "các")):
        return []
    m = _WITH.search(view, floor, c.span.start)
    if not m:
        return []
    for head in reversed(list(_ATTACHMENT.finditer(view, floor, m.start()))):
        name = re.sub(r"[\s,(]*(?:được|đã|\s)*$", "", view[head.start():m.start()])
        if _NOT_IN_NAME.search(name) or re.search(r"\n\s*\n", name):
            return []
        return [Relation(squeeze(name), "issued_with", name_of(c), Span(head.start(), c.span.end))]
    return []


def _issued(c: Citation, view: str) -> list[Relation]:
    """"Nghị quyết số … ban hành Chương trình X" where the text calls X by its name elsewhere too."""
    m = _ISSUES.match(view, c.span.end)
    if not m or c.type in _LETTERS:
        return []
    name = squeeze(m["name"])
    words = r"\s+".join(map(re.escape, name.split()))
    elsewhere = re.search(rf"(?<!ban hành )(?<!ban hành\n){words}(?!\w)", view)
    return [Relation(name, "issued_with", name_of(c), Span(c.span.start, m.end("name")))] if elsewhere else []


def _inside(c: Citation, citations: Sequence[Citation]) -> list[Relation]:
    """A law that amends others names them in its title; one that the text cites with its number is named by that."""
    if not c.name or "ửa đổi" not in c.name:
        return []
    parts = (p for law in find_laws(plain(c.name), c.name) for p in law.parts)
    pairs = ((name_of(c), _numbered_name(part, c, citations)) for part in parts)
    # "Luật sửa đổi … của Luật Đất đai số 31/2024/QH15": the number may be that of the law that is amended
    return [Relation(c.name if ours == theirs else ours, "amends", theirs, c.span) for ours, theirs in pairs]


def _numbered_name(law: str, amending: Citation, citations: Sequence[Citation]) -> str:
    """The name of a law, or its number where the text gives one that the amending law may have amended."""
    numbers = {name_of(c) for c in citations if c.number and c.name and _written_out(c.name) == _written_out(law)
               and (c.year or 0) <= (amending.year or 9999)}
    return numbers.pop() if len(numbers) == 1 else law


@lru_cache(maxsize=256)
def _written_out(name: str) -> str:
    """A key in which "Luật NSNN" and "Luật Ngân sách nhà nước" meet."""
    for row in knowledge.rows("law_abbreviations"):
        name = re.sub(rf"(?<!\w){re.escape(row['abbr'])}(?!\w)", row["words"], name)
    return key(name)


def _unique(found: list[Relation]) -> list[Relation]:
    seen: dict[tuple[str, str, str], Relation] = {}
    for r in found:
        seen.setdefault((_written_out(r.source), r.type, _written_out(r.target)), r)
    return list(seen.values())
