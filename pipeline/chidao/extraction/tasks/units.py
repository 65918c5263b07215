"""What the words of one item are: an act that is ordered, or a mere statement."""

from __future__ import annotations

import re

from chidao.extraction.agencies.responsibility import find_subject
from chidao.extraction.agencies.words import pieces, tokenize, verb_at
from chidao.grammar.letters import UPPER
from chidao.structure.outline import is_heading, is_lead_in

_EFFECT = re.compile(r"có hiệu lực(?: thi hành)?(?: kể)? từ|hết hiệu lực|bãi bỏ (?:các )?(?:quyết định|quy định)", re.I)
# A topic in the form of a sentence: "Sở Xây dựng phối hợp với Sở Công Thương trong công tác cấp điện."
_JOINT_TOPIC = re.compile(r"^[^.;]*\bphối hợp\b[^.;]*\btrong (?:công tác|việc)\b[^.;]*\.?\s*$", re.I)
_TAKES_EFFECT = re.compile(r"^\W*(?:quyết định|nghị quyết|chỉ thị|quy định|kế hoạch) này có hiệu lực", re.I)
# "Báo cáo" and the like as nouns: a list of papers, no acts.
_PAPERS = re.compile(r"^\W*báo cáo(?:, (?:văn bản|tờ trình|tài liệu|hồ sơ)| có nội dung| chuyên đề)\b", re.I)
_GRANT = re.compile(r"^\W*(?:cho phép|được)\b", re.I)
_RIGHT = re.compile(r"\b(?:có quyền|được phép|được quyền)\b", re.I)
_MONEY = re.compile(
    r"^\W*(?:nguồn )?kinh phí\b.{0,160}?\b(?:từ|do) (?:nguồn |các nguồn )?(?:kinh phí|ngân sách|dự toán|nguồn|vốn)",
    re.I | re.S,
)
_AMOUNT = re.compile(
    r"^\W*(?:tổng |nhu cầu |dự toán |nguồn )*(?:kinh phí|vốn|ngân sách|dự toán)\b[^;]{0,400}?"
    r"\d\s*(?:tỷ|triệu|nghìn|đồng|%)",
    re.I | re.S,
)
_PROMULGATES = re.compile(
    r"^\W*(?:ban hành|phê duyệt|công bố|thông qua)\b.{0,60}?(?:kèm theo|quyết định này|nghị quyết này|danh mục)",
    re.I | re.S,
)
_BASIS = re.compile(
    r"^\W*(?:căn cứ|xét|theo)\s+(?:luật|bộ luật|pháp lệnh|hiến pháp|nghị|quyết định|quy định|quy chế|chỉ thị|thông tư|"
    r"hướng dẫn|kế hoạch|kết luận|điều lệ|công văn|thông báo|tờ trình|đề nghị)",
    re.I,
)
_PRAISE = re.compile(
    r"^\W*(?:thay mặt [^,]{3,60}, )?(?:đánh giá cao|ghi nhận(?:,| và)? (?:đánh giá|những|sự|kết quả|biểu dương))", re.I
)
_AGREES = re.compile(
    r"^[^,.;]{0,80}?(?:, [^,.;]{0,60}?)?\b(?:cơ bản )?(?:nhất trí|đồng ý|thống nhất) (?:với|về|chủ trương|thông qua)\b",
    re.I,
)
_NOTICE = re.compile(
    r"thông báo (?:để|cho|đến) .{0,160}?\bbiết\b|\btrân trọng thông báo\b|\bthông báo\W*$", re.I | re.S
)
_FOOTNOTE = re.compile(r"^\W*\[?\d{1,2}\]\s")
_SITUATION = re.compile(
    r"^\W*(?:mặc dù|thời gian qua|trong thời gian qua|những năm qua|hiện nay|hiện tại|tuy nhiên|bên cạnh những kết quả|"
    r"đến nay|ngày \d{1,2}/\d|ngoài ra, tại|tại (?:thông báo|công văn|báo cáo|văn bản|cuộc họp|hội nghị)|"
    r"tính đến|theo báo cáo|theo thống kê|qua (?:rà soát|kiểm tra|theo dõi)|nguyên nhân)",
    re.I,
)
_ANNOUNCES = re.compile(r"^\W*trên đây là\b", re.I)
_FORM = re.compile(  # begins with a set, so that the engine skips to it: "… …", ".....", "____" or ".../..."
    r"[…._](?:(?<=…)\s*…|(?<=\.)\.{4}|(?<=_)_{3}|(?<=[….])[….]{2,}\s*/\s*[….]{2})"
)
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
_INTRODUCES = re.compile(
    r"\b(?:yêu cầu|đề nghị|giao|cần|phải)\b.*\b(?:nhiệm vụ|giải pháp|nội dung|công việc|việc)\b[^.;]{0,60}:\W*$",
    re.I | re.S,
)
# An order that its items spell out: "… khắc phục hậu quả, trong đó tập trung các việc sau:".
_DETAILS = re.compile(r"[,;.]\s*(?:trong đó|tập trung|cụ thể)\b[^.;:]{0,80}:\W*$", re.I)
# What was ordered before: "Tại văn bản này, Ban Chỉ đạo đã giao …"; an order that is only quoted.
_ORDERED_BEFORE = re.compile(
    r"^\W*(?:tại|theo|ngày|trước đó|trong)\b[^.;]{0,160}\bđã (?:giao|yêu cầu|đề nghị|chỉ đạo)\b", re.I
)
_QUOTED_ORDER = re.compile(r"^\s*“[^”]{60,}(?:”[^”]{0,40})?$", re.S)
_LINK = re.compile(r"https?://|www\.|@")
_CONTACT = re.compile(r"[+0](?:(?<=\+)84|(?<=\b0))[\d .-]{7,}\d")
_ASIDE = re.compile(r"\s*\([^()]*\)\W*$")
_BEGINS_WITH_WORDS = re.compile(r"(?:[^\W\d_]+\s+){2}[^\W\d_]")
_THREE_WORDS = re.compile(r"(?:[^\W\d_]+[\W\d_]+){2}[^\W\d_]")


