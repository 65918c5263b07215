"""What one file may take before it is set aside: `knowledge/limits.tsv`, each limit changeable."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chidao import knowledge


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, time in seconds; `pixels` are those of one page, `nesting` counts archives inside each other.

    `seconds` and `memory` are kept by the processes of `batch`, the others by the readers.
    """

    size: int
    seconds: int
    memory: int
    pages: int
    pixels: int
    expansion: int
    members: int
    nesting: int


DEFAULTS = Limits(**{row["name"]: int(row["value"]) for row in knowledge.rows("limits")})


def with_changes(changes: Mapping[str, int]) -> Limits:
    """The default limits with `changes` by name. Raises TypeError for a name that is none.

    >>> with_changes({"pages": 5000}).pages
    5000
    """
    return replace(DEFAULTS, **changes)
