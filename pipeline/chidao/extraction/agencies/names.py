"""One name at a token: a body, a group, an official; where it ends (tên cơ quan, nhóm, chức danh).

A body is a first word of the table `agency_heads` and what belongs to it, a group "các" and nouns of
`actor_groups`, an official a position of `positions` and the body. Indexes count tokens.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from chidao.extraction.agencies.words import PREPOSITIONS, Token, lexicon, verb_at
from chidao.model import ActorKind

PLURAL = frozenset({"các", "những"})
# Two words that begin what a body is to do: its name ends before them.
BEGINS_DUTY = frozenset(
    {("tiếp", "tục"), ("chủ", "trì"), ("chủ", "động"), ("có", "trách"), ("khẩn", "trương"), ("tập", "trung"),
     ("tăng", "cường"), ("phối", "hợp"), ("tổ", "chức"), ("chịu", "trách"), ("nghiêm", "túc"), ("thực", "hiện")}
)
_QUANTIFIERS = (
    ("tất", "cả"), ("toàn", "thể"), ("toàn", "bộ"), ("100", "%"), ("hệ", "thống"), ("mọi",), ("mỗi",), ("từng",),
)
_FIRST_OF_QUANTIFIER = frozenset(words[0] for words in _QUANTIFIERS)
_UNITS = frozenset({"tỉnh", "quận", "huyện", "xã", "phường"})
# Of a body or a place that is written small: "chi cục Thuế", "công an xã", "đảng ủy xã", "cấp xã".
_FIRST_OF_LOWER_BODY = frozenset({"sở", "bộ", "phòng", "chi", "cục", "ngành", "công", "thành", "đảng", "thị", "cấp"})
_UNIT_PAIRS = frozenset(
    {
        ("thành", "phố"),
        ("thị", "xã"),
        ("thị", "trấn"),
        ("đặc", "khu"),
        ("khu", "vực"),
        ("quân", "khu"),
        ("tp", "."),
        ("địa", "phương"),
        ("thủ", "đô"),
    }
)
# What stands in the place of a territory after a name.
_RANKS = frozenset(
    {("trung", "ương"), ("việt", "nam"), ("các", "cấp"), ("tối", "cao"), ("cấp", "cao")}
)
# The number of the programme that a committee is for; no year.
_SERIAL = re.compile(r"(?!(?:19|20)\d\d)\d{3,4}")
_LEVELS = frozenset({"quân", "tỉnh", "huyện", "xã", "cơ", "trung", "thành", "trên", "dưới"})
# Capitalised words that begin another thing, never the rest of a body's name.
_DOCUMENT_PAIRS = frozenset(
    {
        ("nghị", "quyết"),
        ("nghị", "định"),
        ("quyết", "định"),
        ("chỉ", "thị"),
        ("thông", "tư"),
        ("thông", "báo"),
        ("kế", "hoạch"),
        ("chương", "trình"),
        ("đề", "án"),
        ("công", "văn"),
        ("công", "điện"),
        ("kết", "luận"),
        ("hiến", "pháp"),
        ("quy", "định"),
        ("quy", "chế"),
        ("phương", "án"),
        ("báo", "cáo"),
        ("phụ", "lục"),
        ("tờ", "trình"),
        ("hội", "nghị"),
        ("bộ", "luật"),
    }
)
_AMBIGUOUS_HEADS = frozenset(
    {
        "thuế",
        "hải quan",
        "thống kê",
        "thanh tra",
        "kiểm lâm",
        "điện lực",
        "tổ",
        "đội",
        "vùng",
        "khu",
        "cụm",
        "nhà",
        "trạm",
        "quỹ",
        "đoàn",
        "cơ quan",
        "báo",
        "hội",
        "bộ phận",
        "trường",
        "thường trực",
        "cảnh sát",
        "ban",
        "phòng",
        "kiểm toán",
        "viện",
        "đài",
        "tạp chí",
    }
)
# Bodies that are no part of another: a name that follows without a comma is another body of a list.
WHOLE_HEADS = frozenset({"Sở", "Bộ", "UBND", "Ủy ban nhân dân", "HĐND", "Hội đồng nhân dân", "Công an"})
_PARTY_BODIES = frozenset({"Đảng ủy", "Đảng uỷ", "Đảng bộ", "Đảng đoàn", "Chi bộ"})
_INCOMPLETE_HEADS = frozenset(
    {
        "tập đoàn",
        "tổng công ty",
        "công ty",
        "trung tâm",
        "văn phòng",
        "hội đồng",
        "hiệp hội",
        "ngân hàng",
        "bệnh viện",
        "chi nhánh",
        "ủy ban",
        "bộ phận",
        "kho bạc",
        "tòa án",
        "học viện",
        "tổng cục",
        "chi cục",
        "liên minh",
        "liên đoàn",
        "liên hiệp",
        "cục",
        "vụ",
    }
)
# Bodies whose name may list fields of work: a comma and a capital go on with it.
_SCHOLARLY = frozenset({"Viện", "Trung tâm", "Hội", "Hiệp hội", "Trường", "Học viện", "Tạp chí", "Hội đồng"})
_OFFICES = frozenset({"sở", "bộ", "ban", "ngành", "viện", "trường", "sở, ngành", "bộ, ngành", "ban, ngành"})
_PEOPLE = frozenset({"người dân", "nhân dân", "người lao động", "cộng đồng", "công dân"})
_LONE_POSITIONS = frozenset(
    {
        "bộ trưởng",
        "thủ tướng",
        "phó thủ tướng chính phủ",
        "tổng kiểm toán nhà nước",
        "chánh văn phòng",
        "tổng thanh tra",
        "thống đốc",
        "phó thủ tướng",
    }
)


def word(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].lower if 0 <= i < len(tokens) else ""


def capital(tokens: Sequence[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].text[0].isupper()


def _skip_quantifier(tokens: Sequence[Token], i: int) -> int:
    if word(tokens, i) not in _FIRST_OF_QUANTIFIER:
        return i
    for words in _QUANTIFIERS:
        if tuple(word(tokens, i + k) for k in range(len(words))) == words:
            return _skip_quantifier(tokens, i + len(words))
    return i


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    """The words, in lower case, that an actor can begin with."""
    known = lexicon()
    listed = {word.casefold() for phrases in (known.heads, known.positions, known.groups) for word in phrases.firsts}
    pairs = {words[0] for words in _UNIT_PAIRS}
    return frozenset(listed | pairs | _FIRST_OF_QUANTIFIER | PLURAL | _UNITS | _FIRST_OF_LOWER_BODY | {"đồng"})


def actor_at(tokens: Sequence[Token], i: int) -> tuple[int, int, ActorKind] | None:
    """Start, end and kind of the single actor at token `i`."""
    if word(tokens, i) not in _first_words():
        return None
    i = _skip_quantifier(tokens, i)
    at = i + 1 if word(tokens, i) in PLURAL else i
    if (word(tokens, at), word(tokens, at + 1)) == ("đồng", "chí") and _official(tokens, at + 2) is not None:
        i = at + 2
    official = _official(tokens, i)
    if official is not None:
        return i, official, "person"
    if word(tokens, i) in PLURAL:
        group = group_at(tokens, i)
        places = jurisdiction(tokens, i) if _unit(tokens, i + 1) > i + 1 else i
        if places > (group[0] if group else i) and capital(tokens, places - 1) and _acts(tokens, places):
            return i, places, "group"  # "các tỉnh Nghệ An, Quảng Ngãi khẩn trương …"
        body = body_at(tokens, i + 1)
        if body is not None and (group is None or body > group[0]):
            return i, body, "group"
        return (i, *group) if group is not None else None
    body = body_at(tokens, i)
    group = group_at(tokens, i)
    if body is not None and (group is None or body >= group[0]):
        return i, body, "agency"
    return (i, *group) if group is not None else None


def _official(tokens: Sequence[Token], i: int) -> int | None:
    """The end of a position with its body: "Giám đốc, Thủ trưởng các Sở, ban, ngành"."""
    known = lexicon()
    at = i + 1 if word(tokens, i) in PLURAL else i
    j = known.positions.match(tokens, at)
    if j == at:
        return None
    name = " ".join(t.lower for t in tokens[at:j])
    if name in _LONE_POSITIONS and word(tokens, j) in {",", ";", "và"}:
        return j
    while word(tokens, j) in {",", "và", "kiêm", "hoặc"}:
        further = known.positions.match(tokens, j + 1)
        if further == j + 1:
            break
        j = further
    at = j + 1 if word(tokens, j) in {"của", "cơ"} and word(tokens, j + 1) != "quan" else j
    inner = _official(tokens, at) or (actor_at(tokens, at) or (0, None, None))[1]
    if inner is not None:
        if tokens[inner - 1].lower in {"viên", "trị"} and word(tokens, inner) in {",", "kiêm"}:
            joined = _official(tokens, inner + 1)  # "Chủ tịch Hội đồng thành viên, Tổng giám đốc các Tập đoàn"
            if joined is not None:
                return joined
        inner = _further_committees(tokens, inner)
        person = capital_run(tokens, inner)
        return person if name.startswith(("phó thủ tướng", "đồng chí")) else inner
    if name in {"đồng chí", "ông", "bà", "các đồng chí"} or name.startswith("phó thủ tướng"):
        person = capital_run(tokens, j)
        if person > j:
            return person
    if word(tokens, j) in {"sở", "bộ", "ban", "cục"} and not capital(tokens, j + 1):
        return j + 1  # "Giám đốc Sở": the head word alone, known from the context
    return j if name in _LONE_POSITIONS and not capital(tokens, j) else None


def _further_committees(tokens: Sequence[Token], end: int) -> int:
    """The end of further committees of the same office: "Bí thư Tỉnh ủy, Thành ủy"."""
    while (
        word(tokens, end - 1) == "ủy"
        and word(tokens, end) in {",", "/", "và"}
        and word(tokens, end + 1) in {"tỉnh", "thành", "huyện", "quận", "thị", "đảng"}
        and word(tokens, end + 2) == "ủy"
    ):
        end += 3
    return end


def body_at(tokens: Sequence[Token], i: int) -> int | None:
    """The end of the name of one body that begins at token `i`."""
    known = lexicon()
    after_head = known.heads.match(tokens, i)
    if after_head == i:
        return _lower_body(tokens, i)
    head = " ".join(t.text for t in tokens[i:after_head])
    tail = known.tails[head]
    if tail == "alone":
        return after_head
    if tail == "unit":
        return _acting_place(tokens, i)
    if (tokens[i].lower, word(tokens, i + 1)) in _DOCUMENT_PAIRS:
        return None
    if head in _PARTY_BODIES and word(tokens, after_head) in {"cơ", "các"}:
        inner = actor_at(tokens, after_head + (2 if word(tokens, after_head) == "cơ" else 0))
        if inner is not None:
            return inner[1]  # "Đảng ủy cơ quan Văn phòng Quốc hội"
    end = _tail(tokens, after_head, long=tail == "long")
    if tail == "long" and (end > after_head or head.casefold() not in _AMBIGUOUS_HEADS):
        end = end if _places_before(tokens, end) else _unknown_rest(tokens, end)
    if head in _SCHOLARLY and word(tokens, end) == ",":
        end = _fields_listed(tokens, end)
    if not (head == "Bộ" and word(tokens, end) in PLURAL):  # "Bộ Quốc phòng[,] các tỉnh …": no ministry has provinces
        end = jurisdiction(tokens, end)
    if head.casefold() == "ban chỉ đạo" and word(tokens, end) in PLURAL and (group := group_at(tokens, end)):
        return group[0]  # "Ban Chỉ đạo 389 các bộ, ngành, địa phương"
    nested = body_at(tokens, end) if capital(tokens, end) and head not in WHOLE_HEADS else None
    if nested is not None:
        end = _office_of(tokens, nested) if head == "Văn phòng" else nested
    if end == after_head and (tail == "proper" or head.casefold() in _AMBIGUOUS_HEADS):
        return None
    if end == after_head and head.casefold() in _INCOMPLETE_HEADS:
        return None
    return _belonging(tokens, end)


def _lower_body(tokens: Sequence[Token], i: int) -> int | None:
    """A name whose first head is written small: "sở Y tế", "công an xã"."""
    head = word(tokens, i)
    if head in {"sở", "bộ", "phòng", "chi", "cục", "ngành"} and tokens[i].text == head:
        at = i + 2 if head == "chi" and word(tokens, i + 1) == "cục" else i + 1
        end = (
            lexicon().fields.match(tokens, at)
            if capital(tokens, at) or (head in {"ngành", "sở"} and not verb_at(tokens, at))
            else at
        )
        if end > at:
            return jurisdiction(tokens, end)
    if _unit(tokens, i) > i:
        return _acting_place(tokens, i)
    if head == "ngành" and capital(tokens, i + 1):
        return capital_run(tokens, i + 1)
    if head == "công" and word(tokens, i + 1) == "an":
        end = jurisdiction(tokens, i + 2)
        return end if end > i + 2 else None
    return None


def _acting_place(tokens: Sequence[Token], i: int) -> int | None:
    """The end of a place that is to act: "tỉnh Lào Cai cần tiếp tục …", "Thành phố bảo đảm …"."""
    unit = _unit(tokens, i)
    place = capital_run(tokens, unit)
    return place if (place > unit or tokens[i].text[0].isupper()) and _acts(tokens, place) else None


def _acts(tokens: Sequence[Token], i: int) -> bool:
    """Whether the place that ends at `i` is to act: an act follows, also after more places."""
    if word(tokens, i) in {"cần", "phải", "tiếp", "tập"} or (i < len(tokens) and verb_at(tokens, i)):
        return True
    at = i
    while word(tokens, at) in {",", "và"} | PLURAL:
        at += 1
    return at > i and _unit(tokens, at) > at and capital(tokens, _unit(tokens, at))


def _office_of(tokens: Sequence[Token], end: int) -> int:
    """The end of "Văn phòng HĐND-UBND thành phố", one office of two bodies."""
    known = lexicon()
    if word(tokens, end - 1) not in {"hđnd", "dân", "hội", "đbqh"} or word(tokens, end) not in {"-", "và"}:
        return end
    further = known.heads.match(tokens, end + 1)
    if further == end + 1 or word(tokens, further - 1) not in {"ubnd", "hđnd", "dân"}:
        return end
    return jurisdiction(tokens, further)


def _tail(tokens: Sequence[Token], i: int, *, long: bool) -> int:
    """The end of the words after a head that belong to the name."""
    known = lexicon()
    end = known.fields.match(tokens, i) if capital(tokens, i) else i
    while end < len(tokens):
        if end > i and _unit(tokens, end) > end:
            break
        run = capital_run(tokens, end)
        if run > end:
            end = run
        elif (
            long
            and known.name_words.match(tokens, end) > end
            and (
                end == i or _reaches_name(tokens, end) or known.verbs.match(tokens, end) == end or _in_run(tokens, end)
            )
        ):
            end = known.name_words.match(tokens, end)
        elif long and word(tokens, end) in {"và", "-", "các"} and _continues(tokens, end + 1):
            end += 1
        elif long and _SERIAL.fullmatch(word(tokens, end)):
            end += 1  # "Ban Chỉ đạo 389", "Ban Chỉ đạo quốc gia 1237"
        elif long and word(tokens, end) == "số" and word(tokens, end + 1).isdigit():
            end += 2
        elif long and word(tokens, end) == "về" and known.name_words.match(tokens, end + 1) > end + 1:
            end = known.name_words.match(tokens, end + 1)  # "Ban Chỉ đạo Trung ương về phòng, chống thiên tai"
        else:
            break
    return end


def _unknown_rest(tokens: Sequence[Token], i: int) -> int:
    """The end of words that no table knows but that lead on to a territory, a duty or the end of the name.

    "Trung tâm Quản lý | hạ tầng kỹ thuật | Thành phố", "Ban Quản lý | khu bảo tồn biển | có trách nhiệm …".
    """
    known = lexicon()
    end = named = i  # `named`: after the last capitalised word
    while end < len(tokens) and end - i < 14:
        here = tokens[end]
        if (here.lower, word(tokens, end + 1)) in BEGINS_DUTY or here.text in {";", ":", ".", ")", "("}:
            return end
        if here.text == "-" and begins_actor(tokens, end + 1):
            return end
        if here.text == ",":
            second_syllable = end == i + 1 and capital(tokens, i - 1)  # "Viện Thổ | nhưỡng, …"
            return end if second_syllable or _goes_on_list(tokens, end + 1) else named
        if _unit(tokens, end) > end or (here.lower, word(tokens, end + 1)) in _RANKS:
            return end
        if here.lower == "và" and (begins_actor(tokens, end + 1) or word(tokens, end + 1) in PLURAL):
            return end
        if capital(tokens, end):
            if begins_actor(tokens, end) or (here.lower, word(tokens, end + 1)) in _DOCUMENT_PAIRS:
                return named
            end = named = end + 1
            continue
        inside = known.name_words.match(tokens, end)
        if here.lower != "và" and (
            not here.text.isalpha() or here.lower in PREPOSITIONS | PLURAL or (verb_at(tokens, end) and inside == end)
        ):
            return named
        end = max(end + 1, inside)
    return end if end == len(tokens) else named


def _fields_listed(tokens: Sequence[Token], i: int) -> int:
    """The end of fields after the first one: "Viện Văn hóa | , Nghệ thuật, Thể thao và Du lịch"; `i` without "và"."""
    end = i
    while word(tokens, end) == "," and capital(tokens, end + 1) and not begins_actor(tokens, end + 1):
        run = capital_run(tokens, end + 1)
        if run == end + 1:
            return i
        if any(word(tokens, k) == "và" for k in range(end + 1, run)):
            return run
        end = run
    return i


def _places_before(tokens: Sequence[Token], i: int) -> bool:
    """Whether the two words before `i` are a territory or a rank: the name is complete."""
    pair = (word(tokens, i - 2), word(tokens, i - 1))
    return pair in _RANKS | _UNIT_PAIRS


def _goes_on_list(tokens: Sequence[Token], i: int) -> bool:
    """Whether another actor, or nothing, follows the comma before `i`."""
    return i >= len(tokens) or word(tokens, i) in PLURAL or begins_actor(tokens, i)


def _in_run(tokens: Sequence[Token], i: int) -> bool:
    """Whether the words at `i` are name words up to a place, a mark or the end: the name goes on."""
    known = lexicon()
    while (j := known.name_words.match(tokens, i)) > i:
        i = j
    return i >= len(tokens) or word(tokens, i) in {",", ";", ".", ")", "("} | _UNITS


def _reaches_name(tokens: Sequence[Token], i: int) -> bool:
    """Whether name words lead on to another capitalised word of the same name."""
    known = lexicon()
    while (j := known.name_words.match(tokens, i)) > i:
        i = j
    return capital(tokens, i) and capital_run(tokens, i) > i


def _continues(tokens: Sequence[Token], i: int) -> bool:
    known = lexicon()
    if known.heads.match(tokens, i) > i or known.positions.match(tokens, i) > i:
        return False
    return capital(tokens, i) or known.name_words.match(tokens, i) > i


def capital_run(tokens: Sequence[Token], i: int) -> int:
    """The end of the capitalised words at `i`, joined by hyphens or "và", up to another name."""
    known = lexicon()
    end = i
    while capital(tokens, end):
        if known.heads.match(tokens, end) > end and _begins_body(tokens, end):
            break
        if known.positions.match(tokens, end) > end or (tokens[end].lower, word(tokens, end + 1)) in _DOCUMENT_PAIRS:
            break
        end = _compound(tokens, end)
        if word(tokens, end) == "-" and word(tokens, end + 1).isdigit():
            end += 2
        if word(tokens, end) in {"-", "và", "&"} and capital(tokens, end + 1) and not begins_actor(tokens, end + 1):
            end += 1
    return end if end > i and tokens[end - 1].lower not in {"-", "và"} else max(i, end - 1)


def _compound(tokens: Sequence[Token], i: int) -> int:
    """The end of the word whose first syllable at `i` is a capital: "Đăng kiểm", "Hợp tác xã", "Thành phố"."""
    known = lexicon()
    end = max(phrases.match(tokens, i) for phrases in (known.fields, known.name_words, known.groups, known.verbs))
    if (tokens[i].lower, word(tokens, i + 1)) in _UNIT_PAIRS:
        end = max(end, i + 2)
    if end > i + 1:
        return end
    # Unknown syllables still belong to the name when another capital of the same name follows soon.
    end = i + 1
    while (
        end < len(tokens)
        and end - i <= 3
        and tokens[end].text.islower()
        and tokens[end].lower not in PREPOSITIONS
        and not verb_at(tokens, end)
    ):
        end += 1
    led_on = end > i + 1 and capital(tokens, end) and not begins_actor(tokens, end)
    hyphenated = end == i + 2 and word(tokens, end) == "-" and capital(tokens, end + 1)  # "Công nghiệp - Năng lượng"
    led_on = led_on or hyphenated
    return end if led_on else i + 1


def _begins_body(tokens: Sequence[Token], i: int) -> bool:
    after = lexicon().heads.match(tokens, i)
    tail = lexicon().tails.get(" ".join(t.text for t in tokens[i:after]), "")
    return tail in {"place", "placeless", "alone"} or capital(tokens, after) or tail == "long"


def begins_actor(tokens: Sequence[Token], i: int) -> bool:
    known = lexicon()
    return (
        (known.heads.match(tokens, i) > i and tokens[i].lower not in {"công", "hội", "khu"} and _begins_body(tokens, i))
        or known.positions.match(tokens, i) > i
        or (tokens[i].lower, word(tokens, i + 1)) == ("công", "an")
    )


def _unit(tokens: Sequence[Token], i: int) -> int:
    """The end of one word for a territory at `i` ("thành phố", "xã"), or `i`."""
    if (word(tokens, i), word(tokens, i + 1)) in _UNIT_PAIRS and word(tokens, i + 2) != "ủy":
        return i + 2
    if word(tokens, i + 1) == "ủy" and word(tokens, i) in {"tỉnh", "thành", "đảng", "huyện", "quận", "thị"}:
        return i + 2 if tokens[i].text.islower() else i
    if word(tokens, i) == "cấp" and word(tokens, i + 1) in _LEVELS:
        return i + (3 if word(tokens, i + 1) in {"cơ", "trung", "thành", "quân"} else 2)
    return i + 1 if word(tokens, i) in _UNITS and word(tokens, i + 1) != "ủy" else i


def jurisdiction(tokens: Sequence[Token], i: int) -> int:
    """The end of the territory after a name: "tỉnh Sơn La", "các quận, huyện, thị xã", "Việt Nam"."""
    at = (
        i + 1
        if word(tokens, i) in PLURAL
        or (word(tokens, i) == "của" and _unit(tokens, i + 1) > i + 1 and not capital(tokens, _unit(tokens, i + 1)))
        else i
    )
    end = _unit(tokens, at)
    if end == at:
        if word(tokens, i) in PLURAL and word(tokens, i + 1) == "cấp":
            return i + 2
        return _place_after_dash(tokens, i)
    while word(tokens, end) in {",", "và", "/", "-", "hoặc"}:
        further = _unit(tokens, end + 1)
        if further == end + 1:
            break
        end = further
    while (further := _unit(tokens, end)) > end:  # "đảng ủy xã, phường"
        end = further
    if word(tokens, i) in PLURAL:
        end = _stretch(tokens, lexicon().modifiers.match(tokens, end))
    run = end if lexicon().verbs.match(tokens, end) > end + 1 else capital_run(tokens, end)
    if run == end and word(tokens, end).isdigit():
        run = end + 1
    end = run
    while (
        word(tokens, end) == ","
        and capital(tokens, end + 1)
        and not begins_actor(tokens, end + 1)
        and word(tokens, i) in PLURAL | {"tỉnh"}
        and capital_run(tokens, end + 1) > end + 1
        and not verb_at(tokens, end + 1)
    ):
        end = capital_run(tokens, end + 1)
    if [t.lower for t in tokens[end : end + 4]] == ["trực", "thuộc", "trung", "ương"]:
        end += 4
    return jurisdiction(tokens, end) if word(tokens, end) in _UNITS | {"thành"} and end < len(tokens) else end


def _stretch(tokens: Sequence[Token], i: int) -> int:
    """The end of "từ Đà Nẵng đến Lâm Đồng" after provinces, or `i`."""
    if word(tokens, i) != "từ" or not capital(tokens, i + 1):
        return i
    to = capital_run(tokens, i + 1)
    if word(tokens, to) not in {"đến", "tới"} or not capital(tokens, to + 1):
        return i
    return capital_run(tokens, to + 1)


def _place_after_dash(tokens: Sequence[Token], i: int) -> int:
    if (word(tokens, i), word(tokens, i + 1)) in _RANKS:
        return i + 2
    return i


def _belonging(tokens: Sequence[Token], i: int) -> int:
    """The end after "thuộc <body>" that belongs to the name."""
    at = i + (2 if word(tokens, i) == "trực" else 1)
    if word(tokens, at - 1) == "thuộc":
        owner = body_at(tokens, at)
        if owner is not None:
            return owner
    if [t.lower for t in tokens[i : i + 3]] == ["của", "quốc", "hội"]:
        return i + 3
    return i


def group_at(tokens: Sequence[Token], i: int) -> tuple[int, ActorKind] | None:
    """The end and kind of a group: "các sở, ban, ngành tỉnh", "cơ quan chủ trì", "người dân"."""
    known = lexicon()
    plural = word(tokens, i) in PLURAL
    at = i + 1 if plural else i
    end = known.groups.match(tokens, at)
    if end == at:
        return None
    if word(tokens, end) in {"viên", "trưởng"}:
        return None  # "cấp ủy viên", "tổ trưởng": a person, not the group
    first = " ".join(t.lower for t in tokens[at:end])
    kind: ActorKind = "other" if known.group_kinds[first] == "other" else "group"
    nouns, described = 1, False
    if first == "cán bộ" and capital(tokens, end) and (body := body_at(tokens, end)) is not None:
        return body, kind  # "cán bộ Công an xã"
    while True:
        further = _modified(tokens, end)
        described = described or further > end
        end = further
        joined = end
        while word(tokens, joined) in {",", "và", "/", "-", "hoặc"}:
            joined += 1
        noun = known.groups.match(tokens, joined)
        if (
            (joined == end and word(tokens, joined) not in {"đơn", "ngành", "địa"})
            or noun == joined
            or body_at(tokens, joined) is not None
            or _is_verb(tokens, joined, noun)
            or word(tokens, noun) in {"viên", "trưởng"}  # "Chánh Văn phòng Bộ, Cục trưởng …"
        ):
            break
        named = " ".join(t.lower for t in tokens[joined:noun])
        offices = kind == "other" and named in _OFFICES  # "doanh nghiệp, sở, ban, ngành" are two
        if (not plural and (known.group_kinds[named] == "other" or offices)) or named in _PEOPLE:
            break
        end, nouns = noun, nouns + 1
    if not plural and nouns == 1 and not described and kind == "group" and end - at < 2:
        return None
    if (
        not plural
        and nouns == 1
        and not described
        and first in {"tổ chức", "đơn vị", "cơ quan", "địa phương", "cơ sở"}
        and not capital(tokens, at)
    ):
        return None
    if not plural and first == "tổ chức" and nouns == 1:
        return None
    return (_unknown_words(tokens, end) if plural else end), kind


def _is_verb(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the noun is rather an act that goes on: ", tổ chức thực hiện"."""
    noun = " ".join(t.lower for t in tokens[start:end])
    if noun not in {"tổ chức", "báo", "hội", "cấp", "đội", "vụ", "trường", "bộ", "tổ", "bên", "viện", "ban"}:
        return False
    return word(tokens, end) not in {
        ",",
        "và",
        "liên",
        "có",
        ";",
        ".",
        "",
        "trực",
        "thuộc",
        "khác",
        "phải",
        "được",
        "đều",
        "cần",
        "chịu",
        "căn",
        "theo",
    } | _UNITS or (noun == "cấp" and word(tokens, end) not in {",", "và"})


