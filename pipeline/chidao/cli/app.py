"""The group of commands and how its help is worded."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from chidao.cli import messages
from chidao.cli.console import Console
from chidao.cli.options import console_of, lang_option

F = TypeVar("F", bound=Callable[..., Any])


class Context(click.Context):
    """A context whose help has headings in the user's language."""

    def make_formatter(self) -> click.HelpFormatter:
        return _Formatter(console_of(self), width=self.terminal_width)


class _Formatter(click.HelpFormatter):
    def __init__(self, console: Console, *, width: int | None) -> None:
        super().__init__(width=width)
        self.console = console

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or self.console.text("usage") + " ")

    def write_heading(self, heading: str) -> None:
        code = f"heading_{heading.lower()}"
        super().write_heading(self.console.text(code) if messages.known(code) else heading)


class Command(click.Command):
    context_class = Context


class Group(click.Group):
    context_class = Context
    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which a person needs them."""
        return list(self.commands)


@click.group("chidao", cls=Group, no_args_is_help=True)
@lang_option
@click.version_option(package_name="chidao", message="chidao %(version)s")
@click.help_option("--help")
def app() -> None:
    pass


def command(name: str) -> Callable[[F], click.Command]:
    """A command with the options that all commands have, these last."""
    def decorate(function: F) -> click.Command:
        made = click.command(name, cls=Command)(lang_option(click.help_option("--help")(function)))
        made.params = [*made.params[2:], *made.params[:2]]
        return made
    return decorate


def word_help(console: Console) -> None:
    """Gives all commands and options their help in the user's language, from the table of messages.

    `help_tasks` words the command, `help_tasks_agency` its option, `help_any_db` an option that means
    the same everywhere.
    """
    for each in (app, *app.commands.values()):
        each.help = console.text(f"help_{each.name}")
        each.short_help = each.help.splitlines()[0].removesuffix(".")
        for option in each.params:
            if isinstance(option, click.Option):
                own = f"help_{each.name}_{option.name}"
                option.help = console.text(own if messages.known(own) else f"help_any_{option.name}")
