"""One family of exceptions. Each has a stable code; the catalogue of sentences is `knowledge/errors.tsv`."""
from __future__ import annotations

from functools import lru_cache

from chidao import knowledge


class ChidaoError(Exception):
    """Base of all errors that a user can meet.

    `code` is stable and English (``unknown_format``); `str(error)` is the English sentence with
    advice, `error.message("vi")` the Vietnamese one. `detail` fills the sentence's ``{detail}``.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        if code not in _sentences():
            raise ValueError(f"no such error code: {code}")
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    def __str__(self) -> str:
        return self.message("en")

    def message(self, lang: str) -> str:
        """The sentence in `lang` (``"vi"`` or ``"en"``)."""
        return _sentences()[self.code][lang].replace("{detail}", self.detail)


class ReadingError(ChidaoError):
    """A file that could not be read; nothing of it is kept."""


class RegisterError(ChidaoError):
    """A database that is not a register, is damaged, or does not hold what was asked."""


class SearchError(ChidaoError):
    """A model of meaning that is not there, or an index that can't be used."""


class AgencyError(ChidaoError):
    """A body or place that a person asked for and that the registry does not know, or knows several of."""


@lru_cache(maxsize=1)
def _sentences() -> dict[str, dict[str, str]]:
    return {row["code"]: {"vi": row["vi"], "en": row["en"]} for row in knowledge.rows("errors")}
