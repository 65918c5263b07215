"""Who is to act and with whom, read from the words of one unit (chủ trì, phối hợp)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from chidao.extraction.agencies.finding import Actor, parse_actors
from chidao.extraction.agencies.names import BEGINS_DUTY
from chidao.extraction.agencies.words import PREPOSITIONS, Token, expand, lexicon, tokenize, verb_at
from chidao.model import Mood, Span

# Words of an order and the mood that they set; the body ordered follows.
_ORDERS: dict[tuple[str, ...], Mood] = {
    ("giao",): "order",
    ("yêu", "cầu"): "order",
    ("phân", "công"): "order",
    ("ủy", "quyền"): "order",
    ("đề", "nghị"): "request",
    ("kính", "đề", "nghị"): "request",
    ("trân", "trọng", "đề", "nghị"): "request",
    ("chỉ", "đạo"): "order",
    ("khuyến", "khích"): "request",
}
_FIRST_OF_ORDER = frozenset(words[0] for words in _ORDERS)
_NOUN_BEFORE_ORDER = frozenset(
    {
        "theo",
        "chuyển",
        "bàn",
        "đấu",
        "sự",
        "các",
        "những",
        "được",
        "đã",
        "có",
        "văn",
        "đơn",
        "giấy",
        "hồ",
        "khi",
        "như",
        "bản",
        "ý",
        "kiến",
        "ban",
        "cho",
        "và",
        "hướng",
        "lãnh",
        "hợp",
        "hoặc",
        "việc",
    }
)
_ADJUNCTS = frozenset(
    """căn trên trong khi sau trước để nhằm nếu trường đối về theo hằng hàng định đến từ với ngoài quá
tùy ngay cùng thực triển qua riêng bên đồng mặt hiện nay năm quý tháng kể do tại vào chậm""".split()
)
_PREDICATE = frozenset(
    """là có căn theo trên trong được phải cần tùy khi nếu sau trước chịu không tại thông và để với từ
cho sẽ đều cũng luôn cùng nghiêm ngoài về""".split()
)
_MODAL = frozenset({"có", "phải", "chịu", "căn", "được", "đều", "theo", "cho", "cần"})
_SOFT = frozenset(
    """chặt chẽ thường xuyên tích cực chủ động hiệu quả tốt đồng kịp thời cùng với và tiếp tục toàn diện có
