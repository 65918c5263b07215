"""The file that an annotation counts in: how it is known again, and its NFC text."""
from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from chidao.evaluation.frame import EvaluationError


def describe(path: Path) -> dict[str, Any]:
    """Name, SHA-256 of the bytes, length of the NFC text in code points, and whose text that is.

    ``text`` is "file" where the file itself is the text, "read" where `chidao.reading.read` gives it.
    """
    return {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "text": "file" if _is_text(path) else "read", "length": len(text_of(path))}


def text_of(path: Path) -> str:
    """The NFC text that annotations of the file count in; ReadingError where it can't be read."""
    from chidao.reading import read

    return unicodedata.normalize("NFC", path.read_text("utf-8") if _is_text(path) else read(path).text)


def find_source(name: str, folders: Sequence[Path]) -> Path:
    """The file of that name in the first folder that has one; EvaluationError where none has."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise EvaluationError("source_missing", name)


def text_as_described(described: Mapping[str, Any], folders: Sequence[Path]) -> str:
    """The text of the file that `described` describes; EvaluationError where it is missing or another one."""
    path = find_source(described["file"], folders)
    now = describe(path)
    for key in ("sha256", "text", "length"):
        if now[key] != described[key]:
            raise EvaluationError("source_differs", f"{path.name}: {key} {now[key]}, not {described[key]}")
    return text_of(path)


def _is_text(path: Path) -> bool:
    return path.suffix == ".txt"
