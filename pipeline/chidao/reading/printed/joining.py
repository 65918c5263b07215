"""Which printed lines go on with a paragraph, by their places on the page and by their words."""
from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from chidao.reading.lines import goes_on, is_capitals, is_item, starts_anew
from chidao.reading.printed.lines import Line
from chidao.reading.printed.pages import Margins

_BROKEN = re.compile(r"(?:[^\W_][/-]|//)$")  # a number, a compound or an address, after its hyphen or slash
_INDENT = 6.0  # points
_CAPITAL = 1.4  # how much wider than others capitals are
_SHORT_OF = 3.0  # points that a full line may lack at its end


class Placed(NamedTuple):
    """A line, its page and the margins there."""

    line: Line
    page: int
    margins: Margins

    @property
    def text(self) -> str:
        return self.line.text

    def is_full(self, following: Placed) -> bool:
        """Whether the first word of the line that follows had no room on this one."""
        line = following.line
        word = line.text.split(maxsplit=1)[0]
        width = (line.x1 - line.x0) / len(line.text) * (_CAPITAL if word.isupper() else 1)
        return self.line.x1 + width * (len(word) + 1) >= self.margins.right - _SHORT_OF

    @property
    def is_centred(self) -> bool:
        """Whether the line stands between the margins, as titles do."""
        left, right = self.line.x0 - self.margins.left, self.margins.right - self.line.x1
        return (left > 3 * _INDENT and abs(left - right) <= 2 * _INDENT
                and abs(self.line.x0 - self.margins.indent) > 2)


def joined(parts: Sequence[Placed]) -> str:
    """The printed lines as one; what was broken after a hyphen or a slash is whole again: ``38/NQ-CP``, ``và/hoặc``."""
    return "".join(part.text + joint(part, after) for part, after in zip_longest(parts, parts[1:]))


def joint(part: Placed, after: Placed | None) -> str:
    """What stands between a printed line and the one after it."""
    if after is None or part.line.broken or (_BROKEN.search(part.text) and after.text[0].isalnum()):
        return ""
    return " "


def continues(paragraph: Sequence[Placed], placed: Placed) -> bool:
    """Whether a printed line goes on with the paragraph, by its place on the page and by its words."""
    first, last = paragraph[0], paragraph[-1]
    if last.line.column != placed.line.column:
        return False
    if not joint(last, placed):
        return not _is_apart(last, placed)
    text = joined(paragraph)
    if placed.line.column:
        return goes_on(text, placed.text) or _is_rest_of_entry(text, placed)
    if _is_apart(last, placed):
        return False
    full = last.is_full(placed) and not last.is_centred and not starts_anew(placed.text)
    if is_capitals(text):
        return goes_on(text, placed.text) or (is_item(text) and is_capitals(placed.text) and full)
    return goes_on(text, placed.text) or (full and _is_set_as_next(first, last, placed, text))


def _is_apart(last: Placed, placed: Placed) -> bool:
    return last.page == placed.page and placed.line.top - last.line.bottom > 1.3 * last.line.height


def _is_rest_of_entry(text: str, placed: Placed) -> bool:
    """In the list of recipients every entry begins with a dash."""
    return (placed.line.column == 1 and text.startswith(("-", "Nơi nhận")) and text[-1] not in ";.:"
            and not placed.text.startswith(("-", "Nơi nhận"))) or text.endswith("Lưu:")


def _is_set_as_next(first: Placed, last: Placed, placed: Placed, text: str) -> bool:
    """A full line is followed by one that begins at the margin, or under the text after a marker."""
    indent = placed.line.x0 - placed.margins.left
    first_indent = first.line.x0 - first.margins.left
    ended = text.rstrip("\"”’')]")[-1:] in (".", ";", ":", "!", "?")
    if is_item(placed.text) or is_capitals(placed.text):
        return indent <= _INDENT < first_indent and not ended
    if first_indent - indent > _INDENT:
        return indent <= _INDENT or not ended
    if first is not last:  # from the third line on the second shows where lines begin
        return abs(indent - (last.line.x0 - last.margins.left)) <= _INDENT and not (ended and indent > _INDENT)
    hangs = indent - first_indent > _INDENT and is_item(text)
    return (hangs or indent <= _INDENT) and not ended
