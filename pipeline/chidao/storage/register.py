"""The register of directives in one SQLite file: what is written, read back, asked and checked."""
from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from chidao.errors import ChidaoError
from chidao.model import Directive, Role, TaskKind
from chidao.storage.rows import (
    AgencyRow,
    CitationRow,
    DocumentRow,
    FailureRow,
    MissingRow,
    Outcome,
    Problem,
    RunRow,
    SearchHit,
    Stats,
    TaskRow,
    TaskState,
    TraceEdge,
)


class Register:
    """A register in the SQLite file `path`; made when absent, save with `readonly`.

    A context manager: ``with Register("chidao.db") as register: …``. Raises RegisterError:
    ``register_missing`` (readonly and no file), ``not_a_register``, ``register_newer`` (written by a
    later version), ``register_damaged``.
    """

    def __init__(self, path: str | Path, *, readonly: bool = False) -> None:
        raise NotImplementedError

    def __enter__(self) -> Register:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a transaction that was not ended is undone."""

    # -- writing

    def add(self, directive: Directive, *, path: str | Path | None = None, version: str | None = None) -> Outcome:
        """Keep `directive`, read from the file at `path`, in one transaction.

        ``unchanged`` when the file is known in that `version` of the extractor (default: this one),
        ``updated`` when it was known in another one or by another rendition, else ``added``.
        """
        raise NotImplementedError

    def known(self, sha256: str, version: str | None = None) -> bool:
        """Whether the file with that content was read by that version of the extractor (default: this one)."""
        raise NotImplementedError

    def seen(self, path: str | Path, sha256: str) -> None:
        """Note that the known content `sha256` lies at `path`; changes nothing where that is known."""
        raise NotImplementedError

    def fail(self, path: str | Path, error: ChidaoError, *, sha256: str | None = None) -> FailureRow:
        """Note that the file at `path` was refused and why; changes nothing where that is known."""
        raise NotImplementedError

    def begin_run(self, paths: Sequence[str | Path], *, version: str | None = None) -> int:
        """Open a row in `runs`; gives its number."""
        raise NotImplementedError

    def end_run(self, run: int, outcome: str, counts: Mapping[Outcome, int]) -> None:
        """Close a row in `runs`: `outcome` is ``finished`` or ``interrupted``."""
        raise NotImplementedError

    def remove(self, document: str) -> DocumentRow:
        """Take a directive and its files out; what cites it stays, as does what a person corrected.

        Gives the row that was removed. Raises RegisterError as `find_document`.
        """
        raise NotImplementedError

    # -- reading back

    def find_document(self, text: str) -> DocumentRow:
        """The one directive that `text` names: its id, number, title, file name, or the beginning of its id.

        ``25/KH-UBND``, ``Kế hoạch 25/KH-UBND``, ``25_kh_ubnd.pdf``, ``urn:lex:vn;can.tho:…``.
        Raises RegisterError: ``document_unknown``, ``document_ambiguous`` (candidates in `detail`).
        """
        raise NotImplementedError

    def documents(self) -> list[DocumentRow]:
        """All directives, by issuer, date and number."""
        raise NotImplementedError

    def directive(self, id: str) -> Directive:
        """The directive with that id, whole, equal to what was added. Raises RegisterError ``document_unknown``."""
        raise NotImplementedError

    def citations(self, document: str) -> list[CitationRow]:
        """The citations of a directive, in order of the text."""
        raise NotImplementedError

    def tasks(
        self,
        *,
        agency: str | None = None,
        role: Role | None = None,
        document: str | None = None,
        due_before: str | datetime.date | None = None,
        kind: TaskKind | None = None,
        without_owner: bool = False,
        state: TaskState | None = None,
        today: datetime.date | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[TaskRow]:
        """The tasks that meet all conditions, by document and order of the text; with `due_before` by day.

        `agency`: whole words of the name, with or without diacritics (``so y te`` finds Giám đốc Sở Y tế);
        `role` narrows it. `due_before`: a deadline's last day is that day or an earlier one; a deadline
        without a day is left out: `undated` counts those. `without_owner`: no lead. `state` is
        relative to `today` (default: this day).
        """
        raise NotImplementedError

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
        raise NotImplementedError

    def agencies(self, *, today: datetime.date | None = None) -> list[AgencyRow]:
        """Workload by agency, the most loaded first."""
        raise NotImplementedError

    def missing_documents(self) -> list[MissingRow]:
        """Cited documents that the register does not hold, the most cited first."""
        raise NotImplementedError

    def failures(self) -> list[FailureRow]:
        """Files that were refused, by path."""
        raise NotImplementedError

    def runs(self) -> list[RunRow]:
        """All runs, the latest first."""
        raise NotImplementedError

    def stats(self, *, today: datetime.date | None = None) -> Stats:
        """Counts over the register."""
        raise NotImplementedError

    # -- asking

    def search(self, query: str, *, limit: int = 20, offset: int = 0) -> list[SearchHit]:
        """Tasks that answer `query`, the best first: with or without diacritics, numbers as one term.

        Any string is a query; one without words finds nothing.
        """
        raise NotImplementedError

    def trace(
        self, document: str, *, up: bool = True, down: bool = True, depth: int = 3, mentions: bool = False,
    ) -> list[TraceEdge]:
        """Lineage of a document, held or only cited: what it is based on (up), what is based on it (down).

        Plain mentions are left out save with `mentions`. Raises RegisterError as `find_document`.
        """
        raise NotImplementedError

    def verify(self, *, files: bool = True) -> list[Problem]:
        """What is wrong: files gone or changed (`files`), spans and stored quotes, foreign keys, full text."""
        raise NotImplementedError

    def metadata(self) -> dict[str, Any]:
        """Titles, descriptions of tables and columns and search settings, as datasette's metadata.json wants them."""
        raise NotImplementedError
