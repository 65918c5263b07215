"""Which files an ingest reads."""
from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from chidao.reading.content import SEPARATOR
from chidao.storage.filing import absolute

# Hidden files, and what word processors leave beside a file that is open.
_PASSED_OVER = (".", "~$")
_BESIDE_A_DATABASE = ("", "-journal", "-wal", "-shm")


def find_files(paths: Sequence[str | Path], *, exclude: Sequence[str | Path] = ()) -> list[Path]:
    """The files to read: those named, and all in the folders named and below, sorted, each once.

    Hidden files are passed over where they are not named; links to folders are followed once.
    `exclude` are databases that may lie among them. A path that is not there is given as it is.
    """
    unwanted = {os.path.realpath(f"{path}{suffix}") for path in exclude for suffix in _BESIDE_A_DATABASE}
    found: dict[str, Path] = {}
    entered: set[str] = set()
    for path in map(Path, paths):
        for file in sorted(_below(path, entered)) if path.is_dir() else [path]:
            if os.path.realpath(file) not in unwanted:
                found.setdefault(absolute(file), file)
    return list(found.values())


def container_of(path: str | Path) -> str | Path:
    """The container of a file that was taken out of one; other paths as they are.

    >>> container_of("ke-hoach.docx")
    'ke-hoach.docx'
    """
    container, _, member = str(path).partition(SEPARATOR)
    return container if member and not Path(path).exists() and Path(container).is_file() else path


def _below(folder: Path, entered: set[str]) -> Iterator[Path]:
    if not _is_new(folder, entered):
        return
    for here, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [
            name for name in sorted(folders)
            if not name.startswith(_PASSED_OVER) and _is_new(Path(here, name), entered)]
        for name in names:
            file = Path(here, name)
            if not name.startswith(_PASSED_OVER) and (file.is_file() or file.is_symlink()):
                yield file


def _is_new(folder: Path, entered: set[str]) -> bool:
    """Whether the folder was not entered yet, by this or another link."""
    real = os.path.realpath(folder)
    if real in entered:
        return False
    entered.add(real)
    return True
