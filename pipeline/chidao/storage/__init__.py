"""The register: a SQLite file that keeps directives, their tasks and their evidence."""
from __future__ import annotations

from chidao.storage.register import Register

__all__ = ["Register"]
