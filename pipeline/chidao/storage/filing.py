"""Which directive a file is: known, another rendition, a new edition, or one more that claims the same id."""
from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chidao.errors import ChidaoError
from chidao.model import Directive, SourceText
from chidao.reading.content import SEPARATOR
from chidao.storage import blanks, resolving, writing
from chidao.storage.inserting import put
from chidao.storage.renditions import is_rendition, likeness, rank
from chidao.storage.rows import FailureRow, Outcome


@dataclass(frozen=True, slots=True)
class _Held:
    """A directive that the register has under the id that a new file claims."""

    id: str
    sha256: str
    name: str
    format: str
    text: str


@dataclass(frozen=True, slots=True)
class _Rendition:
    """Where a directive lies: in which file, as which of its documents."""

    sha256: str
    ord: int


@dataclass(frozen=True, slots=True)
class _Before:
    """What an earlier reading of a content left: other renditions of directives it was preferred for, and paths."""

    renditions: dict[str, list[_Rendition]]
    paths: list[str]


def absolute(path: str | Path) -> str:
    """How paths are kept: absolute, links not followed, bytes that are no UTF-8 escaped."""
    return os.path.abspath(path).encode("utf-8", "backslashreplace").decode()  # noqa: PTH100


def known(conn: sqlite3.Connection, sha256: str, version: str) -> bool:
    """Whether the content is filed, with all its documents, and was read by that version of the extractor."""
    return conn.execute(
        "SELECT 1 FROM files f WHERE sha256 = ? AND version = ?"
        " AND documents = (SELECT count(*) FROM renditions WHERE sha256 = f.sha256)", (sha256, version),
    ).fetchone() is not None


def add(conn: sqlite3.Connection, directives: Sequence[Directive], *, path: str | None, version: str) -> Outcome:
    """File the `directives` of one file; the caller holds the transaction. Outcomes: see `Register.add`."""
    source = directives[0].source
    if known(conn, source.sha256, version):
        if path is not None:
            seen(conn, path, source.sha256)
        return "unchanged"
    before = _forget_file(conn, source.sha256)
    replaced = [] if path is None else [_replace_edition(conn, directive, path) for directive in directives]
    _put_file(conn, source, version)
    ids = [_file(conn, directive) for directive in directives]
    for id in dict.fromkeys(ids):
        _point(conn, before.renditions.get(id, ()) if before else (), id)
    for id in dict.fromkeys(ids) if len(ids) > 1 else ():
        resolving.point_relations(conn, id)
    paths = [*before.paths] if before else []
    for place in dict.fromkeys([*paths, *([path] if path else [])]):
        seen(conn, place, source.sha256)
    return "updated" if before or any(replaced) else "added"


def seen(conn: sqlite3.Connection, path: str, sha256: str) -> None:
    """Note where a content lies; writes only what is new."""
    row = conn.execute("SELECT sha256 FROM file_paths WHERE path = ?", (path,)).fetchone()
    if row is None or row[0] != sha256:
        conn.execute(
            "INSERT INTO file_paths (path, sha256) VALUES (:path, :sha256)"
            " ON CONFLICT (path) DO UPDATE SET sha256 = excluded.sha256", {"path": path, "sha256": sha256})
    conn.execute("DELETE FROM failures WHERE path = ?", (path,))


def fail(conn: sqlite3.Connection, path: str, error: ChidaoError, sha256: str | None) -> FailureRow:
    """Note that a file was refused; writes only what is new."""
    failure = FailureRow(path, sha256, error.code, error.detail)
    row = conn.execute("SELECT path, sha256, code, detail FROM failures WHERE path = ?", (path,)).fetchone()
    if row is None or FailureRow(*row) != failure:
        conn.execute("DELETE FROM failures WHERE path = ?", (path,))
        put(conn, "failures", [
            {"path": path, "sha256": sha256, "code": failure.code, "detail": failure.detail}])
    return failure


def opened(conn: sqlite3.Connection, container: str, files: Sequence[str]) -> None:
    """Forget failures of a container that was opened now, and of files that it held before."""
    inside = conn.execute("SELECT path FROM failures WHERE substr(path, 1, :length) = :start",
                          {"start": container + SEPARATOR, "length": len(container + SEPARATOR)})
    gone = {container, *(row[0] for row in inside)} - {*files}
    conn.executemany("DELETE FROM failures WHERE path = ?", [(path,) for path in sorted(gone)])


def remove(conn: sqlite3.Connection, document: str) -> None:
    """Take out a directive with its files and their paths; a file that holds others, too, stays."""
    files = {rendition.sha256 for rendition in _renditions(conn, document)}
    writing.delete(conn, document)
    conn.executemany(
        "DELETE FROM files WHERE sha256 = :sha256 AND NOT EXISTS (SELECT 1 FROM renditions WHERE sha256 = :sha256)",
        [{"sha256": sha256} for sha256 in sorted(files)])


def _forget_file(conn: sqlite3.Connection, sha256: str) -> _Before | None:
    """Undo an earlier reading of the same content; None when there was none."""
    if conn.execute("SELECT 1 FROM files WHERE sha256 = ?", (sha256,)).fetchone() is None:
        return None
    paths = [row[0] for row in conn.execute("SELECT path FROM file_paths WHERE sha256 = ? ORDER BY path", (sha256,))]
    preferred = [row[0] for row in conn.execute(
        "SELECT document_id FROM renditions WHERE sha256 = ? AND preferred = 1 ORDER BY ord", (sha256,))]
    conn.execute("DELETE FROM files WHERE sha256 = ?", (sha256,))
    renditions = {document: _renditions(conn, document) for document in preferred}
    for document in preferred:
        writing.delete(conn, document)
    return _Before(renditions, paths)


