"""How well search answers judged queries: recall, reciprocal rank and gain at ten, by kind and leg."""
from __future__ import annotations

import datetime
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from chidao.evaluation.search_sets import JudgedQuery, JudgedSet
from chidao.search.answering import rank

_DRAWS, _SEED = 1000, 20261
ALL = "all"
_TOGETHER = "fused"


@dataclass(frozen=True, slots=True)
class SearchFigures:
    """Means over queries of one kind by one leg; `low` and `high` bound nDCG@10 in 95 % of 1,000 draws of queries."""

    kind: str
    leg: str
    queries: int
    recall: float
    reciprocal_rank: float
    ndcg: float
    low: float
    high: float


def score_search(judged: JudgedSet, *, today: datetime.date) -> list[SearchFigures]:
    """Figures for each kind of query and for all of them, by leg and fused."""
    answers = [(query, _orders(judged, query, today)) for query in judged.queries]
    legs = list(dict.fromkeys(leg for _, orders in answers for leg in orders))
    kinds = [*dict.fromkeys(query.kind for query in judged.queries), ALL]
    return [
        _figures(kind, leg, [(query, orders.get(leg, [])) for query, orders in answers if kind in (query.kind, ALL)])
        for kind in kinds for leg in [_TOGETHER, *sorted({*legs} - {_TOGETHER})]]


def _orders(judged: JudgedSet, query: JudgedQuery, today: datetime.date) -> dict[str, list[str]]:
    """The names of the units in the order of each leg, and of all together."""
    ranking = rank(judged.register, query.text, today=today, origins=lambda name: ())
    orders = {_TOGETHER: [judged.names[id] for id in ranking.order]}
    if not any(ranking.shares.values()):  # conditions alone chose: no leg had a say
        return dict.fromkeys((_TOGETHER, "folded", "accented"), orders[_TOGETHER])
    for leg in ("folded", "accented", "vectors"):
        held = [(-share[leg], id) for id, share in ranking.shares.items() if leg in share]
        if held:
            orders[leg] = [judged.names[id] for _, id in sorted(held)]
    return orders


def _figures(kind: str, leg: str, answers: Sequence[tuple[JudgedQuery, Sequence[str]]]) -> SearchFigures:
    gains = [ndcg(order, query.relevant) for query, order in answers]
    low, high = bootstrap(gains)
    return SearchFigures(
        kind, leg, len(answers), mean(recall(order, query.relevant) for query, order in answers),
        mean(reciprocal_rank(order, query.relevant) for query, order in answers), mean(gains), low, high)


def recall(order: Sequence[str], relevant: Mapping[str, int], *, at: int = 10) -> float:
    """The share of the answers that are among the first `at`.

    >>> recall(["a", "b"], {"a": 2, "c": 1})
    0.5
    """
    return len(relevant.keys() & set(order[:at])) / max(1, len(relevant))


def reciprocal_rank(order: Sequence[str], relevant: Mapping[str, int], *, at: int = 10) -> float:
    """One over the place of the first answer, 0 where none is among the first `at`.

    >>> reciprocal_rank(["x", "a"], {"a": 2})
    0.5
    """
    return next((1 / place for place, name in enumerate(order[:at], 1) if name in relevant), 0.0)


def ndcg(order: Sequence[str], relevant: Mapping[str, int], *, at: int = 10) -> float:
    """Gain of the first `at` by grade (2^grade - 1) and place, against the best order there is.

    >>> ndcg(["a", "b"], {"a": 2, "b": 1})
    1.0
    """
    best = _gain(sorted(relevant.values(), reverse=True)[:at])
    return _gain([relevant.get(name, 0) for name in order[:at]]) / best if best else 0.0


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2 ** grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def bootstrap(values: Sequence[float]) -> tuple[float, float]:
    """The bounds of the mean in 95 % of 1,000 draws with replacement; the same values give the same bounds."""
    chance = random.Random(_SEED)
    means = sorted(mean(chance.choices(values, k=len(values))) for _ in range(_DRAWS))
    return means[int(0.025 * _DRAWS)], means[int(0.975 * _DRAWS) - 1]
