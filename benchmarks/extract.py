"""Characters and bytes a second from text to stored records, stage by stage, against underthesea in the same run.

    python benchmarks/extract.py [FOLDER] [--rounds 3] [--peer-characters 200000]

FOLDER (default: corpus/) holds directives of any format that chidao reads. One process, one core, warm; the
best of the rounds. `names` finds whom each lead and coordinator means, its registry loaded. `text to records` is
structure, citations, tasks and names together; `text to stored records` adds
storing, and is held against word segmentation and part-of-speech tagging by underthesea, line by line, over the first
`--peer-characters` of the same texts. `file to records` reads and extracts, without storing. Bytes are those of
the text in UTF-8. Ends with one line of JSON.
"""
from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from chidao.batch import find_files
from chidao.errors import ReadingError
from chidao.extraction.citations.finding import find_citations
from chidao.extraction.citations.relations import relate
from chidao.extraction.pipeline import extract
from chidao.extraction.tasks.finding import find_tasks
from chidao.linking.names import link_agencies
from chidao.model import SourceText
from chidao.reading import read
from chidao.storage import Register
from chidao.structure import analyse

ROOT = Path(__file__).parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "corpus")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer-characters", type=int, default=200_000)
    args = parser.parse_args()

    sources = list(readable(find_files([args.folder])))
    if not sources:
        sys.exit(f"no directive could be read in {args.folder}")
    texts = [source for _, source in sources]
    words = [source.text for source in texts]
    size, size_in_bytes = sum(map(len, words)), sum(len(text.encode()) for text in words)
    structures = [analyse(source) for source in texts]
    citations = [find_citations(source.text) for source in texts]
    directives = [extract(source) for source in texts]

    gc.freeze()  # what is kept here for the stages is no work of theirs
    stages: dict[str, Callable[[], object]] = {
        "read": lambda: drop(read(path) for path, _ in sources),
        "structure": lambda: drop(analyse(source) for source in texts),
        "citations": lambda: drop(find_citations(source.text) for source in texts),
        "relations": lambda: drop(relate(*three) for three in zip(citations, words, structures, strict=True)),
        "tasks": lambda: drop(find_tasks(*three) for three in zip(words, structures, citations, strict=True)),
        "names": lambda: drop(map(link_agencies, directives)),
        "text to records": lambda: drop(extract(source) for source in texts),
        "file to records": lambda: drop(extract(read(path)) for path, _ in sources),
        "store": lambda: store(directives),
        "text to stored records": lambda: store(extract(source) for source in texts),
    }
    rates = {name: size / best(stage, args.rounds) for name, stage in stages.items()}
    peers = underthesea_rates(words, args.peer_characters, args.rounds)

    print(f"{len(sources)} files, {size:,} characters, {size_in_bytes:,} bytes of UTF-8")
    for name, rate in {**rates, **peers}.items():
        print(f"{name:28} {rate:12,.0f} characters/s {rate * size_in_bytes / size:12,.0f} bytes/s")
    ratios = {name: rates["text to stored records"] / rate for name, rate in peers.items()}
    for name, ratio in ratios.items():
        print(f"text to stored records is {ratio:.1f} times as fast as {name}")
    share = rates["text to records"] / rates["names"]
    print(f"whom names mean takes {share:.1%} of the time from text to records")
    print(json.dumps({"files": len(sources), "characters": size, "bytes": size_in_bytes, "per_second": rates | peers,
                      "ratios": ratios, "names_share": share}))


def readable(paths: Iterable[Path]) -> Iterable[tuple[Path, SourceText]]:
    """The files that are directives, with their texts; the others are named on stderr."""
    for path in paths:
        try:
            yield path, read(path)
        except ReadingError as error:
            print(f"left out: {path.name}: {error.code}", file=sys.stderr)


def drop(records: Iterable[object]) -> None:
    """Makes all of `records` and keeps none, as a run over many files does."""
    deque(records, maxlen=0)


def store(directives: Iterable[Any]) -> None:
    """A fresh register on disk with all of `directives`."""
    with tempfile.TemporaryDirectory() as folder, Register(Path(folder) / "register.db") as register:
        for directive in directives:
            register.add(directive)


def underthesea_rates(texts: Iterable[str], limit: int, rounds: int) -> dict[str, float]:
    """Characters a second of the peer's word segmentation, and of its tagging (which segments first)."""
    from underthesea import pos_tag, word_tokenize

    lines: list[str] = []
    total = 0
    for line in (line for text in texts for line in text.splitlines() if line.strip()):
        if total >= limit:
            break
        lines.append(line)
        total += len(line)
    word_tokenize(lines[0])
    pos_tag(lines[0])
    return {f"underthesea {work.__name__}": total / best(lambda work=work: [work(line) for line in lines], rounds)
            for work in (word_tokenize, pos_tag)}


def best(work: Callable[[], object], rounds: int) -> float:
    """Seconds of the fastest round."""
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


if __name__ == "__main__":
    main()
