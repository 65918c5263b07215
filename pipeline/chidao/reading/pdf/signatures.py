"""Digital signatures in the fields of a PDF: whose certificate, and when. They are read, not verified."""
from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium_c

from chidao.grammar.dates import iso
from chidao.grammar.folding import squeeze
from chidao.model import Signature

_MOST = 64  # signatures of a file
_MAX_BYTES = 2**18  # of one signature
_MAX_LETTERS = 300
_Subject = tuple[str | None, str | None]
_TIME = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:(Z)|([+-]\d\d)'?(\d\d)?)?")


def read_signatures(document: Any) -> tuple[tuple[Signature, ...], tuple[str, ...]]:
    """The signatures of an open pypdfium2 document, each once, in their order; and warnings.

    One whose certificate can't be read leaves the warning ``signature_unreadable: N``, those past a limit
    ``signatures_left_out: N``.
    """
    count = max(pdfium_c.FPDF_GetSignatureCount(document), 0)
    found: dict[Signature, None] = {}
    subject = cache(_subject)  # one signature mostly stands on several pages
    warnings = [f"signatures_left_out: {count - _MOST}"] if count > _MOST else []
    for number in range(min(count, _MOST)):
        signature = _signature(pdfium_c.FPDF_GetSignatureObject(document, number), subject)
        if signature is None or signature.by is None:
            warnings.append(f"signature_unreadable: {number + 1}")
        if signature is not None:
            found.setdefault(signature)
    return tuple(found), tuple(warnings)


def time_of(said: str) -> str | None:
    """A time as PDF writes it, in ISO 8601; None where it is none.

    >>> time_of("D:20310205081532+07'00'"), time_of("D:20319905081532Z")
    ('2031-02-05T08:15:32+07:00', None)
    """
    m = _TIME.match(said)
    if m is None:
        return None
    day = iso(m[1], m[2], m[3])
    if day is None or int(m[4]) > 23 or int(m[5]) > 59:
        return None
    zone = "+00:00" if m[7] else f"{m[8]}:{m[9] or '00'}" if m[8] else ""
    return f"{day}T{m[4]}:{m[5]}:{m[6] or '00'}{zone}"


def _signature(handle: Any, subject: Callable[[bytes], _Subject]) -> Signature | None:
    """What a signature states and its certificate; None where there is nothing of either."""
    if not handle:
        return None
    by, organisation = subject(_bytes(pdfium_c.FPDFSignatureObj_GetContents, handle))
    at = time_of(_bytes(pdfium_c.FPDFSignatureObj_GetTime, handle).decode("latin-1"))
    reason = _clipped(_bytes(pdfium_c.FPDFSignatureObj_GetReason, handle).decode("utf-16-le", "replace"))
    return Signature(by, organisation, at, reason) if by or at or reason else None


def _bytes(ask: Callable[..., int], handle: Any) -> bytes:
    """What a function of pdfium tells of a signature; nothing where that is too long."""
    size = ask(handle, None, 0)
    if not 0 < size <= _MAX_BYTES:
        return b""
    buffer = ctypes.create_string_buffer(size)
    ask(handle, buffer, size)
    return buffer.raw


def _subject(contents: bytes) -> _Subject:
    """Name and organisation of the signer's certificate, the one of a PKCS #7 object that issued none of the others."""
    import warnings

    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs7
    from cryptography.x509.oid import NameOID

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what older authorities wrote into certificates is no matter of ours
            certificates = pkcs7.load_der_pkcs7_certificates(_trimmed(contents))
            issuers = {c.issuer for c in certificates if c.issuer != c.subject}
            signers = [c for c in certificates if c.subject not in issuers] or certificates
            names = {oid: [str(a.value) for a in signers[0].subject.get_attributes_for_oid(oid)] if signers else []
                     for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)}
    except (ValueError, UnsupportedAlgorithm):  # cryptography's words for all that is wrong with it
        return None, None
    name, organisation = (_clipped(", ".join(said)) for said in names.values())
    return name, organisation


def _trimmed(contents: bytes) -> bytes:
    """A DER object without the zeros that fill the room left for it."""
    if len(contents) < 2 or not contents[1] & 0x80:
        return contents
    head = 2 + (contents[1] & 0x7f)
    return contents[:head + int.from_bytes(contents[2:head], "big")] if head > 2 else contents


def _clipped(text: str) -> str | None:
    return squeeze(text.replace("\0", ""))[:_MAX_LETTERS] or None
