"""The kind of body that a damaged name means (sai chính tả, lỗi nhận dạng), where only one is near."""
from __future__ import annotations

from functools import lru_cache

from chidao.grammar.folding import fold
from chidao.linking.agencies.kinds import Called, kinds
from chidao.linking.agencies.naming import words

LIMIT = 85.0
"""Likeness, from 0 to 100, below which a name stays open."""
_MARGIN = 4.0
_WORD = 50.0


@lru_cache(maxsize=1024)
def nearest_kind(name: str) -> tuple[tuple[Called, ...], float] | None:
    """The kinds (one a level) whose name is nearest to `name`, and how near, from 0 to 1; None where none is.

    Letters count with their marks; a name that only lost its marks is as near as one with a letter wrong.

    >>> [c.kind.id for c in nearest_kind("Sở Giáo dục và Đào tao")[0]]
    ['so.giao.duc.va.dao.tao']
    >>> nearest_kind("Sở Xuất bản") is None
    True
    """
    from rapidfuzz import fuzz, process

    wanted = " ".join(words(name))
    plain = process.extract(wanted, _names().keys(), scorer=fuzz.ratio, limit=6, score_cutoff=LIMIT)
    bare = process.extract(fold(wanted), _folded().keys(), scorer=fuzz.ratio, limit=6, score_cutoff=LIMIT + 5)
    found = {name: score for name, score, _ in plain}
    for folded, score, _ in bare:
        for spelled in _folded()[folded]:
            found[spelled] = max(found.get(spelled, 0.0), score - 5)
    if not found:
        return None
    best = max(found.values())
    near = {c.kind.id for spelled, score in found.items() if score > best - _MARGIN for c in _names()[spelled]}
    if len(near) > 1:
        return None
    meant = next(spelled for spelled, score in found.items() if score == best)
    if not _word_by_word(wanted, meant):
        return None
    return _names()[meant], round(best / 100 * 0.95, 3)


def _word_by_word(a: str, b: str) -> bool:
    """Whether two names differ in letters only: a word more or less is another body."""
    from rapidfuzz import fuzz

    if a.replace(" ", "") == b.replace(" ", ""):
        return True
    pairs = list(zip(a.split(), b.split(), strict=False))
    return len(a.split()) == len(b.split()) and all(
        fold(x) == fold(y) or fuzz.ratio(fold(x), fold(y)) >= _WORD for x, y in pairs)


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[Called, ...]]:
    found: dict[str, tuple[Called, ...]] = {}
    for k in kinds():
        for name in (k.name, *k.aliases):
            spelled = " ".join(words(name))
            if "{" not in name and len(spelled) > 5 and Called(k, None) not in found.get(spelled, ()):
                found[spelled] = (*found.get(spelled, ()), Called(k, None))
    return found


@lru_cache(maxsize=1)
def _folded() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in _names():
        found[fold(name)] = (*found.get(fold(name), ()), name)
    return found
