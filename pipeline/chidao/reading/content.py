"""What a format's reader hands over, before the text is judged and its regions are marked."""
from __future__ import annotations

from typing import NamedTuple

from chidao.model import Box, Region, Signature, Table

SEPARATOR = " › "  # between the name of a container and that of a file in it: "hồ sơ.zip › ke-hoach.docx"


class Content(NamedTuple):
    """NFC text, a paragraph a line, with what the format knows of its layout; offsets count in `text`."""

    text: str
    tables: tuple[Table, ...] = ()
    boxes: tuple[Box, ...] = ()
    pages: int | None = None
    regions: tuple[Region, ...] = ()
    warnings: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
