"""Archives and mails opened into the files in them, each of which is read as a file of its own."""
from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from chidao.batch.pool import mapped, results
from chidao.batch.work import File, Packed, Result
from chidao.errors import ChidaoError, ReadingError
from chidao.reading.limits import DEFAULTS, Limits

_HEAD = 65_536


class Entry(NamedTuple):
    """A file in a container: its name after that of the container, what a worker needs to read it, or its error."""

    name: str
    file: Packed
    sha256: str | None
    error: ChidaoError | None = None


class Opened(NamedTuple):
    """The files of a container; `error` where it could not be opened to its end. Neither: it is no container."""

    entries: tuple[Entry, ...]
    error: ChidaoError | None = None


def open_containers(
    files: Sequence[Path | bytes], *, workers: int, limits: Limits = DEFAULTS,
) -> dict[int, Opened]:
    """What is in those of `files` that hold files, by index; `workers` as in `chidao.batch.ingest`."""
    from chidao.reading.containers import may_hold_files

    likely = [i for i, file in enumerate(files) if may_hold_files(_head(file))]
    found = mapped([files[i] for i in likely], partial(contents, limits=limits), workers=workers, limits=limits,
                   needs="chidao.reading.containers")
    opened = {i: Opened((), what) if isinstance(what, ChidaoError) else what
              for i, what in zip(likely, found, strict=True)}
    return {i: what for i, what in opened.items() if what.entries or what.error}


def read_all(
    names: Sequence[str], files: Sequence[Path | bytes], *, workers: int, secret: bool, limits: Limits = DEFAULTS,
) -> Iterator[tuple[str, Result]]:
    """Name and result of each of `files`, in order; of each file in it where it is a container."""
    opened = open_containers(files, workers=workers, limits=limits)
    items: list[tuple[str, File | ChidaoError]] = []
    for at, (name, file) in enumerate(zip(names, files, strict=True)):
        if at not in opened:
            items.append((name, file))
            continue
        items += [(str(Path(name).parent / entry.name), entry.error or entry.file) for entry in opened[at].entries]
        if error := opened[at].error:
            items.append((name, error))
    readable = [file for _, file in items if not isinstance(file, ChidaoError)]
    found = results(readable, workers=workers, secret=secret, limits=limits)
    for name, item in items:
        yield name, item if isinstance(item, ChidaoError) else next(found)


def contents(file: Path | bytes, *, limits: Limits = DEFAULTS) -> Opened:
    """The files in the container `file`, each with the hash of its bytes; nothing where it is no container."""
    from chidao.reading.containers import holds_files, members

    try:
        data = file if isinstance(file, bytes) else file.read_bytes() if file.stat().st_size <= limits.size else b""
    except OSError:
        return Opened(())  # whoever reads it tells why it can't be read
    if not holds_files(data):
        return Opened(())
    name = file.name if isinstance(file, Path) else "-"
    entries: list[Entry] = []
    try:
        for member in members(data, name, limits):
            sha256 = None if member.error else hashlib.sha256(member.data).hexdigest()
            entries.append(Entry(member.name, Packed(file, member.name, member.place), sha256, member.error))
    except ReadingError as error:
        return Opened(tuple(entries), error)
    return Opened(tuple(entries), None if entries else ReadingError("empty"))


def _head(file: Path | bytes) -> bytes:
    if isinstance(file, bytes):
        return file[:_HEAD]
    try:
        with file.open("rb") as opened:
            return opened.read(_HEAD)
    except (OSError, ValueError):
        return b""
