#!/usr/bin/env python3
"""Pages a second from PDF with boxes, against pdfplumber alone in the same run; memory of a long file.

    python benchmarks/pdf.py [FILE ...] [--pages 400]

Without FILE the sample directives are printed by reportlab, one after the other until there are enough pages.
CPU seconds of one process count, the best of three rounds for short files; pdfplumber reads a sample of the pages
(words with boxes and tables), each page closed after use. Needs `pip install -e .[dev]`.
"""
from __future__ import annotations

import argparse
import logging
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "corpus"))

SAMPLE = 40  # pages that pdfplumber reads
ROUNDS = 3  # of both for files of few pages, the best of which counts
PAGES_EACH = 2.2  # of a directive


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory_of:
        print(memory(options.memory_of))
        return
    with tempfile.TemporaryDirectory() as folder:
        files = options.files or [long_file(Path(folder) / "long.pdf", options.pages)]
        for file in files:
            report(file)


def report(file: Path) -> None:
    import pypdfium2

    from chidao import reading

    with pypdfium2.PdfDocument(file) as document:
        pages = len(document)
    reading.read(file)  # imports and tables of knowledge
    rounds = 1 if pages > SAMPLE else ROUNDS
    ours = pages / min(seconds(lambda: reading.read(file)) for _ in range(rounds))
    peer, read = max(alone(file, pages) for _ in range(rounds))
    peak = subprocess.run([sys.executable, __file__, "--memory-of", str(file)], capture_output=True,
                          text=True, check=True)
    print(f"{file.name}: {pages} pages, {file.stat().st_size / 1e6:.1f} MB")
    print(f"  chidao, with boxes and tables   {ours:8.1f} pages/s")
    print(f"  pdfplumber alone                {peer:8.1f} pages/s   ({read} pages)")
    print(f"  ratio                           {ours / peer:8.1f}")
    print(f"  peak memory of a fresh process  {int(peak.stdout) / 1024:8.0f} MB")


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def alone(file: Path, pages: int) -> tuple[float, int]:
    """Pages a second of pdfplumber over evenly spread pages, and how many these were."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    step = max(1, pages // SAMPLE)
    with pdfplumber.open(file) as document:
        sample = document.pages[::step]

        def read() -> None:
            for page in sample:
                page.extract_words()
                page.extract_tables()
                page.close()

        return len(sample) / seconds(read), len(sample)


def memory(file: Path) -> int:
    """Peak resident memory of this process, in kB, after reading the file."""
    from chidao import reading

    reading.read(file)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def long_file(path: Path, pages: int) -> Path:
    """The sample directives with their annexes, one after the other."""
    import printing

    sources = sorted((ROOT / "corpus" / "sources").glob("*.txt"))
    blocks: list[printing.Block] = []
    for number in range(round(pages / PAGES_EACH)):
        blocks += printing.office_blocks(sources[number % len(sources)].read_text("utf-8"))
        blocks.append(printing.Block("break"))
    path.write_bytes(printing.printed(blocks, "reportlab"))
    return path


if __name__ == "__main__":
    main()
