"""What a directive does to the documents that it mentions, and what it says of two others."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple, cast

from chidao import knowledge
from chidao.grammar.folding import key, plain, squeeze
from chidao.grammar.letters import UPPER
from chidao.model import Citation, Header, Node, Relation, RelationType, Span, Structure

_LIST_JOINT = re.compile(r"\s*(?:[,;]|,?\s*(?:và|hoặc|cùng|cùng với|với))?\s*(?:các\s+)?(?:văn bản\s+)?(?:số\s*)?:?[(]?\s*",
                         re.IGNORECASE)
# A paragraph begins after a full stop or an empty line, or with a word that begins one; other line breaks are folds.
_BEGINS = r"(?:Căn cứ|Thực hiện|Theo đề nghị|Theo|Xét|Triển khai|Trên cơ sở|Để|Nhằm|Tiếp|QUYẾT|Điều\s+\d|[-+•*]\s)"
_SENTENCE_START = re.compile(
    rf"(?:(?<=[.:])\s+|(?<=[.;:!?/])\s*\n\s*|\n\s*\n\s*|\n\s*(?={_BEGINS}))(?=[\"“(\-–]?\s?[{UPPER}])")
_LEAD_IN = re.compile(r":\s*$")
# Words that may stand between a trigger and the document: "Thực hiện ý kiến chỉ đạo của … tại Công văn số".
_FILLER = (r"(?:\s+(?:các|nội dung|quy định|yêu cầu|nhiệm vụ|ý kiến|chỉ đạo|kết luận|đề nghị|tại|của|trong|theo|tinh thần"
           r"|có hiệu quả|hiệu quả|tốt|nghiêm|nghiêm túc|đầy đủ|kịp thời|toàn diện|đồng bộ|thắng lợi|quyết liệt|thành công"
           r"|một số|điều|khoản|điểm|nêu trên|và các|văn bản|vào|như|Nhà nước)(?!\w))*")
_NOT_A_BASIS = re.compile(
    r"căn cứ\s+(?:vào\s+)?(?:tình hình|kết quả|chức năng|số lượng|nhu cầu|điều kiện|thực tế|thực trạng|đặc điểm|khả năng|tiến độ"
    r"|diễn biến|mức độ|hồ sơ|hiện trạng|yêu cầu thực tế|tính chất|quy mô)(?!\w)", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?:[,.;:]|\n)\s*(?:UBND|Ủy ban|HĐND|Hội đồng|Chủ tịch|Phó|Thủ tướng|Chính phủ|Bộ|Sở|Tỉnh|Thành|Huyện|Đảng|Ban|Cục|Tổng cục"
    r"|Văn phòng|Công an|Giám đốc|Thường trực|Quốc hội|Chi cục|Phòng|Thuế|Kho bạc|Trường|Viện|Trung tâm|đề nghị|yêu cầu|nay)(?!\w)")
# The directive's own act: "ban hành Kế hoạch (triển khai thực hiện …)", "yêu cầu các sở, ngành (thực hiện …)".
_OWN_ACT = re.compile(
    r"(?:(?<!\w)(?:ban hành|xây dựng|lập)\s+(?:Kế hoạch|Chương trình|Phương án|Đề án)(?:\s+(?:hành động|tổ chức|phối hợp|để|nhằm))*"
    r"|(?<!\w)(?:yêu cầu|đề nghị)(?!\w)[^;:]{0,160})\s*$", re.IGNORECASE)
_TITLE_LEAD = re.compile(
    r"(?:(?:v/v|về|việc|ban hành|phê duyệt|quyết định|kế hoạch|chương trình|hành động|tổ chức|tiếp tục|đẩy mạnh|tăng cường|nhiệm vụ"
    r"|giải pháp|một số|các|biện pháp|phân công|kiện toàn|công tác|để|nhằm|kịp thời|chủ động|hướng dẫn|của|chính phủ|ubnd|tỉnh"
    r"|thành phố|triển khai|ủy ban nhân dân|phương án|quyết liệt|và|chỉ thị|thông báo|nghị quyết|công văn|công điện|nâng cao"
    r"|hiệu quả|chất lượng|trọng tâm|đề án)(?!\w)[\s:,]*)*", re.IGNORECASE)
_PURPOSE = r"(?:(?:Để|Nhằm|Tiếp tục|Tổ chức|Kịp thời|Chủ động|Để tiếp tục|Nhằm tiếp tục|Đồng thời|Quán triệt,?|Quán triệt và)\s+)?"
_CLAUSE_START = re.compile(r"(?:[.;]\s+|(?<!:)(?<!: )\n+)(?=\W*[^\s])")
_ITEM = r"(?:\n\W*(?:[a-zđ]{1,2}|\d{1,2})?\s?[).]?\s*)"
_PROPOSED = re.compile(r"(?<!\w)(?:đề nghị|đề xuất|trình|dự thảo|dự án|tiếp thu|thẩm tra|thẩm định|xin ý kiến)(?!\w)", re.IGNORECASE)
_LAWS = frozenset({"Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh"})
_ACTS = _LAWS | {"Nghị quyết"}
_LETTERS = frozenset({"Tờ trình", "Công văn", "Báo cáo", "Giấy mời", "Phiếu chuyển", "Biên bản"})
_EXPIRES = re.compile(r"[^.;\n]{0,220}?hết\s+hiệu\s+lực(?:\s+thi\s+hành)?[^.;\n]{0,60}?này(?:\s+có)?\s+hiệu\s+lực", re.IGNORECASE)
_DECIDING = frozenset({"Quyết định", "Nghị quyết", "Nghị định", "Thông tư", "Thông tư liên tịch", "Luật", "Pháp lệnh", "Lệnh", "Quy định"})
_PASSIVE = re.compile(r"(?:được|bị|cần|phải|đề xuất|đề nghị|trình|dự thảo|xem xét|nghiên cứu|rà soát)[^.;,]{0,40}$", re.IGNORECASE)
_ATTACHED = re.compile(
    r"(?<!\w)(?P<name>(?:Chương trình|Quy chế|Quy định|Kế hoạch|Đề án|Điều lệ|Phương án|Chiến lược|Bảng giá|Hướng dẫn|Quy trình"
    r"|Nội quy|Định mức|Bộ tiêu chí|Biểu giá|Đơn giá)(?!\s+(?:này|số\s))(?:(?!ban hành)[^.;\n|\"“”]){0,200}?)[\s,(]*(?:được\s+|đã\s+)*$")
_WITH = re.compile(r"\s*(?:được\s+)?ban\s+hành\s+(?:kèm\s+)?theo\s+(?:các\s+)?$")
_ISSUES = re.compile(
    r"\s*(?:về\s+việc\s+)?(?:ban\s+hành|phê\s+duyệt)\s+(?P<name>(?:Chương trình|Quy chế|Đề án|Chiến lược|Quy định)"
    r"(?:\s+(?!trên địa bàn|giai đoạn|năm|thời kỳ|đến|tại|kèm)[^\s;.|“”\"]+){2,25})(?=\s+(?:trên địa bàn|giai đoạn|năm|thời kỳ)|\s*[;.\n])")
_BARE_LEVEL = re.compile(r"(?<!\w)(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)$", re.IGNORECASE)
_OWN_PLACE = re.compile(rf"(?<!\w)(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+((?-i:[{UPPER}\d]).*)$", re.IGNORECASE)


_OBJECT_ENDS = re.compile(r"(?:^|\s)(?:của|thi hành|thực hiện|điều|khoản|quy định|nội dung|vào|phần|(?:quy định|nội dung|điều) tại)(?:\s+(?:các|một số))*$", re.IGNORECASE)


class Trigger(NamedTuple):
    """A row of `relation_triggers`: words that say what one document does to another."""

    words: str
    relation: str
    detail: str | None
    backward: bool


def relate(citations: Sequence[Citation], text: str, structure: Structure) -> tuple[tuple[Citation, ...], tuple[Relation, ...]]:
    """The same mentions with `relation` and `detail` by place and trigger, and the relations between others.

    Mentions of the directive itself are left out; an issuer's bare "tỉnh" takes the directive's own place.
    """
    view = plain(text)
    header = structure.header
    kept = [_placed(c, header) for c in citations if not _is_own(c, header) and not _in_number_line(c, header)]
    others = between(kept, view)
    kept = _opening(kept, view, structure)
    return tuple(_self(kept, view, structure)), tuple(others)


def _in_number_line(c: Citation, header: Header) -> bool:
    number = header.evidence.get("number")
    return bool(number and number.start < c.span.end and c.span.start < number.end)


def _is_own(c: Citation, header: Header) -> bool:
    """Whether a mention is of the directive itself: its number, and nothing that speaks against it."""
    if c.number is None or header.number is None or key(c.number) != key(header.number):
        return False
    if c.date and header.date and c.date != header.date:
        return False
    return header.type is None or c.type == header.type or c.form == "short"


def _placed(c: Citation, header: Header) -> Citation:
    """The issuer with its place: "Hội đồng nhân dân thành phố" -> "… thành phố Cần Thơ"."""
    if not c.issuer:
        return c
    if c.issuer in ("Bộ", "Sở", "Cục", "Tổng cục", "Ban") and (header.issuer or "").startswith(c.issuer + " "):
        return replace(c, issuer=header.issuer)
    bare, own = _BARE_LEVEL.search(c.issuer), _OWN_PLACE.search(header.issuer or "")
    if not bare or not own:
        return c
    level, own_level, name = bare[1].lower(), own[1].lower(), own[2]
    if level == own_level:
        return replace(c, issuer=f"{c.issuer[:bare.start()]}{own[1]} {name}")
    if level == "tỉnh" and own_level == "thành phố" and key(name) in _provinces():
        return replace(c, issuer=f"{c.issuer} {name}")
    return c


@lru_cache(maxsize=1)
def _provinces() -> frozenset[str]:
    return frozenset(key(row["name"]) for row in knowledge.rows("provinces") if row["unit"] == "tỉnh")


@lru_cache(maxsize=3)
def _triggers(place: str) -> dict[str, Trigger]:
    return {key(row["trigger"]): Trigger(row["trigger"], row["relation"], row["detail"] or None, row["direction"] == "backward")
            for row in knowledge.rows("relation_triggers") if row["place"] == place}


@lru_cache(maxsize=3)
def _words(place: str) -> str:
    longest = sorted((t.words for t in _triggers(place).values()), key=len, reverse=True)
    return "|".join(re.escape(plain(w)).replace(r",\ ", r",?\s+").replace(r"\ ", r"\s+") for w in longest)


def _named(place: str, words: str) -> Trigger:
    return _triggers(place)[key(words)] if key(words) in _triggers(place) else _by_comma(place)[key(words).replace(",", "")]


@lru_cache(maxsize=3)
def _by_comma(place: str) -> dict[str, Trigger]:
    return {k.replace(",", ""): t for k, t in _triggers(place).items()}


# The opening: what the directive is made under.

def _opening(citations: list[Citation], view: str, structure: Structure) -> list[Citation]:
    start, end = opening_of(view, structure)
    title = structure.header.evidence.get("title")
    basis = _basis_sections(view, structure.nodes)
    out: list[Citation] = []
    before: Citation | None = None
    for c in citations:
        here = c
        if title and title.start <= c.span.start < title.end:
            here = _in_title(c, before if before and before.span.start >= title.start else None, view, title)
        elif start <= c.span.start < end:
            here = _in_opening(c, [e for e in out[-40:] if e.span.start >= start], view, start)
        elif any(s.start <= c.span.start < s.end for s in basis):
            here = _in_opening(c, out[-40:], view, start)
            here = replace(c, relation="legal_basis") if here.relation == "mentions" and _heads_item(view, c) else here
        out.append(here)
        before = here
    return out


def opening_of(view: str, structure: Structure) -> Span:
    """The opening part: from the end of title and header to the first item of the outline, or the first lead-in."""
    title = structure.header.evidence.get("title")
    header = [r.span.end for r in structure.regions if r.kind == "header"]
    start = max([*header, title.end if title else 0])
    stops = [r.span.start for r in structure.regions if r.kind in ("closing", "annex") and r.span.start >= start]
    stops += [n.span.start for n in structure.nodes
              if n.span.start >= start and n.level not in ("paragraph", "-", "+", "•") and not _opens_with_basis(view, n)][:1]
    end = min(stops, default=len(view))
    for m in re.finditer(r"[^\n]+", view[start:end]):
        if _LEAD_IN.search(m.group()) and not re.match(r"\W*(?:Căn cứ|Kính gửi)", m.group()):
            return Span(start, start + m.end())
    return Span(start, end)


def _opens_with_basis(view: str, node: Node) -> bool:
    return bool(re.match(r"\W*(?:Căn cứ|CĂN CỨ)(?!\w)", view[node.text_span.start:node.text_span.start + 20]))


def _basis_sections(view: str, nodes: Sequence[Node]) -> list[Span]:
    """Sections headed "Căn cứ pháp lý", "Căn cứ xây dựng kế hoạch"."""
    heading = re.compile(r"\W*(?:các\s+|những\s+)?(?:căn cứ(?:\s+(?:pháp lý|pháp luật|xây dựng|ban hành|lập|để)[^\n]{0,60})?|cơ sở pháp lý)\W*$",
                         re.IGNORECASE)
    return [n.span for n in nodes if n.text_span.end - n.text_span.start < 90
            and heading.match(view[n.text_span.start:n.text_span.end].split("\n")[0])]


def _heads_item(view: str, c: Citation) -> bool:
    line = view.rfind("\n", 0, c.span.start) + 1
    return not re.sub(r"[\W\d_]|Căn cứ|các", "", view[line:c.span.start])


def _in_title(c: Citation, before: Citation | None, view: str, title: Span) -> Citation:
    if before:
        joint = view[before.span.end:_start(c, view)]
        return replace(c, relation=before.relation, detail=before.detail) if _LIST_JOINT.fullmatch(joint) else c
    lead = view[title.start:_start(c, view)]
    m = re.search(rf"(?<!\w)({_words('opening')}){_FILLER}\s*$", lead, re.IGNORECASE)
    if not m or not _TITLE_LEAD.fullmatch(lead[:m.start()].strip()):
        return c
    return _with(c, _named("opening", m[1]))


def _in_opening(c: Citation, earlier: Sequence[Citation], view: str, start: int) -> Citation:
    at = _start(c, view)
    line = _paragraph(view, start, at)
    same = [e for e in earlier if e.span.end > line]
    if not same:
        return _continued(c, earlier, view, line, at) or _led(c, view[line:at], top=True)
    before, first = same[-1], same[0]
    gap = view[before.span.end:at]
    if _LIST_JOINT.fullmatch(gap) and ";" not in gap:
        leader = first if first.type == c.type != before.type else before
        return replace(c, relation=leader.relation, detail=leader.detail)
    if ";" in gap:
        after = gap[gap.rindex(";") + 1:]
        led = _led(c, after, top=True)
        if led.relation != "mentions" or led.detail or after.strip(" \n(").lower() not in ("", "các", "và", "và các", "cùng", "số"):
            return led
        return _as_governed(c, view[line:at])
    subject = list(_SUBJECT.finditer(gap))
    if subject:
        return _led(c, gap[subject[-1].start() + 1:], top=False)
    joined = re.search(r"(?:,|\s(?:và|đồng thời))\s+$", gap)
    if joined and before.relation != "mentions" and not _between_trigger(gap):
        return replace(c, relation=before.relation, detail=before.detail)
    m = re.search(rf"(?:[,;]|(?<!\w)và)\s+((?:{_words('opening')}){_FILLER}\s*)$", gap, re.IGNORECASE)
    return _led(c, m[1], top=True) if m else c


def _paragraph(view: str, start: int, at: int) -> int:
    """Where the sentence or paragraph that holds offset `at` begins, not before `start`."""
    floor = max(start, at - 1500)
    ends = [m.end() for m in _SENTENCE_START.finditer(view, floor, at)]
    return ends[-1] if ends else floor


def _continued(c: Citation, earlier: Sequence[Citation], view: str, line: int, at: int) -> Citation | None:
    """A member of "Căn cứ A; B;" that begins a paragraph of its own."""
    if view[line:at].strip(" -–*\n\t") or not earlier or not re.search(r";\s*\W{0,6}$", view[max(0, line - 12):line]):
        return None
    lines = [e for e in earlier if e.relation in ("legal_basis", "implements")]
    return replace(c, relation=lines[-1].relation) if lines and line - lines[-1].span.end < 600 else None


def _as_governed(c: Citation, lead: str) -> Citation:
    """A later member of "Căn cứ A về …; B về …": by the word that the paragraph begins with."""
    m = re.match(rf"\W*{_PURPOSE}({_words('opening')})(?!\w)", lead, re.IGNORECASE)
    return _with(c, _named("opening", m[1])) if m and not _NOT_A_BASIS.match(lead.lstrip(" -–*\n")) else c


def _led(c: Citation, lead: str, *, top: bool) -> Citation:
    """By the trigger that leads to the mention: at the start of the sentence, or right before it in the order itself."""
    sentences = _SENTENCE_START.split(lead)
    sentence = sentences[-1].strip(" -–*\n\t(")
    if top and len(sentence) < 260:
        m = re.match(rf"{_PURPOSE}({_words('opening')})(?!\w)[^.;]*$", sentence + " ", re.IGNORECASE)
        if m and not _NOT_A_BASIS.match(sentence) and not _SUBJECT.search(sentence):
            return _with(c, _named("opening", m[1]))
    m = re.search(rf"(?<!\w)({_words('opening')}){_FILLER}\s*$", sentence + " ", re.IGNORECASE)
    if not m:
        return c
    trigger = _named("opening", m[1])
    if trigger.relation == "implements" and _OWN_ACT.search(sentence[:m.start()]) and not re.search(r"(?<!\w)đã(?!\w)", sentence[:m.start()]):
        return _with(c, trigger)
    return _with(c, trigger) if trigger.relation == "legal_basis" and m[1][0].isupper() else c


def _with(c: Citation, trigger: Trigger) -> Citation:
    return replace(c, relation=cast(RelationType, trigger.relation), detail=trigger.detail)


def _start(c: Citation, view: str) -> int:
    """Where a mention begins with its provision: "điểm a khoản 2 Điều 5 Nghị định số …"."""
    if not c.provision:
        return c.span.start
    words = r"\s+".join(re.escape(plain(w)) for w in c.provision.split())
    found = list(re.finditer(words, view[max(0, c.span.start - len(c.provision) - 40):c.span.start]))
    return max(0, c.span.start - len(c.provision) - 40) + found[-1].start() if found else c.span.start


# This document itself: replaces, repeals, amends.

def _self(citations: list[Citation], view: str, structure: Structure) -> list[Citation]:
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
    at = _start(c, view)
    title = header.evidence.get("title")
    in_title = bool(title and title.start <= at < title.end)
    floor = title.start if in_title and title else max(0, at - 400)
    here = before if before and before.span.end > floor else None
    if here and here.relation in ("replaces", "repeals", "amends") and _goes_on(view[here.span.end:at]):
        return replace(c, relation=here.relation, detail=here.detail)
    lead = view[here.span.end if here else floor:at]
    sentence = lead if in_title else _CLAUSE_START.split(lead)[-1]
    m = re.search(rf"(?<!\w)({_words('self')})(?!\w)(?P<object>[^.;]{{0,260}})$", sentence, re.IGNORECASE)
    if not m:
        return _expiring(c, lead, view, header)
    ahead = sentence[:m.start()]
    if here and sentence == lead and not re.search(r"(?:[,;:]|(?<!\w)(?:và|đồng thời))\s*$", ahead) and not _this(ahead, header):
        return c  # part of the title of the document before
    trigger = _named("self", m[1])
    if trigger.relation == "replaces" and re.search(r"(?<!\w)(?:cụm từ|từ ngữ|một số từ|từ “)", m["object"]):
        trigger = _named("self", "sửa đổi")
    this = _this(ahead, header)
    if _PASSIVE.search(ahead) and not this:
        return c
    begins = not re.sub(r"\W|\d|(?:Điều|Khoản|Về việc|V/v|Quyết định|Nghị quyết|Thông tư|Nghị định|việc|Nay|Đồng thời)", "", ahead,
                        flags=re.IGNORECASE)
    decides = header.type in _DECIDING and (in_title or any(a.start <= at < a.end for a in articles))
    issues = bool(re.search(rf"(?<!\w)ban hành\s+{re.escape(header.type or '-')}\s*$", ahead)) and here is None
    direct = not re.search(r"(?<!\w)(?:theo quy định|căn cứ|thực hiện theo)(?!\w)", m["object"])
    if (this and (begins or direct)) or (begins and decides) or issues:
        return _with(c, trigger)
    return c


def _goes_on(joint: str) -> bool:
    """Whether what parts two mentions only goes on with a list: "A về …; B về …"."""
    if _LIST_JOINT.fullmatch(joint):
        return True
    return len(joint) < 400 and "." not in re.sub(r"\d\.", "", joint) and bool(re.search(rf";\s*{_ITEM}?(?:(?:các\s+)?số\s*)?$", joint))


def _this(ahead: str, header: Header) -> bool:
    """Whether the words name the directive itself: "Quyết định này", "Quyết định có hiệu lực"."""
    names = [header.type or "Văn bản", "Văn bản", *(("Quy chế", "Quy định", "Điều lệ") if header.type in _DECIDING else ())]
    return bool(re.search(rf"(?<!\w)(?<!dự thảo )(?:{'|'.join(map(re.escape, names))})\s+(?:này|có\s+hiệu\s+lực)(?!\w)", ahead, re.IGNORECASE))


def _expiring(c: Citation, lead: str, view: str, header: Header) -> Citation:
    if header.type not in _DECIDING or c.number is None or c.provision or "(" in lead.rsplit(")", 1)[-1]:
        return c
    return replace(c, relation="repeals", detail="expires") if _EXPIRES.match(view, c.span.end) else c


# What the text says of two others.

def between(citations: Sequence[Citation], view: str) -> list[Relation]:
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
        found += [*_attached(c, view), *_issued(c, view), *_inside(c)]
    return _unique(found)


def _linked(citations: Sequence[Citation], i: int, links: Sequence[tuple[Citation, Trigger] | None],
            view: str) -> tuple[Citation, Trigger] | None:
    """The document that mention `i` hangs on, with the trigger; members of a list hang on the same."""
    c, before = citations[i], citations[i - 1]
    gap = view[before.span.end:_start(c, view)]
    inherited = links[i - 1]
    if _LIST_JOINT.fullmatch(gap) and ";" not in gap:
        return None if inherited and inherited[0].type == c.type != before.type else inherited
    trigger = _link(gap)
    if trigger is None:
        return None
    outer = inherited[0] if inherited and trigger.backward and inherited[0].type == c.type != before.type else before
    return outer, trigger


def _is_possible(trigger: Trigger, other: Citation, c: Citation) -> bool:
    """A decree amends no law; a letter or proposal amends nothing."""
    source, target = (c, other) if trigger.backward else (other, c)
    if trigger.relation in ("amends", "replaces", "repeals"):
        return source.type not in _LETTERS and (target.type not in _LAWS or source.type in _ACTS)
    return trigger.relation != "guides" or (source.type not in _LAWS and source.type not in _LETTERS and source.type != target.type)


def name_of(c: Citation) -> str:
    """A document as relations name it: "Nghị định 31/2013/NĐ-CP", or a law's name.

    >>> name_of(Citation(Span(0, 9), "Luật", name="Luật Đất đai"))
    'Luật Đất đai'
    """
    return f"{c.type} {c.number}" if c.number else c.name or f"{c.type} {c.date}"


def _link(gap: str) -> Trigger | None:
    if len(gap) > 320 or ";" in gap or "|" in gap or _SENTENCE_START.search(gap) or _SUBJECT.search(gap) or _PROPOSED.search(gap):
        return None
    return None if re.search(r"(?<!\w)này(?!\w)", gap) else _between_trigger(gap)


def _between_trigger(gap: str) -> Trigger | None:
    """The last trigger between two mentions, with only its object's words after it."""
    found = list(re.finditer(rf"(?<!\w)(?:{_words('between')})(?!\w)", gap, re.IGNORECASE))
    if not found or key(found[-1].group()) == "ban hành kèm theo":
        return None
    trigger = _named("between", found[-1].group())
    rest = squeeze(gap[found[-1].end():])
    if trigger.backward:
        return trigger if _BY_OTHER.fullmatch(rest) else None
    if len(found) > 1 and _OF_OTHERS.search(gap[found[0].end():found[-1].start()]):
        return None
    if len(rest) > 140 or re.search(r"(?<!\w)(?:theo|bởi|căn cứ|ngày|được|quy định tại)(?!\w)", rest):
        return None
    return trigger if not rest or _OBJECT_ENDS.search(rest) else None


