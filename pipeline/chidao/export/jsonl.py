"""JSON Lines: one directive a line, as the extraction contract says."""
from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO

from chidao.export.contract import to_contract
from chidao.model import Directive


def write(directives: Iterable[Directive], file: IO[bytes]) -> int:
    """Writes each directive as one line of UTF-8; gives how many there were."""
    count = 0
    for directive in directives:
        file.write(json.dumps(to_contract(directive), ensure_ascii=False).encode("utf-8") + b"\n")
        count += 1
    return count
