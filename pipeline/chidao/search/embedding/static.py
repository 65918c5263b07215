"""The static model: a vector for each syllable and each pair of neighbours, summed; needs numpy alone.

Made by ``models/static/train.py``; see ``models/static/README.md``.
"""
from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chidao.grammar.folding import fold
from chidao.grammar.terms import terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_TERMS, _CODES, _SCALES, VERSION = "terms.txt", "codes.npy", "scales.npy", "version.txt"
_FOLDED = "~"  # before a term without diacritics: "ban" typed so is no sign of bàn


def features(text: str) -> Iterator[str]:
    """The terms of `text` as written, where it has diacritics, and without them.

    >>> list(features("Đắk Lắk")), list(features("dak"))
    (['đắk', 'lắk', 'đắk_lắk', '~dak', '~lak', '~dak_lak'], ['~dak'])
    """
    found = list(terms(text))
    if any(fold(term) != term for term in found):
        yield from found
    yield from (_FOLDED + fold(term) for term in found)


class StaticModel:
    """The model in `folder`: int8 vectors of its terms with a scale each."""

    def __init__(self, folder: Path) -> None:
        import numpy as np

        self._codes = np.load(folder / _CODES, mmap_mode="r")
        self._scales = np.load(folder / _SCALES)
        words = (folder / _TERMS).read_text("utf-8").split("\n")
        self._numbers = {term: i for i, term in enumerate(words)}
        self.dimensions = int(self._codes.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of `texts`, (n, dimensions); zeros for one without a known term."""
        import numpy as np

        made = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            known = [n for f in features(text) if (n := self._numbers.get(f)) is not None]
            if known:
                made[row] = self._scales[known] @ self._codes[known].astype(np.float32)
        return np.asarray(made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9), np.float32)


def folder() -> Path:
    """Where the model lies: in the installed package, or in the repository beside it."""
    inside = Path(__file__).parent / "static_model"
    return inside if inside.is_dir() else Path(__file__).parents[4] / "models" / "static"


@lru_cache(maxsize=1)
def static_model() -> StaticModel:
    """The model that comes with the package."""
    return StaticModel(folder())


def pack(output: Path, words: Sequence[str], table: Any) -> None:
    """Writes the vectors in `table`, a row for each of `words`, as int8 with a scale a row."""
    import numpy as np

    scales = np.maximum(np.abs(table).max(axis=1), 1e-9) / 127
    np.save(output / _CODES, np.round(table / scales[:, None]).astype(np.int8))
    np.save(output / _SCALES, scales.astype(np.float32))
    (output / _TERMS).write_text("\n".join(words), "utf-8")
    stamp(output)


def stamp(output: Path) -> None:
    """Writes what tells this model's vectors from those of another one."""
    digest = hashlib.sha256((output / _CODES).read_bytes() + (output / _TERMS).read_bytes()).hexdigest()
    (output / VERSION).write_text(digest[:16] + "\n", "utf-8")
