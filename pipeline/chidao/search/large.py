"""The index of a large register, beside its file: full text by tantivy, sign bits of vectors in mapped memory.

It holds the units up to a number; newer ones are in the register's own tables until the index is made again. It is
made aside and switched to in one step, so that a run that is broken off changes nothing.
"""
from __future__ import annotations

import functools
import math
import shutil
import sqlite3
import uuid
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chidao.grammar.folding import fold
from chidao.search import state
from chidao.search.fulltext import HELD_ONCE, Scores, Terms
from chidao.search.vectors import cosines, unpacked
from chidao.storage.database import transaction
from chidao.storage.words import folded_terms, search_terms

if TYPE_CHECKING:
    from chidao.search.embedding.static import Vectors

FROM_UNITS = 100_000  # below that FTS5 is as quick
NEWER = 50_000  # units that may wait in the register's own tables
_FOLDER = "large_folder"
_COMMON = 0.1  # a single syllable that more units have says nothing; it is left out of the query
_FIRST_PASS = 1000  # units whose signs are nearest are compared exactly
_FEW = 20_000  # ids that a query may be narrowed to inside the index
_DEEPER = 20  # times the hits that are asked for where more ids are let through
_ABOVE = 0.15  # weight of headings and of the directive's name
_HEAP = 256_000_000  # bytes that tantivy may take while it writes


class Large:
    """The index in `folder`, open for reading; `until` is the last unit that it holds."""

    def __init__(self, folder: Path, until: int) -> None:
        import numpy as np
        import tantivy

        self.until = until
        self._index = tantivy.Index.open(str(folder / "text"))
        self._searcher = self._index.searcher()
        self._ids = np.load(folder / "ids.npy", mmap_mode="r")
        self._signs = np.load(folder / "signs.npy", mmap_mode="r")
        self._mean = np.load(folder / "mean.npy")

    def ranked(self, leg: str, terms: Terms, *, limit: int, among: Collection[int] | None) -> Scores:
        """The best units of a leg of full text."""
        asked = self._query(leg, terms.folded() if leg == "folded" else terms.neighbours(), among)
        if asked is None:
            return {}
        query, whole = asked
        deeper = limit if among is None or len(among) <= _FEW else limit * _DEEPER
        hits = self._searcher.search(query, limit=deeper, count=False).hits
        ids = self._searcher.fast_field_values("id", [address for _, address in hits])
        found = {int(id or 0): float(score or 0) / whole for id, (score, _) in zip(ids, hits, strict=True)
                 if among is None or id in among}
        return dict(list(found.items())[:limit])

    def _query(self, leg: str, terms: Terms, among: Collection[int] | None) -> tuple[Any, float] | None:
        """The query, and what a unit of average length would have that holds each term once."""
        from tantivy import Occur, Query

        term = functools.partial(Query.term_query, self._index.schema, leg, index_option="freq")
        telling = self._telling(leg, terms.any)
        if not telling:
            return None
        some = [(Occur.Should, term(each)) for each in telling]
        if leg == "folded":
            above = functools.partial(Query.term_query, self._index.schema, "above", index_option="freq")
            some += [(Occur.Should, Query.boost_query(above(each), _ABOVE)) for each in telling if "_" in each]
        parts = [(Occur.Must, Query.boolean_query(some))]
        parts += [(Occur.Must, term(each)) for phrase in terms.phrases for each in phrase]
        parts += [(Occur.MustNot, term(each)) for each in terms.excluded]
        if among is not None and len(among) <= _FEW:
            within = Query.term_set_query(self._index.schema, "id", list(among))
            parts.append((Occur.Must, Query.const_score_query(within, 0.0)))
        units = self._searcher.num_docs
        whole = HELD_ONCE * sum(math.log1p(units / (self._searcher.doc_freq(leg, each) + 0.5)) for each in telling)
        return Query.boolean_query(parts) if len(parts) > 1 else parts[0][1], whole

    def _telling(self, leg: str, some: Collection[str]) -> list[str]:
        """The terms without the commonest single syllables, save where there are no others."""
        most = _COMMON * self._searcher.num_docs
        counts = {term: self._searcher.doc_freq(leg, term) for term in some}
        known = [term for term, n in counts.items() if n]
        return [term for term in known if "_" in term or counts[term] <= most] or known

    def nearest(
        self, conn: sqlite3.Connection, query: Vectors, *, limit: int, among: Collection[int] | None,
    ) -> Scores:
        """The units whose vectors are nearest: by their signs first, then exactly."""
        import numpy as np

        if not len(self._ids):
            return {}
        asked = _bits((query - self._mean)[None, :])[0]
        far = np.zeros(len(self._ids), np.uint16)
        for column, bits in enumerate(asked):
            far += np.bitwise_count(self._signs[column] ^ bits)
        if among is not None:
            far[~np.isin(self._ids, list(among))] = np.iinfo(np.uint16).max
        first = np.argpartition(far, min(_FIRST_PASS, len(far) - 1))[:_FIRST_PASS]
        first = first[far[first] < np.iinfo(np.uint16).max]
        found = cosines(conn, query, self._ids[first].tolist())
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:limit])


