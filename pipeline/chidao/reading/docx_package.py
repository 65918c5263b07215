"""Opens a Word package without trusting it: sizes, passwords and document types are looked at before it is parsed."""
from __future__ import annotations

import io
import zipfile
from typing import Any

from docx.opc.constants import CONTENT_TYPE
from docx.opc.part import PartFactory
from docx.package import Package
from docx.parts.document import DocumentPart

from chidao.errors import ReadingError
from chidao.reading.limits import Limits

_MAIN = "application/vnd.{}.main+xml"
# Templates and documents with macros are documents, too; their macros are never looked at.
_DOCUMENTS = {CONTENT_TYPE.WML_DOCUMENT_MAIN, *(_MAIN.format(kind) for kind in (
    "openxmlformats-officedocument.wordprocessingml.template", "ms-word.document.macroEnabled",
    "ms-word.template.macroEnabledTemplate"))}
_DOCTYPE = ("<!DOCTYPE", "<!ENTITY")
_HEAD = 4096  # what may stand before a document type: a declaration and comments


def open_document(data: bytes, limits: Limits) -> Any:
    """The python-docx document of a package.

    Raises ReadingError ``encrypted``, ``too_large`` or ``damaged``: also for a part with a document type, as only a
    file made to do harm has one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _look_into(package, limits)
        for kind in _DOCUMENTS:
            PartFactory.part_type_for.setdefault(kind, DocumentPart)
        return Package.open(io.BytesIO(data)).main_document_part.document
    except ReadingError:
        raise
    except Exception as error:  # python-docx tells of broken packages by exceptions of a dozen kinds
        raise ReadingError("damaged", f" ({type(error).__name__})") from error


def _look_into(package: zipfile.ZipFile, limits: Limits) -> None:
    infos = package.infolist()
    if any(info.flag_bits & 1 for info in infos):
        raise ReadingError("encrypted")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > limits.expansion or len(infos) > limits.members:
        raise ReadingError("too_large", f" ({unpacked // 2**20} MiB)")
    for info in infos:
        if info.filename.endswith((".xml", ".rels")):
            with package.open(info) as part:
                refuse_document_type(part.read(_HEAD))


def refuse_document_type(head: bytes) -> None:
    """Raise ReadingError ``damaged`` where XML that begins so declares a document type or an entity."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:4]
    text = head.replace(b"\0", b"").decode("latin-1") if wide else head.decode("latin-1")
    if any(word in text.upper() for word in _DOCTYPE):
        raise ReadingError("damaged", " (DTD)")
