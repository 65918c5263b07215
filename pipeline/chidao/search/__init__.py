"""What a person types to find a task."""
from __future__ import annotations

from chidao.search.hits import like, search

__all__ = ["like", "search"]
