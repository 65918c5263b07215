"""chidao extract: what is read from a file, without a register."""
from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from chidao.cli import layout, wording
from chidao.cli.app import command
from chidao.cli.console import Console, width
from chidao.cli.options import json_option, reading_options
from chidao.errors import ChidaoError
from chidao.export.words import readable
from chidao.grammar.folding import key
from chidao.model import Directive, Part, Signature, Signer, SourceText, Task

_ROOMY = 110  # columns of a terminal that hold a table with both leads and partners


@command("extract")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@reading_options
@json_option
@click.pass_obj
def extract(
    console: Console, files: tuple[str, ...], workers: int, secret: bool, limits: tuple[tuple[str, int], ...],
    as_json: bool,
) -> int:
    from chidao.batch.opening import read_all
    from chidao.reading.limits import with_changes

    read = [sys.stdin.buffer.read() if name == "-" else Path(name) for name in files]
    refused = 0
    found = read_all(files, read, workers=workers, secret=secret, limits=with_changes(dict(limits)))
    shown = 0
    for name, directives in found:
        if isinstance(directives, ChidaoError):
            refused += 1
            console.complain(f"{name}: {directives.message(console.lang)}", directives.code)
            continue
        for directive in directives:
            if shown and not as_json:
                console.out()
            _say(directive, console, as_json=as_json)
            shown += 1
    return 1 if refused else 0


def _say(directive: Directive, console: Console, *, as_json: bool) -> None:
    if not as_json:
        _print(directive, console)
        return
    from chidao.export.contract import to_contract
    from chidao.linking.findings import find_findings

    console.json({**to_contract(directive), "findings": wording.findings(find_findings(directive), console.lang)})


def _print(directive: Directive, console: Console) -> None:
    print_header(directive, console)
    _print_tasks(directive, console)
    _print_citations(directive, console)


def print_header(directive: Directive, console: Console, beside: str = "") -> None:
    """The header card: name, title, and the fields that the document states; `beside`: the others of its file."""
    header = directive.header
    console.out(click.style(wording.document_name(header, directive.source.name), bold=True))
    console.fields((
        ("label_title", readable(header.title or "") if header.number else None),
        ("label_issuer", header.issuer),
        ("label_place", header.place),
        ("label_date", wording.day(header.date, console.lang) or (str(header.year) if header.year else None)),
        ("label_signer", _signer(header.signer, console)),
        ("label_signed", "; ".join(_signed(directive))),
        ("label_signatures", "; ".join(map(_signature, directive.source.signatures))),
        ("label_addressees", "; ".join(map(readable, header.addressees))),
        ("label_recipients", "; ".join(map(readable, header.recipients))),
        ("label_horizon", header.horizon),
        ("label_secrecy", header.secrecy),
        ("label_id", directive.id),
        ("label_file", directive.source.name),
        ("label_in_file", _in_file(directive.source, console)),
        ("label_beside", beside),
        ("label_parts", "; ".join(filter(None, map(_part, directive.parts)))),
        ("label_warnings", "; ".join(directive.source.warnings)),
        ("label_findings", " ".join(_findings(directive, console))),
    ))


def _in_file(source: SourceText, console: Console) -> str | None:
    """Which document of its file it is, and on which pages; None where it is the only one."""
    if source.documents == 1:
        return None
    said = console.text("in_file", document=source.document, documents=source.documents)
    if source.own_pages is None:
        return said
    first, last = source.own_pages
    pages = "in_file_page" if first == last else "in_file_pages"
    return ", ".join((said, console.text(pages, first=first, last=last)))


def _part(part: Part) -> str:
    """An attached part as it is called: "Phụ lục I. DANH MỤC …", "Kế hoạch: Trồng rừng"."""
    title = layout.clipped(readable(part.title or ""), 80)
    return ": ".join(filter(None, (part.label or part.type, title)))


def _signed(directive: Directive) -> list[str]:
    """Who signed the file, and when, by the stamps that stand in it."""
    from chidao.structure.stamps import find_stamps

    return [f"{stamp.by} ({stamp.at})" if stamp.at else stamp.by for stamp in find_stamps(directive.source)]


def _signature(signature: Signature) -> str:
    """Whose certificate a digital signature of the file carries, and when it says that it was made."""
    same = key(signature.by or "") == key(signature.organisation or "")
    who = ", ".join(filter(None, (signature.by, None if same else signature.organisation))) or signature.reason or "?"
    return f"{who} ({signature.at})" if signature.at else who


def _findings(directive: Directive, console: Console) -> list[str]:
    """The sentences of what was found on the directive as a whole; what was found on tasks is counted."""
    from chidao.linking.findings import find_findings

    found, table = find_findings(directive), wording.findings_table()
    counts = Counter(f.code for f in found if f.code.startswith(("task_", "lead_")))
    whole = [wording.finding(f, console.lang) for f in found if f.code not in counts]
    return [*whole, "; ".join(f"{table[code][f'name_{console.lang}']}: {n}" for code, n in counts.most_common())]


def _signer(signer: Signer | None, console: Console) -> str | None:
    if not signer:
        return None
    on_behalf = console.text("on_behalf", body=signer.on_behalf_of) if signer.on_behalf_of else ""
    return " ".join(part for part in (", ".join(filter(None, (signer.name, signer.position))), on_behalf) if part)


def _print_tasks(directive: Directive, console: Console) -> None:
    console.heading("heading_task_list", tasks=sum(t.kind == "task" for t in directive.tasks),
                    targets=sum(t.kind == "target" for t in directive.tasks))
    roomy = width() >= _ROOMY
    headings = ("column_place", "column_task", "column_lead", "column_coordinator", "column_deadline")
    console.table(headings if roomy else (*headings[:3], headings[4]),
                  [_task_cells(task, directive.text, console, roomy=roomy) for task in directive.tasks])


def _task_cells(task: Task, text: str, console: Console, *, roomy: bool) -> list[str]:
    """Partners have a column of their own where there is room for it, else they stand below the leads."""
    leads, partners = "; ".join(a.name for a in task.leads), "; ".join(a.name for a in task.coordinators)
    deadlines = "; ".join(dict.fromkeys(readable(d.span.of(text)) for d in task.deadlines))
    who = [leads, partners] if roomy else [
        "; ".join(part for part in (leads, f"{console.text('column_coordinator')}: {partners}" if partners else "")
                  if part)]
    return [wording.place(task.path), readable(task.span.of(text)), *who, deadlines]


def _print_citations(directive: Directive, console: Console) -> None:
    cited: dict[str, list[str]] = {}
    for c in directive.citations:
        name = f"{c.type} {c.number}" if c.number else c.name or c.type
        cited.setdefault(name, []).append(console.text(f"relation_{c.relation}"))
    console.heading("heading_citation_list", mentions=len(directive.citations), documents=len(cited))
    console.table(("column_document", "column_relation", "column_mentions"),
                  [[name, ", ".join(dict.fromkeys(said)), str(len(said))] for name, said in cited.items()])
