"""CSV: a mark at its head, the appendix' columns, no formula."""
from __future__ import annotations

import csv as reader
import io

import pytest
from rows_by_hand import limit, make_task

from chidao.export import appendix, csv
from chidao.storage.rows import TaskRow


def read(rows: list[TaskRow]) -> list[list[str]]:
    file = io.BytesIO()
    csv.write(rows, file)
    assert file.getvalue().startswith(b"\xef\xbb\xbf")
    return list(reader.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))


def test_rows() -> None:
    rows = read([make_task('Thu gom "bao bì", vỏ chai', deadlines=[limit("trong tháng 6", due="2026-06-30")])])
    assert rows[0] == list(appendix.HEADINGS)
    assert rows[1][:2] == ["1", 'Thu gom "bao bì", vỏ chai']
    assert rows[1][appendix.DUE] == "2026-06-30"


@pytest.mark.parametrize(("text", "cell"), [
    ("=1+1", "'=1+1"),
    ("-5% hộ nghèo", "'-5% hộ nghèo"),
    ("\t=1+1", "'=1+1"),  # blanks are squeezed first: no tab can hide the sign
    ("5 = 5", "5 = 5"),
])
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    assert read([make_task(text)])[1][1] == cell
