"""Names of bodies, groups and officials in running text (cơ quan, nhóm cơ quan, chức danh).

A name is a first word of the table `agency_heads` and what belongs to it, a group is "các" and nouns of
`actor_groups`, an official a position of `positions` and the body. Lists are cut at commas and "và", but
never inside a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from chidao import knowledge
from chidao.grammar.folding import plain, squeeze
from chidao.model import ActorKind, Span


class Token(NamedTuple):
    """A word or a mark of the text; `lower` compares without case."""

    text: str
    start: int
    end: int
    lower: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A named actor: `name` as written with abbreviations expanded, `span` where it stands."""

    name: str
    kind: ActorKind
    span: Span


_TOKEN = re.compile(r"[^\W_]+(?:[&.](?=[^\W\d_])[^\W_]+)*|[^\s\w]|_")
_PLURAL = frozenset({"các", "những"})
_QUANTIFIERS = (("tất", "cả"), ("toàn", "thể"), ("toàn", "bộ"), ("100", "%"), ("mọi",), ("mỗi",), ("từng",))
_JOINERS = frozenset({",", "và", ";", "cùng", "hoặc", "/", "-"})
_UNITS = frozenset({"tỉnh", "quận", "huyện", "xã", "phường"})
_UNIT_PAIRS = frozenset(
    {
        ("thành", "phố"),
        ("thị", "xã"),
        ("thị", "trấn"),
        ("đặc", "khu"),
        ("khu", "vực"),
        ("tp", "."),
        ("địa", "phương"),
        ("thủ", "đô"),
    }
)
_LEVELS = frozenset({"tỉnh", "huyện", "xã", "cơ", "trung", "thành", "trên", "dưới"})
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
PREPOSITIONS = frozenset(
    """về của trong tại cho đối theo từ được do khi nếu mà là đã có bị ở với để vào trên dưới sau
trước ngoài cùng giữa nhất thì và hoặc như nhằm đến tới qua bằng gồm không phải cần vẫn còn nên sẽ đang đều
luôn cũng""".split()
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
_WHOLE_HEADS = frozenset({"Sở", "Bộ", "UBND", "Ủy ban nhân dân", "HĐND", "Hội đồng nhân dân", "Công an"})
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


class _Phrases:
    """Longest match of phrases over tokens, case folded unless `exact`."""

    def __init__(self, phrases: Iterable[str], *, exact: bool = False) -> None:
        self._exact = exact
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(t.text if exact else t.lower for t in tokenize(phrase))
            self._by_first.setdefault(words[0], []).append(words)
        for options in self._by_first.values():
            options.sort(key=len, reverse=True)

    def match(self, tokens: Sequence[Token], i: int) -> int:
        """The index after the longest phrase that begins at `i`; `i` when there is none."""
        if i >= len(tokens):
            return i
        first = tokens[i].text if self._exact else tokens[i].lower
        for words in self._by_first.get(first, ()):
            end = i + len(words)
            if end <= len(tokens) and all(
                (t.text if self._exact else t.lower) == w for t, w in zip(tokens[i:end], words, strict=True)
            ):
                return end
        return i


@dataclass(frozen=True)
class _Lexicon:
    heads: _Phrases
    tails: dict[str, str]
    fields: _Phrases
    groups: _Phrases
    group_kinds: dict[str, str]
    modifiers: _Phrases
    positions: _Phrases
    verbs: _Phrases
    name_words: _Phrases
    abbreviations: dict[str, str]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    heads = {row["head"]: row["tail"] for row in knowledge.rows("agency_heads")}
    groups = {row["noun"].casefold(): row["kind"] for row in knowledge.rows("actor_groups")}
    return _Lexicon(
        heads=_Phrases(heads, exact=True),
        tails={" ".join(t.text for t in tokenize(h)): tail for h, tail in heads.items()},
        fields=_Phrases([row["field"] for row in knowledge.rows("agency_fields")]),
        groups=_Phrases(groups),
        group_kinds={" ".join(t.lower for t in tokenize(g)): kind for g, kind in groups.items()},
        modifiers=_Phrases([row["modifier"] for row in knowledge.rows("actor_modifiers")]),
        positions=_Phrases([row["position"] for row in knowledge.rows("positions")], exact=True),
        verbs=_Phrases([row["term"] for row in knowledge.rows("action_verbs")]),
        name_words=_Phrases([row["word"] for row in knowledge.rows("name_words")]),
        abbreviations={row["abbreviation"]: row["meaning"] for row in knowledge.rows("abbreviations")},
    )


@lru_cache(maxsize=256)  # the same words are asked about many times in a row
def tokenize(text: str) -> tuple[Token, ...]:
    """Words and marks of `text` with their offsets.

    >>> [t.text for t in tokenize("Sở KH&CN, UBND tỉnh")]
    ['Sở', 'KH&CN', ',', 'UBND', 'tỉnh']
    """
    return tuple(Token(m.group(), m.start(), m.end(), m.group().casefold()) for m in _TOKEN.finditer(text))


def verb_at(tokens: Sequence[Token], i: int) -> bool:
    """Whether an act, or a word that goes before one, begins at token `i`."""
    return _lexicon().verbs.match(tokens, i) > i


def expand(name: str) -> str:
    """`name` on one line with its abbreviations written out.

    >>> expand("UBND các  xã; Sở KH&CN")
    'Ủy ban nhân dân các xã; Sở Khoa học và Công nghệ'
    """
    known = _lexicon().abbreviations
    name = squeeze(name)
    for joined in re.findall(r"[A-ZĐ&]{2,}(?:-[A-ZĐ&]{2,})+", name):
        if joined in known:
            name = name.replace(joined, known[joined])
    return re.sub(r"[^\W\d_]+(?:[&.][^\W\d_]+)*", lambda m: known.get(m.group(), m.group()), name)


def find_agencies(text: str) -> tuple[Actor, ...]:
    """All bodies, groups and officials that `text` names, in order and without overlap.

    >>> [a.name for a in find_agencies("Giao Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh và UBND các xã")]
    ['Sở Văn hóa, Thể thao và Du lịch', 'Công an tỉnh', 'Ủy ban nhân dân các xã']
    """
    view = plain(text)
    tokens = tokenize(view)
    found: list[Actor] = []
    i = 0
    while i < len(tokens):
        actors, end = parse_actors(view, tokens, i)
        if actors and end > i:
            found.extend(actors)
            i = end
        else:
            i += 1
    return tuple(found)


def parse_actors(view: str, tokens: Sequence[Token], i: int) -> tuple[list[Actor], int]:
    """The list of actors that begins at token `i` and the index after it; an empty list where none does.

    `view` is the plain text that the tokens were taken from. Members named after a group, in brackets or
    after a colon, stand for the group; fields that share a head word ("Sở Y tế, Tài chính") give one each.
    """
    actors: list[Actor] = []
    end = i
    at = i
    while True:
        parsed = _actor(tokens, at)
        if parsed is None:
            break
        start, stop, kind = parsed
        first = Actor(
            expand(view[tokens[start].start : tokens[stop - 1].end]),
            kind,
            Span(tokens[start].start, tokens[stop - 1].end),
        )
        members, after = _members(view, tokens, start, stop, kind)
        shared, after_shared = ([], stop) if members else _shared_head(view, tokens, start, stop)
        actors += members or [first, *shared]
        end = after if members else after_shared
        at = _after_joiner(tokens, end)
        if at == end and end < len(tokens) and tokens[end].text in _WHOLE_HEADS:
            continue  # a list whose line breaks were its only commas
        if at == end:
            at = _after_joiner(tokens, _after_brackets(tokens, end))
            if at == end or at == _after_brackets(tokens, end):
                break
    return actors, end


def _after_brackets(tokens: Sequence[Token], i: int) -> int:
    """The index after an aside in brackets at `i`, or `i`."""
    if i >= len(tokens) or tokens[i].text != "(":
        return i
    close = next((k for k in range(i, min(len(tokens), i + 40)) if tokens[k].text == ")"), None)
    return i if close is None else close + 1


def _after_joiner(tokens: Sequence[Token], i: int) -> int:
    j = i
    while j < len(tokens) and tokens[j].lower in _JOINERS:
        j += 1
    if j < len(tokens) and j > i and tokens[j].lower == "với":
        j += 1
    return j


def _word(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].lower if 0 <= i < len(tokens) else ""


def _capital(tokens: Sequence[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].text[0].isupper()


def _skip_quantifier(tokens: Sequence[Token], i: int) -> int:
    for words in _QUANTIFIERS:
        if tuple(_word(tokens, i + k) for k in range(len(words))) == words:
            return _skip_quantifier(tokens, i + len(words))
    return i


def _actor(tokens: Sequence[Token], i: int) -> tuple[int, int, ActorKind] | None:
    """Start, end and kind of the single actor at token `i`."""
    i = _skip_quantifier(tokens, i)
    at = i + 1 if _word(tokens, i) in _PLURAL else i
    if (_word(tokens, at), _word(tokens, at + 1)) == ("đồng", "chí") and _official(tokens, at + 2) is not None:
        i = at + 2
    official = _official(tokens, i)
    if official is not None:
        return i, official, "person"
    if _word(tokens, i) in _PLURAL:
        group = _group(tokens, i)
        body = _body(tokens, i + 1)
        if body is not None and (group is None or body > group[0]):
            return i, body, "group"
        return (i, *group) if group is not None else None
    body = _body(tokens, i)
    group = _group(tokens, i)
    if body is not None and (group is None or body >= group[0]):
        return i, body, "agency"
    return (i, *group) if group is not None else None


def _official(tokens: Sequence[Token], i: int) -> int | None:
    """The end of a position with its body: "Giám đốc, Thủ trưởng các Sở, ban, ngành"."""
    lexicon = _lexicon()
    at = i + 1 if _word(tokens, i) in _PLURAL else i
    j = lexicon.positions.match(tokens, at)
    if j == at:
        return None
    name = " ".join(t.lower for t in tokens[at:j])
    if name in _LONE_POSITIONS and _word(tokens, j) in {",", ";", "và"}:
        return j
    while _word(tokens, j) in {",", "và", "kiêm", "hoặc"}:
        further = lexicon.positions.match(tokens, j + 1)
        if further == j + 1:
            break
        j = further
    at = j + 1 if _word(tokens, j) in {"của", "cơ"} and _word(tokens, j + 1) != "quan" else j
    inner = _official(tokens, at) or (_actor(tokens, at) or (0, None, None))[1]
    if inner is not None:
        if tokens[inner - 1].lower in {"viên", "trị"} and _word(tokens, inner) in {",", "kiêm"}:
            joined = _official(tokens, inner + 1)  # "Chủ tịch Hội đồng thành viên, Tổng giám đốc các Tập đoàn"
            if joined is not None:
                return joined
        person = _capital_run(tokens, inner)
        return person if name.startswith(("phó thủ tướng", "đồng chí")) else inner
    if name in {"đồng chí", "ông", "bà", "các đồng chí"} or name.startswith("phó thủ tướng"):
        person = _capital_run(tokens, j)
        if person > j:
            return person
    if _word(tokens, j) in {"sở", "bộ", "ban", "cục"} and not _capital(tokens, j + 1):
        return j + 1  # "Giám đốc Sở": the head word alone, known from the context
    return j if name in _LONE_POSITIONS and not _capital(tokens, j) else None


def _body(tokens: Sequence[Token], i: int) -> int | None:
    """The end of the name of one body that begins at token `i`."""
    lexicon = _lexicon()
    after_head = lexicon.heads.match(tokens, i)
    if after_head == i:
        return _lower_body(tokens, i)
    head = " ".join(t.text for t in tokens[i:after_head])
    tail = lexicon.tails[head]
    if tail == "alone":
        return after_head
    if tail == "unit":
        return after_head if not _capital(tokens, after_head) and verb_at(tokens, after_head) else None
    if (tokens[i].lower, _word(tokens, i + 1)) in _DOCUMENT_PAIRS:
        return None
    end = _tail(tokens, after_head, long=tail == "long")
    end = _jurisdiction(tokens, end)
    nested = _body(tokens, end) if _capital(tokens, end) and head not in _WHOLE_HEADS else None
    if nested is not None:
        end = _office_of(tokens, nested) if head == "Văn phòng" else nested
    if end == after_head and (tail == "proper" or head.casefold() in _AMBIGUOUS_HEADS):
        return None
    if end == after_head and head.casefold() in _INCOMPLETE_HEADS:
        return None
    return _belonging(tokens, end)


def _lower_body(tokens: Sequence[Token], i: int) -> int | None:
    """A name whose first word is written small: "sở Y tế", "công an xã"."""
    word = _word(tokens, i)
    if word in {"sở", "bộ", "phòng", "chi", "cục", "ngành"} and tokens[i].text == word:
        at = i + 2 if word == "chi" and _word(tokens, i + 1) == "cục" else i + 1
        end = (
            _lexicon().fields.match(tokens, at)
            if _capital(tokens, at) or (word in {"ngành", "sở"} and not verb_at(tokens, at))
            else at
        )
        return _jurisdiction(tokens, end) if end > at else None
    if word == "công" and _word(tokens, i + 1) == "an":
        end = _jurisdiction(tokens, i + 2)
        return end if end > i + 2 else None
    return None


def _office_of(tokens: Sequence[Token], end: int) -> int:
    """The end of "Văn phòng HĐND-UBND thành phố", one office of two bodies."""
    lexicon = _lexicon()
    if _word(tokens, end - 1) not in {"hđnd", "dân", "hội", "đbqh"} or _word(tokens, end) not in {"-", "và"}:
        return end
    further = lexicon.heads.match(tokens, end + 1)
    if further == end + 1 or _word(tokens, further - 1) not in {"ubnd", "hđnd", "dân"}:
        return end
    return _jurisdiction(tokens, further)


def _tail(tokens: Sequence[Token], i: int, *, long: bool) -> int:
    """The end of the words after a head that belong to the name."""
    lexicon = _lexicon()
    end = lexicon.fields.match(tokens, i) if _capital(tokens, i) else i
    while end < len(tokens):
        run = _capital_run(tokens, end)
        if run > end:
            end = run
        elif (
            long
            and lexicon.name_words.match(tokens, end) > end
            and (
                end == i
                or _reaches_name(tokens, end)
                or lexicon.verbs.match(tokens, end) == end
                or _in_run(tokens, end)
            )
        ):
            end = lexicon.name_words.match(tokens, end)
        elif long and _word(tokens, end) in {"và", "-", "các"} and _continues(tokens, end + 1):
            end += 1
        elif long and _word(tokens, end) == "số" and _word(tokens, end + 1).isdigit():
            end += 2
        elif long and _word(tokens, end) == "về" and lexicon.name_words.match(tokens, end + 1) > end + 1:
            end = lexicon.name_words.match(tokens, end + 1)  # "Ban Chỉ đạo Trung ương về phòng, chống thiên tai"
        else:
            break
    return end


def _in_run(tokens: Sequence[Token], i: int) -> bool:
    """Whether the words at `i` are name words up to a place, a mark or the end: the name goes on."""
    lexicon = _lexicon()
    while (j := lexicon.name_words.match(tokens, i)) > i:
        i = j
    return i >= len(tokens) or _word(tokens, i) in {",", ";", ".", ")", "("} | _UNITS


def _reaches_name(tokens: Sequence[Token], i: int) -> bool:
    """Whether name words lead on to another capitalised word of the same name."""
    lexicon = _lexicon()
    while (j := lexicon.name_words.match(tokens, i)) > i:
        i = j
    return _capital(tokens, i) and _capital_run(tokens, i) > i


def _continues(tokens: Sequence[Token], i: int) -> bool:
    lexicon = _lexicon()
    if lexicon.heads.match(tokens, i) > i or lexicon.positions.match(tokens, i) > i:
        return False
    return _capital(tokens, i) or lexicon.name_words.match(tokens, i) > i


def _capital_run(tokens: Sequence[Token], i: int) -> int:
    """The end of the capitalised words at `i`, joined by hyphens or "và", up to another name."""
    lexicon = _lexicon()
    end = i
    while _capital(tokens, end):
        if lexicon.heads.match(tokens, end) > end and _begins_body(tokens, end):
            break
        if lexicon.positions.match(tokens, end) > end or (tokens[end].lower, _word(tokens, end + 1)) in _DOCUMENT_PAIRS:
            break
        end = _compound(tokens, end)
        if _word(tokens, end) == "-" and _word(tokens, end + 1).isdigit():
            end += 2
        if _word(tokens, end) in {"-", "và", "&"} and _capital(tokens, end + 1) and not _begins_actor(tokens, end + 1):
            end += 1
    return end if end > i and tokens[end - 1].lower not in {"-", "và"} else max(i, end - 1)


def _compound(tokens: Sequence[Token], i: int) -> int:
    """The end of the word whose first syllable at `i` is a capital: "Đăng kiểm", "Hợp tác xã", "Thành phố"."""
    lexicon = _lexicon()
    known = max(
        phrases.match(tokens, i) for phrases in (lexicon.fields, lexicon.name_words, lexicon.groups, lexicon.verbs)
    )
    if (tokens[i].lower, _word(tokens, i + 1)) in _UNIT_PAIRS:
        known = max(known, i + 2)
    if known > i + 1:
        return known
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
    led_on = end > i + 1 and _capital(tokens, end) and not _begins_actor(tokens, end)
    return end if led_on else i + 1


def _begins_body(tokens: Sequence[Token], i: int) -> bool:
    after = _lexicon().heads.match(tokens, i)
    tail = _lexicon().tails.get(" ".join(t.text for t in tokens[i:after]), "")
    return tail in {"place", "placeless", "alone"} or _capital(tokens, after) or tail == "long"


def _begins_actor(tokens: Sequence[Token], i: int) -> bool:
    lexicon = _lexicon()
    return (
        (
            lexicon.heads.match(tokens, i) > i
            and tokens[i].lower not in {"công", "hội", "khu"}
            and _begins_body(tokens, i)
        )
        or lexicon.positions.match(tokens, i) > i
        or (tokens[i].lower, _word(tokens, i + 1)) == ("công", "an")
    )


def _unit(tokens: Sequence[Token], i: int) -> int:
    """The end of one word for a territory at `i` ("thành phố", "xã"), or `i`."""
    if (_word(tokens, i), _word(tokens, i + 1)) in _UNIT_PAIRS and _word(tokens, i + 2) != "ủy":
        return i + 2
    if _word(tokens, i) == "cấp" and _word(tokens, i + 1) in _LEVELS:
        return i + (3 if _word(tokens, i + 1) in {"cơ", "trung", "thành"} else 2)
    return i + 1 if _word(tokens, i) in _UNITS and _word(tokens, i + 1) != "ủy" else i


def _jurisdiction(tokens: Sequence[Token], i: int) -> int:
    """The end of the territory after a name: "tỉnh Sơn La", "các quận, huyện, thị xã", "Việt Nam"."""
    at = (
        i + 1
        if _word(tokens, i) in _PLURAL
        or (_word(tokens, i) == "của" and _unit(tokens, i + 1) > i + 1 and not _capital(tokens, _unit(tokens, i + 1)))
        else i
    )
    end = _unit(tokens, at)
    if end == at:
        if _word(tokens, i) in _PLURAL and _word(tokens, i + 1) == "cấp":
            return i + 2
        return _place_after_dash(tokens, i)
    while _word(tokens, end) in {",", "và", "/", "-", "hoặc"}:
        further = _unit(tokens, end + 1)
        if further == end + 1:
            break
        end = further
    run = _capital_run(tokens, end)
    if run == end and _word(tokens, end).isdigit():
        run = end + 1
    end = run
    while (
        _word(tokens, end) == ","
        and _capital(tokens, end + 1)
        and not _begins_actor(tokens, end + 1)
        and _word(tokens, i) in _PLURAL | {"tỉnh"}
        and _capital_run(tokens, end + 1) > end + 1
        and not verb_at(tokens, end + 1)
    ):
        end = _capital_run(tokens, end + 1)
    if _word(tokens, end) == "trực" and _word(tokens, end + 1) == "thuộc" and _word(tokens, end + 2) == "trung":
        end += 4
    return _jurisdiction(tokens, end) if _word(tokens, end) in _UNITS | {"thành"} and end < len(tokens) else end


def _place_after_dash(tokens: Sequence[Token], i: int) -> int:
    if tuple(_word(tokens, i + k) for k in range(2)) in {("trung", "ương"), ("việt", "nam"), ("các", "cấp")}:
        return i + 2
    return i


def _belonging(tokens: Sequence[Token], i: int) -> int:
    """The end after "thuộc <body>" that belongs to the name."""
    at = i + (2 if _word(tokens, i) == "trực" else 1)
    if _word(tokens, at - 1) == "thuộc":
        owner = _body(tokens, at)
        if owner is not None:
            return owner
    return i


def _group(tokens: Sequence[Token], i: int) -> tuple[int, ActorKind] | None:
    """The end and kind of a group: "các sở, ban, ngành tỉnh", "cơ quan chủ trì", "người dân"."""
    lexicon = _lexicon()
    plural = _word(tokens, i) in _PLURAL
    at = i + 1 if plural else i
    end = lexicon.groups.match(tokens, at)
    if end == at:
        return None
    if _word(tokens, end) in {"viên", "trưởng"}:
        return None  # "cấp ủy viên", "tổ trưởng": a person, not the group
    first = " ".join(t.lower for t in tokens[at:end])
    kind: ActorKind = "other" if lexicon.group_kinds[first] == "other" else "group"
    nouns, described = 1, False
    while True:
        further = _modified(tokens, end)
        described = described or further > end
        end = further
        joined = end
        while _word(tokens, joined) in {",", "và", "/", "-", "hoặc"}:
            joined += 1
        noun = lexicon.groups.match(tokens, joined)
        if (
            (joined == end and _word(tokens, joined) not in {"đơn", "ngành", "địa"})
            or noun == joined
            or _body(tokens, joined) is not None
            or _is_verb(tokens, joined, noun)
        ):
            break
        named = " ".join(t.lower for t in tokens[joined:noun])
        if (lexicon.group_kinds[named] == "other" and not plural) or named in _PEOPLE:
            break
        end, nouns = noun, nouns + 1
    if not plural and nouns == 1 and not described and kind == "group" and end - at < 2:
        return None
    if (
        not plural
        and nouns == 1
        and not described
        and first in {"tổ chức", "đơn vị", "cơ quan", "địa phương", "cơ sở"}
        and not _capital(tokens, at)
    ):
        return None
    if not plural and first == "tổ chức" and nouns == 1:
        return None
    return _unknown_words(tokens, end, plural=plural), kind


def _is_verb(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the noun is rather an act that goes on: ", tổ chức thực hiện"."""
    word = " ".join(t.lower for t in tokens[start:end])
    if word not in {"tổ chức", "báo", "hội", "cấp", "đội", "vụ", "trường", "bộ", "tổ", "bên", "viện", "ban"}:
        return False
    return _word(tokens, end) not in {
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
    } | _UNITS or (word == "cấp" and _word(tokens, end) not in {",", "và"})


def _modified(tokens: Sequence[Token], i: int) -> int:
    """The end of the words after the noun of a group that still describe it."""
    lexicon = _lexicon()
    end = i
    while end < len(tokens):
        if _word(tokens, end) in {"thuộc", "của", "trực"}:
            at = end + (2 if _word(tokens, end) == "trực" else 1)
            owner = _body(tokens, at)
            if owner is not None:
                end = owner
                continue
        further = lexicon.modifiers.match(tokens, end)
        if further > end:
            if _word(tokens, end) in {"trên"}:
                further = _jurisdiction(tokens, further)
            elif _word(tokens, further - 1) in {"tỉnh", "phố"}:
                further = _capital_run(tokens, further)
            end = further
            continue
        if tuple(_word(tokens, end + k) for k in range(3)) == ("trong", "lĩnh", "vực"):
            field = lexicon.fields.match(tokens, end + 3)
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


def _unknown_words(tokens: Sequence[Token], i: int, *, plural: bool) -> int:
    """Up to four words that no table knows still describe the group when an act follows them."""
    if not plural or i >= len(tokens) or verb_at(tokens, i):
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
    return end if end > i and verb_at(tokens, end) and tokens[end].lower not in PREPOSITIONS else i


def _members(view: str, tokens: Sequence[Token], start: int, stop: int, kind: ActorKind) -> tuple[list[Actor], int]:
    """Named members of the group that ends at `stop`: in brackets, or after a colon with a shared head word."""
    if stop + 1 >= len(tokens) or (kind == "agency" and not any(t.lower in _PLURAL for t in tokens[start:stop])):
        return [], stop
    at = stop
    while at < len(tokens) and at - stop < 5 and tokens[at].text.isalpha() and tokens[at].text.islower():
        at += 1  # "các cơ quan cấp phép (Sở Xây dựng, …)"
    if at < len(tokens) and tokens[at].text == "(":
        close = next((k for k in range(at, min(len(tokens), at + 120)) if tokens[k].text == ")"), None)
        if close is None:
            return [], stop
        members, end = parse_actors(view, tokens, at + 1)
        named = [m for m in members if m.kind in ("agency", "person")]
        return (named, close + 1) if named and end >= close - 1 and len(named) == len(members) else ([], stop)
    if tokens[stop].text == ":":
        return _listed_members(view, tokens, start, stop)
    return [], stop


def _listed_members(view: str, tokens: Sequence[Token], start: int, stop: int) -> tuple[list[Actor], int]:
    """ "các Sở: Y tế, Tài chính" and "Chủ tịch UBND các tỉnh: Hà Tĩnh, Nghệ An" with the head word written out."""
    lexicon = _lexicon()
    plural = next((k for k in range(stop - 1, start - 1, -1) if tokens[k].lower in _PLURAL), None)
    if plural is None or stop - plural > 3 or "," in {t.text for t in tokens[plural:stop]}:
        return [], stop
    words = [t.text for t in tokens[start:plural]] + [t.text for t in tokens[plural + 1 : stop]]
    head = expand(" ".join(words))
    head = head[:1].upper() + head[1:]
    members: list[Actor] = []
    at = stop + 1
    while True:
        end = lexicon.fields.match(tokens, at) if _capital(tokens, at) else at
        if end == at:
            run = _capital_run(tokens, at)
            end = next((k for k in range(at, run) if tokens[k].lower == "và"), run)
        if end == at:
            break
        span = Span(tokens[at].start, tokens[end - 1].end)
        members.append(Actor(f"{head} {expand(span.of(view))}", "person" if plural > start else "agency", span))
        nxt = _after_joiner(tokens, end)
        if (
            nxt == end
            or not _capital(tokens, nxt)
            or (_begins_actor(tokens, nxt) and lexicon.fields.match(tokens, nxt) == nxt)
        ):
            return members, end
        at = nxt
    return (members, at) if members else ([], stop)


def _shared_head(view: str, tokens: Sequence[Token], start: int, stop: int) -> tuple[list[Actor], int]:
    """Further fields under one head word: "Sở Y tế, Tài chính và Nội vụ" names three."""
    lexicon = _lexicon()
    after_head = lexicon.heads.match(tokens, start)
    head = " ".join(t.text for t in tokens[start:after_head])
    if head not in {"Sở", "Bộ", "Cục", "Vụ", "Phòng", "Ban", "Báo"}:
        return [], stop
    actors: list[Actor] = []
    end = stop
    while True:
        at = _after_joiner(tokens, end)
        field = lexicon.fields.match(tokens, at) if at > end and _capital(tokens, at) else at
        if (
            at == end
            or field == at
            or (_begins_actor(tokens, at) and field - at < 2)
            or (_word(tokens, at) == "công"
            and _word(tokens, at + 1) == "an")
        ):
            return actors, end
        span = Span(tokens[at].start, tokens[field - 1].end)
        actors.append(Actor(f"{head} {expand(span.of(view))}", "agency", span))
        end = field


def same_actors(a: Iterable[Actor], b: Iterable[Actor]) -> bool:
    """Whether both name the same actors, whatever their order."""
    return {x.name.casefold() for x in a} == {x.name.casefold() for x in b}


def moved(actor: Actor, offset: int) -> Actor:
    """The actor with its span shifted by `offset`."""
    return replace(actor, span=Span(actor.span.start + offset, actor.span.end + offset))
