"""Warm child processes that read files: each is killed and replaced when a file passes its limits or takes it down."""
from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from multiprocessing import connection, get_context
from typing import TYPE_CHECKING, Any

import psutil

from chidao.batch import work
from chidao.batch.work import File, Result, internal_error
from chidao.errors import ChidaoError
from chidao.extraction.sparing import import_spacy_alone
from chidao.reading.limits import Limits

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

Reader = Callable[[Any], Any]

_AHEAD = 2  # files in hand for each worker: enough to keep it busy, few enough to keep memory small
_LOOK = 0.05  # seconds between two looks at the memory of the workers
_FILES = 500  # after so many files a worker is replaced
_GROWN = 0.5  # or when it holds on to that share of the limit of memory
_STARTS = 3  # how often in a row a worker may die before it has begun
_PATIENCE = 5  # seconds for a worker to end by itself


def results(files: Sequence[File], *, workers: int, secret: bool, limits: Limits) -> Iterator[Result]:
    """The results for `files`, in their order, a few in memory at a time.

    With `workers` 0 they are read in this process, where time and memory have no limit.
    """
    read = partial(work.read_and_extract, secret=secret, limits=limits)
    return mapped(files, read, workers=workers, limits=limits, needs="chidao.extraction.pipeline")


def mapped(
    files: Sequence[Any], read: Reader, *, workers: int, limits: Limits, needs: str,
) -> Iterator[Any]:
    """What `read` gives for each of `files`, in order; a ChidaoError where it passed a limit or took a worker down.

    It never gives None. `needs` is the module that workers have loaded before the first file's time runs.
    """
    return _from_workers(files, workers, partial(_start, read, needs), limits) if workers else map(read, files)


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    line: Connection[Any, Any]
    watch: psutil.Process
    index: int | None = None  # of the file that it reads
    since: float = 0.0
    done: int = 0
    warm: bool = False

    def give(self, index: int, file: Any) -> None:
        self.line.send(file)
        self.index, self.since = index, time.monotonic()

    def too_much(self, limits: Limits) -> ChidaoError | None:
        """Why its file must be given up now, if it must."""
        if self.index is None:
            return None
        if time.monotonic() - self.since > limits.seconds:
            return ChidaoError("too_slow", f" ({limits.seconds} s)")
        if self.memory() > limits.memory:
            return ChidaoError("too_much_memory", f" ({limits.memory // 2**20} MiB)")
        return None

    def memory(self) -> int:
        """Bytes in memory of the worker and of what it started."""
        held = 0
        with suppress(psutil.Error):
            held = self.watch.memory_info().rss
            if time.monotonic() - self.since > 1:  # looking for children is slow, and few files start any
                held += sum(child.memory_info().rss for child in self.watch.children(recursive=True))
        return held

    def end(self) -> None:
        """Let an idle worker go."""
        with suppress(OSError):
            self.line.send(None)
        self.line.close()
        self.process.join(_PATIENCE)
        self.kill()

    def kill(self) -> None:
        """End the worker and all that it started."""
        with suppress(psutil.Error):
            for child in self.watch.children(recursive=True):
                with suppress(psutil.Error):
                    child.kill()
        self.process.kill()
        self.process.join()
        self.line.close()


def _from_workers(
    files: Sequence[Any], count: int, start: Callable[[], _Worker], limits: Limits,
) -> Iterator[Any]:
    workers: list[_Worker] = []
    found: dict[int, Any] = {}
    given = told = deaths = 0
    try:
        while told < len(files):
            busy = sum(worker.index is not None for worker in workers)
            while len(workers) < min(count, busy + len(files) - given):
                workers.append(start())
            for worker in workers:
                if worker.warm and worker.index is None and given < min(len(files), told + count * _AHEAD):
                    worker.give(given, files[given])
                    given += 1
            for worker in _heard(workers):
                index = worker.index
                answer = _answer(worker)
                if not worker.warm and isinstance(answer, ChidaoError):
                    deaths += 1
                    if deaths == _STARTS:
                        raise answer
                elif index is not None and answer is not None:
                    found[index] = answer
                    deaths = 0
            for worker in workers:
                if (error := worker.too_much(limits)) and worker.index is not None:
                    found[worker.index] = error
                    worker.kill()
            workers = [worker for worker in workers if _is_kept(worker, limits)]
            while told in found:
                yield found.pop(told)
                told += 1
    finally:
        for worker in workers:
            worker.end() if worker.index is None and worker.warm else worker.kill()


def _start(read: Reader, needs: str) -> _Worker:
    """Spawned, as on Windows; Ctrl-C is for the process that writes."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_serve, args=(there, read, needs), daemon=True)
    process.start()
    there.close()
    return _Worker(process, here, psutil.Process(process.pid))


def _serve(line: Connection[Any, Any], read: Reader, needs: str) -> None:
    """What a worker does: one file after another until there is none or the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import_spacy_alone()
    import_module(needs)

    with suppress(EOFError, OSError):
        line.send(None)
        while (file := line.recv()) is not None:
            try:
                line.send(read(file))
            except (ValueError, TypeError, AttributeError) as error:  # what can't be pickled
                line.send(internal_error(error))


def _heard(workers: Sequence[_Worker]) -> list[_Worker]:
    """The workers that have something to say, or have died; waits a moment for one."""
    ready = set(connection.wait([worker.line for worker in workers], _LOOK))
    return [worker for worker in workers if worker.line in ready]


def _answer(worker: _Worker) -> Any:
    """What the worker says: None when it has warmed up, a result, or that it died."""
    try:
        answer = worker.line.recv()
    except (EOFError, OSError):
        worker.process.join(_PATIENCE)
        worker.kill()
        return ChidaoError("crashed", f" ({worker.process.exitcode})")
    worker.done += worker.warm
    worker.warm, worker.index = True, None
    return answer


def _is_kept(worker: _Worker, limits: Limits) -> bool:
    """Whether the worker goes on; one that has read much or holds on to much is replaced."""
    if worker.line.closed:
        return False
    if worker.index is None and worker.done and (
            worker.done >= _FILES or worker.memory() > limits.memory * _GROWN):
        worker.end()
        return False
    return True