nghiêm túc""".split()
)
_NOMINAL_COORDINATION = frozenset(
    {"sự", "công", "tác", "chế", "quan", "vị", "nhiệm", "việc", "trình", "lệnh", "tính", "được", "lý", "trường"}
)
_DIRECTING = (
    ("chỉ", "đạo"),
    ("hướng", "dẫn"),
    ("đôn", "đốc"),
    ("vận", "động"),
    ("huy", "động"),
    ("giám", "sát"),
    ("phân", "công"),
)


EXECUTION = re.compile(
    r"chịu trách nhiệm (?:tổ chức )?(?:thi hành|thực hiện) (?:quyết định|nghị quyết|chỉ thị|thông tư) này\W*$",
    re.IGNORECASE,
)
"""The end of the last article: who carries the document out stands before it."""
_LIST_MARKS = frozenset({",", ";", "và", "(", ":", "chịu"})
_FULL_STOP = re.compile(r"\.\s+(?=\w)")


@dataclass(frozen=True, slots=True)
class Duty:
    """Leads and coordinating bodies that a stretch of text names; spans count in that text."""

    leads: tuple[Actor, ...] = ()
    coordinators: tuple[Actor, ...] = ()
    mood: Mood = "order"


@lru_cache(maxsize=64)
def find_duty(view: str) -> Duty:
    """The first named leads of `view` (plain text) and the partners they are to work with.

    >>> d = find_duty("Giao Sở Y tế chủ trì, phối hợp với Công an tỉnh, các địa phương kiểm tra.")
    >>> [a.name for a in d.leads], [a.name for a in d.coordinators]
    (['Sở Y tế'], ['Công an tỉnh', 'các địa phương'])
    """
    tokens = tokenize(view)
    leads, mood = find_subject(view, tokens)
    return Duty(tuple(leads), tuple(_coordinators(view, tokens, leads)), mood)


def find_subject(view: str, tokens: Sequence[Token] | None = None) -> tuple[list[Actor], Mood]:
    """Who is ordered to act in `view`, with the mood of the order; an empty list when nobody is named."""
    tokens = tokenize(view) if tokens is None else tokens
    for find in (_executing, _at_start, _ordered_by_issuer, _after_adjunct, _before_lead_verb, _given_in_brackets):
        actors, mood = find(view, tokens)
        if actors:
            return _with_further(view, tokens, actors), mood
    return [], "order"


def _executing(view: str, tokens: Sequence[Token]) -> tuple[list[Actor], Mood]:
    """ "A, B và các đơn vị liên quan chịu trách nhiệm thi hành Quyết định này": every body of the sentence."""
    closing = EXECUTION.search(view)
    if closing is None:
        return [], "order"
    start = max((m.end() for m in _FULL_STOP.finditer(view, 0, closing.start())), default=0)
    found: list[Actor] = []
    i = next((k for k, t in enumerate(tokens) if t.start >= start), len(tokens))
    while i < len(tokens) and tokens[i].start < closing.start():
        actors, end = parse_actors(view, tokens, i)
        if actors and actors[-1].kind in ("agency", "person"):  # words that no table knows, up to the next of the list
            stop = next((k for k in range(end, len(tokens)) if tokens[k].lower in _LIST_MARKS), end)
            if tokens[end].start < closing.start() and stop - end < 8 and tokens[stop - 1].end <= closing.start():
                span = Span(actors[-1].span.start, tokens[stop - 1].end)
                actors, end = [*actors[:-1], Actor(expand(span.of(view)), actors[-1].kind, span)], stop
        found += actors
        i = max(i + 1, end)
    return found, "order"


def _with_further(view: str, tokens: Sequence[Token], actors: list[Actor]) -> list[Actor]:
    """The leads with those of a further clause: "…, các cơ quan phối hợp có trách nhiệm …"."""
    found = list(actors)
    if "trách" not in view.lower():
        return found
    for i in range(1, len(tokens) - 3):
        if tokens[i].text != "," or tokens[i + 1].start < actors[-1].span.end or _inside_list(view, tokens, i + 1):
            continue
        if any(_directs(tokens, k) for k in range(1, i) if tokens[k].start >= actors[-1].span.end):
            break  # "Giao A chỉ đạo các đơn vị B, C có trách nhiệm …": C is directed
        more, end = parse_actors(view, tokens, i + 1)
        at = end + 2 if [t.lower for t in tokens[end : end + 2]] == ["hoàn", "toàn"] else end
        if more and [t.lower for t in tokens[at : at + 3]] in (["có", "trách", "nhiệm"], ["chịu", "trách", "nhiệm"]):
            found += [a for a in more if a.name not in {f.name for f in found}]
    return found


def _directs(tokens: Sequence[Token], i: int) -> bool:
    """Whether "chỉ đạo", "hướng dẫn" and the like stand at `i`, not in the passive."""
    return (tokens[i].lower, tokens[i + 1].lower) in _DIRECTING and tokens[i - 1].lower != "được"


def orders_body(view: str) -> bool:
    """Whether a word of order stands right before a named body: "yêu cầu các sở", "giao Công an tỉnh".

    >>> orders_body("Thủ tướng yêu cầu các bộ rà soát."), orders_body("Các bộ đã có đề nghị bổ sung.")
    (True, False)
    """
    tokens = tokenize(view)
    for i, token in enumerate(tokens):
        if token.lower not in {"giao", "yêu", "đề", "phân"} or (i and tokens[i - 1].lower in _NOUN_BEFORE_ORDER):
            continue
        order = _order_at(tokens, i)
        if order is not None and _objects(view, tokens, order[0])[0]:
            return True
    return False


def _order_at(tokens: Sequence[Token], i: int) -> tuple[int, Mood] | None:
    """Index after the word of order at `i`, and its mood."""
    if i >= len(tokens) or tokens[i].lower not in _FIRST_OF_ORDER:
        return None
    for words, mood in _ORDERS.items():
        if tuple(t.lower for t in tokens[i : i + len(words)]) == words:
            return i + len(words), mood
    return None


def _skip_marks(tokens: Sequence[Token], i: int) -> int:
    while i < len(tokens) and tokens[i].text in {",", ":", "-", "+", "(", "“", '"', "."}:
        i += 1
    return i


def _clean_end(tokens: Sequence[Token], i: int) -> int:
    """`i`, past an aside in brackets."""
    if i < len(tokens) and tokens[i].text == "(":
        close = next((k for k in range(i, min(len(tokens), i + 60)) if tokens[k].text == ")"), None)
        return i if close is None else close + 1
    return i


def _predicate(tokens: Sequence[Token], i: int) -> int:
    """Where the act of the body that ends at `i` would begin: past brackets, a comma, "…"."""
    i = _clean_end(tokens, i)
    if i < len(tokens) and tokens[i].text in {",", ":"}:
        i += 1
    while (
        i < len(tokens)
        and tokens[i].text in {".", "…"}
        and i + 1 < len(tokens)
        and (tokens[i].text == "…" or "." in (tokens[i + 1].text, tokens[i - 1].text))
    ):
        i += 1  # "các cơ sở lưu trú, ... xây dựng kế hoạch"
    return i


def _is_predicate(tokens: Sequence[Token], i: int, *, strict: bool = False) -> bool:
    """Whether an act of the body that ends at `i` follows; `strict` admits no preposition."""
    i = _predicate(tokens, i)
    return i < len(tokens) and (verb_at(tokens, i) or tokens[i].lower in (_MODAL if strict else _PREDICATE))


def _objects(view: str, tokens: Sequence[Token], i: int) -> tuple[list[Actor], int]:
    i = _skip_marks(tokens, i)
    if i + 2 < len(tokens) and tokens[i].lower in {"trách", "nhiệm"}:  # "giao trách nhiệm cho", "giao nhiệm vụ cho"
        i += 2
    while i < len(tokens) and tokens[i].lower in {"cho", "đối", "với", "tới", "đến"}:
        i += 1
    actors, end = parse_actors(view, tokens, i)
    if actors and end + 2 < len(tokens) and tokens[end].text in {";", ","}:
        further = _order_at(tokens, end + 1)  # "đề nghị A và B; yêu cầu C thực hiện"
        if further is not None and tokens[end + 1].lower != "chỉ":
            more, after = parse_actors(view, tokens, further[0])
            if more:
                return actors + more, after
    return actors, end


def _at_start(view: str, tokens: Sequence[Token]) -> tuple[list[Actor], Mood]:
    """A subject or an order at the beginning of the text."""
    i = _skip_marks(tokens, 0)
    lowered = [t.lower for t in tokens[i : i + 3]]
    if lowered[:2] in (
        ["đồng", "thời"],
        ["ngoài", "ra"],
        ["trong", "đó"],
        ["lưu", "ý"],
        ["cụ", "thể"],
        ["mặt", "khác"],
    ):
        i = _skip_marks(tokens, i + 2)
    elif lowered == ["bên", "cạnh", "đó"]:
        i = _skip_marks(tokens, i + 3)
    elif lowered[:1] == ["về"] and (colon := next((k for k, t in enumerate(tokens) if t.text == ":"), 0)):
        i = colon + 1  # "Về đề nghị của tỉnh …: Bộ X …": the answer orders, not what was asked for
    actors, mood = _subject_at(view, tokens, i)
    if actors:
        return actors, mood
    colon = next((k for k in range(i + 1, min(len(tokens), i + 8)) if tokens[k].text == ":"), 0)
    if colon:  # "Báo cáo tháng: Sở Tài chính tổng hợp …"
        actors, mood = _subject_at(view, tokens, colon + 1, strict=True)
    return (actors, mood) if actors else (_unknown_subject(view, tokens, i), "order")


def _unknown_subject(view: str, tokens: Sequence[Token], i: int) -> list[Actor]:
    """A subject that no table knows, told by what follows: "Người sử dụng đất có trách nhiệm …"."""
    if i >= len(tokens) or not tokens[i].text[0].isupper() or verb_at(tokens, i):
        return []
    for k in range(i + 1, min(len(tokens) - 2, i + 9)):
        if not tokens[k].text.isalpha():
            return []
        if [t.lower for t in tokens[k : k + 3]] in (["có", "trách", "nhiệm"], ["chịu", "trách", "nhiệm"]):
            known = next((a for n in range(i + 1, k) if (a := parse_actors(view, tokens, n))[1] == k), None)
            if known is not None:
                return known[0]  # "Nội dung Công an tỉnh có trách nhiệm …"
            span = Span(tokens[i].start, tokens[k - 1].end)
            return [Actor(expand(span.of(view)), "other", span)]
    return []


def _subject_at(view: str, tokens: Sequence[Token], i: int, *, strict: bool = False) -> tuple[list[Actor], Mood]:
    """The subject or the body ordered at token `i`; `strict` wants an act to follow, not a preposition."""
    order = _order_at(tokens, i)
    if order is not None and tokens[i].lower != "chỉ":
        actors, end = _objects(view, tokens, order[0])
        staff = tokens[i].lower == "phân" and all(a.kind == "other" for a in actors)  # "phân công cán bộ làm …"
        return (actors, order[1]) if actors and not staff else ([], "order")
    actors, end = parse_actors(view, tokens, i)
    if not actors:
        return [], "order"
    after = _clean_end(tokens, end)
    further = _order_at(tokens, after)
    if further is not None and tokens[after].lower in {"yêu", "đề", "giao", "kính", "trân"}:
        objects, _ = _objects(view, tokens, further[0])
        if objects:
            return objects, further[1]
    listed = not strict and len(actors) > 1 and actors[0].kind == "agency" and _acts_later(tokens, end)
    if _is_predicate(tokens, end, strict=strict) or listed or (
        not strict and actors[-1].kind in ("agency", "person") and _is_unknown_word(tokens, end)
    ):
        return actors, "order"
    return [], "order"


def _acts_later(tokens: Sequence[Token], i: int) -> bool:
    """Whether "tiếp tục", "chủ trì" and the like follow after words that describe the last body of a list."""
    for k in range(i, min(len(tokens) - 1, i + 12)):
        if not tokens[k].text[0].isalnum():
            return False
        if (tokens[k].lower, tokens[k + 1].lower) in BEGINS_DUTY:
            return True
    return False


def _is_unknown_word(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word written small stands right after a full name: an act that no table knows.

    After a capital it may be the second syllable of the name ("Cục Kiểm | lâm") and tells nothing.
    """
    return (
        i < len(tokens)
        and tokens[i - 1].text.islower()
        and tokens[i].text.isalpha()
        and tokens[i].text.islower()
        and tokens[i].lower not in PREPOSITIONS | {"chưa", "nêu", "nơi", "liên", "lập", "này", "đó", "trực", "thuộc"}
    )


