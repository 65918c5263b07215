"""Text on a terminal: tables that fit its width, wrapped paragraphs, nothing that could steer the terminal."""
from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence

# Control characters, and those that turn the direction of writing: a document could hide words with them.
# Our own colours (ESC [ … m) stay.
_STEERING = re.compile("[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
                       r"|\x1b(?!\[[\d;]*m)")

_MOST_LINES = 5


def harmless(text: str) -> str:
    r"""`text` with control characters shown as ``\ufffd``, so that no document can steer the terminal.

    >>> harmless("Kế hoạch\x1b]0;xin chào\x07")
    'Kế hoạch�]0;xin chào�'
    """
    return _STEERING.sub("\ufffd", text)


def wrapped(text: str, width: int, *, first: str = "", then: str = "") -> str:
    """`text` on lines of `width` columns at most; `first` stands before the first line, `then` before the others."""
    return textwrap.fill(" ".join(text.split()), max(width, len(then) + 20), initial_indent=first,
                         subsequent_indent=then, break_on_hyphens=False, break_long_words=False)


def clipped(text: str, width: int) -> str:
    """`text` on one line of `width` columns at most; an ellipsis says that there was more."""
    return text if len(text) <= width else text[:width - 1].rstrip() + "…"


def table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, width: int, main: int | None = None,
) -> list[str]:
    r"""The lines of a table of at most `width` columns; long cells wrap, the widest column gives way first.

    The column at `main` gets thrice the room of the others, and its cells end with an ellipsis after five lines.

    >>> print("\n".join(table(["STT", "Nhiệm vụ"], [["1", "Lập danh mục hồ sơ"], ["2", "Báo cáo"]], width=20)))
    STT  Nhiệm vụ
    ───  ───────────────
      1  Lập danh mục hồ
         sơ
      2  Báo cáo
    """
    body = [[" ".join(cell.split()) for cell in row] for row in rows]
    widths = _widths([list(headings), *body], width, main)
    right = [i for i in range(len(widths)) if all(re.fullmatch(r"[\d.,%]*", row[i]) for row in body)]
    lines = [_line(headings, widths, right=right), _line(["─" * w for w in widths], widths, right=())]
    for row in body:
        cells = [_cell(cell, w, _MOST_LINES if i == main else None)
                 for i, (cell, w) in enumerate(zip(row, widths, strict=True))]
        lines += [_line([c[at] if at < len(c) else "" for c in cells], widths, right=right)
                  for at in range(max(map(len, cells)))]
    return lines


def _widths(rows: Sequence[Sequence[str]], width: int, main: int | None) -> list[int]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    room = width - 2 * (len(widths) - 1)
    share = [3 if at == main else 1 for at in range(len(widths))]
    while sum(widths) > room and max(widths) > 6:
        at = max(range(len(widths)), key=lambda i: widths[i] / share[i])
        widths[at] -= 1
    return widths


def _cell(text: str, width: int, most: int | None) -> list[str]:
    lines = textwrap.wrap(text, width, break_on_hyphens=False, max_lines=most, placeholder=" …")
    return lines or [""]


def _line(cells: Sequence[str], widths: Sequence[int], *, right: Sequence[int]) -> str:
    return "  ".join(cell.rjust(w) if i in right else cell.ljust(w)
                     for i, (cell, w) in enumerate(zip(cells, widths, strict=True))).rstrip()