_OF_OTHERS = re.compile(r"(?<!\w)(?:của\s+)?các\s+(?:nghị định|thông tư|nghị quyết|quyết định|luật|văn bản)(?!\w)", re.IGNORECASE)
_BY_OTHER = re.compile(
    r"(?:(?:một số|các)\s+(?:điều|nội dung|khoản|quy định)\s+)?(?:bởi|tại|theo|bằng)"
    r"(?:\s+(?:các|khoản|điều|điểm|của|và|[\d,]+[a-z]?|[a-zđ])(?!\w))*", re.IGNORECASE)


def _attached(c: Citation, view: str) -> list[Relation]:
    """"Quy chế … ban hành kèm theo Quyết định số …"."""
    lead = view[max(0, c.span.start - 320):c.span.start]
    m = _WITH.search(lead)
    if not m:
        return []
    named = _ATTACHED.search(_SENTENCE_START.split(lead[:m.start()])[-1])
    if not named:
        return []
    name = squeeze(named["name"]).rstrip(" ,(")
    if re.search(r"số thứ tự|(?i:mẫu|phụ lục)(?!\w)", name):
        return []
    later = [n for n in re.finditer(_ATTACHED.pattern[:_ATTACHED.pattern.index("(?!\\s+(?:này")] + ")", name)][1:]
    name = name[later[-1].start():] if later else name
    start = max(0, c.span.start - 320) + lead.rindex(named["name"][:10])
    return [Relation(name, "issued_with", name_of(c), Span(start, c.span.end))]


def _issued(c: Citation, view: str) -> list[Relation]:
    """"Nghị quyết số … ban hành Chương trình X" where the text calls X by its name elsewhere too."""
    m = _ISSUES.match(view, c.span.end)
    if not m or c.type in _LETTERS:
        return []
    name = squeeze(m["name"])
    words = r"\s+".join(map(re.escape, name.split()))
    elsewhere = re.search(rf"(?<!ban hành )(?<!ban hành\n)(?<!phê duyệt ){words}(?!\w)", view)
    return [Relation(name, "issued_with", name_of(c), Span(c.span.start, m.end("name")))] if elsewhere else []


def _inside(c: Citation) -> list[Relation]:
    """A law that amends others names them in its title."""
    if not c.name or c.number or "ửa đổi" not in c.name:
        return []
    from chidao.extraction.laws import find_laws
    parts = [p for law in find_laws(plain(c.name), c.name) for p in law.parts]
    return [Relation(c.name, "amends", part, c.span) for part in parts]


@lru_cache(maxsize=4096)
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
