"""chidao graph: lineage or responsibility as a file for other programs."""
from __future__ import annotations

from pathlib import Path

import click

from chidao.cli.app import command
from chidao.cli.console import Console
from chidao.cli.files import replacing
from chidao.cli.options import db_option, open_register

FORMATS = ("graphml", "gexf", "jsonld", "csv")


@command("graph")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", required=True)
@click.option("--responsibility", is_flag=True)
@click.option("--mentions", is_flag=True)
@db_option
@click.pass_obj
def graph(console: Console, db: Path, form: str, output: Path, responsibility: bool, mentions: bool) -> None:
    if responsibility and form == "jsonld":
        raise click.UsageError(console.text("lineage_only"))
    from chidao.graph import files

    with open_register(db) as register, replacing(output) as file:
        count = files.write(register, file, form=form, kind="responsibility" if responsibility else "lineage",
                            mentions=mentions)
    console.note("exported_nodes", count=count)