def folder_of(conn: sqlite3.Connection, register: Path) -> Path:
    """Where the index of the register at that path lies."""
    return _root(register) / str(state.get(conn, _FOLDER))


def due(conn: sqlite3.Connection, *, from_units: int, newer: int) -> bool:
    """Whether the register is large, and the index not there or too far behind."""
    until = state.large_until(conn)
    total, waiting = conn.execute("SELECT count(*), count(CASE WHEN id > ? THEN 1 END) FROM units", (until,)).fetchone()
    return bool(total >= from_units and (waiting > newer or not until))


def make(conn: sqlite3.Connection, register: Path) -> None:
    """Makes the index of all units that there are, and lets the register's own tables hold the newer ones only."""
    until = int(conn.execute("SELECT coalesce(max(id), 0) FROM units").fetchone()[0])
    before = state.get(conn, _FOLDER)
    made = _root(register) / uuid.uuid4().hex[:12]
    made.mkdir(parents=True)
    try:
        _write_text(conn, made / "text", until)
        _write_signs(conn, made, until)
        with transaction(conn):
            state.put(conn, _FOLDER, made.name)
            state.put(conn, state.LARGE_UNTIL, str(until))
            _keep_newer(conn, until)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    if before:
        shutil.rmtree(_root(register) / before, ignore_errors=True)


def _root(register: Path) -> Path:
    return register.with_name(f"{register.name}-search")


def _write_text(conn: sqlite3.Connection, folder: Path, until: int) -> None:
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("id", indexed=True, fast=True)
    for field in ("accented", "folded", "above"):
        schema.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    folder.mkdir()
    index = tantivy.Index(schema.build(), path=str(folder))
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for id, text, actors, headings, about in conn.execute(
            "SELECT id, text, actors, headings, about FROM units WHERE id <= ? ORDER BY id", (until,)):
        own = search_terms(f"{text} ; {actors}")
        document = tantivy.Document()
        document.add_unsigned("id", id)
        document.add_text("accented", own)
        document.add_text("folded", fold(own))
        document.add_text("above", folded_terms(f"{headings} ; {about}"))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _write_signs(conn: sqlite3.Connection, folder: Path, until: int) -> None:
    """The signs of the vectors less their mean, a column of 64 dimensions after the other."""
    import numpy as np

    ids: list[int] = []
    signs = [np.zeros((0, 1), np.uint64)]
    mean = np.zeros(1, np.float32)
    for some_ids, vectors in _vectors(conn, until):
        if not ids:
            mean, signs = vectors.mean(axis=0), []  # of fifty thousand: near enough to the mean of all
        ids += some_ids
        signs.append(_bits(vectors - mean))
    np.save(folder / "ids.npy", np.array(ids, np.int64))
    np.save(folder / "mean.npy", mean)
    np.save(folder / "signs.npy", np.ascontiguousarray(np.concatenate(signs).T))


def _vectors(conn: sqlite3.Connection, until: int) -> Iterator[tuple[list[int], Vectors]]:
    rows = conn.execute("SELECT unit_id, vector FROM unit_vectors WHERE unit_id <= ? ORDER BY unit_id", (until,))
    while some := rows.fetchmany(50_000):
        yield [row[0] for row in some], unpacked([row[1] for row in some])


def _bits(vectors: Vectors) -> Any:
    """Signs as integers of 64 bits, (n, dimensions / 64); what is missing to 64 counts as negative."""
    import numpy as np

    room = -vectors.shape[1] % 64
    signs = np.pad(vectors > 0, ((0, 0), (0, room)))
    return np.packbits(signs, axis=1).view(np.uint64)


def _keep_newer(conn: sqlite3.Connection, until: int) -> None:
    for table in ("units_fts", "units_folded_fts"):
        conn.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    conn.execute("INSERT INTO units_fts (rowid, words, actors)"
                 " SELECT id, search_terms(text), search_terms(actors) FROM units WHERE id > ?", (until,))
    conn.execute(
        "INSERT INTO units_folded_fts (rowid, words, actors, headings, about) SELECT id, folded_terms(text),"
        " folded_terms(actors), folded_terms(headings), folded_terms(about) FROM units WHERE id > ?", (until,))
