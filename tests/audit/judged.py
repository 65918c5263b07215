"""What was judged by reading, beside the real directives that it was read from."""
from __future__ import annotations

import csv
from pathlib import Path

from chidao.batch import ingest
from chidao.storage import Register
from chidao.storage.rows import TaskRow

FOLDER = Path(__file__).parents[2] / "corpus" / "judged"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of `corpus/judged/NAME.tsv`."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def register_of_real(folder: Path, real_data: Path) -> Path:
    """A register of the seeds and all real directives, made in `folder`."""
    path = folder / "real.db"
    with Register(path) as register:
        ingest([real_data / "seeds", real_data / "real" / "directives",
                real_data / "real" / "lineage" / "congbot" / "docs"], register, workers=2)
    return path


def by_place(register: Register) -> dict[tuple[str, int, int], TaskRow]:
    """The tasks by file and span."""
    return {(task.file, *task.span): task for task in register.tasks()}


def area_under_curve(scores: list[float], wanted: list[bool]) -> float:
    """The chance that a wanted one scores higher than one that is not."""
    yes = [s for s, w in zip(scores, wanted, strict=True) if w]
    no = [s for s, w in zip(scores, wanted, strict=True) if not w]
    return sum((a > b) + 0.5 * (a == b) for a in yes for b in no) / len(yes) / len(no)


