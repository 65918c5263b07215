"""The opening of a directive: what it is made under (căn cứ) and what it carries out (thực hiện)."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chidao.extraction.citations.between import between_trigger
from chidao.extraction.citations.wording import LIST_JOINT, related, start_of, trigger, triggers_of, words_of
from chidao.grammar.letters import UPPER
from chidao.model import Citation, Node, Span, Structure

# A paragraph begins after a full stop or an empty line, or with a word that begins one; other line breaks are folds.
SENTENCE_START = re.compile(
    rf"(?:(?<=[.:])\s+|(?<=[.;:!?/])\s*\n\s*|\n\s*\n\s*|\n\s*(?={words_of('paragraph')}|Điều\s+\d|[-+•*]\s))"
    rf"(?=[\"“(\-–]?\s?[{UPPER}])")
# Words that may stand between a trigger and the document: "Thực hiện ý kiến chỉ đạo của … tại Công văn số".
_FILLER = rf"(?:,?\s+{words_of('filler')})*"
_PURPOSE = rf"(?:{words_of('purpose')},?\s+)??"
# "Trước tình hình trên, căn cứ …", "Để chủ động ứng phó với bão, thực hiện …"
_CIRCUMSTANCE = re.compile(rf"\W*{words_of('circumstance')}[^.;:]{{1,200}},\s*")
_NOT_A_BASIS = re.compile(rf"căn cứ\s+(?:vào\s+)?{words_of('no_basis')}", re.IGNORECASE)
_SUBJECT = re.compile(rf"(?:[,.;:]|\n)\s*{words_of('subject')}")
# The directive's own act: "ban hành Kế hoạch (triển khai thực hiện …)", "yêu cầu các sở, ngành (thực hiện …)".
_OWN_ACT = re.compile(
    r"(?:(?<!\w)(?:ban hành|xây dựng|lập)\s+(?:Kế hoạch|Chương trình|Phương án|Đề án)"
    r"(?:\s+(?:hành động|tổ chức|phối hợp|để|nhằm))*|(?<!\w)(?:yêu cầu|đề nghị)(?!\w)[^;:]{0,160})\s*$", re.IGNORECASE)
_TITLE_LEAD = re.compile(rf"(?:{words_of('title_lead')}[\s:,]*)*", re.IGNORECASE)
_BASIS_HEADING = re.compile(
    r"\W*(?:các\s+|những\s+)?(?:căn cứ(?:\s+(?:pháp lý|pháp luật|xây dựng|ban hành|lập|để)[^\n]{0,60})?|cơ sở pháp lý)"
    r"\W*$", re.IGNORECASE)
# A procedure has bases of its own: "Căn cứ pháp lý của thủ tục hành chính", after its forms and fees.
_PROCEDURE = re.compile(r"thủ tục hành chính|(?<!\w)TTHC(?!\w)|mẫu đơn|tờ khai", re.IGNORECASE)
_PLAN_HEADING = re.compile(r"(?m)^\W*(?:KẾ HOẠCH|CHƯƠNG TRÌNH(?: HÀNH ĐỘNG)?|ĐỀ ÁN|PHƯƠNG ÁN)\W*$")
_HEAD_OF_ANNEX = 1_500  # characters that hold the head of an annex
_LONGEST_OPENING = 8_000
_BULLETS = ("paragraph", "-", "+", "•")
_JOINS = re.compile(r"[\s(]*(?:và\s+)?(?:các|cùng|số)?\s*", re.IGNORECASE)
_FIRST_BASIS = re.compile(r"(?m)^\W*Căn cứ(?!\w)")
_LEAD_IN = re.compile(r":\s*$")


def relate_opening(citations: Sequence[Citation], view: str, structure: Structure) -> list[Citation]:
    """The mentions with the relation that title and opening give them; the others unchanged."""
    start, end = opening_of(view, structure)
    title = structure.header.evidence.get("title")
    attached = _attached_plan(view, structure)
    basis = _basis_sections(view, structure.nodes)
    out: list[Citation] = []
    before: Citation | None = None
    for c in citations:
        here = c
        if title and title.start <= c.span.start < title.end:
            here = _in_title(c, before if before and before.span.start >= title.start else None, view, title)
        elif start <= c.span.start < end:
            here = _in_opening(c, [e for e in out[-40:] if e.span.start >= start], view, start)
        elif attached and attached.start <= c.span.start < attached.end:
            same = before if before and before.span.start >= attached.start else None
            here = _in_title(c, same, view, attached)
            if here == c:
                here = _in_opening(c, [e for e in out[-40:] if e.span.start >= attached.start], view, attached.start)
        elif any(s.start <= c.span.start < s.end for s in basis):
            here = _in_opening(c, out[-40:], view, start)
            here = replace(c, relation="legal_basis") if here.relation == "mentions" and _heads_item(view, c) else here
        out.append(here)
        before = here
    return out


def _attached_plan(view: str, structure: Structure) -> Span | None:
    """Title and opening of the plan that a decision issues, up to its first item: both are the directive's own."""
    annex = next((r.span for r in structure.regions if r.kind == "annex"), None)
    if annex is None or structure.header.type not in ("Quyết định", "Nghị quyết"):
        return None
    heading = _PLAN_HEADING.search(view, annex.start, min(annex.end, annex.start + _HEAD_OF_ANNEX))
    if heading is None:
        return None
    items = [n.span.start for n in structure.nodes if n.span.start >= heading.end() and n.level not in _BULLETS]
    end = min([*items[:1], annex.end])
    return Span(heading.end(), end) if end - heading.end() < _LONGEST_OPENING else None


