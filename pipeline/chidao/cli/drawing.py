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


def draw(document: str, page: int | None, png: Path, *, db: Path, console: Console) -> dict[str, object]:
    """Writes the picture to `png`; gives where it is and how much of each kind is marked on it.

    Without `page` it is the first page of the document.
    """
    from chidao.export.page import draw_page, find_marks

    directives, data = _opened(document, db)
    page = page or (directives[0].source.own_pages or (1, 1))[0]
    picture = draw_page(data, directives, page, say=lambda kind: console.text(_WORDS[kind]))
    png.parent.mkdir(parents=True, exist_ok=True)
    png.write_bytes(picture)
    marks = [mark.kind for directive in directives for mark in find_marks(directive, page)]
    return {"png": str(png), "page": page, "pages": directives[0].source.pages,
            "marks": {kind: marks.count(kind) for kind in _WORDS if kind in marks}}


def _opened(document: str, db: Path) -> tuple[tuple[Directive, ...], bytes]:
    """The directives in the file `document`, or the one that is held under that name; and the bytes of the file."""
    path = Path(document)
    if path.is_file():
        from chidao.extraction.pipeline import extract_all
        from chidao.reading import read_bytes

        data = path.read_bytes()
        return extract_all(read_bytes(data, path.name)), data
    with open_register(db) as register:
        directive = register.directive(register.find_document(document).id)
        paths = register.known_paths(directive.source.sha256)
    for known in map(Path, paths):
        data = known.read_bytes() if known.is_file() else b""
        if hashlib.sha256(data).hexdigest() == directive.source.sha256:
            return (directive,), data
    raise RegisterError("file_gone", f" ({'; '.join(paths) or directive.source.name})")
