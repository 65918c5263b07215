"""Many files into the register: resume, workers, a report."""
from __future__ import annotations

from chidao.batch.files import find_files
from chidao.batch.ingest import ingest

__all__ = ["find_files", "ingest"]
