"""What a directive itself does to other documents: replaces (thay thế), repeals (bãi bỏ), amends (sửa đổi, bổ sung)."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chidao.extraction.citations.listed_acts import listed_acts
from chidao.extraction.citations.wording import LIST_JOINT, Trigger, related, start_of, trigger, triggers_of, words_of
from chidao.model import Citation, Header, Span, Structure

_DECIDING = frozenset({"Quyết định", "Nghị quyết", "Nghị định", "Thông tư", "Thông tư liên tịch", "Luật", "Pháp lệnh",
                       "Lệnh", "Quy định"})
_CLAUSE_START = re.compile(r"(?:[.;]\s+|(?<![:\n])(?<!: )\n+)(?=\W*[^\s])")
_NEXT_ITEM = re.compile(r";\s*(?:\n\W*(?:[a-zđ]{1,2}|\d{1,2})?\s?[).]?\s*)?(?:(?:các\s+)?số\s*)?$")
_EXPIRES = re.compile(r"[^.;\n]{0,220}?hết\s+hiệu\s+lực(?:\s+thi\s+hành)?[^.;\n]{0,60}?này(?:\s+có)?\s+hiệu\s+lực",
                      re.IGNORECASE)
# An item that begins with the document: its title may hold a semicolon.
_ITEM_EXPIRES = re.compile(r"[^.:\n]{0,500}?hết\s+hiệu\s+lực(?:\s+thi\s+hành)?[^.;\n]{0,60}?này(?:\s+có)?\s+hiệu\s+lực",
                           re.IGNORECASE)
_ALL_EXPIRE = re.compile(r"hết\s+hiệu\s+lực[^.;:]{0,80}?này(?:\s+có)?\s+hiệu\s+lực[^.;:]{0,40}:\W*(?:[a-zđ1-9]\W*)?"
                         r"(?:các\s+)?(?:số\s*)?$", re.IGNORECASE)
_PASSIVE = re.compile(rf"{words_of('passive')}[^.;,]{{0,40}}$", re.IGNORECASE)
_SECOND_ACT = re.compile(r"(?:[,;:]|(?<!\w)(?:và|đồng thời))\s*$", re.IGNORECASE)
_SECOND_OBJECT = re.compile(r"\s*và\s+(?!.*(?:theo|thực hiện|căn cứ)(?!\w))[^.;:]{1,160}\s(?:tại|kèm theo)\s*",
                            re.DOTALL)
_AND = re.compile(r"\svà\s+(?:các\s+)?$", re.IGNORECASE)
_STOP = re.compile(r"[.;:](?!\d)")
_MARKER = re.compile(r"\W*(?:\d{1,3}|[a-zđ]{1,2})?[.)]?\W*(?:Toàn bộ\s+|Một phần\s+)?", re.IGNORECASE)
_LABEL = re.compile(r"^\W*[a-zđ]{1,2}\)\s*")
# "bãi bỏ khoản 1 Điều 1; các khoản 2, 3 Điều 4; Phụ lục I của Thông tư …": a list of provisions is one object
_MORE_PROVISIONS = re.compile(
    r";(?=\s*(?:các\s+|và\s+)*(?:điểm|khoản|điều|mục|tiểu mục|chương|phụ lục|mẫu)\s)", re.IGNORECASE)
_ONLY_HEADS = re.compile(r"\W|\d|Điều|Khoản|Về việc|V/v|Quyết định|Nghị quyết|Thông tư|Nghị định|việc|Nay|Đồng thời",
                         re.IGNORECASE)
_ACT = re.compile(rf"(?<!\w)({triggers_of('self')})(?P<object>(?:[^.;]|\.(?=\d)){{0,320}})$", re.IGNORECASE)
# "… trên cơ sở Nghị quyết này trình cấp có thẩm quyền bãi bỏ …": somebody else is to act
_OTHERS_ACT = re.compile(rf"(?<!\w){words_of('others_act')}", re.IGNORECASE)
_UNDER = re.compile(r"(?<!\w)(?:căn cứ|trên cơ sở|thực hiện|triển khai|thi hành)(?:\s+vào)?\s*$", re.IGNORECASE)
_OF_WORDS = re.compile(r"(?<!\w)(?:cụm từ|từ ngữ|một số từ|từ “)")
# "Thay thế cụm từ “A” thành “B”; … tại Phụ lục ban hành kèm theo Thông tư": words are exchanged in a document
_WORDS_ACT = re.compile(
    rf"\W*(?:\d{{1,2}}|[a-zđ])?[.)]?\s*{triggers_of('self')}\s+(?:các\s+|một số\s+)?(?:cụm\s+)?từ"
    r"[^\n]*?\s(?:tại|của|kèm theo)\s+(?:các\s+)?$", re.IGNORECASE)
_BY_RULE = re.compile(r"(?<!\w)(?:theo quy định|căn cứ|thực hiện theo|phù hợp)(?!\w)")


def relate_own_acts(citations: Sequence[Citation], view: str, structure: Structure) -> list[Citation]:
    """The mentions with replaces, repeals, amends where this directive does that to them; the others unchanged."""
    out: list[Citation] = []
    before: Citation | None = None
    articles = _articles(structure, len(view))
    lists = listed_acts(view, articles) if structure.header.type in _DECIDING else []
    for c in citations:
        here = c
        if c.relation == "mentions" and c.detail is None:
            act = next((act for act in lists if act.span.start <= c.span.start < act.span.end), None)
            here = related(c, act.by) if act and _begins_item(c, view) else _by_itself(
                c, before, view, structure.header, articles)
        out.append(here)
        before = here
    return out


def _begins_item(c: Citation, view: str) -> bool:
    """Whether nothing but the marker and the provision stands before a mention on its line."""
    at = start_of(c, view)
    return bool(_MARKER.fullmatch(view, view.rfind("\n", 0, at) + 1, at))


def _articles(structure: Structure, end: int) -> list[Span]:
    """The stretches of the articles: paragraphs after one belong to it, up to the next or the closing."""
    starts = [n.span.start for n in structure.nodes if n.level == "điều" and n.region is None]
    stops = [r.span.start for r in structure.regions if r.kind in ("closing", "annex")]
    return [Span(start, min((s for s in [*starts, *stops] if s > start), default=end)) for start in starts]


def _by_itself(c: Citation, before: Citation | None, view: str, header: Header, articles: list[Span]) -> Citation:
    at = start_of(c, view)
    title = header.evidence.get("title")
    in_title = bool(title and title.start <= at < title.end)
    floor = title.start if in_title and title else max(0, at - 400)
    here = before if before and before.span.end > floor else None
    acted = here is not None and here.relation in ("replaces", "repeals", "amends")
    if acted and here and (_goes_on(view[here.span.end:at]) or _is_second(c, here, view[here.span.end:at])):
        return replace(c, relation=here.relation, detail=here.detail)
    stop = c.span.start if c.provision else at
    lead = _MORE_PROVISIONS.sub(",", view[here.span.end if here else floor:stop].rstrip())
    clause = lead if in_title else _CLAUSE_START.split(lead)[-1]
    if _WORDS_ACT.fullmatch(view, view.rfind("\n", 0, at) + 1, at) and header.type in _DECIDING and any(
            a.start <= at < a.end for a in articles):
        return related(c, trigger("self", "sửa đổi"))
    m = _ACT.search(clause)
    if not m or _opens_quote(m["object"]):
        return _expiring(c, lead, view, header)
    ahead = clause[:m.start()]
    this, second = _this(ahead, header), bool(_SECOND_ACT.search(ahead))
    fresh = here is None or clause != lead
    if not this and (_PASSIVE.search(ahead) or not (fresh or second)):
        return c  # somebody else's act, or part of the title of the document before
    begins = not _ONLY_HEADS.sub("", _LABEL.sub("", ahead)) or (acted and second and not fresh)
    decides = header.type in _DECIDING and (in_title or any(a.start <= at < a.end for a in articles))
    issues = fresh and _issues(lead[:len(lead) - len(clause) + m.start()], header)
    if _BY_RULE.search(m["object"]):
        return c
    return related(c, _act(m)) if this or (begins and decides) or issues else c


def _issues(ahead: str, header: Header) -> bool:
    """"… ban hành Quyết định (bãi bỏ …)": the clause in which a decision is issued says what it does."""
    return bool(re.search(rf"(?<!\w)ban hành\s+{re.escape(header.type or '-')}\s*$", ahead))


def _opens_quote(words: str) -> bool:
    """Whether what follows stands in quotation marks: the name of what is repealed, not the document."""
    return words.count("“") > words.count("”") or words.count('"') % 2 == 1


def _act(m: re.Match[str]) -> Trigger:
    """What is done; who replaces words of a document amends it."""
    found = trigger("self", m[1])
    return trigger("self", "sửa đổi") if found.relation == "replaces" and _OF_WORDS.search(m["object"]) else found


def _goes_on(joint: str) -> bool:
    """Whether what parts two mentions only goes on with a list: "A về …; B về …"."""
    if LIST_JOINT.fullmatch(joint) or _SECOND_OBJECT.fullmatch(joint):
        return True
    return len(joint) < 400 and "." not in re.sub(r"\d\.", "", joint) and bool(_NEXT_ITEM.search(joint))


def _is_second(c: Citation, before: Citation, joint: str) -> bool:
    """"Bãi bỏ Quyết định A ban hành Quy chế … và Quyết định B": the same type again, after the title of the first."""
    return (c.type == before.type and len(joint) < 300 and bool(_AND.search(joint)) and not _STOP.search(joint)
            and not re.search(triggers_of("between"), joint, re.IGNORECASE))


def _this(ahead: str, header: Header) -> bool:
    """Whether the words name the directive itself as who acts: "Quyết định này", "Quyết định có hiệu lực"."""
    attached = ("Quy chế", "Quy định", "Điều lệ") if header.type in _DECIDING else ()
    names = "|".join(map(re.escape, (header.type or "Văn bản", "Văn bản", *attached)))
    named = rf"(?<!\w)(?<!dự thảo )(?:{names})\s+(?:này|có\s+hiệu\s+lực)(?!\w)"
    found = re.search(named, ahead, re.IGNORECASE)
    return bool(found and not _OTHERS_ACT.search(ahead[found.end():]) and not _UNDER.search(ahead[:found.start()]))


def _expiring(c: Citation, lead: str, view: str, header: Header) -> Citation:
    if header.type in _DECIDING and _ALL_EXPIRE.search(lead):
        return replace(c, relation="repeals", detail="expires")
    if header.type not in _DECIDING or c.number is None or c.provision or "(" in lead.rsplit(")", 1)[-1]:
        return c
    line = view.rfind("\n", 0, c.span.start) + 1
    item = _begins_item(c, view) and not view[max(0, line - 8):line].rstrip().endswith(";")
    expires = _ITEM_EXPIRES if item else _EXPIRES
    return replace(c, relation="repeals", detail="expires") if expires.match(view, c.span.end) else c


