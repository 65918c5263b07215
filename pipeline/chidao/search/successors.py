"""Names of the bodies that took over the work of a named one."""
from __future__ import annotations

import datetime


def names_as_of(name: str, as_of: datetime.date | None) -> tuple[str, ...]:
    """Names of those that stand for `name` on the day `as_of`; none where no day is given."""
    return ()
