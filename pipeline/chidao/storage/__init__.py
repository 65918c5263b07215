"""The register: a SQLite file that keeps directives, their tasks and their evidence."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chidao.storage.register import Register

__all__ = ["Register"]


def __getattr__(name: str) -> Any:
    """The register is loaded when it is first used: the words of its rows are wanted by commands that open none."""
    if name != "Register":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from chidao.storage.register import Register

    return Register
