"""Characters wrong, numbers and dates exact, and seconds a page of recognised scans, clean and damaged.

    python benchmarks/ocr.py [--seeds 2] [--font FOLDER/Tinos]

The sources of corpus/ with a letterhead are set as PDF, in the font Tinos (Debian: fonts-croscore) where it is
installed, else in the corpus's own; corpus/scan.py makes scans of them: clean ones, and ones with noise, a skew of up
to 1°, a red stamp over the text, a blue signature and JPEG 60. The text of the PDF is the reference; both texts come
through the same reader, white space is squeezed. Exact is a document number or date of the reference that stands in
the scan's text as often. One core, time of the processor. Ends with one line of JSON.
"""
from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from chidao import reading
from chidao.grammar.dates import find_dates
from chidao.grammar.folding import plain
from chidao.grammar.numbers import NUMBER

CORPUS = Path(__file__).parent.parent / "corpus"
sys.path.insert(0, str(CORPUS))
import render  # noqa: E402
import scan  # noqa: E402


class Result(NamedTuple):
    characters: int
    wrong: int
    facts: int
    exact: int
    pages: int
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--font", default="/usr/share/fonts/truetype/croscore/Tinos")
    args = parser.parse_args()
    fonts = {name: Path(f"{args.font}-{name}.ttf") for name in ("Regular", "Bold", "Italic")}
    if all(path.exists() for path in fonts.values()):
        render.FONTS = fonts
    print("font:", render.FONTS["Regular"].stem)
    sources = [CORPUS / "sources" / f"{name}.txt" for name, form in render.FORMATS.items() if form in ("pdf", "docx")]
    pdfs = [render.render(source.read_text("utf-8"), "pdf") for source in sources]
    figures = {}
    for kind, damage in (("clean", scan.CLEAN), ("scan", scan.DAMAGED)):
        results = [recognised(pdf, damage, seed * 100 + number)
                   for seed in range(1, args.seeds + 1) for number, pdf in enumerate(pdfs)]
        total = Result(*map(sum, zip(*results, strict=True)))  # type: ignore[arg-type]
        figures[kind] = {"pages": total.pages, "characters_wrong": round(total.wrong / total.characters, 4),
                         "worst_file": round(max(r.wrong / r.characters for r in results), 4), "facts": total.facts,
                         "facts_exact": round(total.exact / total.facts, 4),
                         "seconds_a_page": round(total.seconds / total.pages, 2)}
        print(f"{kind:6} {total.pages:3} pages: {total.wrong / total.characters:7.2%} of characters wrong, "
              f"{total.exact}/{total.facts} = {total.exact / total.facts:.1%} of numbers and dates exact, "
              f"{total.seconds / total.pages:.2f} s a page")
    print(json.dumps(figures))


def recognised(pdf: bytes, damage: scan.Damage, seed: int) -> Result:
    """The figures of one file."""
    image = scan.scanned(pdf, seed=seed, damage=damage)
    expected = " ".join(reading.read_bytes(pdf, "x.pdf").text.split())
    started = time.process_time()
    source = reading.read_bytes(image, "scan.pdf")
    seconds = time.process_time() - started
    found = " ".join(source.text.split())
    wanted, got = facts(expected), facts(found)
    for fact in wanted - got:
        print(f"   not exact: {fact}")
    return Result(len(expected), Levenshtein.distance(expected, found), wanted.total(), (wanted & got).total(),
                  source.pages or 0, seconds)


def facts(text: str) -> Counter[str]:
    """Document numbers and dates, as often as they stand in `text`."""
    view = plain(text)
    return Counter([*(re.sub(r"\s", "", m.group()) for m in re.finditer(NUMBER, view)),
                    *(date.value for date in find_dates(view))])


if __name__ == "__main__":
    main()
