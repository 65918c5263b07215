"""chidao show --page: a page of a document as a picture, with what was found on it in colours."""
from __future__ import annotations

import hashlib
from pathlib import Path

from chidao.cli.console import Console
from chidao.cli.options import open_register
from chidao.errors import RegisterError
from chidao.model import Directive

_WORDS = {"task": "mark_task", "target": "mark_target", "citation": "mark_citation", "lead": "column_lead",
          "coordinator": "column_coordinator", "deadline": "column_deadline", "word": "mark_word"}


def draw(document: str, page: int, png: Path, *, db: Path, console: Console) -> dict[str, object]:
    """Writes the picture to `png`; gives where it is and how much of each kind is marked on it."""
    from chidao.export.page import draw_page, find_marks

    directive, data = _opened(document, db)
    picture = draw_page(data, directive, page, say=lambda kind: console.text(_WORDS[kind]))
    png.parent.mkdir(parents=True, exist_ok=True)
    png.write_bytes(picture)
    marks = [mark.kind for mark in find_marks(directive, page)]
    return {"png": str(png), "page": page, "pages": directive.source.pages,
            "marks": {kind: marks.count(kind) for kind in _WORDS if kind in marks}}


def _opened(document: str, db: Path) -> tuple[Directive, bytes]:
    """The directive that `document` names, and the bytes of its file: one that lies there, or one that is held."""
    path = Path(document)
    if path.is_file():
        from chidao.extraction.pipeline import extract
        from chidao.reading import read_bytes

        data = path.read_bytes()
        return extract(read_bytes(data, path.name)), data
    with open_register(db) as register:
        directive = register.directive(register.find_document(document).id)
        paths = register.known_paths(directive.source.sha256)
    for known in map(Path, paths):
        data = known.read_bytes() if known.is_file() else b""
        if hashlib.sha256(data).hexdigest() == directive.source.sha256:
            return directive, data
    raise RegisterError("file_gone", f" ({'; '.join(paths) or directive.source.name})")
