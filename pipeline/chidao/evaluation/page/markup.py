"""Fills the templates of the page; whatever is not markup already is escaped."""
from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from string import Template

# Control characters, and those that turn the direction of writing: a directive could hide words with them.
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NAMED = re.compile(r"^<!-- (\w+) -->\n", re.MULTILINE)


class Html(str):
    """Markup; all other strings are words."""

    __slots__ = ()


NOTHING = Html()


def joined(parts: Iterable[object]) -> Html:
    """`parts` one after the other, as markup."""
    return Html("".join(map(markup, parts)))


def fill(template: str, **values: object) -> Html:
    """The template of that name in ``templates.html`` with its ``$names`` filled.

    >>> fill("choice", code="c", words="<Sở & Bộ>")
    '<a href="#c">&lt;Sở &amp; Bộ&gt;</a>'
    """
    return Html(_templates()[template].substitute({name: markup(value) for name, value in values.items()}))


def markup(value: object) -> Html:
    """`value` as markup: escaped where it is words; the parts of a list one after the other."""
    if isinstance(value, Html):
        return value
    if isinstance(value, Iterable) and not isinstance(value, str):
        return joined(value)
    return Html(html.escape(_UNSHOWN.sub("\ufffd", str(value))))


@lru_cache(maxsize=1)
def _templates() -> dict[str, Template]:
    named = _NAMED.split(resources.files(__package__).joinpath("templates.html").read_text("utf-8"))[1:]
    return {name: Template(text.removesuffix("\n")) for name, text in zip(named[::2], named[1::2], strict=True)}


def style() -> Html:
    """The style sheet."""
    return Html(resources.files(__package__).joinpath("style.css").read_text("utf-8"))
