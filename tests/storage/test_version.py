"""The version of the extractor changes with what shapes a directive, and with nothing else."""
from __future__ import annotations

from pathlib import Path

import pytest

from chidao.storage.version import hash_files


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for name, text in {"model.py": "a", "extraction/tasks.py": "b", "knowledge/laws.tsv": "c"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def version(package: Path) -> str:
    return hash_files(package, [package / "model.py", package / "extraction", package / "knowledge"])


@pytest.mark.parametrize(("name", "text"), [
    # code, a table, a new file
    ("model.py", "changed"), ("extraction/tasks.py", "changed"), ("knowledge/laws.tsv", "changed"),
    ("extraction/new.py", ""),
])
def test_it_changes(package: Path, name: str, text: str) -> None:
    before = version(package)
    (package / name).write_text(text)
    assert version(package) != before


@pytest.mark.parametrize("name", [
    # compiled code, sentences for people, other stages
    "extraction/tasks.pyc", "knowledge/errors.tsv", "knowledge/messages.tsv", "storage.py",
])
def test_it_stays(package: Path, name: str) -> None:
    before = version(package)
    (package / name).write_text("changed")
    assert version(package) == before


def test_a_file_that_moves_counts(package: Path) -> None:
    before = version(package)
    (package / "extraction" / "tasks.py").rename(package / "extraction" / "units.py")
    assert version(package) != before