def _ordered_by_issuer(view: str, tokens: Sequence[Token]) -> tuple[list[Actor], Mood]:
    """ "…, Ủy ban nhân dân tỉnh yêu cầu các sở …": the bodies after the issuer's word of order."""
    for i, token in enumerate(tokens):
        if i == 0 or token.lower not in {"yêu", "đề", "giao", "kính"}:
            continue
        order = _order_at(tokens, i)
        if order is None or not _issuer_ends_at(view, tokens, i):
            continue
        actors, _ = _objects(view, tokens, order[0])
        if actors:
            return actors, order[1]
    return [], "order"


def _issuer_ends_at(view: str, tokens: Sequence[Token], i: int) -> bool:
    for start in range(max(0, i - 14), i):
        if tokens[start].text[0].isupper():
            actors, end = parse_actors(view, tokens, start)
            if actors and end == i:
                return True
    return False


def _after_adjunct(view: str, tokens: Sequence[Token]) -> tuple[list[Actor], Mood]:
    """ "Căn cứ tình hình thực tế, Sở Y tế …"; "nếu có vướng mắc, đề nghị các đơn vị …"."""
    first = _skip_marks(tokens, 0)
    if first >= len(tokens) or tokens[first].lower not in _ADJUNCTS:
        return [], "order"
    if tokens[first].lower in {"thực", "triển"} and not any(t.text[0].isupper() for t in tokens[first + 1 : first + 4]):
        return [], "order"
    depth = 0
    for i in range(first, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[i].text, 0)
        if depth > 0:
            continue
        previous = tokens[i - 1] if i else tokens[0]
        if (previous.text in {",", ":"} and not _inside_list(view, tokens, i)) or previous.lower in {
            "mắc",
            "sinh",
            "đó",
            "thì",
        }:
            actors, mood = _subject_at(view, tokens, i, strict=True)
            word = actors[0].name.split()[0] if actors else ""
            bare = (
                actors
                and actors[0].kind == "group"
                and word.islower()
                and word not in {"các", "những", "cơ"}
                and tokens[i].lower not in {"mỗi", "mọi", "tất", "toàn", "từng", "đề", "yêu", "giao"}
            )
            if actors and not bare:
                return actors, mood
        elif tokens[i].lower in {"đề", "yêu"} and previous.lower not in _NOUN_BEFORE_ORDER:
            order = _order_at(tokens, i)
            if order is not None:
                actors, _ = _objects(view, tokens, order[0])
                if actors:
                    return actors, order[1]
        if tokens[i].text in {";", "."} and i > first + 1:
            break
    return [], "order"


