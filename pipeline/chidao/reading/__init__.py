"""A file's bytes to SourceText: NFC text, a paragraph a line, with regions, tables, pages and boxes.

One module a format; which one is told by content, never by the file's name.
"""
from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from chidao.errors import ReadingError
from chidao.model import Region, SourceText, Span
from chidao.reading.content import Content
from chidao.reading.language import is_vietnamese
from chidao.reading.limits import DEFAULTS, Limits
from chidao.reading.regions import find_regions
from chidao.reading.secrecy import stamp
from chidao.reading.sniff import Format, sniff

__all__ = ["read", "read_bytes"]

_MODULES: dict[Format, str] = {"text": "text", "markdown": "text", "html": "html", "docx": "docx", "pdf": "pdf",
                                "doc": "office", "odt": "office", "rtf": "office", "image": "image"}


def read(path: str | Path, *, secret: bool = False, limits: Limits = DEFAULTS) -> SourceText:
    """The text of the file at `path` with its layout; `secret` allows files that are stamped MẬT.

    Raises ReadingError: ``unreadable``, ``unknown_format``, ``empty``, ``encrypted``, ``no_text_layer``,
    ``damaged``, ``too_large``, ``too_many_pages``, ``too_many_pixels``, ``not_vietnamese``, ``undecodable``,
    ``secret``, ``container`` (see `chidao.reading.containers`), ``no_office``, ``conversion_failed``.
    """
    path = Path(path)
    try:
        if path.stat().st_size > limits.size:
            raise ReadingError("too_large", f" ({path.stat().st_size // 2**20} MiB)")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise ReadingError("unreadable", f"{path}: {getattr(error, 'strerror', None) or error}") from error
    name = path.name.encode("utf-8", "backslashreplace").decode()  # a name may hold bytes that are no UTF-8
    return read_bytes(data, name, secret=secret, limits=limits)


def read_bytes(data: bytes, name: str, *, secret: bool = False, limits: Limits = DEFAULTS) -> SourceText:
    """As `read`, for the bytes of a file called `name` (``"-"`` for standard input).

    >>> read_bytes("KẾ HOẠCH\\nPhòng, chống\\nhạn hán".encode(), "kh.txt").text
    'KẾ HOẠCH\\nPhòng, chống hạn hán'
    """
    if len(data) > limits.size:
        raise ReadingError("too_large", f" ({len(data) // 2**20} MiB)")
    kind = sniff(data)
    reader: Callable[[bytes, Limits], Content] = import_module(f"chidao.reading.{_MODULES[kind]}").read
    content = reader(data, limits)
    _judge(content.text, secret=secret)
    return SourceText(
        text=content.text, format=kind, sha256=hashlib.sha256(data).hexdigest(), name=name, size=len(data),
        regions=_united(content.regions, find_regions(content.text)), tables=content.tables, boxes=content.boxes,
        pages=content.pages, warnings=content.warnings, signatures=content.signatures)


def _judge(text: str, *, secret: bool) -> None:
    if not any(map(str.isalnum, text)):
        raise ReadingError("empty")
    if not is_vietnamese(text):
        raise ReadingError("not_vietnamese")
    mark = stamp(text)
    if mark and not secret:
        raise ReadingError("secret", mark)


def _united(known: tuple[Region, ...], found: tuple[Region, ...]) -> tuple[Region, ...]:
    """The regions that the format tells and, where these leave room, those that the words tell; in order."""
    free = [Region(span, region.kind) for region in found for span in _outside(region.span, known)]
    return tuple(sorted([*known, *free], key=lambda region: region.span))


def _outside(span: Span, known: tuple[Region, ...]) -> list[Span]:
    """What is left of `span`, in whole lines, beside the known regions."""
    rest = [span]
    for region in known:
        rest = [part for s in rest for part in (
            Span(s.start, min(s.end, region.span.start - 1)), Span(max(s.start, region.span.end + 1), s.end))
            if part.start < part.end] if _overlap(span, region.span) else rest
    return rest


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end
