"""Where words go: results to standard output, messages to standard error, in the user's language."""
from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from chidao.cli import layout, messages
from chidao.cli.messages import Lang


@dataclass(frozen=True, slots=True)
class Console:
    """The user's language; `colour` False forbids colours, None leaves them to whether a terminal reads."""

    lang: Lang
    colour: bool | None = None

    def text(self, code: str, **values: object) -> str:
        """The sentence `code` of the table of messages."""
        return messages.say(code, self.lang, **values)

    @property
    def coloured(self) -> bool:
        """Whether results are shown in colour."""
        return self.colour is not False and sys.stdout.isatty()

    def out(self, line: str = "") -> None:
        """Prints a line of a result."""
        click.echo(layout.harmless(line), color=self.colour)

    def entry(self, where: str, sentence: str, code: str) -> None:
        """Prints ``where: sentence [code]``: wrapped for people, on one line for programs."""
        line = f"{where}: {sentence} [{code}]"
        self.out(layout.wrapped(line, width(), then="    ") if sys.stdout.isatty() else line)

    def json(self, record: Mapping[str, Any]) -> None:
        """Prints a result as one JSON object on one line."""
        click.echo(json.dumps(record, ensure_ascii=False))

    def note(self, code: str, **values: object) -> None:
        """Prints the message `code`."""
        click.echo(layout.harmless(self.text(code, **values)), err=True, color=self.colour)

    def complain(self, sentence: str, code: str) -> None:
        """Prints an error: the sentence, then its code in brackets."""
        label = click.style(self.text("error"), fg="red", bold=True)
        click.echo(layout.harmless(f"{label} {sentence} [{code}]"), err=True, color=self.colour)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Prints rows under the headings, which are codes of messages; nothing where there are no rows."""
        if not rows:
            return
        main = headings.index("column_task") if "column_task" in headings else None
        for at, line in enumerate(layout.table([self.text(h) for h in headings], rows, width=width(), main=main)):
            self.out(click.style(line, bold=True) if at == 0 else line)

    def heading(self, code: str, **values: object) -> None:
        """Prints a heading after an empty line."""
        self.out()
        self.out(click.style(self.text(code, **values), bold=True))

    def fields(self, pairs: Sequence[tuple[str, str | None]]) -> None:
        """Prints labels (codes of messages) with their values; those without a value are left out."""
        said = [(self.text(code), value) for code, value in pairs if value]
        room = max((len(label) for label, _ in said), default=0)
        for label, value in said:
            block = layout.wrapped(value, width(), first=" " * (room + 2), then=" " * (room + 2))
            self.out(click.style(label.ljust(room), dim=True) + block[room:])


def width() -> int:
    """Columns of the terminal (COLUMNS outranks it); 100 where nobody looks."""
    return shutil.get_terminal_size((100, 24)).columns


def use_utf8() -> None:
    """Standard streams speak UTF-8 on every system: a Windows console would else fail on Vietnamese letters.

    What is no text at all (a file name in another encoding) is shown as an escape.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
