"""What several commands share: the options --db, --json, --lang and the conditions that choose tasks."""
from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from chidao import knowledge
from chidao.cli.console import Console

if TYPE_CHECKING:
    from chidao.storage import Register

    Choice = click.Choice[str]
    DateType = click.ParamType[datetime.date]
    LimitType = click.ParamType[tuple[str, int]]
else:  # the older releases of click have no generic types
    Choice, DateType, LimitType = click.Choice, click.ParamType, click.ParamType

F = TypeVar("F", bound=Callable[..., Any])
DATABASE = "outputs/chidao.db"
STATES = ("not-due", "due-soon", "overdue", "no-deadline", "undated")
ROLES = ("lead", "coordinator", "reports-to", "monitors")


class Word(Choice):
    """A choice among words that the command line writes with hyphens and the records with underscores."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(value, param, ctx).replace("-", "_")


class Day(DateType):
    """A day as 2025-06-30, 30/6/2025 or 30-6-2025, or ``today``."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        if value in ("today", "hôm nay"):
            return datetime.date.today()
        for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
            with contextlib.suppress(ValueError):
                return datetime.datetime.strptime(value, form).date()
        return self.fail(console_of(ctx).text("bad_day", value=value), param, ctx)


class Existing(click.Path):
    """A path that must be there."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if not Path(value).exists():
            self.fail(console_of(ctx).text("no_such_path", path=value), param, ctx)
        return Path(value)


class Limit(LimitType):
    """A limit of `knowledge/limits.tsv` with its new value, as pages=5000."""

    name = "limit"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        if isinstance(value, tuple):
            return value
        names = [row["name"] for row in knowledge.rows("limits")]
        name, _, figure = value.partition("=")
        if name not in names or not figure.isdecimal() or not int(figure):
            self.fail(console_of(ctx).text("bad_limit", value=value, names=", ".join(names)), param, ctx)
        return name, int(figure)


def console_of(context: click.Context | None) -> Console:
    """The console of a command; an English one where a context has none yet."""
    return context.obj if context and isinstance(context.obj, Console) else Console("en")


lang_option = click.option("--lang", type=click.Choice(["vi", "en"]), expose_value=False)
json_option = click.option("--json", "as_json", is_flag=True)
db_option = click.option("--db", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", default=DATABASE,
                         envvar="CHIDAO_DB")
place_option = click.option("--place", metavar="PLACE")
as_of_option = click.option("--as-of", type=Day(), metavar="DATE")
today_option = click.option("--today", type=Day(), metavar="DATE")


def reading_options(function: F) -> F:
    """The options of commands that read files: how many processes, stamped files, limits of one file."""
    for option in reversed((
        click.option("--workers", type=click.IntRange(min=1), default=1, metavar="N"),
        click.option("--secret", is_flag=True),
        click.option("--limit", "limits", type=Limit(), multiple=True, metavar="NAME=VALUE"),
    )):
        function = option(function)
    return function


def task_conditions(function: F) -> F:
    """The options that choose tasks; the command gets them as the keywords of `Register.tasks`."""
    for option in reversed((
        click.option("--agency", metavar="NAME"),
        click.option("--role", type=Word(ROLES)),
        click.option("--document", metavar="DOCUMENT"),
        click.option("--due-before", type=Day(), metavar="DATE"),
        click.option("--kind", type=click.Choice(["task", "target"])),
        click.option("--without-owner", is_flag=True),
        click.option("--state", type=Word(STATES)),
        today_option,
    )):
        function = option(function)
    return function


def open_register(path: Path, *, write: bool = False) -> Register:
    """The register in the file `path`, which must be there; opened for reading, save with `write`."""
    from chidao.storage import Register

    register = Register(path, readonly=True)
    if not write:
        return register
    register.close()
    return Register(path)
