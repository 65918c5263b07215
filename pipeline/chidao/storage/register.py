"""The register of directives in one SQLite file: what is written, read back, asked and checked."""
from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from chidao.errors import ChidaoError
from chidao.model import Directive, Role, TaskKind
from chidao.storage import checking, database, filing, metadata, questions, readback
from chidao.storage.rows import (
    AgencyRow,
    BodyRow,
    CitationRow,
    DocumentRow,
    FailureRow,
    MissingRow,
    ObligationRow,
    Outcome,
    Problem,
    RunRow,
    SearchAnswer,
    SearchHit,
    Stats,
    TaskRow,
    TaskState,
    TraceEdge,
)
from chidao.storage.version import extractor_version

_OUTCOMES: tuple[Outcome, ...] = ("added", "updated", "unchanged", "refused")


class Register:
    """A register in the SQLite file `path`; made when absent, save with `readonly`.

    A context manager; ``":memory:"`` is a register that is gone when it is closed. Raises RegisterError:
    ``register_missing`` (readonly and no file), ``register_unopened``, ``not_a_register``,
    ``register_newer`` (written by a later version), ``register_older`` (readonly, and written by an
    earlier one), ``register_damaged``.

    >>> with Register(":memory:") as register:
    ...     register.search("Sở Y tế tiêm vắc xin")
    []
    """

    def __init__(self, path: str | Path, *, readonly: bool = False) -> None:
        self.path = Path(path)
        self.readonly = readonly
        self._conn = database.connect(path, readonly=readonly)

    def __enter__(self) -> Register:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a transaction that was not ended is undone."""
        self._conn.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The open SQLite connection, for questions that no method answers; rows go by name."""
        return self._conn

    # -- writing

    def add(self, *directives: Directive, path: str | Path | None = None, version: str | None = None) -> Outcome:
        """Keep the directives of one file, all that it holds, read from `path`, in one transaction.

        ``unchanged`` when the file is known in that `version` of the extractor (default: this one),
        ``updated`` when it was known in another one or by another rendition, else ``added``.
        """
        with database.transaction(self._conn):
            return filing.add(
                self._conn, directives, path=None if path is None else filing.absolute(path),
                version=version or extractor_version())

    def known(self, sha256: str, version: str | None = None) -> bool:
        """Whether the file with that content was read by that version of the extractor (default: this one)."""
        return filing.known(self._conn, sha256, version or extractor_version())

    def seen(self, path: str | Path, sha256: str) -> None:
        """Note that the known content `sha256` lies at `path`; changes nothing where that is known."""
        with database.transaction(self._conn):
            filing.seen(self._conn, filing.absolute(path), sha256)

    def fail(self, path: str | Path, error: ChidaoError, *, sha256: str | None = None) -> FailureRow:
        """Note that the file at `path` was refused and why; changes nothing where that is known."""
        with database.transaction(self._conn):
            return filing.fail(self._conn, filing.absolute(path), error, sha256)

    def opened(self, container: str | Path, files: Sequence[str | Path]) -> None:
        """Note that `container` was opened and holds `files`; earlier failures of it and of files gone from it go."""
        with database.transaction(self._conn):
            filing.opened(self._conn, filing.absolute(container), [filing.absolute(file) for file in files])

    def begin_run(self, paths: Sequence[str | Path], *, version: str | None = None) -> int:
        """Open a row in `runs`; gives its number."""
        row = (_now(), version or extractor_version(), json.dumps([str(p) for p in paths], ensure_ascii=False))
        run = self._conn.execute(
            "INSERT INTO runs (started, version, paths, outcome) VALUES (?, ?, ?, 'running')", row).lastrowid
        return int(run or 0)

    def end_run(self, run: int, outcome: str, counts: Mapping[Outcome, int]) -> None:
        """Close a row in `runs`: `outcome` is ``finished`` or ``interrupted``."""
        self._conn.execute(
            "UPDATE runs SET ended = :ended, outcome = :outcome, added = :added, updated = :updated,"
            " unchanged = :unchanged, refused = :refused WHERE id = :run",
            {name: counts.get(name, 0) for name in _OUTCOMES} | {"ended": _now(), "outcome": outcome, "run": run})

    def remove(self, document: str) -> DocumentRow:
        """Take a directive and its files out; what cites it stays, as does what a person corrected.

        `document` as for `find_document`. Gives the row that was removed. Raises RegisterError as `find_document`.
        """
        row = self.find_document(document)
        with database.transaction(self._conn):
            filing.remove(self._conn, row.id)
        return row

    # -- reading back

    def find_document(self, text: str) -> DocumentRow:
        """The one directive that `text` names: its id, number, title, file name, or the beginning of its id.

        ``25/KH-UBND``, ``Kế hoạch 25/KH-UBND``, ``25_kh_ubnd.pdf``, ``urn:lex:vn;can.tho:…``.
        Raises RegisterError: ``document_unknown``, ``document_ambiguous`` (candidates in `detail`).
        """
        return questions.find_document(self._conn, text)

    def documents(self) -> list[DocumentRow]:
        """All directives, by issuer, date and number."""
        return questions.documents(self._conn)

    def beside(self, document: str) -> list[DocumentRow]:
        """The other directives of the files that a directive lies in; `document` as for `find_document`."""
        return questions.beside(self._conn, self.find_document(document).id)

    def directive(self, id: str) -> Directive:
        """The directive with that id, whole, equal to what was added. Raises RegisterError ``document_unknown``."""
        return readback.directive(self._conn, id)

    def known_paths(self, sha256: str) -> list[str]:
        """Where the file with that content lay when it was read."""
        return questions.known_paths(self._conn, sha256)

    def citations(self, document: str) -> list[CitationRow]:
        """The citations of a directive, in order of the text."""
        return questions.citations(self._conn, self.find_document(document).id)

    def tasks(
        self,
        *,
        agency: str | None = None,
        role: Role | None = None,
        document: str | None = None,
        due_before: str | datetime.date | None = None,
        kind: TaskKind | None = None,
        without_owner: bool = False,
        several_leads: bool = False,
        state: TaskState | None = None,
        today: datetime.date | None = None,
        least_sure: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[TaskRow]:
        """The tasks that meet all conditions, by document and order of the text; with `due_before` by day.

        `agency`: whole words of the name, with or without diacritics (``so y te`` finds Giám đốc Sở Y tế);
        `role` narrows it. `due_before`: a deadline's last day is that day or an earlier one; a deadline
        without a day is left out: `undated` counts those. `without_owner`: no lead, `several_leads`: more
        than one. `state` is relative to `today` (default: this day). `least_sure`: those first that most
        need a reviewer.
        """
        return questions.tasks(
            self._conn, agency=agency, role=role, document=document, due_before=due_before, kind=kind,
            without_owner=without_owner, several_leads=several_leads, state=state, today=today or datetime.date.today(),
            least_sure=least_sure, limit=limit, offset=offset)

    def undated(
        self,
        *,
        agency: str | None = None,
        role: Role | None = None,
        document: str | None = None,
        kind: TaskKind | None = None,
        without_owner: bool = False,
    ) -> int:
        """How many tasks with a deadline, but none with a reckonable day, the other conditions hold for."""
        return questions.undated(
            self._conn, agency=agency, role=role, document=document, kind=kind, without_owner=without_owner)

    def agencies(self, *, today: datetime.date | None = None) -> list[AgencyRow]:
        """Workload by agency, the most loaded first."""
        return questions.agencies(self._conn, today=today or datetime.date.today())

    def obligations(
        self,
        agency: str,
        *,
        on: datetime.date | None = None,
        role: Role | None = None,
        document: str | None = None,
        kind: TaskKind | None = None,
    ) -> list[ObligationRow]:
        """What the body with the id `agency` owes on a day (default: this one), by document and order of the text.

        Its own tasks, those of groups that it belonged to on the day of the directive, and those of bodies that ended
        and whose work came to it, each with the chain of changes; where a split left several successors, `decides`
        says what must hold. A body that has ended by that day owes nothing: its successors do. Directives of a
        later day are left out.
        """
        from chidao.storage import obligations

        return obligations.obligations(
            self._conn, agency, on=on or datetime.date.today(), role=role, document=document, kind=kind)

    def bodies(self, *, document: str | None = None) -> list[BodyRow]:
        """The bodies that tasks name, of one directive or of all, those with the most tasks to lead first."""
        from chidao.storage import obligations

        return obligations.named_bodies(self._conn, document=document)

    def missing_documents(self) -> list[MissingRow]:
        """Cited documents that the register does not hold, the most cited first."""
        return questions.missing_documents(self._conn)

    def failures(self) -> list[FailureRow]:
        """Files that were refused, by path."""
        return questions.failures(self._conn)

    def paths(self, which: Literal["failed", "stale"], *, below: Sequence[str | Path] = ()) -> list[str]:
        """Files to read again: those refused, or those read by another version of the extractor; by path.

        With `below` only these files and what lies in these folders.
        """
        return questions.paths(
            self._conn, which, version=extractor_version(), below=[filing.absolute(path) for path in below])

    def runs(self) -> list[RunRow]:
        """All runs, the latest first."""
        return questions.runs(self._conn)

    def stats(self, *, today: datetime.date | None = None) -> Stats:
        """Counts over the register."""
        return questions.stats(self._conn, today=today or datetime.date.today())

    # -- asking

    def search(
        self, query: str, *, limit: int = 20, offset: int = 0, today: datetime.date | None = None,
        as_of: datetime.date | None = None, passages: bool = True, literal: bool = False,
    ) -> list[SearchHit]:
        """Tasks and other passages that answer `query`, the best first; see `answer`."""
        return list(self.answer(query, limit=limit, offset=offset, today=today, as_of=as_of, passages=passages,
                                literal=literal).hits)

    def answer(
        self, query: str, *, limit: int = 20, offset: int = 0, today: datetime.date | None = None,
        as_of: datetime.date | None = None, passages: bool = True, facets: bool = False, literal: bool = False,
    ) -> SearchAnswer:
        """What answers `query`, how the query was read, and counts.

        Words are found with or without diacritics. Documents (``nq 38``), bodies (``Sở Y tế chủ trì``), days
        (``trước 30/6/2025``) and states (``quá hạn``) that the query names are conditions; quotes force a phrase, a
        hyphen before a word excludes it. `as_of` takes bodies that took over a named one's work by that day for it.
        Without `passages` only tasks and targets answer; with `literal` all of it is words, no condition. Any string
        is a query; one without words finds nothing.
        """
        from chidao.search import search

        return search(self, query, limit=limit, offset=offset, today=today or datetime.date.today(), as_of=as_of,
                      passages=passages, facets=facets, literal=literal)

    def like(self, task: str, *, limit: int = 20, today: datetime.date | None = None) -> SearchAnswer:
        """Tasks and passages that say what the task with that id (``urn:…#3``) says, the nearest first.

        Raises RegisterError ``task_unknown``.
        """
        from chidao.search import like

        return like(self, task, limit=limit, today=today or datetime.date.today())

    def trace(
        self, document: str, *, up: bool = True, down: bool = True, depth: int = 3, mentions: bool = False,
        types: Sequence[str] = (),
    ) -> list[TraceEdge]:
        """Lineage of a document, held or only cited: what it is based on (up), what is based on it (down).

        Plain mentions are left out save with `mentions`; `types` names those of `knowledge/edge_types.tsv` that are
        followed. Raises RegisterError as `find_document`.
        """
        from chidao.graph import trace

        return trace(self, document, up=up, down=down, depth=depth, mentions=mentions, types=types)

    def verify(self, *, files: bool = True) -> list[Problem]:
        """What is wrong: files gone or changed (`files`), spans and stored quotes, foreign keys, full text."""
        return list(checking.problems(self._conn, files=files))

    def metadata(self) -> dict[str, Any]:
        """Titles, descriptions of tables and columns and search settings, as datasette's metadata.json wants them."""
        return metadata.metadata(self._conn, self.path.stem)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
