"""Recognition of page images: words with boxes and confidence, ruled tables, numbers and dates mended."""
from __future__ import annotations

from chidao.reading.ocr.engine import is_available
from chidao.reading.ocr.images import DPI
from chidao.reading.ocr.scans import Scans

__all__ = ["DPI", "Scans", "is_available"]
