"""Reading and extracting one file."""
from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

from chidao.errors import ChidaoError
from chidao.model import Directive
from chidao.reading.limits import DEFAULTS, Limits

_log = logging.getLogger(__name__)
_DETAIL_CHARACTERS = 300

Result = tuple[Directive, ...] | ChidaoError


class Packed(NamedTuple):
    """A file inside a container: the container, the name to show, and where in it the file is."""

    container: Path | bytes
    name: str
    place: tuple[int, ...]


File = Path | bytes | Packed


def read_and_extract(file: File, *, secret: bool = False, limits: Limits = DEFAULTS) -> Result:
    """The directives in the file, or in what standard input held, in order; or why there is none.

    No exception leaves it: one file stops no run.
    """
    from chidao.extraction.pipeline import extract_all
    from chidao.reading import read, read_bytes

    try:
        if isinstance(file, bytes):
            return extract_all(read_bytes(file, "-", secret=secret, limits=limits))
        if isinstance(file, Packed):
            return extract_all(read_bytes(_unpacked(file, limits), file.name, secret=secret, limits=limits))
        return extract_all(read(file, secret=secret, limits=limits))
    except ChidaoError as error:
        return error
    except OSError as error:
        return ChidaoError("unreadable", error.strerror or str(error))
    except Exception as error:
        return internal_error(error)
    finally:
        _give_back_memory()


def _unpacked(file: Packed, limits: Limits) -> bytes:
    from chidao.reading.containers import open_member

    data = file.container if isinstance(file.container, bytes) else file.container.read_bytes()
    return open_member(data, file.place, limits)


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