def _replace_edition(conn: sqlite3.Connection, directive: Directive, path: str) -> bool:
    """Take out the directive that lay at `path` before, under the same id, and lies nowhere else and in no other form.

    Gives whether there was one.
    """
    row = conn.execute(
        "SELECT d.id FROM file_paths p JOIN renditions r ON r.sha256 = p.sha256"
        " JOIN documents d ON d.id = r.document_id WHERE p.path = :path AND d.base_id = :id AND r.sha256 <> :sha256"
        " AND (SELECT count(*) FROM file_paths WHERE sha256 = r.sha256) = 1"
        " AND (SELECT count(*) FROM renditions WHERE document_id = d.id) = 1",
        {"path": path, "id": directive.id, "sha256": directive.source.sha256}).fetchone()
    if row is not None:
        remove(conn, row[0])
    return row is not None


def _file(conn: sqlite3.Connection, directive: Directive) -> str:
    """Write the directive, or only where it lies where a better one is held; gives the id it is kept under.

    One that was held without its number gives way to the numbered one; its id stays as an alias.
    """
    other = blanks.counterpart(conn, directive)
    if other is None:
        return _file_by_id(conn, directive)
    if blanks.is_blank(directive.id):
        _put_rendition(conn, directive.source, other, preferred=False)
        blanks.keep_alias(conn, directive.id, other)
        return other
    renditions = _renditions(conn, other)
    alias = conn.execute("SELECT base_id FROM documents WHERE id = ?", (other,)).fetchone()
    writing.delete(conn, other)
    id = _file_by_id(conn, directive)
    _point(conn, renditions, id)
    blanks.keep_alias(conn, alias[0], id)
    return id


def _file_by_id(conn: sqlite3.Connection, directive: Directive) -> str:
    """Write the directive, or only where it lies where a better rendition with its id is held."""
    source = directive.source
    held = _claimants(conn, directive.id)
    same = next((h for h in held if is_rendition(source.text, source.format, h.text, h.format)), None)
    if same is None:
        return _file_apart(conn, directive, held)
    if rank(source.format, source.sha256) > rank(same.format, same.sha256):
        _put_rendition(conn, source, same.id, preferred=False)
    else:
        renditions = _renditions(conn, same.id)
        writing.delete(conn, same.id)
        writing.insert(conn, directive, id=same.id)
        _point(conn, renditions, same.id)
        _put_rendition(conn, source, same.id, preferred=True)
    alike = likeness(source.text, same.text)
    if alike < 1:
        _find(conn, same.id, "renditions_differ", f"{', '.join(sorted([source.name, same.name]))}: {alike:.3f}")
    return same.id


def _file_apart(conn: sqlite3.Connection, directive: Directive, held: list[_Held]) -> str:
    """Write a directive beside others that claim its id but have another text; each is told of the others."""
    taken = any(h.id == directive.id for h in held)
    source = directive.source
    within = f".{source.document}" if source.document > 1 else ""
    id = f"{directive.id};{source.sha256[:8]}{within}" if taken else directive.id
    writing.insert(conn, directive, id=id)
    _put_rendition(conn, source, id, preferred=True)
    for other in held:
        _find(conn, id, "same_id", other.id)
        _find(conn, other.id, "same_id", id)
    return id


def _renditions(conn: sqlite3.Connection, document: str) -> list[_Rendition]:
    return [_Rendition(*row) for row in conn.execute(
        "SELECT sha256, ord FROM renditions WHERE document_id = ? ORDER BY sha256, ord", (document,))]


def _point(conn: sqlite3.Connection, renditions: Sequence[_Rendition], document: str) -> None:
    conn.executemany(
        "INSERT INTO renditions (sha256, ord, document_id, preferred) VALUES (?, ?, ?, 0)",
        [(rendition.sha256, rendition.ord, document) for rendition in renditions])


def _claimants(conn: sqlite3.Connection, id: str) -> list[_Held]:
    rows = conn.execute(
        "SELECT d.id, f.sha256, f.name, f.format, t.text FROM documents d"
        " JOIN renditions r ON r.document_id = d.id AND r.preferred = 1 JOIN files f ON f.sha256 = r.sha256"
        " JOIN texts t ON t.document_id = d.id WHERE d.base_id = ? ORDER BY d.id", (id,))
    return [_Held(*row) for row in rows]


def _put_file(conn: sqlite3.Connection, source: SourceText, version: str) -> None:
    put(conn, "files", [{
        "sha256": source.sha256, "name": source.name, "format": source.format, "size": source.size,
        "pages": source.pages, "warnings": json.dumps(source.warnings, ensure_ascii=False), "version": version,
        "documents": source.documents,
        "signatures": json.dumps([[s.by, s.organisation, s.at, s.reason] for s in source.signatures],
                                 ensure_ascii=False),
    }])


def _put_rendition(conn: sqlite3.Connection, source: SourceText, document: str, *, preferred: bool) -> None:
    put(conn, "renditions", [{
        "sha256": source.sha256, "ord": source.document, "document_id": document, "preferred": int(preferred)}])


def _find(conn: sqlite3.Connection, document: str, code: str, detail: str) -> None:
    conn.execute(
        "INSERT OR IGNORE INTO findings (document_id, code, detail) VALUES (?, ?, ?)", (document, code, detail))
