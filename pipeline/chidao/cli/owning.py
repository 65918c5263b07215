"""chidao owner: who owns a measure."""
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chidao.cli import layout, wording
from chidao.cli.app import command
from chidao.cli.console import Console, width
from chidao.cli.options import db_option, json_option, open_register
from chidao.export.words import readable

if TYPE_CHECKING:
    from chidao.audit.owners import Carrier, Holding, Owner

_QUOTE = 160  # characters of an item that are shown


@command("owner")
@click.argument("words", nargs=-1, required=True, metavar="MEASURE...")
@click.option("--document", metavar="DOCUMENT")
@click.option("--limit", type=click.IntRange(min=1), default=5, metavar="N")
@db_option
@json_option
@click.pass_obj
def owner(
    console: Console, words: tuple[str, ...], document: str | None, limit: int, db: Path, as_json: bool,
) -> None:
    from chidao.audit.owners import find_owners

    measure = " ".join(words)
    with open_register(db) as register:
        holdings = find_owners(register, measure, document=document, limit=limit)
    if not holdings:
        console.note("no_hits", words=measure)
    for holding in holdings:
        if as_json:
            console.json(_said(holding))
        else:
            _print(holding, console)


def _print(holding: Holding, console: Console) -> None:
    console.out(click.style(layout.clipped(holding.label, width()), bold=True))
    if holding.implements:
        parents = "; ".join(holding.implements)
        console.out(layout.clipped(f"  {console.text('relation_implements')}: {parents}", width()))
    for carrier in holding.carriers:
        _print_carrier(carrier, console)
    console.out()


def _print_carrier(carrier: Carrier, console: Console) -> None:
    console.out(layout.wrapped(_quoted(carrier.task), width(), first="  ", then="    "))
    console.out(click.style("    " + console.text("carrier_score", score=f"{carrier.score:.2f}"), dim=True))
    for each in carrier.owners:
        console.out(layout.wrapped(_owner(each, console), width(), first="    → ", then="      "))
    if not carrier.owners:
        console.out("    → " + console.text("owner_nobody"))


def _owner(owner: Owner, console: Console) -> str:
    from chidao.audit.owners import SURE

    if owner.evidence is None:
        return f"{owner.name} ({console.text(f'how_{owner.how}')})"
    how = console.text("how_inferred" if owner.score >= SURE else "how_possible")
    return f"{owner.name} ({how}, {owner.score:.2f}): {_quoted(owner.evidence)}"


def _quoted(task: Any) -> str:
    where = wording.place(task.path)
    return " ".join(part for part in (where, f"“{layout.clipped(readable(task.text), _QUOTE)}”") if part)


def _said(holding: Holding) -> dict[str, Any]:
    return {
        "document": holding.document, "label": holding.label, "implements": list(holding.implements),
        "carriers": [{
            "task": wording.task_json(carrier.task), "score": round(carrier.score, 3),
            "owners": [{"name": o.name, "how": o.how, "score": round(o.score, 3),
                        "evidence": wording.task_json(o.evidence) if o.evidence else None} for o in carrier.owners],
        } for carrier in holding.carriers]}