def opening_of(view: str, structure: Structure) -> Span:
    """The opening part: from the end of title and header to the first item of the outline, or the first lead-in."""
    title = structure.header.evidence.get("title")
    header = [r.span.end for r in structure.regions if r.kind == "header"]
    start = max(header, default=title.end if title else 0)
    if structure.header.type == "Văn bản hợp nhất":  # what it consolidates comes first
        basis = _FIRST_BASIS.search(view, start)
        start = basis.start() if basis else start
    stops = [r.span.start for r in structure.regions if r.kind in ("closing", "annex") and r.span.start >= start]
    stops += [n.span.start for n in structure.nodes
              if n.span.start >= start and n.level not in _BULLETS and not _opens_with_basis(view, n)][:1]
    end = min(stops, default=len(view))
    for m in re.finditer(r"[^\n]+", view[start:end]):
        if _LEAD_IN.search(m.group()) and not re.match(r"\W*(?:Căn cứ|Kính gửi)", m.group()):
            return Span(start, start + m.end())
    return Span(start, end)


def _opens_with_basis(view: str, node: Node) -> bool:
    return bool(re.match(r"\W*(?:Căn cứ|CĂN CỨ)(?!\w)", view[node.text_span.start:node.text_span.start + 20]))


def _basis_sections(view: str, nodes: Sequence[Node]) -> list[Span]:
    """Sections headed "Căn cứ pháp lý", "Căn cứ xây dựng kế hoạch"; not those of a procedure."""
    return [n.span for n in nodes if n.text_span.end - n.text_span.start < 90
            and _BASIS_HEADING.match(view[n.text_span.start:n.text_span.end].split("\n")[0])
            and not _PROCEDURE.search(view, max(0, n.span.start - 300), n.text_span.end)]


def _heads_item(view: str, c: Citation) -> bool:
    line = view.rfind("\n", 0, c.span.start) + 1
    return not re.sub(r"[\W\d_]|Căn cứ|các", "", view[line:c.span.start])


def _in_title(c: Citation, before: Citation | None, view: str, title: Span) -> Citation:
    if before:
        joint = view[before.span.end:start_of(c, view)]
        return replace(c, relation=before.relation, detail=before.detail) if LIST_JOINT.fullmatch(joint) else c
    lead = view[title.start:start_of(c, view)]
    m = re.search(rf"(?<!\w)({triggers_of('opening')}){_FILLER}\s*$", lead, re.IGNORECASE)
    if not m or not _TITLE_LEAD.fullmatch(lead[:m.start()].strip()):
        return c
    return related(c, trigger("opening", m[1]))


