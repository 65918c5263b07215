#!/usr/bin/env python3
"""PDFs with broken text: what is read of the sample directives, each printed and then broken in every way.

    python benchmarks/broken.py [DEFECT ...] [--seed 1]

For each defect: characters wrong against the source, white space normalised (mean and worst directive), pages that
were repaired and recognised, directives whose header is that of their text, F1 of tasks and lead agencies (the figure
from the texts in brackets), and found spans that have no place on a page. Needs `pip install -e .[dev]`.
"""
from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from chidao import reading
from chidao.extraction.pipeline import extract
from chidao.model import Directive

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "corpus"), str(ROOT / "tests" / "reading")]

import breaking  # noqa: E402
import print_measures  # noqa: E402
import printing  # noqa: E402

FIGURES = ("tasks", "lead agencies")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("defects", nargs="*", metavar="DEFECT", default=breaking.DEFECTS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    paths = sorted((ROOT / "corpus" / "sources").glob("*.txt"))
    blocks = {path.stem: printing.office_blocks(path.read_text("utf-8")) for path in paths}
    prints = {name: printing.printed(block, "reportlab", landscape=True) for name, block in blocks.items()}
    expected = {name: print_measures.normal(printing.expected(block)) for name, block in blocks.items()}
    texts = {path.stem: extract(reading.read(path)) for path in paths}
    for defect in options.defects:
        found = {name: extract(reading.read_bytes(breaking.broken(pdf, defect, seed=options.seed), "x.pdf"))
                 for name, pdf in prints.items()}
        print(f"{defect:16} {report(defect, found, texts, expected)}", flush=True)


def report(defect: str, found: Mapping[str, Directive], texts: Mapping[str, Directive],
           expected: Mapping[str, str]) -> str:
    rates = [print_measures.error_rate(_dashed(expected[name], defect), print_measures.without_furniture(d.source))
             for name, d in found.items()]
    warnings = [warning.split(":")[0] for d in found.values() for warning in d.source.warnings]
    headers = sum(_header(found[name]) == _header(texts[name]) for name in found)
    ours, theirs = print_measures.figures_of(found), print_measures.figures_of(texts)
    figures = ", ".join(f"{kind} {ours[kind]['f1']:.2%} ({theirs[kind]['f1']:.2%})" for kind in FIGURES)
    placeless = sum(len(print_measures.placeless(d)) for d in found.values())
    pages = sum(d.source.pages or 0 for d in found.values())
    repaired, recognised = warnings.count("repaired"), warnings.count("recognised")
    return (f"wrong {sum(rates) / len(rates):.3%}, worst {max(rates):.3%}; pages {pages}, repaired {repaired}, "
            f"recognised {recognised}; headers {headers} of {len(found)}; {figures}; without a place {placeless}")


def _dashed(text: str, defect: str) -> str:
    """The text as it is printed: bullets of a symbol font in place of hyphens."""
    return " ".join("•" if word == "-" else word for word in text.split()) if defect == "private_bullets" else text


def _header(directive: Directive) -> dict[str, Any]:
    return asdict(directive.header) | {"evidence": None}


if __name__ == "__main__":
    main()
