"""Folders into the register: what is read, passed over, refused; runs that are broken off; workers."""
from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from registers import find, task

from chidao.batch import find_files, ingest, work
from chidao.errors import ChidaoError, ReadingError
from chidao.model import Citation, Directive, Header, Node, SourceText, Span
from chidao.reading.limits import DEFAULTS, Limits
from chidao.storage import Register
from chidao.storage import register as register_module
from chidao.storage.rows import Progress


def small_directive(path: Path, *, secret: bool = False, limits: Limits = DEFAULTS) -> work.Result:
    """A stand-in for reader and extractor: each line is a task of an agency, each third one cites a plan."""
    text = path.read_text("utf-8")
    if "HỎNG" in text:
        return ReadingError("damaged")
    if "MẬT" in text and not secret:
        return ReadingError("secret", "MẬT")
    if "LỖI" in text:
        return work.internal_error(ValueError("bad line"))
    lines = [line for line in text.splitlines() if line]
    number = f"{path.stem}/KH-UBND"
    source = SourceText(text, "text", hashlib.sha256(path.read_bytes()).hexdigest(), path.name, len(text.encode()))
    return (Directive(
        f"urn:{path.stem}", source, Header(type="Kế hoạch", number=number, evidence={"number": Span(0, 1)}),
        nodes=tuple(Node("bullet", "-", find(text, line), find(text, line), ()) for line in lines),
        citations=tuple(
            Citation(find(text, line), "Kế hoạch", f"{i}/KH-UBND", target=f"urn:{i}" if i % 2 else None,
                     relation="implements") for i, line in enumerate(lines) if i % 3 == 0),
        tasks=tuple(
            task(text, line, leads=[line.split(":")[0]], deadlines=[(line[:5], "by", "2024-06-30")]) for line in lines)),)


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "read_and_extract", small_directive)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """40 small files in folders, some of which can not be read."""
    draw = random.Random(5)
    for i in range(40):
        path = tmp_path / "in" / f"d{i % 3}" / f"{i}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"Sở số {draw.randrange(9)}: việc {i}.{j} phải làm" for j in range(draw.randrange(1, 12))]
        path.write_text("\n".join(["HỎNG"] * (i % 13 == 7) + lines), "utf-8")
    return tmp_path / "in"


def content(path: Path) -> dict[str, list[str]]:
    """All tables but runs, without row ids, each row as text, in order: what must not depend on interruptions."""
    with Register(path, readonly=True) as register:
        conn = register.connection
        tables = [row[0] for row in conn.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'runs' AND name NOT LIKE '%fts_%'"
            " AND name NOT LIKE 'sqlite%'")]
        columns = {t: [c["name"] for c in conn.execute(f"PRAGMA table_info({t})")] for t in tables}
        return {
            t: sorted(json.dumps({c: row[c] for c in columns[t]}, ensure_ascii=False, default=bytes.hex)
                      for row in conn.execute(f"SELECT * FROM {t}"))
            for t in tables}


@pytest.mark.usefixtures("stand_in")
def test_a_folder_is_read_and_the_report_says_what_came_of_it(folder: Path, tmp_path: Path) -> None:
    seen: list[Progress] = []
    with Register(tmp_path / "register.db") as register:
        report = ingest([folder], register, on_progress=seen.append)
        assert (report.total, report.added, report.updated, report.unchanged, len(report.refused)) == (40, 37, 0, 0, 3)
        assert {(Path(f.path).name, f.code) for f in report.refused} == {
            ("7.txt", "damaged"), ("20.txt", "damaged"), ("33.txt", "damaged")}
        assert [p.done for p in seen] == list(range(1, 41))
        assert sum(p.outcome == "refused" for p in seen) == 3
        stats = register.stats()
        assert (stats.documents, stats.failures, stats.tasks, stats.characters) == (
            37, 3, report.tasks, report.characters)
        assert register.verify() == []
        [run] = register.runs()
        assert (run.outcome, run.added, run.refused, run.ended is not None) == ("finished", 37, 3, True)


