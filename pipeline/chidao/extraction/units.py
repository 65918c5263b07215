"""Which items of the outline are tasks or targets, and where one is cut into several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from chidao import knowledge
from chidao.extraction.agencies import Actor, expand, parse_actors, tokenize, verb_at
from chidao.extraction.responsibility import find_subject
from chidao.grammar.folding import squeeze
from chidao.model import Node, Span
from chidao.structure.outline import is_heading

SectionKind = Literal["task", "target", "money", "none"]

# Types whose Điều, khoản and điểm are rules of law, not work that is assigned.
RULES_OF_LAW = frozenset(
    {
        "Luật",
        "Bộ luật",
        "Pháp lệnh",
        "Nghị định",
        "Thông tư",
        "Thông tư liên tịch",
        "Hiến pháp",
        "Văn bản hợp nhất",
        "Quy chế",
        "Quy định",
        "Lệnh",
        "Hợp đồng",
        "Giấy mời",
        "Biên bản",
    }
)
Genre = Literal["directive", "rules", "procedure", "answer"]
_INLINE = re.compile(r"(?:(?<=[\s:;,.])|^)\((\d{1,2}|[ivx]{1,4})\)\s*")
_SENTENCE_BREAK = re.compile(r"[.!?…]\s+\S")
_EFFECT = re.compile(r"có hiệu lực(?: thi hành)?(?: kể)? từ|hết hiệu lực|bãi bỏ (?:các )?(?:quyết định|quy định)", re.I)
_RIGHT = re.compile(r"\b(?:có quyền|được phép|được quyền)\b", re.I)
_MONEY = re.compile(
    r"^\W*(?:nguồn )?kinh phí\b.{0,160}?\b(?:từ|do) (?:nguồn |các nguồn )?(?:kinh phí|ngân sách|dự toán|nguồn|vốn)",
    re.I | re.S,
)
_PROMULGATES = re.compile(
    r"^\W*(?:ban hành|phê duyệt|công bố|thông qua)\b.{0,60}?(?:kèm theo|quyết định này|nghị quyết này|danh mục)",
    re.I | re.S,
)
_FOOTNOTE = re.compile(r"^\W*\[?\d{1,2}\]\s")
_SITUATION = re.compile(
    r"^\W*(?:mặc dù|thời gian qua|trong thời gian qua|những năm qua|hiện nay|hiện tại|tuy nhiên|bên cạnh những kết quả|"
    r"đến nay|tính đến|theo báo cáo|theo thống kê|qua (?:rà soát|kiểm tra|theo dõi)|nguyên nhân)",
    re.I,
)
_ANNOUNCES = re.compile(r"^\W*trên đây là\b", re.I)
_FORM = re.compile(r"…{2,}|…\s*…|\.{5,}|_{4,}|[….]{3,}\s*/\s*[….]{2,}")
_CITES = re.compile(
    r"^\W*(?:quyết định|nghị quyết|thông tư|nghị định|kế hoạch|công văn|chỉ thị|luật|bộ luật|tờ trình|văn bản)"
    r"(?: liên tịch)? (?:số )?\d",
    re.I,
)
_AMENDS = re.compile(
    r"^\W*(?:bãi bỏ|sửa đổi|bổ sung|thay thế|thay)(?:,? (?:sửa đổi|bổ sung|thay thế|bãi bỏ))* (?:toàn bộ|một phần|"
    r"cụm từ|các cụm từ|khoản|điểm|điều|quyết định|nghị quyết|thông tư|nghị định|tên|phụ lục|đoạn|số thứ tự)",
    re.I,
)
_DEFINES = re.compile(
    r"^[^,;:]{0,70}\b(?:bao gồm|gồm có|được hiểu là|là (?:một|các|những|việc|người|tổ chức|cá nhân))\b", re.I
)
# Words that begin a phrase before the act: "Trên cơ sở kết quả rà soát, xây dựng …".
_ADJUNCTS = frozenset(
    "căn trên theo khi để nhằm trong sau trước đối về ngoài cùng với trường tùy hằng hàng định từ đến tại".split()
)
_LINK = re.compile(r"https?://|www\.|@")


@lru_cache(maxsize=1)
def _section_patterns() -> tuple[tuple[re.Pattern[str], SectionKind], ...]:
    kinds: dict[str, SectionKind] = {"task": "task", "target": "target", "money": "money", "none": "none"}
    return tuple(
        (
            re.compile(
                rf"(?<!\w)(?:{row['pattern']})(?!\w)" if row["pattern"][0] not in "^," else row["pattern"],
                re.IGNORECASE,
            ),
            kinds[row["kind"]],
        )
        for row in knowledge.rows("sections")
    )


def section_kind(heading: str) -> SectionKind | None:
    """What the items under `heading` are; None where the words do not tell.

    >>> section_kind("I. MỤC ĐÍCH, YÊU CẦU"), section_kind("1. Sở Y tế")
    ('target', None)
    """
    head = heading.split(":")[0] if heading.find(":") > 3 else heading
    return next((kind for pattern, kind in _section_patterns() if pattern.search(head)), None)


def begins_with_act(view: str) -> bool:
    """Whether the very first word is a verb of an act, or an adverb before one."""
    tokens = tokenize(view[:60])
    i = next((k for k, t in enumerate(tokens) if t.text[0].isalnum()), len(tokens))
    return verb_at(tokens, i)


def orders_act(view: str) -> bool:
    """Whether the words begin with an act, also after a phrase ("Căn cứ …, rà soát …") or a label.

    >>> orders_act("Tăng cường kiểm tra"), orders_act("Tình hình dịch bệnh")
    (True, False)
    """
    tokens = tokenize(view[:300])
    i = next((k for k, t in enumerate(tokens) if t.text[0].isalnum()), len(tokens))
    if verb_at(tokens, i):
        return True
    adjunct = i < len(tokens) and tokens[i].lower in _ADJUNCTS
    ends = [k for k, t in enumerate(tokens) if (t.text == "," and adjunct) or (t.text == ":" and k < 20)]
    return any(verb_at(tokens, k + 1) for k in ends)


def is_statement(view: str) -> bool:
    """Whether the words only say what is so: effect, rights, where money comes from, the situation, a link."""
    if len(re.findall(r"[^\W\d_]+", view)) < 3 or _LINK.match(view.strip()) or _FORM.search(view):
        return True
    if _CITES.match(view) or _AMENDS.match(view) or (_DEFINES.match(view) and not begins_with_act(view)):
        return True
    if _EFFECT.search(view) and len(view) < 300:
        return True
    right = _RIGHT.search(view)
    if right and not re.search(r"\b(?:có trách nhiệm|phải)\b", view[: right.start()]) and not begins_with_act(view):
        return True
    if _MONEY.search(view) and not re.search(r"[.;]\s+\w", view.strip().rstrip(".;/")):
        return True
    return bool(_PROMULGATES.search(view) or _SITUATION.search(view))


def is_footnote(view: str) -> bool:
    """Whether the words are a note at the foot: "[2] Theo báo cáo …"; or a heading in capitals."""
    return bool(_FOOTNOTE.match(view)) or (view.isupper() and len(view) < 160)


def is_bare_noun(view: str) -> bool:
    """Whether a short item only names a thing ("Nền tảng quản lý bệnh án;"): no act in it and nothing required."""
    words = re.findall(r"[^\W_]+", view)
    if len(words) > 14 or orders_act(view):
        return False
    return not re.search(
        r"\b(?:phải|cần|được|thực hiện|tập trung|bảo đảm|đảm bảo|có|không|tổ chức|xây dựng)\b", view.lower()
    )


def genre(type_: str | None, title: str | None, number: str | None) -> Genre:
    """Whether a document directs, sets rules, or is about procedures and prices.

    >>> genre("Quyết định", "Ban hành Quy chế làm việc", "12/2025/QĐ-UBND")
    'rules'
    """
    if type_ in RULES_OF_LAW:
        return "rules"
    if type_ in ("Quyết định", "Nghị quyết", None):
        for pattern, name in _genres():
            if pattern.match(squeeze(title or "")):
                return name
        if number and re.match(r"\d+/(?:19|20)\d\d/", number):
            return "rules"
    return "directive"


@lru_cache(maxsize=1)
def _genres() -> tuple[tuple[re.Pattern[str], Genre], ...]:
    names: dict[str, Genre] = {"rules": "rules", "procedure": "procedure"}
    return tuple((re.compile(row["pattern"], re.IGNORECASE), names[row["genre"]]) for row in knowledge.rows("genres"))


def announces(view: str) -> bool:
    """Whether the words only close the document ("Trên đây là …")."""
    return bool(_ANNOUNCES.search(view))


def is_full_sentence(view: str) -> bool:
    """Whether the text of an item with children is an order of its own: long, ended, begun by an act."""
    return not is_heading(view) and len(view) > 120 and orders_act(view)


def inline_members(view: str) -> list[Span]:
    """The members of an inline enumeration "(1) …; (2) …" when they are acts; else an empty list.

    >>> text = "Giao Sở Y tế: (1) lập danh mục; (2) phối hợp kiểm tra."
    >>> [s.of(text) for s in inline_members(text)]
    ['lập danh mục;', 'phối hợp kiểm tra.']
    """
    marks = list(_INLINE.finditer(view))
    if len(marks) < 2 or marks[0].group(1) not in {"1", "i"}:
        return []
    spans = [Span(m.end(), n.start() if n else len(view)) for m, n in zip(marks, [*marks[1:], None], strict=True)]
    trimmed = [trim(view, s) for s in spans]
    return trimmed if all(orders_act(s.of(view)) for s in trimmed) else []


def trim(view: str, span: Span) -> Span:
    """The span without blanks at its ends."""
    start, end = span
    while start < end and view[start].isspace():
        start += 1
    while end > start and view[end - 1].isspace():
        end -= 1
    return Span(start, end)


def clauses(view: str) -> list[Span]:
    """The sentences of `view`, cut again at semicolons outside brackets."""
    out: list[Span] = []
    for sentence in _sentences(view):
        start, depth = sentence.start, 0
        for i in range(sentence.start, sentence.end):
            depth += {"(": 1, ")": -1}.get(view[i], 0)
            if view[i] == ";" and depth <= 0:
                out.append(trim(view, Span(start, i + 1)))
                start = i + 1
        out.append(trim(view, Span(start, sentence.end)))
    return _with_subjects(view, [s for s in out if s.end > s.start])


def _with_subjects(view: str, parts: list[Span]) -> list[Span]:
    """The parts, each that only names bodies joined to the one that says what they do."""
    out: list[Span] = []
    waiting: int | None = None
    for part in parts:
        start = part.start if waiting is None else waiting
        words = part.of(view)
        tokens = tokenize(words)
        i = 0
        while i < len(tokens) and (
            tokens[i].lower in {"đề", "nghị", "yêu", "cầu", "giao"} or not tokens[i].text[0].isalnum()
        ):
            i += 1
        _, end = parse_actors(words, tokens, i)
        if end > i and [t.lower for t in tokens[end : end + 2]] in (["đề", "nghị"], ["yêu", "cầu"]):
            i = end + 2  # the issuer, and after its word of order the bodies ordered
            _, end = parse_actors(words, tokens, i)
        if end > i and all(not t.text[0].isalnum() for t in tokens[end:]) and part is not parts[-1]:
            waiting = start
            continue
        waiting = None
        out.append(Span(start, part.end))
    if waiting is not None:
        out.append(Span(waiting, parts[-1].end))
    return out


def _sentences(view: str) -> list[Span]:
    if not _SENTENCE_BREAK.search(view):
        return [Span(0, len(view))]
    from underthesea import sent_tokenize

    out: list[Span] = []
    at = 0
    for sentence in sent_tokenize(view):
        start = view.find(sentence, at)
        if start < 0:
            continue
        out.append(Span(start, start + len(sentence)))
        at = start + len(sentence)
    return out or [Span(0, len(view))]


def cut(view: str, inherited: Sequence[str] = ()) -> list[Span]:
    """The units of one item: cut where a clause that follows names another lead than the one before.

    `inherited` are the names of the leads that the heading gives.

    >>> text = "Sở Y tế lập danh sách. Công an tỉnh kiểm tra việc thực hiện."
    >>> [s.of(text) for s in cut(text)]
    ['Sở Y tế lập danh sách.', 'Công an tỉnh kiểm tra việc thực hiện.']
    """
    parts = clauses(view)
    if len(parts) < 2:
        return [trim(view, Span(0, len(view)))]
    units: list[list[int]] = []
    current: frozenset[str] = frozenset(n.casefold() for n in inherited)
    for k, part in enumerate(parts):
        named = _named(view[part.start : part.end])
        if k == 0:
            current = named or current
            units.append([part.start, part.end])
        elif named and not named & current and orders_after_subject(view[part.start : part.end]):
            current = named
            units.append([part.start, part.end])
        else:
            units[-1][1] = part.end
    return [Span(*u) for u in units]


def _named(clause: str) -> frozenset[str]:
    """The leads that a clause names; staff ("cán bộ …") after a semicolon mostly go on a list of objects."""
    leads, _ = find_subject(clause)
    if leads and clause.count("(", 0, leads[0].span.start) > clause.count(")", 0, leads[0].span.start):
        return frozenset()  # named in brackets: it leads the whole unit
    if (
        leads
        and leads[0].kind == "other"
        and leads[0].name.split()[0].casefold() in {"cán", "công", "viên", "đảng", "học"}
    ):
        return frozenset()
    return frozenset(a.name.casefold() for a in leads)


def orders_after_subject(clause: str) -> bool:
    """Whether the clause has a verb of its own after the body that it names."""
    return len(re.findall(r"[^\W\d_]+", clause)) > 6


def actor_heading(view: str) -> tuple[list[Actor], str] | None:
    """The bodies that a heading names as those who act, and what stands after them; None for other headings.

    >>> [a.name for a in actor_heading("Sở Văn hóa và Thể thao, Sở Du lịch")[0]]
    ['Sở Văn hóa và Thể thao', 'Sở Du lịch']
    """
    tokens = tokenize(view)
    i = 0
    while i < len(tokens) and not tokens[i].text[0].isalnum():
        i += 1
    words = [t.lower for t in tokens[i : i + 4]]
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
            break
    while i < len(tokens) and not tokens[i].text[0].isalnum():
        i += 1
    actors, end = parse_actors(view, tokens, i)
    if not actors:
        return None
    if end < len(tokens) and tokens[end].text == "(":
        close = next((k for k in range(end, len(tokens)) if tokens[k].text == ")"), None)
        end = end if close is None else close + 1
    rest = view[tokens[end].start :] if end < len(tokens) else ""
    if not rest.strip(" .:;-…") or rest[0] == ":":
        return actors, rest
    if (
        len(actors) == 1
        and actors[0].kind in ("group", "other")
        and i == 0
        and ":" not in rest
        and len(rest.split()) <= 8
        and rest[-1].isalnum()
    ):
        # "Cơ quan chủ trì giải quyết thủ tục": the words that describe the group belong to its name.
        whole = Span(actors[0].span.start, len(view.rstrip()))
        return [Actor(expand(whole.of(view)), actors[0].kind, whole)], ""
    return None


def children_of(nodes: Sequence[Node]) -> list[list[int]]:
    """For each node the indexes of its children, in order."""
    children: list[list[int]] = [[] for _ in nodes]
    for i, node in enumerate(nodes):
        if node.parent is not None:
            children[node.parent].append(i)
    return children
