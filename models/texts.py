"""The directives that models are trained on: those of folders, less those that a model is judged on."""
from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from chidao.grammar.terms import syllables

_RUN = 8  # syllables
_ALIKE = 0.1  # share of the runs of the shorter of two texts that both have


def texts_in(folders: Iterable[Path], without: Iterable[Path]) -> list[str]:
    """The different directives (.txt, .md) in the folders, in order of name, less those alike one to be left out."""
    unwanted = [_runs(path.read_text("utf-8")) for folder in without for path in _files(folder)]
    found = {path.read_text("utf-8", errors="ignore"): None for folder in folders for path in _files(folder)}
    return [text for text in found if not any(_alike(_runs(text), other) for other in unwanted)]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".md"))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = syllables(text)
    return frozenset(words[i:i + _RUN] for i in range(len(words) - _RUN))


def _alike(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> bool:
    return len(a & b) > _ALIKE * min(len(a), len(b))
