"""docs/commands.md names every command, option, exit code and form of output."""
from __future__ import annotations

import click
import pytest
from commands_page import PAGE, page

from chidao.cli import app


def test_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python tests/cli/commands_page.py"


@pytest.mark.parametrize("command", list(app.commands))
def test_every_option_is_on_the_page(command: str) -> None:
    section = PAGE.read_text("utf-8").partition(f"\n## chidao {command}\n")[2].partition("\n## ")[0]
    for option in app.commands[command].params:
        if isinstance(option, click.Option):
            assert f"{option.opts[-1]} " in section


@pytest.mark.parametrize("command", list(app.commands))
def test_json_of_every_command_is_told(command: str) -> None:
    by_hand = PAGE.read_text("utf-8").partition("## chidao\n")[0]
    speaks_json = any("--json" in option.opts for option in app.commands[command].params)
    assert (f"| `{command}` |" in by_hand) is speaks_json