def _before_lead_verb(view: str, tokens: Sequence[Token]) -> tuple[list[Actor], Mood]:
    """The bodies that stand right before "chủ trì", or after "giao" and "do" inside the sentence."""
    for i, token in enumerate(tokens):
        if token.lower == "giao" and i and tokens[i - 1].lower not in _NOUN_BEFORE_ORDER:
            actors, end = _objects(view, tokens, i + 1)
            if actors and (
                _is_predicate(tokens, end) or end >= len(tokens) or tokens[end].text in {")", ".", ":", ";"}
            ):
                return actors, "order"
        if token.lower == "chủ" and i + 1 < len(tokens) and tokens[i + 1].lower == "trì":
            actors = _ending_at(view, tokens, i)
            if actors:
                return actors, "order"
    return [], "order"


def _ending_at(view: str, tokens: Sequence[Token], i: int) -> list[Actor]:
    """The longest list of actors that ends right before token `i`, words such as "là cơ quan" between."""
    stop = i
    while stop and tokens[stop - 1].lower in {
        "là",
        "được",
        "giao",
        "trách",
        "nhiệm",
        "có",
        "làm",
        "trực",
        "tiếp",
        "sẽ",
    }:
        stop -= 1
    for start in range(max(0, stop - 40), stop):
        before = tokens[start - 1] if start else None
        if (
            before is not None
            and before.text not in {",", ".", ";", "(", ":", "-"}
            and before.lower not in {"giao", "do", "nghị", "cầu", "công", "và", "đó"}
        ):
            continue
        if start and before is not None and before.text in {",", "và"} and _inside_list(view, tokens, start):
            continue
        actors, end = parse_actors(view, tokens, start)
        if actors and end == stop:
            return actors
    return []


