"""Archives and mails opened into the files in them, in memory; nothing is written anywhere and no link is followed."""
from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

from chidao.errors import ReadingError
from chidao.reading.content import SEPARATOR
from chidao.reading.limits import Limits
from chidao.reading.mail import is_mail, mail_parts

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# Files of packages that are documents themselves: Word, Excel, ODF, EPUB. Mostly one of them comes first.
_PACKAGE = ("[Content_Types].xml", "mimetype", "content.xml", "word/document.xml", "xl/workbook.xml")
# What systems leave in archives beside the files.
_PASSED_OVER = re.compile(r"(?:^|.*/)(?:__MACOSX/.*|\.[^/]*|~\$[^/]*|Thumbs\.db|desktop\.ini)", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_UTF8_NAMES = 0x800  # flag of a name in UTF-8; without it names are in an encoding of the 1980s, or said to be


class Member(NamedTuple):
    """A file in a container: its name with those of the containers around it, and its bytes or why there are none.

    `place` says which it is, container by container; `open_member` finds it again by that.
    """

    name: str
    place: tuple[int, ...]
    data: bytes
    error: ReadingError | None = None


def may_hold_files(head: bytes) -> bool:
    """Whether a file that begins so may be a container; `holds_files` tells, from the whole of it.

    >>> may_hold_files("Kế hoạch".encode()), may_hold_files(b"PK\\x03\\x04" + bytes(26) + b"a.docx")
    (False, True)
    """
    if head.startswith(_ZIP):
        return not head[30:].startswith(tuple(name.encode() for name in _PACKAGE))
    return is_mail(head)


def holds_files(data: bytes) -> bool:
    """Whether the bytes are an archive of files or a mail, not a document that is packed itself."""
    if not data.startswith(_ZIP):
        return is_mail(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return set(_PACKAGE).isdisjoint(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def members(data: bytes, name: str, limits: Limits) -> Iterator[Member]:
    """The files in a container called `name` and in the containers inside it, in order.

    A file that can't be had (password, damage, too large, too deep) comes with its error and the others go on.
    Raises ReadingError where the container itself can't be read: ``damaged``, ``encrypted``, ``too_many_members``,
    ``expands_too_much``.

    >>> out = BytesIO()
    >>> with zipfile.ZipFile(out, "w") as package:
    ...     package.writestr("phụ lục/../../pl1.txt", "Phụ lục I")
    >>> from chidao.reading.limits import DEFAULTS
    >>> [(member.name, member.data.decode()) for member in members(out.getvalue(), "hồ sơ.zip", DEFAULTS)]
    [('hồ sơ.zip › phụ lục/pl1.txt', 'Phụ lục I')]
    """
    yield from _members(data, name, (), limits, _Budget(limits.members, limits.expansion))


def open_member(data: bytes, place: tuple[int, ...], limits: Limits) -> bytes:
    """The bytes of the file that `members` found at `place`. Raises ReadingError as that does."""
    budget = _Budget(limits.members, limits.expansion)
    for index in place:
        part = next((part for part in _parts(data, limits, budget, only=index)), None)
        if part is None:
            raise ReadingError("damaged")
        if part.error:
            raise part.error
        data = part.data
    return data


@dataclass(slots=True)
class _Budget:
    """What may still be unpacked of one file, in all its layers."""

    members: int
    size: int

    def spend(self, size: int) -> None:
        self.members -= 1
        self.size -= size
        if self.members < 0:
            raise ReadingError("too_many_members")
        if self.size < 0:
            raise ReadingError("expands_too_much")


class _Part(NamedTuple):
    number: int
    name: str
    data: bytes = b""
    error: ReadingError | None = None


def _members(data: bytes, name: str, place: tuple[int, ...], limits: Limits, budget: _Budget) -> Iterator[Member]:
    taken: set[str] = set()
    for part in _parts(data, limits, budget):
        here = (*place, part.number)
        called = name + SEPARATOR + (part.name if part.name not in taken else f"{part.name} ({part.number + 1})")
        taken.add(part.name)
        if part.error or not holds_files(part.data):
            yield Member(called, here, part.data, part.error)
        elif len(here) >= limits.nesting:
            yield Member(called, here, b"", ReadingError("nested_too_deep", f" ({limits.nesting})"))
        else:
            try:
                yield from _members(part.data, called, here, limits, budget)
            except ReadingError as error:
                if budget.members < 0 or budget.size < 0:
                    raise
                yield Member(called, here, b"", error)


def _parts(data: bytes, limits: Limits, budget: _Budget, *, only: int | None = None) -> Iterator[_Part]:
    if data.startswith(_ZIP):
        yield from _zipped(data, limits, budget, only)
        return
    for index, (name, content) in enumerate(mail_parts(data)):
        if only in (None, index):
            budget.spend(len(content))
            yield _sized(_Part(index, _printable(name), content), limits)


def _zipped(data: bytes, limits: Limits, budget: _Budget, only: int | None) -> Iterator[_Part]:
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadingError("damaged", " (ZIP)") from error
    with package:
        infos = [info for info in package.infolist()
                 if not info.is_dir() and not _PASSED_OVER.fullmatch(_printable(_name(info)))]
        if len(infos) > budget.members:
            raise ReadingError("too_many_members", f" ({len(infos)})")
        if infos and all(info.flag_bits & 1 for info in infos):
            raise ReadingError("encrypted")
        for index, info in enumerate(infos):
            if only in (None, index):
                yield _sized(_unpacked(package, index, info, limits, budget), limits)


def _unpacked(package: zipfile.ZipFile, index: int, info: zipfile.ZipInfo, limits: Limits, budget: _Budget) -> _Part:
    """One file of an archive; sizes are counted while it unpacks, whatever the archive says they are."""
    name = _printable(_name(info))
    if info.flag_bits & 1:
        return _Part(index, name, error=ReadingError("encrypted"))
    try:
        with package.open(info) as file:
            data = file.read(min(limits.size, budget.size) + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        return _Part(index, name, error=ReadingError("damaged", f" ({type(error).__name__})"))
    budget.spend(len(data))
    return _Part(index, name, data)


def _sized(part: _Part, limits: Limits) -> _Part:
    if len(part.data) > limits.size:
        return part._replace(data=b"", error=ReadingError("too_large", f" (> {limits.size // 2**20} MiB)"))
    return part


def _name(info: zipfile.ZipInfo) -> str:
    """Names without the flag are shown by Python in code page 437; most are UTF-8 all the same."""
    if info.flag_bits & _UTF8_NAMES:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _printable(name: str) -> str:
    """A name to show: no way up or out of its folder, no control characters, no separator of ours."""
    steps = [step.strip() for step in re.split(r"[/\\]", _UNPRINTABLE.sub("", name))]
    kept = [step for step in steps if step not in ("", ".", "..") and not re.fullmatch(r"[A-Za-z]:", step)]
    return "/".join(kept).replace(SEPARATOR.strip(), "-") or "?"
