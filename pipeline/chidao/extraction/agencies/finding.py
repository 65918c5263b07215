"""Names of bodies, groups and officials in running text (cơ quan, nhóm cơ quan, chức danh), and lists of them.

Lists are cut at commas and "và", but never inside a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from chidao import knowledge
from chidao.extraction.agencies.names import (
    PLURAL,
    WHOLE_HEADS,
    actor_at,
    begins_actor,
    capital,
    capital_run,
    jurisdiction,
    word,
)
from chidao.extraction.agencies.words import Token, expand, lexicon, tokenize, verb_at
from chidao.grammar.folding import plain, squeeze
from chidao.grammar.letters import UPPER
from chidao.model import ActorKind, Span

_BARE_COMMITTEES = ("tỉnh ủy", "thành ủy", "huyện ủy", "đảng ủy", "ủy ban nhân dân", "hội đồng nhân dân")
# Last words of a head whose members are places or titles, not fields of work.
_PLACES = frozenset({"tỉnh", "phố", "huyện", "quận", "xã", "phường", "báo", "ủy", "đài", "viện", "tập", "đoàn"})
_SEATS = tuple(
    (*verb.split(), "trên", "địa", "bàn")
    for verb in ("đóng", "đứng chân", "đóng chân", "hoạt động", "đang hoạt động")
)
_FIRST_OF_SEAT = frozenset(seat[0] for seat in _SEATS)
_PROVINCIAL = frozenset({"tỉnh", "phố"})
_COMMITTEE = re.compile(rf"(.*(?:Ủy ban nhân dân|Hội đồng nhân dân|ủy)) (?:tỉnh|thành phố) [{UPPER}]")
_UNIT = re.compile(r"^(?:tỉnh|thành phố) ")
_PLACE = re.compile(rf"(?:tỉnh|thành phố) [{UPPER}]")
_PLACE_BREAK = re.compile(r"(?:^|[,;]|\bvà\b)?\s*(?:tỉnh |thành phố )?([^,;]+?)\s*(?=[,;]|\bvà\b|$)")
_JOINERS = frozenset({",", "và", ";", "cùng", "hoặc", "/", "-"})
_MOST_JOINERS = 4  # in a row: "; và", ", cùng với"


@dataclass(frozen=True, slots=True)
class Actor:
    """A named actor: `name` as written with abbreviations expanded, `span` where it stands."""

    name: str
    kind: ActorKind
    span: Span


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
        parsed = actor_at(tokens, at)
        if parsed is None:
            break
        start, stop, kind = parsed
        first = Actor(
            expand(view[tokens[start].start : tokens[stop - 1].end]),
            kind,
            Span(tokens[start].start, tokens[stop - 1].end),
        )
        if actors and (committee := _COMMITTEE.match(actors[-1].name)) and _PLACE.match(first.name):
            first = replace(first, name=f"{committee[1]} {first.name}")  # "UBND thành phố Hà Nội và tỉnh Quảng Ninh"
        members, after = _members(view, tokens, start, stop, kind)
        if members and members[0].kind == "person":
            actors = _with_places(actors, [m.name for m in members], first.name)
        shared, after_shared = ([], stop) if members else _shared_head(view, tokens, start, stop)
        actors += members or [first, *shared]
        end = after if members else after_shared
        end = _after_residence(tokens, _after_apposition(tokens, end))
        at = _after_joiner(tokens, end)
        if at == end and end < len(tokens) and tokens[end].text in WHOLE_HEADS:
            continue  # a list whose line breaks were its only commas
        if at == end:
            at = _after_joiner(tokens, _after_brackets(tokens, end))
            if at == end or at == _after_brackets(tokens, end):
                break
    return actors, end


def _with_places(actors: list[Actor], members: Sequence[str], shared: str) -> list[Actor]:
    """The officials before a shared list of places, each with each place.

    "Bí thư tỉnh ủy và Chủ tịch UBND các tỉnh: A, B" names four persons, not three.
    """
    head = shared.partition(" các ")[0]
    places = [_UNIT.sub("", m.removeprefix(head).strip()) for m in members]
    out: list[Actor] = []
    for actor in actors:
        bare = actor.kind == "person" and "," not in actor.name and actor.name.casefold().endswith(_BARE_COMMITTEES)
        out += [replace(actor, name=f"{actor.name} {place}") for place in places] if bare else [actor]
    return out


def _after_apposition(tokens: Sequence[Token], i: int) -> int:
    """The index after "- Cơ quan thường trực Ban Chỉ đạo …", which says what the body before it is."""
    if word(tokens, i) == "-" and (official := actor_at(tokens, i + 1)) is not None and official[2] == "person":
        return official[1]  # "Bộ trưởng Bộ Tài chính - Phó Trưởng ban thường trực Ban Chỉ đạo …"
    if [t.lower for t in tokens[i : i + 3]] not in (["-", "cơ", "quan"], ["-", "thường", "trực"], ["-", "đơn", "vị"]):
        return i
    end = i + 1
    while (
        end < len(tokens)
        and tokens[end].text.isalnum()
        and not (tokens[end].text.islower() and verb_at(tokens, end) and tokens[end].lower != "thường")
    ):
        end += 1
    return end


def _after_residence(tokens: Sequence[Token], i: int) -> int:
    """The index after "đóng trên địa bàn tỉnh", a clause that says where the body before it sits."""
    if word(tokens, i) not in _FIRST_OF_SEAT:
        return i
    for seat in _SEATS:
        end = i + len(seat)
        if tuple(t.lower for t in tokens[i:end]) == seat:
            return jurisdiction(tokens, end)
    return i


def _after_brackets(tokens: Sequence[Token], i: int) -> int:
    """The index after an aside in brackets at `i`, or `i`."""
    if i >= len(tokens) or tokens[i].text != "(":
        return i
    close = next((k for k in range(i, min(len(tokens), i + 40)) if tokens[k].text == ")"), None)
    return i if close is None else close + 1


def _after_joiner(tokens: Sequence[Token], i: int) -> int:
    j = i
    while j < min(len(tokens), i + _MOST_JOINERS) and tokens[j].lower in _JOINERS:
        j += 1
    if j < len(tokens) and j > i and tokens[j].lower == "với":
        j += 1
    return j


def _members(view: str, tokens: Sequence[Token], start: int, stop: int, kind: ActorKind) -> tuple[list[Actor], int]:
    """Named members of the group that ends at `stop`: in brackets, or after a colon with a shared head word."""
    if stop + 1 >= len(tokens) or (kind == "agency" and not any(t.lower in PLURAL for t in tokens[start:stop])):
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
    return _provinces_named(view, tokens, start, stop), stop


@lru_cache(maxsize=1)
def _province_units() -> dict[str, str]:
    """The unit of each province by its name in lower case: "hà nội" is a "thành phố"."""
    return {row["name"].casefold(): row["unit"].casefold() for row in knowledge.provinces()}


def _provinces_named(view: str, tokens: Sequence[Token], start: int, stop: int) -> list[Actor]:
    """ "các tỉnh Hà Tĩnh, Nghệ An" inside a name: one actor for each province; empty for other names."""
    plural = next((k for k in range(start, stop) if tokens[k].lower in PLURAL), None)
    if plural is None:
        return []
    first = next((k for k in range(plural + 1, stop) if tokens[k].text[0].isupper()), stop)
    units = " ".join(t.lower for t in tokens[plural + 1 : first] if t.text not in {",", "/"})
    if units not in {"tỉnh", "thành phố", "tỉnh thành phố", "tỉnh và thành phố"}:
        return []
    head = expand(view[tokens[start].start : tokens[plural].start]).strip()
    kind: ActorKind = "agency" if head else "group"
    members: list[Actor] = []
    for piece in _PLACE_BREAK.finditer(view, tokens[first].start if first < stop else 0, tokens[stop - 1].end):
        name = piece.group(1)
        unit = _province_units().get(squeeze(name).casefold())
        if unit is None:
            return []
        members.append(Actor(f"{head} {unit} {squeeze(name)}".strip(), kind, Span(*piece.span(1))))
    return members if len(members) > 1 else []


def _listed_members(view: str, tokens: Sequence[Token], start: int, stop: int) -> tuple[list[Actor], int]:
    """ "các Sở: Y tế, Tài chính" and "Chủ tịch UBND các tỉnh: Hà Tĩnh, Nghệ An" with the head word written out."""
    known = lexicon()
    plural = next((k for k in range(stop - 1, start - 1, -1) if tokens[k].lower in PLURAL), None)
    if plural is None:
        return [], stop
    # "các sở, ngành: Y tế; Nội vụ": the first noun is the head word of the members.
    noun = next((k for k in range(plural, stop) if tokens[k].text == ","), stop)
    if noun - plural > 3:
        return [], stop
    words = [t.text for t in tokens[start:plural]] + [t.text for t in tokens[plural + 1 : noun]]
    before = expand(" ".join(t.text for t in tokens[start:plural]))
    head = expand(" ".join(words))
    head = head[:1].upper() + head[1:]
    members: list[Actor] = []
    at = stop + 1
    while True:
        end = known.fields.match(tokens, at) if capital(tokens, at) else at
        if end == at and tokens[noun - 1].lower in _PLACES:
            run = capital_run(tokens, at)
            end = next((k for k in range(at, run) if tokens[k].lower == "và"), run)
        if end == at:
            break
        span = Span(tokens[at].start, tokens[end - 1].end)
        provincial = tokens[noun - 1].lower in _PROVINCIAL
        unit = _province_units().get(squeeze(span.of(view)).casefold()) if provincial else None
        named = f"{before} {unit}".strip() if unit else head
        members.append(Actor(f"{named} {expand(span.of(view))}", "person" if plural > start else "agency", span))
        nxt = _after_joiner(tokens, end)
        if (
            nxt == end
            or not capital(tokens, nxt)
            or (begins_actor(tokens, nxt) and known.fields.match(tokens, nxt) == nxt)
        ):
            return members, end
        at = nxt
    return (members, at) if members else ([], stop)


def _shared_head(view: str, tokens: Sequence[Token], start: int, stop: int) -> tuple[list[Actor], int]:
    """Further fields under one head word: "Sở Y tế, Tài chính và Nội vụ" names three."""
    known = lexicon()
    after_head = known.heads.match(tokens, start)
    head = " ".join(t.text for t in tokens[start:after_head])
    if head not in {"Sở", "Bộ", "Cục", "Vụ", "Phòng", "Ban", "Báo"}:
        return [], stop
    actors: list[Actor] = []
    end = stop
    while True:
        at = _after_joiner(tokens, end)
        field = known.fields.match(tokens, at) if at > end and capital(tokens, at) else at
        if (
            at == end
            or field == at
            or (begins_actor(tokens, at) and field - at < 2)
            or (word(tokens, at) == "công" and word(tokens, at + 1) == "an")
        ):
            return actors, end
        span = Span(tokens[at].start, tokens[field - 1].end)
        actors.append(Actor(f"{head} {expand(span.of(view))}", "agency", span))
        end = field


def moved(actor: Actor, offset: int) -> Actor:
    """The actor with its span shifted by `offset`."""
    return Actor(actor.name, actor.kind, Span(actor.span.start + offset, actor.span.end + offset))