def _inside_list(view: str, tokens: Sequence[Token], start: int) -> bool:
    """Whether `start` only goes on a list of partners: "phối hợp với A, B rà soát"."""
    for k in range(start - 1, max(-1, start - 60), -1):
        if tokens[k].text in {";", "."}:
            return False
        if tokens[k].lower == "phối":
            _, end = parse_actors(view, tokens, _partners_begin(tokens, k + 2))
            return end > start
    return False


def _given_in_brackets(view: str, tokens: Sequence[Token]) -> tuple[list[Actor], Mood]:
    """ "… (Sở Nội vụ thực hiện)", "(chủ trì: Sở Nội vụ)"."""
    for i, token in enumerate(tokens):
        if token.text != "(":
            continue
        at = i + 1
        if (
            [t.lower for t in tokens[at : at + 2]] == ["chủ", "trì"]
            and at + 2 < len(tokens)
            and tokens[at + 2].text == ":"
        ):
            actors, _ = parse_actors(view, tokens, at + 3)
            if actors:
                return actors, "order"
    return [], "order"


def _coordinators(view: str, tokens: Sequence[Token], leads: Sequence[Actor]) -> list[Actor]:
    """The partners of the lead: after "phối hợp (với)", and after "chủ trì cùng"."""
    known = {a.name.casefold() for a in leads}
    found: list[Actor] = []
    for i, token in enumerate(tokens[:-1]):
        if token.lower not in {"phối", "chủ"} or not _seeks_partners(tokens, i):
            continue
        at = _partners_begin(tokens, i + 2)
        actors, _ = parse_actors(view, tokens, at)
        actors = actors or _generic_partner(view, tokens, at)
        found += [a for a in actors if a.name.casefold() not in known]
        known |= {a.name.casefold() for a in actors}
    return found


