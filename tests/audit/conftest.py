"""Registers for the tests of the audit: of real directives where they are at hand, and of texts written here."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from judged import register_of_real

from chidao.batch import ingest
from chidao.extraction.pipeline import extract
from chidao.reading import read_bytes
from chidao.storage import Register


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory, real_data: Path) -> Iterator[Register]:
    """The seeds and all real directives; made once, which takes half a minute."""
    with Register(register_of_real(tmp_path_factory.mktemp("judged"), real_data), readonly=True) as register:
        yield register


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory, real_data: Path) -> Iterator[Register]:
    """The five seed directives."""
    path = tmp_path_factory.mktemp("seeds") / "seeds.db"
    with Register(path) as register:
        ingest([real_data / "seeds"], register)
    with Register(path, readonly=True) as register:
        yield register


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Iterator[Register]:
    """The sample directives of this repository."""
    path = tmp_path_factory.mktemp("samples") / "samples.db"
    with Register(path) as register:
        ingest([corpus / "directives"], register)
    with Register(path, readonly=True) as register:
        yield register


@pytest.fixture
def holding() -> Iterator[Callable[..., Register]]:
    """Makes a register of texts: ``holding(text, …)``."""
    opened: list[Register] = []

    def make(*texts: str) -> Register:
        register = Register(":memory:")
        opened.append(register)
        for at, text in enumerate(texts):
            register.add(extract(read_bytes(text.encode(), f"van-ban-{at}.txt")))
        return register

    yield make
    for register in opened:
        register.close()
