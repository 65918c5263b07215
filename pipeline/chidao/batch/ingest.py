"""Files and folders into the register, one document a transaction."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from chidao.storage import Register
from chidao.storage.rows import IngestReport, Progress


def find_files(paths: Sequence[str | Path], *, exclude: Sequence[str | Path] = ()) -> list[Path]:
    """The files to read: those named, and all in the folders named and below, sorted, each once."""
    raise NotImplementedError


def ingest(
    paths: Sequence[str | Path],
    register: Register,
    *,
    workers: int = 1,
    secret: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
) -> IngestReport:
    """Read `paths` into `register`; files it knows in this version of the extractor are passed over.

    A file that can't be read is a row in `failures` and in the report, and the run goes on. `secret`
    reads files marked MẬT, too. `workers` above 1 are processes that read and extract; one writes.
    """
    raise NotImplementedError