def _generic_partner(view: str, tokens: Sequence[Token], i: int) -> list[Actor]:
    """A partner named by one noun alone: "phối hợp với đơn vị được giao …", "phối hợp với cấp trên"."""
    if i == 0 or tokens[i - 1].lower not in {"với", "cùng"}:
        return []
    end = lexicon().groups.match(tokens, i)
    if end == i:
        return []
    span = Span(tokens[i].start, tokens[end - 1].end)
    return [Actor(expand(span.of(view)), "group", span)]


def _seeks_partners(tokens: Sequence[Token], i: int) -> bool:
    """Whether the two words at `i` announce partners of the lead."""
    pair = (tokens[i].lower, tokens[i + 1].lower)
    if pair in (("phối", "hợp"), ("phối", "với")):  # the second is a common slip
        return not _nominal(tokens, i) and not _third_party(tokens, i)
    after = [t.lower for t in tokens[i + 2 : i + 4]]
    return pair == ("chủ", "trì") and (after[:1] in (["cùng"], ["với"]) or after == [",", "cùng"])


def _partners_begin(tokens: Sequence[Token], i: int) -> int:
    """Where the partners begin after "phối hợp" at `i`: past "chặt chẽ", "với", "chủ động" and the like."""
    at = i
    while at < len(tokens) and at - i < 8:
        here, following = tokens[at].lower, tokens[at + 1].lower if at + 1 < len(tokens) else ""
        if here == "chủ" and following != "động":
            break  # "chủ đầu tư" is a partner
        if [t.lower for t in tokens[at : at + 2]] == ["hướng", "dẫn"]:
            at += 2  # "phối hợp, hướng dẫn Bộ Y tế"
            continue
        if here not in _SOFT | {",", ":"} and not (here == "bộ" and tokens[at - 1].lower == "đồng"):
            break
        at += 1
    return at


def _nominal(tokens: Sequence[Token], i: int) -> bool:
    """Whether "phối hợp" at `i` is part of a noun: sự phối hợp, cơ quan phối hợp, quy chế phối hợp."""
    if i == 0:
        return False
    before = tokens[i - 1].lower
    if before in {"nhiệm", "cơ"} and i >= 3 and tokens[i - 3].lower == "có":
        return False  # "có trách nhiệm phối hợp"
    return before in _NOMINAL_COORDINATION or (
        before == "cường" and [t.lower for t in tokens[i + 2 : i + 4]][:1] == ["giữa"]
    )


def _third_party(tokens: Sequence[Token], i: int) -> bool:
    """Whether another body than the lead seeks the partner: "chỉ đạo Công an xã phối hợp các lực lượng"."""
    stop = i
    while stop and (
        tokens[stop - 1].lower in _SOFT | {"trì", "trách", "nhiệm", "phải", "cần"}
        or (tokens[stop - 1].text == "," and stop > 1 and tokens[stop - 2].lower == "trì")
    ):
        stop -= 1
    if stop < 2 or tokens[stop - 1].text in {";", ".", ",", ":", "("} or tokens[stop - 1].lower == "và":
        return False
    for k in range(stop - 1, 0, -1):
        if tokens[k].text in {";", ".", ":"}:
            return False
        if (tokens[k - 1].lower, tokens[k].lower) in _DIRECTING:
            return k + 1 < stop  # "chỉ đạo chủ trì, phối hợp" names no third body
    return False