@pytest.mark.usefixtures("stand_in")
def test_a_second_ingest_changes_no_row_outside_runs(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    with Register(path) as register:
        ingest([folder], register)
    before = content(path)
    with Register(path) as register:
        report = ingest([folder, folder / "d0"], register)
        assert (report.added, report.unchanged, len(report.refused)) == (0, 37, 3)
        assert len(register.runs()) == 2
    assert content(path) == before


@pytest.mark.usefixtures("stand_in")
def test_a_changed_extractor_does_all_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "register.db"
    with Register(path) as register:
        ingest([folder], register)
        before = content(path)
        monkeypatch.setattr(register_module, "extractor_version", lambda: "another")
        report = ingest([folder], register)
        assert (report.added, report.updated, report.unchanged, len(report.refused)) == (0, 37, 0, 3)
        assert register.verify() == []
    after = content(path)
    unnumbered = [t for t in before if t in ("documents", "texts", "regions", "file_paths", "failures")]
    assert {t: before[t] for t in unnumbered} == {t: after[t] for t in unnumbered}
    assert {t: len(rows) for t, rows in before.items()} == {t: len(rows) for t, rows in after.items()}


@pytest.mark.usefixtures("stand_in")
def test_what_was_refused_is_tried_again(tmp_path: Path) -> None:
    files = {name: tmp_path / name for name in ("1.txt", "2.txt", "3.txt")}
    files["1.txt"].write_text("Sở Y tế: MẬT", "utf-8")
    files["2.txt"].write_text("HỎNG", "utf-8")
    files["3.txt"].write_text("LỖI", "utf-8")
    with Register(tmp_path / "register.db") as register:
        report = ingest([*files.values(), tmp_path / "none.txt"], register)
        assert [(f.code, f.detail) for f in report.refused[1:]] == [
            ("secret", "MẬT"), ("damaged", ""), ("internal_error", "ValueError: bad line")]
        assert (report.refused[0].code, Path(report.refused[0].detail).name) == ("file_missing", "none.txt")
        files["2.txt"].write_text("Sở Nội vụ: sửa xong", "utf-8")
        report = ingest(list(files.values()), register, secret=True)
        assert (report.added, [f.code for f in report.refused]) == (2, ["internal_error"])
        assert {Path(f.path).name for f in register.failures()} == {"3.txt", "none.txt"}


def test_an_exception_of_ours_stops_no_run(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the extractor raises and what the register can not take are failures of that file alone."""
    def broken(path: Path, *, secret: bool = False, limits: Limits = DEFAULTS) -> Any:
        result = small_directive(path)
        if isinstance(result, tuple) and path.stem == "4":
            object.__setattr__(result[0].header, "title", "\ud800")  # no UTF-8
        if isinstance(result, tuple) and path.stem == "5":
            object.__setattr__(result[0].tasks[0], "citations", (99,))
        return result

    monkeypatch.setattr(work, "read_and_extract", broken)
    with Register(tmp_path / "register.db") as register:
        report = ingest([folder], register)
        assert report.added == 35
        assert {Path(f.path).stem for f in report.refused if f.code == "internal_error"} == {"4", "5"}
        assert register.verify() == []


def test_which_files_are_found(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "x/c.docx", ".hidden", ".git/d.txt", "~$b.docx", "r.db", "r.db-journal"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (tmp_path / "x" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "z.txt").symlink_to(tmp_path / "gone")
    found = find_files([tmp_path, tmp_path / "x", tmp_path / "a.txt"], exclude=[tmp_path / "r.db"])
    assert [f.relative_to(tmp_path).as_posix() for f in found] == ["a.txt", "b.txt", "x/c.docx", "z.txt"]
    assert find_files([tmp_path / ".hidden", tmp_path / "none"]) == [tmp_path / ".hidden", tmp_path / "none"]


def test_a_name_that_is_no_utf8_is_kept(tmp_path: Path) -> None:
    with Register(tmp_path / "r.db") as register:
        failure = register.fail(os.fsdecode(b"/in/\xff.txt"), ChidaoError("damaged"))
        assert failure.path == "/in/\\udcff.txt"


@pytest.mark.usefixtures("stand_in")
def test_ctrl_c_leaves_whole_documents(folder: Path, tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.done == 9:
            raise KeyboardInterrupt

    with Register(tmp_path / "register.db") as register:
        with pytest.raises(KeyboardInterrupt):
            ingest([folder], register, on_progress=stop)
        [run] = register.runs()
        assert (run.outcome, run.added + run.refused) == ("interrupted", 9)
        assert register.verify() == []
        report = ingest([folder], register)
        assert report.added + report.unchanged + len(report.refused) == 40


def _ingest_slowly(folder: Path, path: Path, told: Any) -> None:
    """Runs in a process that is going to be killed; tells after each file."""
    with Register(path) as register:
        ingest([folder], register, on_progress=lambda progress: told.send(progress.outcome))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
@pytest.mark.usefixtures("stand_in")
@pytest.mark.parametrize("seed", [1, 2])
def test_a_run_killed_twenty_times_ends_in_the_content_of_an_unbroken_one(
    folder: Path, tmp_path: Path, seed: int,
) -> None:
    whole, broken = tmp_path / "whole.db", tmp_path / "broken.db"
    with Register(whole) as register:
        ingest([folder], register)
    draw, kills = random.Random(seed), 0
    fork = multiprocessing.get_context("fork")
    for _ in range(20):
        hear, tell = fork.Pipe(duplex=False)
        process = fork.Process(target=_ingest_slowly, args=(folder, broken, tell))
        process.start()
        tell.close()
        _wait_for(hear, draw.randrange(3), draw.random() * 0.004)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        kills += process.exitcode == -signal.SIGKILL
        if broken.exists():
            with Register(broken) as register:
                assert register.verify() == []
    assert kills == 20
    with Register(broken) as register:
        report = ingest([folder], register)
        assert 0 < report.added < 37, "the kills must fall into the middle of the work"
    assert content(broken) == content(whole)


def _wait_for(hear: Any, new: int, seconds: float) -> None:
    """Until `new` files more were written, then a moment: somewhere inside the next transaction."""
    while new:
        try:
            new -= hear.recv() != "unchanged"
        except EOFError:
            return
    time.sleep(seconds)


def mortal_directive(path: Path, *, secret: bool = False, limits: Limits = DEFAULTS) -> work.Result:
    """Some files take their process down."""
    if path.stem in {"3", "16"}:
        os._exit(9)
    return small_directive(path, secret=secret)


def test_workers_give_the_same_content_and_may_die(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(work, "read_and_extract", mortal_directive)
    with Register(tmp_path / "workers.db") as register:
        report = ingest([folder], register, workers=2)
    assert (report.added, sorted(Path(f.path).stem for f in report.refused if f.code == "crashed")) == (
        35, ["16", "3"])
    for name in ("d0/3.txt", "d1/16.txt"):
        (folder / name).write_text("HỎNG", "utf-8")
    monkeypatch.setattr(work, "read_and_extract", small_directive)
    with Register(tmp_path / "alone.db") as register:
        ingest([folder], register)
    workers, alone = content(tmp_path / "workers.db"), content(tmp_path / "alone.db")
    assert workers.pop("failures") != alone.pop("failures")
    assert workers == alone
