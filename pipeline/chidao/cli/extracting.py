"""chidao extract: what is read from a file, without a register."""
from __future__ import annotations

import sys
from pathlib import Path

import click

from chidao.cli import wording
from chidao.cli.app import command
from chidao.cli.console import Console
from chidao.cli.options import json_option
from chidao.errors import ChidaoError
from chidao.export.words import readable
from chidao.model import Directive, Task


@command("extract")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--secret", is_flag=True)
@json_option
@click.pass_obj
def extract(console: Console, files: tuple[str, ...], secret: bool, as_json: bool) -> int:
    refused = 0
    for at, name in enumerate(files):
        try:
            directive = _extract(name, secret=secret)
        except ChidaoError as error:
            refused += 1
            console.complain(f"{name}: {error.message(console.lang)}", error.code)
            continue
        if as_json:
            from chidao.export.contract import to_contract

            console.json(to_contract(directive))
        else:
            if at > refused:
                console.out()
            _print(directive, console)
    return 1 if refused else 0


def _extract(name: str, *, secret: bool) -> Directive:
    from chidao.extraction.pipeline import extract as extract_from
    from chidao.reading import read, read_bytes

    if name == "-":
        return extract_from(read_bytes(sys.stdin.buffer.read(), "-", secret=secret))
    return extract_from(read(Path(name), secret=secret))


def _print(directive: Directive, console: Console) -> None:
    print_header(directive, console)
    _print_tasks(directive, console)
    _print_citations(directive, console)


def print_header(directive: Directive, console: Console) -> None:
    """The header card: name, title, and the fields that the document states."""
    header = directive.header
    console.out(click.style(wording.document_name(header, directive.source.name), bold=True))
    signer = header.signer
    console.fields((
        ("label_title", readable(header.title or "") if header.number else None),
        ("label_issuer", header.issuer),
        ("label_place", header.place),
        ("label_date", wording.day(header.date, console.lang) or (str(header.year) if header.year else None)),
        ("label_signer", ", ".join(part for part in (signer.name, signer.position, signer.on_behalf_of) if part)
         if signer else None),
        ("label_addressees", "; ".join(map(readable, header.addressees))),
        ("label_recipients", "; ".join(map(readable, header.recipients))),
        ("label_horizon", header.horizon),
        ("label_secrecy", header.secrecy),
        ("label_id", directive.id),
        ("label_file", directive.source.name),
        ("label_warnings", "; ".join(directive.source.warnings)),
    ))


def _print_tasks(directive: Directive, console: Console) -> None:
    console.heading("heading_task_list", tasks=sum(t.kind == "task" for t in directive.tasks),
                    targets=sum(t.kind == "target" for t in directive.tasks))
    console.table(("column_number", "column_place", "column_task", "column_lead", "column_coordinator",
                   "column_deadline"),
                  [_task_cells(at, task, directive.text) for at, task in enumerate(directive.tasks, start=1)])


def _task_cells(at: int, task: Task, text: str) -> list[str]:
    return [str(at), wording.place(task.path), readable(task.span.of(text)),
            "; ".join(a.name for a in task.leads), "; ".join(a.name for a in task.coordinators),
            "; ".join(dict.fromkeys(readable(d.span.of(text)) for d in task.deadlines))]


def _print_citations(directive: Directive, console: Console) -> None:
    cited: dict[str, list[str]] = {}
    for c in directive.citations:
        name = f"{c.type} {c.number}" if c.number else c.name or c.type
        cited.setdefault(name, []).append(console.text(f"relation_{c.relation}"))
    console.heading("heading_citation_list", mentions=len(directive.citations), documents=len(cited))
    console.table(("column_document", "column_relation", "column_mentions"),
                  [[name, ", ".join(dict.fromkeys(said)), str(len(said))] for name, said in cited.items()])
