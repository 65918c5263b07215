"""The command line: asks the other stages and prints what they answer; knows nothing of the domain.

Exit codes: 0 done · 1 something was refused, not found or found wrong · 2 wrong usage · 3 the register can't
be used · 4 a file could not be written · 130 interrupted.
"""
from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from chidao.cli import (
    agencies,
    auditing,
    comparing,
    evaluating,
    exporting,
    extracting,
    finding,
    graphing,
    indexing,
    ingesting,
    owning,
    showing,
    tracing,
    upkeep,
    watching,
)
from chidao.cli.app import app, word_help
from chidao.cli.console import Console, use_utf8
from chidao.cli.messages import language
from chidao.errors import ChidaoError, RegisterError

__all__ = ["app", "main"]
for _each in (extracting.extract, ingesting.ingest, indexing.index, finding.search, watching.watch, finding.tasks,
              agencies.agency, agencies.agencies, showing.show, tracing.trace, tracing.documents, graphing.graph,
              showing.stats, owning.owner,
              comparing.compare, comparing.diff, auditing.audit, exporting.export, upkeep.remove, upkeep.verify,
              upkeep.failures, evaluating.evaluate):
    app.add_command(_each)
_NOT_FOUND = {"document_unknown", "document_ambiguous", "task_unknown", "watch_unknown", "watch_known"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and gives its exit code."""
    use_utf8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    console = Console(language(words, os.environ), colour=False if plain else None)
    try:
        return _run(words, console)
    except BrokenPipeError:
        # Whoever read our output has left; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except (KeyboardInterrupt, click.Abort):
        console.note("interrupted")
        return 130


def _run(words: list[str], console: Console) -> int:
    word_help(console)
    try:
        with app.make_context("chidao", words, obj=console) as context:
            code = app.invoke(context) or 0
            if sys.stdout:  # None where the user closed it
                sys.stdout.flush()
            return int(code)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.exceptions.NoArgsIsHelpError as no_words:
        console.out(no_words.format_message())
        return 2
    except click.UsageError as error:
        _explain(error, console)
        return 2
    except ChidaoError as error:
        console.complain(error.message(console.lang), error.code)
        return 3 if isinstance(error, RegisterError) and error.code not in _NOT_FOUND else 1
    except BrokenPipeError:
        raise
    except OSError as error:
        detail = ": ".join(filter(None, (error.strerror or str(error), str(error.filename or ""))))
        console.complain(console.text("system", detail=detail), "system")
        return 4
    except Exception as error:
        trouble = _trouble_of_register(error)
        if not trouble:
            raise
        console.complain(trouble.message(console.lang), trouble.code)
        return 3


def _trouble_of_register(error: Exception) -> RegisterError | None:
    """What SQLite could not do in the middle of a command: another program holds the file, the disk is full."""
    import sqlite3

    if isinstance(error, sqlite3.OperationalError):
        return RegisterError("register_unopened", str(error))
    return RegisterError("register_damaged", str(error)) if isinstance(error, sqlite3.DatabaseError) else None


def _explain(error: click.UsageError, console: Console) -> None:
    if error.ctx:
        click.echo(error.ctx.get_usage(), err=True)
        console.note("see_help", command=error.ctx.command_path)
    console.complain(_sentence(error, console), "usage")


def _sentence(error: click.UsageError, console: Console) -> str:
    """What was wrong with the line, in the user's language; click itself speaks English only."""
    named = error.param.get_error_hint(error.ctx) if isinstance(error, click.BadParameter) and error.param else ""
    if isinstance(error, click.NoSuchOption):
        close = ", ".join(error.possibilities or ())
        return console.text("no_such_option", name=error.option_name) + (f" ({close}?)" if close else "")
    if isinstance(error, click.MissingParameter):
        return console.text("missing_parameter", name=named)
    if isinstance(error, click.BadParameter) and error.param and isinstance(error.param.type, click.Choice):
        return console.text("bad_choice", name=named, choices=", ".join(map(str, error.param.type.choices)))
    if isinstance(error, click.BadParameter):
        return console.text("bad_value", name=named, detail=error.message)
    return error.format_message()
