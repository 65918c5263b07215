"""The builtin model's index: killed and taken up again; made in the background of ingest, with search meanwhile."""
from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from interrupting import kill_and_resume

from chidao.cli import main
from chidao.search.indexing import pending
from chidao.storage import Register


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    patch = pytest.MonkeyPatch()
    patch.setenv("CHIDAO_CACHE", str(tmp_path_factory.mktemp("cache")))


def test_a_killed_run_is_taken_up(tmp_path: Path) -> None:
    kill_and_resume(tmp_path / "so.db", model="builtin", batch=6)


def test_ingest_starts_it_and_search_does_not_wait(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    db = tmp_path / "so.db"
    file = sorted((corpus / "directives").iterdir())[0]
    assert main(["ingest", str(file), "--db", str(db), "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["index_in_background"] is True
    assert said.err == ""
    assert main(["search", "kiểm tra", "--db", str(db), "--json"]) == 0
    assert capsys.readouterr().out
    with Register(db, readonly=True) as register:
        waiting = time.monotonic()
        while pending(register.connection) and time.monotonic() - waiting < 240:
            time.sleep(0.5)
        assert pending(register.connection) == 0
        answer = register.answer("kiểm tra")
        assert answer.notes == ()
        assert any("vectors" in dict(hit.legs) for hit in answer.hits)
