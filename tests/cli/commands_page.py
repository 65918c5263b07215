"""The page of commands: what stands before the help texts is written by hand, the help texts are the program's own.

After a change of a command: ``python tests/cli/commands_page.py``.
"""
from __future__ import annotations

from pathlib import Path

import click

from chidao.cli import app
from chidao.cli.app import Context, word_help
from chidao.cli.console import Console

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
MARK = "<!-- Below this line: the help of each command, written by tests/cli/commands_page.py -->"


def page() -> str:
    """The page with the help texts as they are now."""
    return PAGE.read_text("utf-8").partition(MARK)[0] + MARK + "\n" + "".join(
        f"\n## chidao{f' {name}' if name else ''}\n\n```\n{help_of(name)}\n```\n" for name in ("", *app.commands))


def help_of(name: str) -> str:
    """What ``chidao NAME --help`` prints in English on a terminal of 80 columns."""
    console = Console("en")
    word_help(console)
    root = Context(app, info_name="chidao", obj=console, terminal_width=78)
    if not name:
        return app.get_help(root)
    command: click.Command = app.commands[name]
    return command.get_help(Context(command, info_name=name, parent=root, obj=console))


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8", newline="\n")