def _modified(tokens: Sequence[Token], i: int) -> int:
    """The end of the words after the noun of a group that still describe it."""
    known = lexicon()
    end = i
    while end < len(tokens):
        if word(tokens, end) in {"thuộc", "của", "trực"}:
            at = end + (2 if word(tokens, end) == "trực" else 1)
            owner = body_at(tokens, at)
            if owner is not None:
                end = owner
                continue
        further = known.modifiers.match(tokens, end)
        if further > end:
            if word(tokens, end) in {"trên"}:
                further = jurisdiction(tokens, further)
            elif word(tokens, further - 1) in {"tỉnh", "phố"}:
                further = capital_run(tokens, further)
            end = further
            continue
        if tuple(word(tokens, end + k) for k in range(3)) == ("trong", "lĩnh", "vực"):
            field = known.fields.match(tokens, end + 3)
            end = field if field > end + 3 else _to_verb(tokens, end + 3, most=10)
            continue
        break
    return end


def _to_verb(tokens: Sequence[Token], i: int, *, most: int) -> int:
    end = i
    while (
        end < len(tokens)
        and end - i < most
        and tokens[end].text[0].isalnum()
        and not (end > i and verb_at(tokens, end))
    ):
        end += 1
    return end


def _unknown_words(tokens: Sequence[Token], i: int) -> int:
    """Up to four words that no table knows still describe the group when an act follows them."""
    if i >= len(tokens) or verb_at(tokens, i):
        return i
    end = i
    while (
        end < len(tokens)
        and end - i < 4
        and tokens[end].text.isalpha()
        and tokens[end].text.islower()
        and tokens[end].lower not in PREPOSITIONS
        and not verb_at(tokens, end)
    ):
        end += 1
    if end == i:
        return i
    further = _modified(tokens, end)
    if further > end:
        return further
    if end < len(tokens) and tokens[end].lower in PREPOSITIONS - {"và"}:
        return i
    ends = end == len(tokens) or tokens[end].text in {",", ";", ".", ")", ":"} or tokens[end].lower == "và"
    return end if ends or verb_at(tokens, end) else i
