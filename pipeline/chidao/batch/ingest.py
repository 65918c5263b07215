"""Files and folders into the register, one document a transaction."""
from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from chidao.batch.files import container_of, find_files
from chidao.batch.opening import Opened, open_containers
from chidao.batch.pool import results
from chidao.batch.work import File, Result, internal_error
from chidao.errors import ChidaoError
from chidao.reading.limits import DEFAULTS, Limits
from chidao.search.indexing import index_quickly
from chidao.storage import Register
from chidao.storage.checking import file_hash
from chidao.storage.rows import FailureRow, IngestReport, Outcome, Progress


@dataclass(slots=True)
class _Tally:
    files: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    refused: list[FailureRow] = field(default_factory=list)
    documents: int = 0
    tasks: int = 0
    characters: int = 0


def ingest(
    paths: Sequence[str | Path],
    register: Register,
    *,
    workers: int = 0,
    secret: bool = False,
    limits: Limits = DEFAULTS,
    on_progress: Callable[[Progress], None] | None = None,
) -> IngestReport:
    """Read `paths` into `register`; files it knows in this version of the extractor are passed over.

    A file that can't be read is a row in `failures` and in the report, and the run goes on; it is tried
    again next time. Archives and mails are opened; each file in them counts as one, "hồ sơ.zip › ke-hoach.docx".
    `secret` reads files marked MẬT, too. `workers` are processes that read and extract, and
    that `limits` of time and memory hold for; with 0 this process does it, without those two. A program that
    uses workers keeps its own calls under ``if __name__ == "__main__"``. A run that is broken off leaves whole
    documents; the next one goes on.

    >>> with Register(":memory:") as register:
    ...     report = ingest(["ke_hoach_07.docx"], register)
    >>> report.added, [failure.code for failure in report.refused]
    (0, ['file_missing'])
    """
    started = time.monotonic()
    files = find_files([container_of(path) for path in paths], exclude=[register.path])
    run = register.begin_run(paths)
    tally = _Tally(files=len(files))
    outcome = "interrupted"
    try:
        for done, (file, what) in enumerate(_filed(files, register, tally, workers, secret, limits), 1):
            tally.outcomes[what] += 1
            if on_progress:
                on_progress(Progress(done, tally.files, str(file), what))
        outcome = "finished"
        index_quickly(register)
    finally:
        register.end_run(run, outcome, tally.outcomes)
    return IngestReport(
        run=run, total=tally.files, added=tally.outcomes["added"], updated=tally.outcomes["updated"],
        unchanged=tally.outcomes["unchanged"], refused=tuple(tally.refused), documents=tally.documents,
        tasks=tally.tasks,
        characters=tally.characters, seconds=time.monotonic() - started)


def _filed(
    files: Sequence[Path], register: Register, tally: _Tally, workers: int, secret: bool,
    limits: Limits,
) -> Iterator[tuple[Path, Outcome]]:
    """Each file with what became of it: known ones first, as no worker is needed for them."""
    closed: list[tuple[Path, str | None]] = []
    for file in files:
        sha256, error = _hash(file)
        if error:
            yield file, _refuse(register, tally, file, error, None)
        elif sha256 and register.known(sha256):
            register.seen(file, sha256)
            yield file, "unchanged"
        else:
            closed.append((file, sha256))
    opened = open_containers([file for file, _ in closed], workers=workers, limits=limits)
    unread: list[tuple[Path, str | None, File]] = []
    for at, (file, sha256) in enumerate(closed):
        if at in opened:
            yield from _taken_out(register, tally, file, sha256, opened[at], unread)
        else:
            unread.append((file, sha256, file))
    found = results([what for _, _, what in unread], workers=workers, secret=secret, limits=limits)
    for (file, sha256, _), result in zip(unread, found, strict=True):
        yield file, _keep(register, tally, file, sha256, result)


def _taken_out(
    register: Register, tally: _Tally, container: Path, sha256: str | None, opened: Opened,
    unread: list[tuple[Path, str | None, File]],
) -> Iterator[tuple[Path, Outcome]]:
    """The files of a container that need no reading; adds the others to `unread`."""
    tally.files += len(opened.entries) - (not opened.error)
    register.opened(container, [container.parent / entry.name for entry in opened.entries])
    if opened.error:
        yield container, _refuse(register, tally, container, opened.error, sha256)
    for entry in opened.entries:
        path = container.parent / entry.name
        if entry.error:
            yield path, _refuse(register, tally, path, entry.error, entry.sha256)
        elif entry.sha256 and register.known(entry.sha256):
            register.seen(path, entry.sha256)
            yield path, "unchanged"
        else:
            unread.append((path, entry.sha256, entry.file))


def _keep(register: Register, tally: _Tally, file: Path, sha256: str | None, result: Result) -> Outcome:
    if isinstance(result, ChidaoError):
        return _refuse(register, tally, file, result, sha256)
    try:
        outcome = register.add(*result, path=file)
    except sqlite3.IntegrityError as error:
        return _refuse(register, tally, file, internal_error(error), sha256)
    except sqlite3.Error:
        raise  # the disk is full or the database damaged: no fault of the file
    except Exception as error:
        return _refuse(register, tally, file, internal_error(error), sha256)
    if outcome != "unchanged":
        tally.documents += len(result)
        tally.tasks += sum(len(directive.tasks) for directive in result)
        tally.characters += sum(len(directive.text) for directive in result)
    return outcome


def _refuse(register: Register, tally: _Tally, file: Path, error: ChidaoError, sha256: str | None) -> Outcome:
    tally.refused.append(register.fail(file, error, sha256=sha256))
    return "refused"


def _hash(file: Path) -> tuple[str | None, ChidaoError | None]:
    try:
        return file_hash(file), None
    except FileNotFoundError:
        return None, ChidaoError("file_missing", str(file))
    except OSError as error:
        return None, ChidaoError("unreadable", error.strerror or str(error))
