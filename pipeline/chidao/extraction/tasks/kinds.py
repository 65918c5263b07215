"""Whether an item of the outline is a task, a target or neither, by its section, its words and its document."""

from __future__ import annotations

import re

from chidao.extraction.agencies.responsibility import EXECUTION, find_duty, orders_body
from chidao.extraction.tasks.cuts import clauses
from chidao.extraction.tasks.duties import Context, inherited_duty
from chidao.extraction.tasks.sections import RULES_OF_LAW
from chidao.extraction.tasks.units import (
    announces,
    begins_with_act,
    has_few_words,
    is_bare_noun,
    is_footnote,
    is_situation,
    is_statement,
    orders_act,
)
from chidao.model import TaskKind
from chidao.structure.outline import is_heading, is_lead_in

# A heading or an item that begins with the order itself: such a letter directs.
_ORDER = re.compile(
    r"\W*(?:Giao|Yêu cầu|Đề nghị) (?:các |Sở|Bộ|UBND|Ủy ban|Công an|Ban |Cục|Chi cục|Vụ|Trung tâm|Giám đốc|"
    r"Thủ trưởng|Chủ tịch|Chánh|Văn phòng|Phòng|Thanh tra|Tổng |Viện|Công ty|Tập đoàn|Đài|Báo |Hội |Trường )"
)
_OBLIGES = re.compile(r"\b(?:có trách nhiệm|phải|trong (?:thời hạn|vòng)|chậm nhất|chủ trì)\b", re.IGNORECASE)
_EXECUTES = re.compile(
    r"chịu trách nhiệm (?:thi hành|tổ chức)|căn cứ (?:quyết định|nghị quyết)(?: này)?,? (?:tổ chức )?thi hành|"
    r"thi hành (?:quyết định|nghị quyết|chỉ thị) này",
    re.IGNORECASE,
)


def item_kind(context: Context, i: int, words: str, *, labelled: bool) -> TaskKind | None:
    """What an item is; None when it is neither task nor target."""
    node = context.nodes[i]
    if labelled:
        return None if words.isupper() else "target" if context.sections[i] == "target" else "task"
    section = context.sections[i]
    if has_few_words(words):
        return None
    if node.level == "paragraph" and _outside_items(context, i):
        return _loose_kind(context, i, words)
    if node.region is None and not context.children[i] and EXECUTION.search(words):
        return "task"
    if is_footnote(words):
        return None
    if node.level == "paragraph" and is_heading(words) and len(words.split()) < 14 and not orders_act(words):
        return None  # an introduction without its colon
    if section == "target":
        return "target" if context.genre == "directive" and not is_statement(words) else None
    # What is quick to tell comes before the question who is to act.
    if _only_rules(context, i, words) or (section == "none" and not is_ordered(words)):
        return None
    if section != "none" and node.level == "paragraph" and is_lead_in(words):
        return None
    statement = is_statement(words)
    if statement and not begins_with_act(words):
        return None
    stated = bool(find_duty(words).leads)
    if (statement and not stated) or _is_rule(context, i, words, stated=stated):
        return None
    if section == "none":
        return "task" if stated else None
    inherited = inherited_duty(context, i)
    if is_bare_noun(words) and not stated and not _among_acts(context, i):
        return None
    if section == "task":
        return "task"
    led = stated or (inherited is not None and bool(inherited.leads))
    # An annex without a section of tasks is mostly a form or an outline to fill in.
    ordering = orders_act(words) and (node.region != "annex" or section == "money")
    return "task" if led or ordering else None


def _among_acts(context: Context, i: int) -> bool:
    """Whether the item stands in a list of tasks whose other items mostly begin with an act: so does it, unknown."""
    node = context.nodes[i]
    if context.sections[i] != "task" or node.level == "paragraph" or node.parent is None:
        return False
    others = [k for k in context.children[node.parent] if k != i and context.nodes[k].level == node.level]
    acts = sum(orders_act(context.nodes[k].text_span.of(context.view)) for k in others)
    return len(others) > 1 and acts * 4 >= len(others) * 3


def is_ordered(words: str) -> bool:
    """Whether the words hold a word of order or of leadership."""
    lowered = words.lower()
    return any(w in lowered for w in ("giao ", "yêu cầu", "đề nghị", "chủ trì", "có trách nhiệm"))


