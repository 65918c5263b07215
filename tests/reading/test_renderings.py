"""The sample directives printed by three producers: words, order, header, tasks, tables and boxes as in their texts."""
from __future__ import annotations

import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from print_measures import MOST_WRONG, error_rate, figures_of, normal, placeless, without_furniture
from task_tables import task_table

from chidao import reading
from chidao.extraction.pipeline import extract
from chidao.model import Directive

CORPUS = Path(__file__).parents[2] / "corpus"
sys.path.insert(0, str(CORPUS))

import printing  # noqa: E402

SOURCES = sorted((CORPUS / "sources").glob("*.txt"))
RUNNING = "Dự thảo lần 2, in ngày 5/3"


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
    return figures_of({path.stem: directives[path.stem, producer] for path in SOURCES})


def test_every_span_found_in_print_has_a_place(directives: dict[tuple[str, str], Directive]) -> None:
    for (name, producer), directive in directives.items():
        if producer != "text":
            assert placeless(directive) == [], f"{name} {producer}"


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
