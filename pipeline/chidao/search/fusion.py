"""The legs made one score, by weights that a rule chose on ALQAC 2023."""
from __future__ import annotations

from collections.abc import Mapping

from chidao.search.fulltext import Scores

# Of folded terms, accented terms, vectors; by whether the model is the static one. The rule, on ALQAC: the greatest
# share of vectors whose nDCG@10 can't be told from the best there (95 %, paired by question), as paraphrases have
# only vectors. The rule was made after the visible judged sets had been seen: they and corpus/search are sets of
# development.
WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "none": {"folded": 0.6, "accented": 0.4},
    "static": {"folded": 0.51, "accented": 0.34, "vectors": 0.15},
    "model": {"folded": 0.45, "accented": 0.3, "vectors": 0.25},
}
_BEST = 100  # hits of the vectors that span their scale


def fused(legs: Mapping[str, Scores], weights: Mapping[str, float]) -> dict[int, dict[str, float]]:
    """For each unit that a leg found, its share by leg; their sum is its score.

    Full text comes as the share of the query that a unit holds, so that it weighs little where all of it holds little,
    as for a query in other words. Cosines have no natural zero: they are scaled from the hundredth hit to the first.
    A unit that a leg did not find has nothing of it.
    """
    scaled = {leg: _scaled(scores) if leg == "vectors" else scores for leg, scores in legs.items()}
    ids = {id for scores in scaled.values() for id in scores}
    return {id: {leg: weights[leg] * scores.get(id, 0.0) for leg, scores in scaled.items()} for id in ids}


def _scaled(cosines: Scores) -> Scores:
    if not cosines:
        return {}
    best = sorted(cosines.values(), reverse=True)
    low = best[min(_BEST, len(best)) - 1]
    width = max(best[0] - low, 1e-9)
    return {id: max(0.0, (cosine - low) / width) for id, cosine in cosines.items()}
