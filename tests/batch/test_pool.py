"""Workers under limits: a hang, a crash, a glutton; hostile files; what is read again."""
from __future__ import annotations

import hashlib
import importlib.util
import os
import signal
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from chidao.batch import ingest, work
from chidao.batch.pool import results
from chidao.errors import ChidaoError
from chidao.model import Directive, Header, SourceText
from chidao.reading.limits import DEFAULTS, Limits, with_changes
from chidao.storage import Register
from chidao.storage import register as register_module

ROOT = Path(__file__).parent.parent.parent
GOOD = ROOT / "corpus" / "directives" / "2025-nghi-quyet-chinh-phu-dich-vu-cong.pdf"


def read_oddly(file: Path, *, secret: bool = False, limits: Limits = DEFAULTS) -> work.Result:
    """A stand-in for reader and extractor whose files do what their names say."""
    if file.stem == "hang":
        time.sleep(600)
    if file.stem == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if file.stem == "glutton":
        held = []
        while True:
            held.append(b"x" * 2**23)
            time.sleep(0.001)
    if file.stem == "closure":
        return ChidaoError("damaged", lambda: "")  # type: ignore[arg-type]  # no pickle takes it
    source = SourceText(file.stem, "text", hashlib.sha256(file.stem.encode()).hexdigest(), file.name, 1)
    return (Directive(f"urn:{file.stem}", source, Header()),)


def codes(found: list[work.Result]) -> list[str]:
    return [result.code if isinstance(result, ChidaoError) else result[0].text for result in found]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
@pytest.mark.parametrize("workers", [1, 3])
def test_a_file_that_passes_its_limits_is_alone_in_that(monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    monkeypatch.setattr(work, "read_and_extract", read_oddly)
    limits = with_changes({"seconds": 5, "memory": 500 * 2**20})
    names = ["a", "hang", "b", "crash", "c", "glutton", "d", "closure", "e"]
    found = list(results([Path(f"{n}.txt") for n in names], workers=workers, secret=False, limits=limits))
    assert codes(found) == ["a", "too_slow", "b", "crashed", "c", "too_much_memory", "d", "internal_error", "e"]


def test_no_worker_outlives_a_run_that_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import psutil

    monkeypatch.setattr(work, "read_and_extract", read_oddly)
    found = results([Path("a.txt"), Path("hang.txt")], workers=2, secret=False, limits=DEFAULTS)
    assert codes([next(found)]) == ["a"]
    children = psutil.Process().children(recursive=True)
    found.close()  # type: ignore[attr-defined]
    assert children
    assert not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children
                   if "spawn_main" in " ".join(child.cmdline() if child.is_running() else []))


def hostile_files(folder: Path, *, each: int) -> list[Path]:
    spec = importlib.util.spec_from_file_location("hostile_files", ROOT / "corpus" / "hostile.py")
    assert spec
    assert spec.loader
    maker = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = maker
    spec.loader.exec_module(maker)
    made = []
    for name, data in maker.files(7, each):
        made.append(folder / name)
        made[-1].write_bytes(data)
    return made


def test_hostile_files_end_and_a_good_one_after_each_is_read_as_ever(tmp_path: Path) -> None:
    """A few of each class; `benchmarks/hostile.py` reads hundreds and measures time and memory."""
    files = hostile_files(tmp_path, each=3)
    limits = with_changes({"seconds": 20, "memory": 700 * 2**20})
    asked = [file for hostile in files for file in (hostile, GOOD)]
    found = list(results(asked, workers=2, secret=False, limits=limits))
    assert [f.name for f, result in zip(asked, found, strict=True)
            if isinstance(result, ChidaoError) and result.code == "internal_error"] == []
    good = [result for result in found[1::2] if isinstance(result, tuple)]
    assert len(good) == len(files)
    assert {(found[0].text, found[0].tasks) for found in good} == {(good[0][0].text, good[0][0].tasks)}


def test_only_what_failed_or_is_stale_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []

    def read(file: Path, *, secret: bool = False, limits: Limits = DEFAULTS, broken: str) -> work.Result:
        reads.append(file.stem)
        return damaged(file) if file.stem == broken else read_oddly(file)

    def damaged(file: Path) -> ChidaoError:
        return ChidaoError("damaged", f" ({file.stem})")

    for name in ("a", "b", "c/d"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.txt").write_text(Path(name).stem)
    with Register(tmp_path / "r.db") as register:
        monkeypatch.setattr(work, "read_and_extract", partial(read, broken="b"))
        ingest([tmp_path], register)
        assert [Path(p).stem for p in register.paths("failed")] == ["b"]
        assert register.paths("failed", below=[tmp_path / "c"]) == register.paths("stale") == []
        monkeypatch.setattr(register_module, "extractor_version", lambda: "another")
        assert [Path(p).stem for p in register.paths("stale")] == ["a", "d"]
        assert [Path(p).stem for p in register.paths("stale", below=[tmp_path / "c"])] == ["d"]
        reads.clear()
        monkeypatch.setattr(work, "read_and_extract", partial(read, broken=""))
        report = ingest(register.paths("failed"), register)
        assert (reads, report.added, register.paths("failed")) == (["b"], 1, [])
