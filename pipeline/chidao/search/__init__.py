"""What a person types to find a task."""
from __future__ import annotations

from chidao.search.query import search

__all__ = ["search"]