def _commands(words: str) -> bool:
    """Whether the words order a named body, or name who leads ("Phó Thủ tướng có ý kiến: Bộ X chủ trì …")."""
    return orders_body(words) or "chủ trì" in words.lower()


def _executes(words: str) -> bool:
    """Whether the words say who carries out the document itself."""
    lowered = words.lower()
    return ("thi hành" in lowered or "chịu trách nhiệm" in lowered) and bool(_EXECUTES.search(words))


def _outside_items(context: Context, i: int) -> bool:
    """Whether the paragraph stands before the first or after the last numbered item, under no heading."""
    return context.nodes[i].parent is None


def _loose_kind(context: Context, i: int, words: str) -> TaskKind | None:
    """A paragraph under no heading is a task when it orders a named body, or one is ordered for it to inherit."""
    if is_lead_in(words) or len(words) < 30 or is_footnote(words):
        return None
    directs = context.genre == "directive" or _executes(words) or _ORDER.match(words)
    if not directs and not (context.genre == "answer" and _commands(words)):
        return None
    duty = next((d for c in clauses(words) if (d := find_duty(c.of(words))).leads), find_duty(words))
    opening = i < context.first_item and context.first_item < len(context.nodes)
    if announces(words) and not duty.leads:
        return None
    if not is_ordered(words) and is_statement(words):
        return None
    if duty.leads:
        return None if opening and (is_situation(words) or not orders_body(words)) else "task"
    if opening:
        return None
    return "task" if is_ordered(words) or (context.document_duty is not None and orders_act(words)) else None


def _only_rules(context: Context, i: int, words: str) -> bool:
    """Whether an item is a rule whoever its words name: see `_is_rule`, which asks that, too."""
    if context.genre == "directive" or _executes(words):
        return False
    if context.genre != "rules":
        return context.nodes[i].region == "annex"
    obliges = not _is_general(context) and _OBLIGES.search(words)
    return not (obliges or _begins_with_order(words) or _is_assigned_above(context, i))


def _is_rule(context: Context, i: int, words: str, *, stated: bool) -> bool:
    """Whether an item of a document that sets rules is no assignment of work.

    Such documents assign work in their articles on responsibility and execution, and where they order a named
    body; a decision's own articles assign, those of what it promulgates rule.
    """
    if context.genre == "directive" or _executes(words):
        return False
    node = context.nodes[i]
    if context.genre == "answer":
        return node.region == "annex" or not (stated and _commands(words))
    inherited = inherited_duty(context, i)
    if context.genre == "procedure":
        led = stated or (inherited is not None and bool(inherited.leads))
        return node.region == "annex" or not led
    if stated and _begins_with_order(words):
        return False
    duty = find_duty(words)
    if stated and _OBLIGES.search(words) and all(a.kind != "other" for a in duty.leads) and not _is_general(context):
        return False
    if not stated and (inherited is None or not inherited.leads):
        return True
    return not _is_assigned_above(context, i)


def _begins_with_order(words: str) -> bool:
    return words.lower().lstrip(" *").startswith(("giao ", "đề nghị ", "yêu cầu "))


def _is_assigned_above(context: Context, i: int) -> bool:
    """Whether a heading above the item says that work is assigned under it."""
    above = context.nodes[i].parent
    while above is not None:
        heading = context.nodes[above].text_span.of(context.view)[:160].lower()
        if any(w in heading for w in ("trách nhiệm", "tổ chức thực hiện", "phân công", "thi hành")):
            return True
        above = context.nodes[above].parent
    return False


def only_answers(context: Context) -> bool:
    """Whether a letter or a notice only informs: it announces no conclusion and orders nobody what follows."""
    header = context.structure.header
    if header.type == "Thông báo":
        return not any(
            w in (header.title or "").lower() for w in ("kết luận", "ý kiến", "chỉ đạo", "phân công", "kế hoạch")
        )
    if header.type != "Công văn" or context.document_duty is not None:
        return False
    words = [n.text_span.of(context.view) for n in context.nodes if n.level != "row" and n.region is None]
    return not any(
        "ý kiến chỉ đạo" in w.lower() or (is_lead_in(w) and orders_body(w)) or _ORDER.match(w) for w in words
    )


def _is_general(context: Context) -> bool:
    """Whether the document is a norm for everybody (luật, nghị định, thông tư), not an office's own rules."""
    return context.structure.header.type in RULES_OF_LAW
