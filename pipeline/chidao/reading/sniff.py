"""Which format a file is in, by its first bytes and its parts, never by its name."""
from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from typing import Literal

from chidao.errors import ReadingError
from chidao.reading.containers import holds_files
from chidao.reading.decoding import decode, wide_encoding
from chidao.reading.mail import is_mail

Format = Literal["text", "markdown", "html", "docx", "doc", "odt", "rtf", "pdf", "image"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")  # PNG, JPEG, TIFF
# Formats that offices send and that have no reader yet, for a sentence that helps.
_KNOWN = {
    b"GIF8": "GIF", b"BM": "BMP", b"7z\xbc\xaf": "7z", b"Rar!": "RAR", b"\x1f\x8b": "gzip",
    b"\xffWPC": "WordPerfect",
}
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|span|h[1-6]|"
    r"article|section|main|center|font|b|ul|ol)\b", re.IGNORECASE | re.DOTALL)
_MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|[ \t]*(?:\|[ \t]*)?:?-{3,}:?[ \t]*\||```)|\*\*\S[^*\n]*\*\*", re.MULTILINE)


def sniff(data: bytes) -> Format:
    """The format of a file's bytes.

    Raises ReadingError ``empty``, ``encrypted``, ``damaged``, ``container``,
    ``outlook_mail`` or ``unknown_format``.

    >>> sniff("Số: 12/KH-UBND".encode())
    'text'
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise ReadingError("empty")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_ZIP):
        return _zipped(data)
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if is_mail(data):
        raise ReadingError("container", " (EML)")
    if data.startswith(_IMAGES):
        return "image"
    for start, name in _KNOWN.items():
        if data.startswith(start) and not (name == "BMP" and _is_text(data)):
            raise ReadingError("unknown_format", f" ({name})")
    if not _is_text(data):
        raise ReadingError("unknown_format")
    text = decode(data).text
    if _is_json(text):
        raise ReadingError("unknown_format", " (JSON)")
    if _HTML_START.match(text[:20_000]):
        return "html"
    if text.lstrip().startswith("<?xml"):
        return _xml(text)
    return "markdown" if _MARKDOWN.search(text) else "text"


def _xml(text: str) -> Format:
    """Word 2003 documents and flat ODF are XML that LibreOffice reads; other XML is no document of an office."""
    head = text[:20_000]
    if "<w:wordDocument" in head:
        return "doc"
    if "<office:document" in head and "opendocument.text" in head:
        return "odt"
    raise ReadingError("unknown_format", " (XML)")


def _is_json(text: str) -> bool:
    """Annotations and exports lie beside directives; their strings are no text of a directive."""
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_text(data: bytes) -> bool:
    """Binary files hold control bytes that no text has; UTF-16 holds NULs by nature."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) or wide_encoding(data):
        return True
    head = data[:65536]
    controls = sum(head.count(bytes([code])) for code in range(32) if code not in (9, 10, 11, 12, 13, 27))
    return controls * 200 <= len(head)


def _zipped(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            odf = package.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise ReadingError("damaged", " (ZIP)") from error
    if odf.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if any(name.startswith("word/") for name in names) and not holds_files(data):
        return "docx"
    kind = _package(names)
    raise ReadingError("container" if kind == "ZIP" else "unknown_format", f" ({kind})")


def _package(names: set[str]) -> str:
    if any(name.startswith("xl/") for name in names):
        return "XLSX"
    if any(name.startswith("ppt/") for name in names):
        return "PPTX"
    return "ODF" if "content.xml" in names else "EPUB" if "mimetype" in names else "ZIP"


def _ole(data: bytes) -> Format:
    """Word 97 to 2003, or a Word file under a password, which lies in the same kind of container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReadingError("encrypted")
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    if "__properties".encode("utf-16-le") in data:
        raise ReadingError("outlook_mail")
    raise ReadingError("unknown_format", " (OLE)")
