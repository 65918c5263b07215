"""The legs made one score, by weights that a rule chose on ALQAC 2023."""
from __future__ import annotations

from collections.abc import Mapping

from chidao.search.fulltext import Scores

# Of folded terms, accented terms, vectors; by whether the model is the static one. The rule, on ALQAC: the
# greatest share of vectors that costs less than 0.005 of the best nDCG@10 there, as paraphrases have only vectors.
# The rule was made after the visible judged sets had been seen: they and corpus/search are sets of development.
WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "none": {"folded": 0.6, "accented": 0.4},
    "static": {"folded": 0.5, "accented": 0.3, "vectors": 0.2},
    "model": {"folded": 0.35, "accented": 0.25, "vectors": 0.4},
}
_BEST = 100  # hits of a leg that span its scale


def fused(legs: Mapping[str, Scores], weights: Mapping[str, float]) -> dict[int, dict[str, float]]:
    """For each unit that a leg found, its share by leg; their sum is its score.

    A leg's scores are scaled from 0 to 1: full text from nothing, vectors from the hundredth hit, as a cosine has no
    natural zero. A unit that a leg did not find has nothing of it.
    """
    scaled = {leg: _scaled(scores, from_zero=leg != "vectors") for leg, scores in legs.items()}
    ids = {id for scores in scaled.values() for id in scores}
    return {id: {leg: weights[leg] * scores.get(id, 0.0) for leg, scores in scaled.items()} for id in ids}


def _scaled(scores: Scores, *, from_zero: bool) -> Scores:
    if not scores:
        return {}
    best = sorted(scores.values(), reverse=True)
    low = 0.0 if from_zero else best[min(_BEST, len(best)) - 1]
    width = max(best[0] - low, 1e-9)
    return {id: max(0.0, (score - low) / width) for id, score in scores.items()}
