"""Shared fixtures. Tests on real directives run where these are at hand and are skipped, visibly, elsewhere."""
from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Looked through for doctests, two files of this name would stand in each other's way.
collect_ignore_glob = ["conftest.py", "*/conftest.py"]


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The sample directives of this repository."""
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """A folder with `seeds/`, `gold/` and `real/`: CHIDAO_REAL_DATA, or `shared` beside the repository."""
    folder = Path(os.environ.get("CHIDAO_REAL_DATA", ROOT.parent / "shared"))
    if not (folder / "gold").is_dir():
        pytest.skip("real directives are not at hand: set CHIDAO_REAL_DATA")
    return folder
