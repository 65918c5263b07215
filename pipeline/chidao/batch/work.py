"""Reading and extracting one file, here or in a process of its own."""
from __future__ import annotations

import ctypes
import logging
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import cast

from chidao.errors import ChidaoError
from chidao.model import Directive

_log = logging.getLogger(__name__)
_DETAIL_CHARACTERS = 300
_AHEAD = 2  # files in hand for each worker: enough to keep it busy, few enough to keep memory small

Result = Directive | ChidaoError


def read_and_extract(path: Path, *, secret: bool) -> Result:
    """The directive in the file, or why there is none. No exception leaves it: one file stops no run."""
    from chidao.extraction.pipeline import extract
    from chidao.reading import read

    try:
        return extract(read(path, secret=secret))
    except ChidaoError as error:
        return error
    except OSError as error:
        return ChidaoError("unreadable", error.strerror or str(error))
    except Exception as error:
        return internal_error(error)
    finally:
        _give_back_memory()


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    """The C library's way to give free memory back, where it has one (glibc)."""
    try:
        return cast("Callable[[int], int]", ctypes.CDLL(None).malloc_trim)
    except (AttributeError, OSError, TypeError):
        return None


def _give_back_memory() -> None:
    """What the last file needed goes back to the system: glibc keeps it, and more after each large text."""
    if trim := _malloc_trim():
        trim(0)


def internal_error(error: Exception) -> ChidaoError:
    """A defect of ours that a file brought to light, as a failure of that file."""
    _log.debug("internal error", exc_info=error)
    return ChidaoError("internal_error", f"{type(error).__name__}: {error}"[:_DETAIL_CHARACTERS])


def results(files: Sequence[Path], *, workers: int, secret: bool) -> Iterator[Result]:
    """The results for `files`, in their order, a few in memory at a time."""
    if workers <= 1:
        return (read_and_extract(file, secret=secret) for file in files)
    return _from_workers(files, workers, secret)


def _from_workers(files: Sequence[Path], workers: int, secret: bool) -> Iterator[Result]:
    done = 0
    while done < len(files):
        try:
            for result in _from_pool(files[done:], workers, secret):
                yield result
                done += 1
        except BrokenProcessPool:
            # A file took its process down and the files in hand with it: each of those gets one of its own.
            for file in files[done:done + workers * _AHEAD]:
                yield _alone(file, secret)
                done += 1


def _from_pool(files: Sequence[Path], workers: int, secret: bool) -> Iterator[Result]:
    pool = _pool(workers)
    try:
        in_hand: deque[Future[Result]] = deque()
        for file in files:
            in_hand.append(pool.submit(read_and_extract, file, secret=secret))
            if len(in_hand) >= workers * _AHEAD:
                yield in_hand.popleft().result()
        while in_hand:
            yield in_hand.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _alone(file: Path, secret: bool) -> Result:
    with _pool(1) as pool:
        try:
            return pool.submit(read_and_extract, file, secret=secret).result()
        except BrokenProcessPool as error:
            return internal_error(error)


def _pool(workers: int) -> ProcessPoolExecutor:
    """Spawned, as on Windows; Ctrl-C is for the process that writes."""
    return ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=signal.signal,
        initargs=(signal.SIGINT, signal.SIG_IGN))
