"""Which extractor a record came from: a hash over the code, the tables and the models that shape it."""
from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
# What decides about a Directive; storage, search, commands and exports do not.
_STAGES = ("grammar", "reading", "structure", "extraction", "linking", "knowledge", "models")
_SKIPPED = {".pyc", ".pyo"}
_WORDING = {"columns.tsv", "errors.tsv", "messages.tsv"}


@lru_cache(maxsize=1)
def extractor_version() -> str:
    """16 hex digits that change when code, tables or models of the extraction do.

    >>> len(extractor_version())
    16
    """
    return hash_files(_PACKAGE, [_PACKAGE / "model.py", *(_PACKAGE / stage for stage in _STAGES)])


def hash_files(root: Path, paths: list[Path]) -> str:
    """16 hex digits over names and contents of the files at and below `paths`, named from `root`."""
    files = sorted(
        (file.relative_to(root).as_posix(), file)
        for path in paths
        for file in ([path] if path.is_file() else path.rglob("*"))
        if file.is_file() and file.suffix not in _SKIPPED and file.name not in _WORDING
    )
    digest = hashlib.sha256()
    for name, file in files:
        digest.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:16]
