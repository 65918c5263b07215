"""An indexing run that is killed is taken up where it was; search answers meanwhile with what is there."""
from __future__ import annotations

from pathlib import Path

from interrupting import kill_and_resume


def test_a_killed_run_is_taken_up(tmp_path: Path) -> None:
    kill_and_resume(tmp_path / "so.db", model="static", batch=6)
