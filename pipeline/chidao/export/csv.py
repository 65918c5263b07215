"""CSV with the columns of the appendix, in UTF-8 with a mark at its head, by which spreadsheets know it."""
from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import IO

from chidao.export import appendix
from chidao.export.words import could_compute
from chidao.storage.rows import TaskRow


def write(rows: Sequence[TaskRow], file: IO[bytes]) -> None:
    """Writes the tasks; days are ISO 8601, which spreadsheets read alike in every country.

    A cell that a spreadsheet would take for a formula stands after an apostrophe.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(appendix.HEADINGS)
    writer.writerows([_guarded(cell) for cell in line] for line in appendix.lines(rows))
    text.flush()
    text.detach()


def _guarded(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return "'" + text if could_compute(text) else text
