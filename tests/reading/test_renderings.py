"""The sample directives printed by three producers: words, order, header, tasks, tables and boxes as in their texts."""
from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from task_tables import task_table

from chidao import reading
from chidao.evaluation import combine, score
from chidao.export.contract import to_contract
from chidao.extraction.pipeline import extract
from chidao.model import Directive, SourceText

CORPUS = Path(__file__).parents[2] / "corpus"
sys.path.insert(0, str(CORPUS))

import printing  # noqa: E402

SOURCES = sorted((CORPUS / "sources").glob("*.txt"))
RUNNING = "Dự thảo lần 2, in ngày 5/3"
MOST_WRONG = 0.003  # of the characters, white space normalised


class Printed(NamedTuple):
    expected: str
    pdf: dict[str, bytes]


@pytest.fixture(scope="module")
def prints() -> dict[str, Printed]:
    """Each sample directive in print, with running feet and a landscape annex."""
    if not shutil.which("soffice"):
        pytest.skip("soffice is not installed")
    blocks = {path.stem: printing.office_blocks(path.read_text("utf-8")) for path in SOURCES}
    texts = [printing.word(b, running=RUNNING, landscape=True) for b in blocks.values()]
    office = dict(zip(blocks, printing.libreoffice_pdf(texts), strict=True))
    return {name: Printed(printing.expected(b), {
        "libreoffice": office[name],
        "weasyprint": printing.printed(b, "weasyprint", running=RUNNING, landscape=True),
        "reportlab": printing.printed(b, "reportlab", running=RUNNING, landscape=True)}) for name, b in blocks.items()}


@pytest.fixture(scope="module")
def directives(prints: dict[str, Printed]) -> dict[tuple[str, str], Directive]:
    """What is found in each print, by name and producer; ``text`` is the producer of the sources."""
    found = {(path.stem, "text"): extract(reading.read(path)) for path in SOURCES}
    return found | {(name, producer): extract(reading.read_bytes(data, "x.pdf"))
                    for name, printed in prints.items() for producer, data in printed.pdf.items()}


def normal(text: str) -> str:
    return " ".join(text.replace(" | ", " ").split())


def without_furniture(source: SourceText) -> str:
    at, parts = 0, []
    for region in sorted((r for r in source.regions if r.kind == "furniture"), key=lambda r: r.span):
        parts.append(source.text[at:region.span.start])
        at = region.span.end
    return normal("".join([*parts, source.text[at:]]))


def error_rate(expected: str, found: str) -> float:
    """Characters to put in, take out or change, as a share of the expected ones."""
    changes = SequenceMatcher(None, expected, found, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for kind, a, b, c, d in changes if kind != "equal") / len(expected)


@pytest.mark.parametrize("producer", printing.PRODUCERS)
@pytest.mark.parametrize("name", [path.stem for path in SOURCES])
def test_words_and_their_order(prints: dict[str, Printed], name: str, producer: str) -> None:
    source = reading.read_bytes(prints[name].pdf[producer], "x.pdf")
    assert error_rate(normal(prints[name].expected), without_furniture(source)) <= MOST_WRONG


@pytest.mark.parametrize("producer", printing.PRODUCERS)
def test_header_fields(directives: dict[tuple[str, str], Directive], producer: str) -> None:
    for path in SOURCES:
        text, pdf = (asdict(directives[path.stem, p].header) | {"evidence": None} for p in ("text", producer))
        assert pdf == text, path.stem


@pytest.mark.parametrize("producer", printing.PRODUCERS)
def test_tasks_have_the_figures_of_the_texts(directives: dict[tuple[str, str], Directive], producer: str) -> None:
    text, pdf = (figures(directives, p) for p in ("text", producer))
    for figure in ("tasks", "lead agencies", "coordinating agencies", "deadlines"):
        assert pdf[figure]["f1"] >= text[figure]["f1"] - 0.01, figure


def figures(directives: dict[tuple[str, str], Directive], producer: str) -> dict[str, Any]:
    reports = {}
    for path in SOURCES:
        gold = json.loads((CORPUS / "annotations" / f"{path.stem}.json").read_text("utf-8"))
        reports[path.stem] = score(gold, to_contract(directives[path.stem, producer]), path.read_text("utf-8"))
    return dict(combine(reports).figures())


def test_every_span_found_in_print_has_a_place(directives: dict[tuple[str, str], Directive]) -> None:
    for (name, producer), directive in directives.items():
        for span in spans(directive) if producer != "text" else ():
            boxes = directive.locate(span)
            assert boxes, f"{name} {producer} {span.of(directive.text)!r}"
            assert all(box.x0 < box.x1 and box.top < box.bottom and box.page <= (directive.source.pages or 0)
                       for box in boxes)


def spans(directive: Directive) -> list[Any]:
    tasks = [[t.span, *(a.span for a in t.assignments), *(d.span for d in t.deadlines), *(p.span for p in t.products)]
             for t in directive.tasks]
    return [*directive.header.evidence.values(), *(c.span for c in directive.citations), *(s for t in tasks for s in t)]


@pytest.mark.parametrize(("seed", "producer", "landscape"), [
    (1, "weasyprint", True), (2, "weasyprint", False), (3, "libreoffice", True), (4, "libreoffice", False),
    (5, "reportlab", True)])
def test_task_tables_over_pages(seed: int, producer: printing.Producer, landscape: bool) -> None:
    """Sixty rows with merged cells and groups; a row is right when all cells that begin in it are."""
    if producer == "libreoffice" and not shutil.which("soffice"):
        pytest.skip("soffice is not installed")
    table = task_table(seed)
    blocks = [printing.Block("type", ("KẾ HOẠCH",)), printing.Block("text", ("Các cơ quan thực hiện theo phụ lục.",)),
              printing.Block("break"), printing.Block("type", ("PHỤ LỤC",)), printing.Block("table", rows=table.rows)]
    source = reading.read_bytes(printing.printed(blocks, producer, landscape=landscape), "x.pdf")
    assert source.pages is not None
    assert source.pages >= 5
    (found,) = source.tables
    rows: dict[int, list[tuple[int, str]]] = {}
    for cell in found.cells:
        rows.setdefault(cell.row, []).append((cell.column, cell.span.of(source.text)))
    expected = table.expected()
    assert len(rows) == len(expected) + 1
    right = sum(sorted(rows[number]) == want for number, want in enumerate(expected, 1))
    assert right >= 0.95 * len(expected)
