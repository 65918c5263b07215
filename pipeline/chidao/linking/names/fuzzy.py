"""The body that a damaged name means (sai chính tả, lỗi nhận dạng), where only one is near."""
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache

from chidao import knowledge
from chidao.grammar.folding import fold
from chidao.linking.agencies.kinds import Kind, kind, kinds
from chidao.linking.agencies.naming import words
from chidao.linking.agencies.places import Place, place, provinces

LIMIT = 85.0
"""Likeness, from 0 to 100, below which a name stays open."""

_MARGIN = 4.0
_LONG = 6  # letters of a word that may have two wrong
_LOST_MARKS = 5.0
_LEAST = 6  # letters of a name that is compared: shorter ones are near to too many
_SURELY = 0.95


def nearest(name: str, places: tuple[str, ...], on: str) -> tuple[str, float] | None:
    """The id of the body whose name is nearest to `name`, and how near, from 0 to 1; None where none or several are.

    `places` are the ids of the units whose bodies may be meant, `on` the day; central bodies and the Ủy ban nhân dân
    of provinces may always be. Letters count with their marks; a name that only lost its marks is nearly as near.

    >>> nearest("Sở Giáo dục và Đào tao tỉnh", ("son.la",), "2023-02-17")
    ('so.giao.duc.va.dao.tao@son.la', 0.91)
    >>> nearest("Sở Xuất bản", ("son.la",), "2023-02-17") is None
    True
    """
    since = _epoch(on)
    found = _near(" ".join(words(name)), _names(places, since), _folded(places, since))
    return None if found is None else (found[0], round(found[1] / 100 * _SURELY, 3))


@lru_cache(maxsize=1024)
def nearest_office(name: str) -> tuple[str, str] | None:
    """The office that the first words of a name nearly are, and the rest: "Giám đôc Sở Y tế"."""
    from rapidfuzz import fuzz

    parts = name.split()
    best = max(((fuzz.ratio(fold(" ".join(parts[:len(known.split())])), fold(known)), known)
                for known in _offices() if len(parts) > len(known.split())), default=(0.0, ""))
    size = len(best[1].split())
    return (best[1], " ".join(parts[size:])) if best[0] >= LIMIT else None


def _near(wanted: str, names: Mapping[str, str], folded: Mapping[str, tuple[str, ...]]) -> tuple[str, float] | None:
    from rapidfuzz import fuzz, process

    if len(wanted) < _LEAST:
        return None
    found = {name: score for name, score, _ in process.extract(
        wanted, names.keys(), scorer=fuzz.ratio, limit=8, score_cutoff=LIMIT)}
    for bare, score, _ in process.extract(fold(wanted), folded.keys(), scorer=fuzz.ratio, limit=8,
                                          score_cutoff=LIMIT + _LOST_MARKS):
        for name in folded[bare]:
            found[name] = max(found.get(name, 0.0), score - _LOST_MARKS)
    if not found:
        return None
    best = max(found.values())
    meant = next(name for name, score in found.items() if score == best)
    near = {names[name] for name, score in found.items() if score > best - _MARGIN}
    return (names[meant], best) if len(near) == 1 and _word_by_word(wanted, meant) else None


def _word_by_word(a: str, b: str) -> bool:
    """Whether two names differ in letters only: a word more or less is another body."""
    from rapidfuzz.distance import Levenshtein

    if fold(a).replace(" ", "") == fold(b).replace(" ", ""):
        return True
    pairs = list(zip(fold(a).split(), fold(b).split(), strict=False))
    near = (x == y or Levenshtein.distance(x, y) <= (1 if len(y) < _LONG else 2) for x, y in pairs)
    return len(a.split()) == len(b.split()) and all(near)


def _epoch(on: str) -> str:
    """The last day up to `on` on which the tables have a change: the same bodies existed on all days after it."""
    days = _changes()
    return days[bisect_right(days, on) - 1]


@lru_cache(maxsize=1)
def _changes() -> list[str]:
    dated: list[Kind | Place] = [*kinds(), *provinces()]
    begins = {d.valid_from for d in dated if d.valid_from}
    after = {(date.fromisoformat(d.valid_to) + timedelta(days=1)).isoformat() for d in dated if d.valid_to}
    return sorted({"", *begins, *after})


@lru_cache(maxsize=256)
def _names(places: tuple[str, ...], on: str) -> dict[str, str]:
    """The names of the bodies that may be meant, as words, with their ids; a name of several bodies is none's."""
    found: dict[str, str | None] = {}
    for spelled, id in _spelled(places, on):
        found[spelled] = id if found.get(spelled, id) == id else None
    return {name: id for name, id in found.items() if id}


@lru_cache(maxsize=256)
def _folded(places: tuple[str, ...], on: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in _names(places, on):
        found[fold(name)] = (*found.get(fold(name), ()), name)
    return found


def _spelled(places: tuple[str, ...], on: str) -> Iterator[tuple[str, str]]:
    for k in kinds():
        if k.level == "central" and _lasts(k, on):
            yield from ((name, k.id) for name in _as_words(k.id, k.level))
    for where in filter(None, map(place, places)):
        tails = ["", *(" " + " ".join(words(tail)) for tail in (where.unit, where.name, where.full))]
        for k in kinds():
            if k.exists_in(where) and _lasts(k, on):
                yield from ((name + tail, f"{k.id}@{where.id}") for name in _as_words(k.id, k.level) for tail in tails)
    yield from ((" ".join(words(f"Ủy ban nhân dân {p.full}")), f"uy.ban.nhan.dan@{p.id}")
                for p in provinces() if p.valid(on))


@cache
def _as_words(id: str, level: str) -> tuple[str, ...]:
    """The names of a kind that are long enough to compare, as words."""
    k = kind(id, level)
    names = (k.name, *k.aliases) if k else ()
    return tuple(dict.fromkeys(" ".join(words(n)) for n in names if "{" not in n and len(n) >= _LEAST))


def _lasts(k: Kind, on: str) -> bool:
    return (k.valid_from or "") <= on and (k.valid_to is None or on <= k.valid_to)


@lru_cache(maxsize=1)
def _offices() -> tuple[str, ...]:
    return tuple({row["position"] for row in knowledge.rows("positions") if len(row["position"]) >= _LEAST})