def begins_with_act(view: str) -> bool:
    """Whether the very first word is a verb of an act, or an adverb before one."""
    if _PAPERS.match(view):
        return False
    tokens = tokenize(view[:60])
    i = next((k for k, t in enumerate(tokens) if t.text[0].isalnum()), len(tokens))
    return verb_at(tokens, i)


def has_few_words(view: str) -> bool:
    """Whether fewer than three words begin the text."""
    if _BEGINS_WITH_WORDS.match(view, 0, 80):
        return False
    return sum(piece[0].isalpha() for piece in pieces(view[:80])) < 3


def orders_act(view: str) -> bool:
    """Whether the words begin with an act, also after a phrase ("Căn cứ …, rà soát …") or a label.

    >>> orders_act("Tăng cường kiểm tra"), orders_act("Tình hình dịch bệnh")
    (True, False)
    """
    if _PAPERS.match(view):
        return False
    tokens = tokenize(view[:300])
    i = next((k for k, t in enumerate(tokens) if t.text[0].isalnum()), len(tokens))
    if verb_at(tokens, i):
        return True
    adjunct = i < len(tokens) and tokens[i].lower in _ADJUNCTS
    ends = [k for k, t in enumerate(tokens) if (t.text == "," and adjunct) or (t.text == ":" and k < 20)]
    return any(verb_at(tokens, k + 1) for k in ends)


def is_statement(view: str) -> bool:
    """Whether the words only say what is so: effect, rights, where money comes from, the situation, a link."""
    if not _THREE_WORDS.search(view) or _LINK.match(view.strip()) or _FORM.search(view):
        return True
    lowered = view.lower()
    if _ASIDE.match(view) or _is_contact(view) or _QUOTED_ORDER.match(view):
        return True
    if _ORDERED_BEFORE.match(view) and not _orders_later(view):
        return True
    if _BASIS.match(view) and not find_subject(view)[0] and not _acts_after_comma(view):
        return True
    if _CITES.match(view) or _AMENDS.match(view) or (_DEFINES.match(view) and not begins_with_act(view)):
        return True
    if (
        (len(view) < 300 and _EFFECT.search(view))
        or (_TAKES_EFFECT.match(view) and not find_subject(view)[0])
        or (_PRAISE.match(view) and not _orders_later(view))
        or ("thông báo" in lowered and _NOTICE.search(view) and not begins_with_act(view))
        or (_AGREES.match(view) and not begins_with_act(view))
        or _GRANT.match(view)
    ):
        return True
    right = _RIGHT.search(view) if "quyền" in lowered or "được phép" in lowered else None
    if right and not re.search(r"\b(?:có trách nhiệm|phải)\b", view[: right.start()]) and not begins_with_act(view):
        return True
    if _MONEY.match(view) and not re.search(r"[.;]\s+\w", view.strip().rstrip(".;/")):
        return True
    return bool(_PROMULGATES.match(view) or (_SITUATION.match(view) and not _orders_later(view)))


def _is_contact(view: str) -> bool:
    """Whether the words give somebody's telephone number: "Công ty Thoát nước: 0243 974 6225"."""
    number = _CONTACT.search(view)
    return number is not None and not begins_with_act(view) and len(view[: number.start()].split()) < 16


def _acts_after_comma(view: str) -> bool:
    """Whether an act follows a phrase: "Căn cứ Kế hoạch này, xây dựng …"."""
    tokens = tokenize(view)
    return any(t.text == "," and verb_at(tokens, k + 1) for k, t in enumerate(tokens))


def _orders_later(view: str) -> bool:
    """Whether a sentence after the first begins with an act or a body that is to act."""
    later = re.split(rf"[.;]\s+(?=[{UPPER}])", view)[1:]
    return any(begins_with_act(part) or find_subject(part)[0] for part in later)


def is_situation(view: str) -> bool:
    """Whether the words begin to tell what was: "Ngày 12/5/2025, tại Thông báo …", "Thời gian qua …"."""
    return bool(_SITUATION.match(view))


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


def announces(view: str) -> bool:
    """Whether the words only close the document ("Trên đây là …")."""
    return bool(_ANNOUNCES.match(view))


def introduces_work(view: str) -> bool:
    """Whether a lead-in announces work ("… cần tập trung thực hiện một số nhiệm vụ, giải pháp sau:")."""
    return is_lead_in(view) and bool(_INTRODUCES.search(view))


def is_full_sentence(view: str) -> bool:
    """Whether the text of an item with children is an order of its own: long, ended, begun by an act."""
    details = _DETAILS.search(view)
    if details is not None and details.start() > 120:
        view = f"{view[: details.start()]}."
    if is_heading(view) or len(view) <= 120 or _JOINT_TOPIC.search(view):
        return False
    return orders_act(view) or bool(find_subject(view)[0])
