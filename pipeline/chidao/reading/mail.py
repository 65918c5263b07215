"""Mails (EML) and pages saved as one file (MHTML): their attachments, or their own text where they have none."""
from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from typing import cast

from chidao.errors import ReadingError
from chidao.reading.layout import is_head_or_foot

_FIELDS = re.compile(
    rb"\s*(?:(?P<field>[A-Za-z][A-Za-z0-9-]{1,40}):[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}", re.IGNORECASE)
_FIELD = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,40}):", re.MULTILINE)
_OF_MAILS = {b"mime-version", b"received", b"return-path", b"message-id", b"delivered-to", b"x-mailer", b"content-type"}
_ADDRESSED = {b"from", b"to", b"date", b"subject", b"content-type"}
_HEAD = 65_536
# Signatures of the sender and what draws the letter, no attachments.
_NO_FILES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")


def is_mail(data: bytes) -> bool:
    """Whether the bytes begin with the fields of a mail.

    >>> is_mail(b"From: a@b.vn\\r\\nMIME-Version: 1.0\\r\\n\\r\\nKH"), is_mail(b"To: A\\nDate: B\\n\\nC")
    (True, False)
    """
    match = _FIELDS.match(data[:_HEAD])
    if match is None:
        return False
    named = {name.lower() for name in _FIELD.findall(match.group())}
    return not named.isdisjoint(_OF_MAILS) and not named.isdisjoint(_ADDRESSED)


def mail_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each attachment, mails inside it as files of their own.

    The letter itself comes first where there is no attachment or where it bears the marks of a directive.
    Raises ReadingError ``damaged``.
    """
    try:
        mail = message_from_bytes(data, policy=policy.default)
        letter = mail.get_body(("html", "plain"))
        text = _bytes(letter) if letter is not None else b""
        files = [part for part in _leaves(mail) if _is_file(part) and not _is_shown(part, text)]
        found = [(_name(part, number), _bytes(part)) for number, part in enumerate(files, 1)]
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, KeyError, IndexError,
            RecursionError) as error:  # the library has no error of its own for most of what mails can hold
        raise ReadingError("damaged", f" ({type(error).__name__})") from error
    if text.strip() and (not found or is_head_or_foot(text.decode("utf-8", "replace"))):
        kind = "html" if letter is not None and letter.get_content_subtype() == "html" else "txt"
        yield f"{_subject(mail)}.{kind}", text
    yield from found


def _leaves(part: Message) -> Iterator[Message]:
    if part.get_content_type() == "message/rfc822" or not part.is_multipart():
        yield part
        return
    for child in part.get_payload():
        yield from _leaves(cast("Message", child))


def _is_file(part: Message) -> bool:
    """Attachments, not the letter's own text."""
    if part.get_content_type() in _NO_FILES:
        return False
    return bool(part.get_filename()) or part.get_content_type() == "message/rfc822" or (
        part.get_content_disposition() == "attachment")


def _is_shown(part: Message, letter: bytes) -> bool:
    """A picture that the letter shows inside its text, such as a logo; scans are sent as pictures, too."""
    name = str(part.get("Content-ID") or "").strip("<> ")
    return part.get_content_maintype() == "image" and bool(name) and f"cid:{name}".encode() in letter


def _bytes(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return cast("Message", inner[0]).as_bytes() if isinstance(inner, list) and inner else b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _name(part: Message, number: int) -> str:
    name = part.get_filename()
    if name:
        return str(name)
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return f"{_subject(cast('Message', inner[0]) if isinstance(inner, list) and inner else part)}.eml"
    return f"{number}.{part.get_content_subtype()}"


def _subject(mail: Message) -> str:
    return str(mail.get("Subject") or "").strip()[:100] or "thư"
