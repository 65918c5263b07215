"""Who is given the items of an outline: by the heading, the lead-in, the opening of the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from chidao.extraction.agencies.finding import Actor, find_agencies, moved, parse_actors
from chidao.extraction.agencies.responsibility import Duty, find_duty, orders_body
from chidao.extraction.agencies.words import Token, expand, lexicon, tokenize, verb_at
from chidao.extraction.tasks.cuts import bodies_end, clauses
from chidao.extraction.tasks.sections import Genre, SectionKind
from chidao.grammar.letters import UPPER
from chidao.model import Citation, Mood, Node, Span, Structure
from chidao.structure.outline import is_heading, is_lead_in

_SENTENCE = re.compile(rf"[.;]\s+(?=[{UPPER}])")
# After the bodies of a heading: "(các tỉnh nêu trên) theo chức năng, nhiệm vụ, thẩm quyền:".
_BY_DUTY = re.compile(
    r"(?:(?:nêu )?trên )?,?\s*(?:căn cứ|theo) (?:chức năng|thẩm quyền|nhiệm vụ|phạm vi)[^.;]{0,90}:\W*", re.IGNORECASE
)
# "Công dân số", "Doanh nghiệp số": fields of digital transformation, not who acts.
_DIGITAL = re.compile(r"^(?!\W*các\b).*\bsố\W*$", re.IGNORECASE | re.DOTALL)
_JOINTS = re.compile(r"\s+và\s+(?=các\s)|[,;]\s+(?=(?:các\s|Sở |Phòng |Ban |Chi cục |Trung tâm |UBND |Ủy ban ))")
_CLAUSE = re.compile(r"(?<!đến)(?<!về)(?<!với)\s+(?:đang|đã|sẽ|được|có|do|hoạt động|tiến hành)\b")
# What the adopting body itself does: it is the issuer, no lead ("Hội đồng nhân dân tỉnh thống nhất thông qua …").
_ADOPTS = re.compile(r"\s*(?:cơ bản )?(?:thống nhất|thông qua|quyết nghị|ban hành|phê duyệt|tán thành)\b")


_BY_YEAR = r"(?:từ nay )?(?:đến|tới)(?: hết| cuối)? năm 20\d\d"
_TERM_HEADING = re.compile(
    r"\W*(?:(?:về |một số |các |những )*(?:mục tiêu|chỉ tiêu|tầm nhìn|định hướng|nhiệm vụ|nội dung|giải pháp)"
    rf"[^.;:]{{0,60}}?)?"
    rf"(?P<term>\b{_BY_YEAR}|giai đoạn 20\d\d\s*(?:-|đến)\s*(?:năm )?20\d\d)\W*$",
    re.IGNORECASE,
)
_TERM_OF_TARGETS = re.compile(
    r"(?:(?!chương trình|chiến lược|quy hoạch|đề án|kế hoạch|nghị quyết|dự án)[^.;])*?"
    rf"(?P<term>\b{_BY_YEAR})\b[^.;]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Value:
    """A labelled value that belongs to a unit."""

    role: str
    span: Span


@dataclass(slots=True)
class Context:
    text: str
    view: str
    structure: Structure
    citations: Sequence[Citation]
    nodes: Sequence[Node]
    children: list[list[int]]
    sections: list[SectionKind | None]
    duties: list[Duty | None]
    document_duty: Duty | None
    genre: Genre
    year: int | None
    first_item: int
    last_item: int
    labels: dict[int, list[Value]] = field(default_factory=dict)
    shared: set[int] = field(default_factory=set)  # items whose labels speak of all items of the one above
    quotes: dict[int, Span] = field(default_factory=dict)
    consumed: set[int] = field(default_factory=set)


def heading_duty(node: Node, view: str) -> Duty | None:
    """The leads and partners that a heading or a lead-in gives to its children; spans count in the document."""
    words = node.text_span.of(view)
    named = actor_heading(words)
    offset = node.text_span.start
    if named is not None:
        actors, rest = named
        mood: Mood = "request" if words.strip(" *-:").lower().startswith("đề nghị") else "order"
        partners = find_duty(rest).coordinators if rest else ()
        shift = len(words) - len(rest)
        return Duty(
            tuple(moved(a, offset) for a in distinct(actors)), tuple(moved(a, offset + shift) for a in partners), mood
        )
    if is_heading(words) or is_lead_in(words):
        # A lead-in orders in its last sentence; a list of bodies may run on over a semicolon.
        first = bodies_end(words, 0)
        start = max((m.end() for m in _SENTENCE.finditer(words) if words[first : m.end()].strip(" ;.")), default=0)
    else:
        # A numbered item over others that is a sentence: the only body it names acts for all.
        acting = [c for c in clauses(words) if find_duty(c.of(words)).leads]
        if node.level == "paragraph" or len(acting) != 1:
            return None
        start, words = acting[0].start, words[: acting[0].end]
    words, offset = words[start:], offset + start
    duty = find_duty(words)
    if duty.leads and _ADOPTS.match(words[duty.leads[-1].span.end :]):
        return None
    return shifted(duty, offset) if duty.leads or duty.coordinators else None


def shifted(duty: Duty, offset: int) -> Duty:
    return Duty(
        tuple(moved(a, offset) for a in distinct(duty.leads)),
        tuple(moved(a, offset) for a in distinct(duty.coordinators)),
        duty.mood,
    )


def document_duty(context: Context) -> Duty | None:
    """The bodies that the opening orders to carry out all that follows, or the addressees it asks to."""
    opening = [n for n in context.nodes[: context.first_item] if n.level == "paragraph" and n.region is None]
    for node in reversed(opening[-3:]):
        words = node.text_span.of(context.view)
        lowered = words.lower()
        if not is_lead_in(words) and not any(w in lowered for w in ("sau đây", "như sau")):
            continue
        if not any(w in lowered for w in ("yêu cầu", "đề nghị", "giao ", "hướng dẫn", "phân công")):
            continue
        if any(w in lowered for w in ("có ý kiến", "trả lời", "xin ý kiến")) and not orders_body(words):
            continue  # a letter that answers what somebody asked for
        duty = _last_order(words)
        if duty is not None and duty.leads:
            return shifted(duty, node.text_span.start)
        return _addressed(context, "request" if "đề nghị" in lowered else "order")
    return None


def _last_order(words: str) -> Duty | None:
    """The bodies after the last word of order in a lead-in."""
    tokens = tokenize(words)
    for i in range(len(tokens) - 2, -1, -1):
        pair = (tokens[i].lower, tokens[i + 1].lower)
        at = (
            i + 2
            if pair in {("yêu", "cầu"), ("đề", "nghị"), ("hướng", "dẫn"), ("phân", "công")}
            else i + 1
            if pair[0] == "giao"
            else None
        )
        if at is None:
            continue
        actors, _ = parse_actors(words, tokens, at)
        if actors:
            return Duty(tuple(actors), (), "request" if pair[0] == "đề" else "order")
    return None


def _addressed(context: Context, mood: Mood) -> Duty | None:
    """The addressees as leads, when they are few and named bodies."""
    header = context.structure.header
    span = header.evidence.get("addressees")
    if span is None or not 1 <= len(header.addressees) <= 4:
        return None
    block = context.view[span.start : span.end]
    actors = [moved(a, span.start) for a in distinct(find_agencies(block))]
    return Duty(tuple(actors), (), mood) if actors else None


def inherited_duty(context: Context, i: int) -> Duty | None:
    """The duty of the nearest heading or lead-in above; the partners of lead-ins in between are added."""
    partners: list[Actor] = []
    parent = context.nodes[i].parent
    while parent is not None:
        duty = context.duties[parent]
        if duty is not None and duty.leads:
            return replace(duty, coordinators=(*duty.coordinators, *partners))
        if duty is not None:
            partners += duty.coordinators
        parent = context.nodes[parent].parent
    if context.nodes[i].region == "annex" or context.sections[i] == "target":
        return None
    if i < context.first_item and context.first_item < len(context.nodes):
        return None
    return context.document_duty


def inherited_term(context: Context, i: int) -> Span | None:
    """The words of the nearest heading above that say by when its items are due: "2. Mục tiêu | đến năm 2030"."""
    parent = context.nodes[i].parent
    while parent is not None:
        span = context.nodes[parent].text_span
        words = span.of(context.view)
        term = _TERM_HEADING.match(words) if is_heading(words) else None
        if term is None and context.sections[i] == "target" and (is_lead_in(words) or is_heading(words)):
            term = _TERM_OF_TARGETS.match(words)
        if term is not None:
            return Span(span.start + term.start("term"), span.start + term.end("term"))
        parent = context.nodes[parent].parent
    return None


def distinct(actors: Sequence[Actor]) -> list[Actor]:
    return list({a.name.casefold(): a for a in reversed(actors)}.values())[::-1]


def _unknown_body(view: str, tokens: Sequence[Token], i: int) -> Actor | None:
    """The body that a short heading names whole though no table knows its field: "Cục Mỹ thuật, Nhiếp ảnh"."""
    head = lexicon().heads.match(tokens, i)
    rest = tokens[head:]
    while rest and rest[-1].text in {".", ":", ";"}:
        rest = rest[:-1]
    if head == i or not 1 <= len(rest) <= 12 or not rest[0].text[0].isupper():
        return None
    if any(not (t.text.isalpha() or t.text in {",", "-", "&"}) for t in rest):
        return None
    if any(lexicon().heads.match(rest, k) > k and k for k, t in enumerate(rest) if t.text[0].isupper()):
        return None
    if any(verb_at(rest, k) and t.text.islower() and rest[k - 1].text.islower() for k, t in enumerate(rest) if k):
        return None
    span = Span(tokens[i].start, rest[-1].end)
    return Actor(expand(span.of(view)), "agency", span)


def _bodies_apart(view: str) -> list[Actor] | None:
    """The bodies of a heading that lists them, each known or named whole: "Phòng An toàn hóa chất và các đơn vị"."""
    heading = view.rstrip(" .:;-…")
    if not view.rstrip().endswith(":") or len(heading) > 160:
        return None
    found: list[Actor] = []
    at = 0
    for joint in [*_JOINTS.finditer(heading), None]:
        part = heading[at : joint.start() if joint else len(heading)]
        tokens = tokenize(part)
        if not tokens:
            return None
        actors, end = parse_actors(part, tokens, 0)
        if end < len(tokens):
            unknown = _unknown_body(part, tokens, 0)
            actors = [unknown] if unknown else []
        if not actors:
            return None
        found += [moved(actor, at) for actor in actors]
        at = joint.end() if joint else at
    return found if len(found) > 1 else None


def actor_heading(view: str) -> tuple[list[Actor], str] | None:
    """The bodies that a heading names as those who act, and what stands after them; None for other headings.

    >>> [a.name for a in actor_heading("Sở Văn hóa và Thể thao, Sở Du lịch")[0]]
    ['Sở Văn hóa và Thể thao', 'Sở Du lịch']
    """
    if _DIGITAL.search(view):
        return None
    tokens = tokenize(view)
    i = 0
    while i < len(tokens) and not tokens[i].text[0].isalnum():
        i += 1
    words = [t.lower for t in tokens[i : i + 4]]
    answerable = False  # "Trách nhiệm của …": what follows is a body, described or not
    for opener in (
        ["đề", "nghị"],
        ["yêu", "cầu"],
        ["giao"],
        ["đối", "với"],
        ["trách", "nhiệm", "của"],
        ["nhiệm", "vụ", "của"],
        ["phân", "công"],
        ["trách", "nhiệm"],
        ["về", "phía"],
        ["đề", "nghị", ":"],
    ):
        if words[: len(opener)] == opener:
            i += len(opener)
            answerable = opener[0] in {"trách", "nhiệm"}
            break
    while i < len(tokens) and not tokens[i].text[0].isalnum():
        i += 1
    actors, end = parse_actors(view, tokens, i)
    if (not actors or end < len(tokens)) and (unknown := _unknown_body(view, tokens, i)) is not None:
        return [unknown], ""
    if (not actors or end < len(tokens)) and (listed := _bodies_apart(view)) is not None:
        return listed, ""
    if not actors:
        return None
    if end < len(tokens) and tokens[end].text == "(":
        close = next((k for k in range(end, len(tokens)) if tokens[k].text == ")"), None)
        end = end if close is None else close + 1
    rest = view[tokens[end].start :] if end < len(tokens) else ""
    if not rest.strip(" .:;-…") or rest[0] == ":":
        return actors, rest
    if _BY_DUTY.fullmatch(rest):
        return actors, rest
    if answerable and is_heading(view):
        return actors, ""
    rest = rest.rstrip(" :")
    if (
        len(actors) == 1
        and actors[0].kind in ("group", "other")
        and i == 0
        and ":" not in rest
        and len(rest.split()) <= 12
        and rest[-1].isalnum()
    ):
        # "Cơ quan chủ trì giải quyết thủ tục": the words that describe the group belong to its name, a clause does not.
        clause = _CLAUSE.search(view, actors[0].span.end)
        whole = Span(actors[0].span.start, clause.start() if clause else len(view.rstrip(" :")))
        return [Actor(expand(whole.of(view)), actors[0].kind, whole)], ""
    return None
