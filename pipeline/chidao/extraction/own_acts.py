"""What a directive itself does to other documents: replaces (thay thế), repeals (bãi bỏ), amends (sửa đổi, bổ sung)."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chidao.extraction.wording import LIST_JOINT, Trigger, related, start_of, trigger, triggers_of, words_of
from chidao.model import Citation, Header, Span, Structure

_DECIDING = frozenset({"Quyết định", "Nghị quyết", "Nghị định", "Thông tư", "Thông tư liên tịch", "Luật", "Pháp lệnh",
                       "Lệnh", "Quy định"})
_CLAUSE_START = re.compile(r"(?:[.;]\s+|(?<!:)(?<!: )\n+)(?=\W*[^\s])")
_NEXT_ITEM = re.compile(r";\s*(?:\n\W*(?:[a-zđ]{1,2}|\d{1,2})?\s?[).]?\s*)?(?:(?:các\s+)?số\s*)?$")
_EXPIRES = re.compile(r"[^.;\n]{0,220}?hết\s+hiệu\s+lực(?:\s+thi\s+hành)?[^.;\n]{0,60}?này(?:\s+có)?\s+hiệu\s+lực",
                      re.IGNORECASE)
_PASSIVE = re.compile(rf"{words_of('passive')}[^.;,]{{0,40}}$", re.IGNORECASE)
_SECOND_ACT = re.compile(r"(?:[,;:]|(?<!\w)(?:và|đồng thời))\s*$")
_ONLY_HEADS = re.compile(r"\W|\d|Điều|Khoản|Về việc|V/v|Quyết định|Nghị quyết|Thông tư|Nghị định|việc|Nay|Đồng thời",
                         re.IGNORECASE)
_ACT = re.compile(rf"(?<!\w)({triggers_of('self')})(?P<object>[^.;]{{0,260}})$", re.IGNORECASE)
_OF_WORDS = re.compile(r"(?<!\w)(?:cụm từ|từ ngữ|một số từ|từ “)")
_BY_RULE = re.compile(r"(?<!\w)(?:theo quy định|căn cứ|thực hiện theo)(?!\w)")


def relate_own_acts(citations: Sequence[Citation], view: str, structure: Structure) -> list[Citation]:
    """The mentions with replaces, repeals, amends where this directive does that to them; the others unchanged."""
    out: list[Citation] = []
    before: Citation | None = None
    articles = [n.span for n in structure.nodes if n.level == "điều" and n.region is None]
    for c in citations:
        here = c
        if c.relation == "mentions" and c.detail is None:
            here = _by_itself(c, before, view, structure.header, articles)
        out.append(here)
        before = here
    return out


def _by_itself(c: Citation, before: Citation | None, view: str, header: Header, articles: list[Span]) -> Citation:
    at = start_of(c, view)
    title = header.evidence.get("title")
    in_title = bool(title and title.start <= at < title.end)
    floor = title.start if in_title and title else max(0, at - 400)
    here = before if before and before.span.end > floor else None
    if here and here.relation in ("replaces", "repeals", "amends") and _goes_on(view[here.span.end:at]):
        return replace(c, relation=here.relation, detail=here.detail)
    lead = view[here.span.end if here else floor:at]
    clause = lead if in_title else _CLAUSE_START.split(lead)[-1]
    m = _ACT.search(clause)
    if not m:
        return _expiring(c, lead, view, header)
    ahead = clause[:m.start()]
    this = _this(ahead, header)
    if not this and (_PASSIVE.search(ahead) or (here and clause == lead and not _SECOND_ACT.search(ahead))):
        return c  # somebody else's act, or part of the title of the document before
    begins = not _ONLY_HEADS.sub("", ahead)
    decides = header.type in _DECIDING and (in_title or any(a.start <= at < a.end for a in articles))
    issues = here is None and re.search(rf"(?<!\w)ban hành\s+{re.escape(header.type or '-')}\s*$", ahead)
    if (this and (begins or not _BY_RULE.search(m["object"]))) or (begins and decides) or issues:
        return related(c, _act(m))
    return c


def _act(m: re.Match[str]) -> Trigger:
    """What is done; who replaces words of a document amends it."""
    found = trigger("self", m[1])
    return trigger("self", "sửa đổi") if found.relation == "replaces" and _OF_WORDS.search(m["object"]) else found


def _goes_on(joint: str) -> bool:
    """Whether what parts two mentions only goes on with a list: "A về …; B về …"."""
    if LIST_JOINT.fullmatch(joint):
        return True
    return len(joint) < 400 and "." not in re.sub(r"\d\.", "", joint) and bool(_NEXT_ITEM.search(joint))


def _this(ahead: str, header: Header) -> bool:
    """Whether the words name the directive itself: "Quyết định này", "Quyết định có hiệu lực"."""
    attached = ("Quy chế", "Quy định", "Điều lệ") if header.type in _DECIDING else ()
    names = "|".join(map(re.escape, (header.type or "Văn bản", "Văn bản", *attached)))
    return bool(re.search(rf"(?<!\w)(?<!dự thảo )(?:{names})\s+(?:này|có\s+hiệu\s+lực)(?!\w)", ahead, re.IGNORECASE))


def _expiring(c: Citation, lead: str, view: str, header: Header) -> Citation:
    if header.type not in _DECIDING or c.number is None or c.provision or "(" in lead.rsplit(")", 1)[-1]:
        return c
    return replace(c, relation="repeals", detail="expires") if _EXPIRES.match(view, c.span.end) else c


