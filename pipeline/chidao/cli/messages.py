"""What the commands say, in Vietnamese or English; the sentences are in `knowledge/messages.tsv`."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from chidao import knowledge

Lang = Literal["vi", "en"]


def language(arguments: Sequence[str], environ: Mapping[str, str]) -> Lang:
    """The language of ``--lang`` in `arguments`, else of the locale: Vietnamese where it starts with ``vi``.

    >>> language(["tasks", "--lang", "vi"], {}), language(["tasks"], {"LC_ALL": "C", "LANG": "vi_VN.UTF-8"})
    ('vi', 'en')
    """
    said = _option(arguments)
    if said is None:
        said = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "en")
    return "vi" if said.startswith("vi") else "en"


def say(code: str, lang: Lang, **values: object) -> str:
    """The sentence `code` in `lang` with its ``{placeholders}`` filled; KeyError for an unknown code.

    >>> say("no_hits", "vi", words="kê khai")
    'Không tìm thấy gì cho “kê khai”.'
    """
    return _sentences()[code][lang].format(**values)


def known(code: str) -> bool:
    """Whether the table has `code`."""
    return code in _sentences()


def _option(arguments: Sequence[str]) -> str | None:
    """The value of ``--lang`` wherever it stands: the language is needed before the line is parsed."""
    options = list(arguments[:arguments.index("--")]) if "--" in arguments else list(arguments)
    for this, following in zip(options, [*options[1:], ""], strict=False):
        if this == "--lang":
            return following
        if this.startswith("--lang="):
            return this.removeprefix("--lang=")
    return None


@lru_cache(maxsize=1)
def _sentences() -> dict[str, dict[Lang, str]]:
    return {row["code"]: {"vi": row["vi"].replace("\\n", "\n"), "en": row["en"].replace("\\n", "\n")}
            for row in knowledge.rows("messages")}
