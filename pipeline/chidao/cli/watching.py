"""chidao watch: saved searches, and what is new to them."""
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chidao.cli import wording
from chidao.cli.app import command
from chidao.cli.console import Console
from chidao.cli.finding import print_hit
from chidao.cli.options import console_of, db_option, json_option, open_register

if TYPE_CHECKING:
    from chidao.search import watching


@command("watch")
@click.argument("action", type=click.Choice(["add", "run", "list", "remove"]))
@click.argument("words", nargs=-1, metavar="[WORDS...]")
@click.option("--name", metavar="NAME")
@db_option
@json_option
@click.pass_context
def watch(
    context: click.Context, action: str, words: tuple[str, ...], name: str | None, db: Path, as_json: bool,
) -> None:
    from chidao.search import watching

    console, query = console_of(context), " ".join(words)
    if not query and (action == "add" or (action == "remove" and not name)):
        raise click.MissingParameter(ctx=context, param=context.command.params[1])
    with open_register(db, write=True) as register:
        if action == "add":
            saved = watching.add(register, query, name=name or query)
            console.note("watch_added", name=name or query, hits=saved)
        elif action == "remove":
            watching.remove(register, name or query)
            console.note("watch_removed", name=name or query)
        elif action == "list":
            _print_list(watching.saved(register), console, as_json=as_json)
        else:
            _print_news(watching.run(register, name=name or query or None), console, as_json=as_json)


def _print_list(watches: list[watching.Watch], console: Console, *, as_json: bool) -> None:
    for each in watches:
        if as_json:
            console.json(wording.plain(each))
        else:
            console.out(each.name if each.name == each.query else f"{each.name}: {each.query}")


def _print_news(found: list[watching.News], console: Console, *, as_json: bool) -> None:
    for each in found:
        if as_json:
            console.json({"watch": each.watch.name, "query": each.watch.query,
                          "new": [wording.hit_json(hit) for hit in each.hits]})
            continue
        console.heading("heading_watch", name=each.watch.name, count=len(each.hits))
        for at, hit in enumerate(each.hits, 1):
            print_hit(at, hit, console)
