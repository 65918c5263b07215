"""Vectors of units: int8 blobs in the register, compared exactly in small ones."""
from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from chidao.search.fulltext import Scores

if TYPE_CHECKING:
    from chidao.search.embedding.static import Vectors

_MANY = 900  # ids in one question
_FEW, _OUTSTANDING = 30, 1.5  # units; standard deviations above the mean


def packed(vectors: Vectors) -> list[bytes]:
    """Each vector as int8, scaled so that its greatest number is 127."""
    import numpy as np

    scaled = vectors * (127 / np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9))
    return [row.tobytes() for row in np.round(scaled).astype(np.int8)]


def unpacked(blobs: Sequence[bytes]) -> Vectors:
    """Unit vectors of the blobs, (n, dimensions)."""
    import numpy as np

    made = np.frombuffer(b"".join(blobs), np.int8).reshape(len(blobs), -1).astype(np.float32)
    return np.asarray(made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9), np.float32)


class Exact:
    """All vectors of a register in memory; for some ten thousand units."""

    def __init__(self, rows: Iterable[tuple[int, bytes]]) -> None:
        import numpy as np

        held = list(rows)
        self.ids = np.array([id for id, _ in held], np.int64)
        self.vectors = unpacked([blob for _, blob in held]) if held else np.zeros((0, 1), np.float32)

    def nearest(self, query: Vectors, *, limit: int, among: Collection[int] | None = None) -> Scores:
        """The `limit` units whose vectors point most nearly where `query` does, with the cosine.

        Some unit is always the nearest: only those that stand out from all are given, and none of a handful.
        """
        import numpy as np

        if len(self.ids) < _FEW or not np.any(query):
            return {}
        near = self.vectors @ query
        high = near >= near.mean() + _OUTSTANDING * near.std()
        chosen = np.flatnonzero(high if among is None else high & np.isin(self.ids, list(among)))
        order = chosen[np.argsort(-near[chosen], kind="stable")[:limit]]
        return dict(zip(self.ids[order].tolist(), near[order].tolist(), strict=True))

    def of(self, query: Vectors, ids: Collection[int]) -> Scores:
        """The cosines of those units that have a vector."""
        import numpy as np

        places = np.flatnonzero(np.isin(self.ids, list(ids)))
        return dict(zip(self.ids[places].tolist(), (self.vectors[places] @ query).tolist(), strict=True))


def cosines(conn: sqlite3.Connection, query: Vectors, ids: Collection[int]) -> Scores:
    """The cosines of those units, read from the register one by one."""
    held = [row for some in _some(list(ids)) for row in conn.execute(
        f"SELECT unit_id, vector FROM unit_vectors WHERE unit_id IN ({','.join('?' * len(some))})", some)]
    if not held:
        return {}
    return dict(zip([row[0] for row in held], (unpacked([row[1] for row in held]) @ query).tolist(), strict=True))


def _some(ids: list[Any]) -> Iterable[list[Any]]:
    return (ids[at:at + _MANY] for at in range(0, len(ids), _MANY))
