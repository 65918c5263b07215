"""A register that holds two directives made by hand."""
from __future__ import annotations

from pathlib import Path

import by_hand
import pytest

from chidao.storage import Register


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register with a plan and the dispatch under it, named by CHIDAO_DB; their files are at hand."""
    path = tmp_path / "so.db"
    with Register(path) as register:
        for directive in (by_hand.plan(), by_hand.child()):
            file = tmp_path / directive.source.name
            file.write_text(directive.text, "utf-8", newline="\n")
            register.add(directive, path=file)
    monkeypatch.setenv("CHIDAO_DB", str(path))
    return path


@pytest.fixture(autouse=True)
def english_and_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's locale does not decide what these tests see."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CHIDAO_DB"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