def _in_opening(c: Citation, earlier: Sequence[Citation], view: str, start: int) -> Citation:
    at = start_of(c, view)
    line = _paragraph(view, start, at)
    same = [e for e in earlier if e.span.end > line]
    if not same:
        return _continued(c, earlier, view, line, at) or _led(c, view[line:at], top=True)
    before, first = same[-1], same[0]
    gap = view[before.span.end:at]
    if LIST_JOINT.fullmatch(gap) and ";" not in gap:
        leader = first if first.type == c.type != before.type else before
        return replace(c, relation=leader.relation, detail=leader.detail)
    if ";" in gap:
        after = gap[gap.rindex(";") + 1:]
        led = _led(c, after, top=True)
        return led if led != c or not _JOINS.fullmatch(after) else _as_governed(c, view[line:at])
    subject = list(_SUBJECT.finditer(gap))
    if subject:
        return _led(c, gap[subject[-1].start() + 1:], top=False)
    joined = re.search(r"(?:,|\s(?:và|đồng thời))\s+$", gap)
    if joined and before.relation != "mentions" and not between_trigger(gap):
        return replace(c, relation=before.relation, detail=before.detail)
    m = re.search(rf"(?:[,;]|(?<!\w)và)\s+((?:{triggers_of('opening')}){_FILLER}\s*)$", gap, re.IGNORECASE)
    return _led(c, m[1], top=True) if m else c


def _paragraph(view: str, start: int, at: int) -> int:
    """Where the sentence or paragraph that holds offset `at` begins, not before `start`."""
    floor = max(start, at - 1500)
    ends = [m.end() for m in SENTENCE_START.finditer(view, floor, at)]
    return ends[-1] if ends else floor


def _continued(c: Citation, earlier: Sequence[Citation], view: str, line: int, at: int) -> Citation | None:
    """A member of "Căn cứ A; B;" that begins a paragraph of its own."""
    if view[line:at].strip(" -–*\n\t") or not earlier or not re.search(r";\s*\W{0,6}$", view[max(0, line - 12):line]):
        return None
    lines = [e for e in earlier if e.relation in ("legal_basis", "implements")]
    return replace(c, relation=lines[-1].relation) if lines and line - lines[-1].span.end < 600 else None


def _as_governed(c: Citation, lead: str) -> Citation:
    """A later member of "Căn cứ A về …; B về …": by the word that the paragraph, or a member before, begins with."""
    for member in reversed(lead.split(";")):
        m = re.match(rf"\W*{_PURPOSE}({triggers_of('opening')})", member, re.IGNORECASE)
        if m:
            return c if _NOT_A_BASIS.match(member.lstrip(" -–*\n")) else related(c, trigger("opening", m[1]))
    return c


def _led(c: Citation, lead: str, *, top: bool) -> Citation:
    """By the trigger that leads to the mention: at the start of the sentence, or right before it in an order."""
    sentences = SENTENCE_START.split(lead)
    sentence = sentences[-1].strip(" -–*\n\t(")
    if top and len(sentence) < 260:
        m = re.match(rf"{_PURPOSE}({triggers_of('opening')})[^.;]*$", sentence + " ", re.IGNORECASE)
        if m and not _NOT_A_BASIS.match(sentence) and not _SUBJECT.search(sentence):
            return related(c, trigger("opening", m[1]))
    m = re.search(rf"(?<!\w)({triggers_of('opening')}){_FILLER}\s*$", sentence + " ", re.IGNORECASE)
    if not m:
        return c
    found, ahead = trigger("opening", m[1]), sentence[:m.start()]
    if found.relation == "implements" and _OWN_ACT.search(ahead) and not re.search(r"(?<!\w)đã(?!\w)", ahead):
        return related(c, found)
    circumstance = _CIRCUMSTANCE.fullmatch(ahead) and not _SUBJECT.search(ahead)
    if circumstance and found.relation in ("legal_basis", "implements"):
        return related(c, found)
    return related(c, found) if found.relation == "legal_basis" and m[1][0].isupper() else c
