"""Many files into the register: resume, workers, a report."""
from __future__ import annotations

from chidao.batch.ingest import find_files, ingest

__all__ = ["find_files", "ingest"]
