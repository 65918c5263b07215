"""Counts the syllables of directives and what stands beside what: python models/syllables/train.py FOLDER...

Folders hold directives as .txt or .md. Texts given with --without are left out, as is every text that shares a tenth
of its runs of eight syllables with one of them. The same texts give the same bytes.
"""
from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from chidao.grammar.terms import syllables
from chidao.reading.ocr.neighbours import EDGE, counted, pack

LEAST = 2  # times that a syllable or a pair stands in the texts


def texts_in(folders: Iterable[Path], without: Iterable[Path]) -> list[str]:
    """The different directives in the folders, in order of name, less those that are left out."""
    unwanted = [_runs(path.read_text("utf-8")) for folder in without for path in _files(folder)]
    found = {path.read_text("utf-8", errors="ignore"): None for folder in folders for path in _files(folder)}
    return [text for text in found if not any(_alike(_runs(text), other) for other in unwanted)]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".md"))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = syllables(text)
    return frozenset(words[i:i + 8] for i in range(len(words) - 8))


def _alike(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> bool:
    return len(a & b) > 0.1 * min(len(a), len(b))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).parent)
    args = parser.parse_args()
    alone: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    texts = texts_in(args.folders, args.without)
    for text in texts:
        for line in text.split("\n"):
            words = [EDGE, *counted(line)]
            alone.update(words)
            pairs.update(pairwise(words))
    kept = {word: n for word, n in alone.items() if n >= LEAST}
    pack(args.output, kept, {pair: n for pair, n in pairs.items() if n >= LEAST and kept.keys() >= set(pair)})
    print(f"{len(texts)} texts, {sum(alone.values())} syllables, {len(kept)} different; {len(pairs)} pairs")


if __name__ == "__main__":
    main()
