"""Counts the syllables of directives and what stands beside what: python models/syllables/train.py FOLDER...

Folders hold directives as .txt or .md. Texts given with --without are left out, as is every text that shares a tenth
of its runs of eight syllables with one of them. The same texts give the same bytes.
"""
from __future__ import annotations

import argparse
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from chidao.reading.ocr.neighbours import EDGE, counted, pack

sys.path.insert(0, str(Path(__file__).parent.parent))

from texts import texts_in

LEAST = 2  # times that a syllable or a pair stands in the texts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).parent)
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
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
