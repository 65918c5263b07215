"""chidao audit: what is wrong in directives."""
from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chidao.cli import layout, wording
from chidao.cli.app import command
from chidao.cli.console import Console, width
from chidao.cli.files import replacing
from chidao.cli.options import db_option, json_option, open_register

if TYPE_CHECKING:
    from chidao.audit.view import AuditFinding

_QUOTE = 140  # characters of the wording that are shown
_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}


@command("audit")
@click.argument("document", required=False, metavar="[DOCUMENT]")
@click.option("--all", "every", is_flag=True)
@click.option("--severity", type=click.Choice(["error", "warning", "note"]), default="note")
@click.option("--xlsx", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@db_option
@json_option
@click.pass_obj
def audit(
    console: Console, document: str | None, every: bool, severity: str, xlsx: Path | None, db: Path, as_json: bool,
) -> None:
    from chidao.audit import auditing
    from chidao.audit.wording import SEVERITIES
    from chidao.audit.wording import severity as severity_of

    if bool(document) == every:
        raise click.UsageError(console.text("audit_which"))
    grave = SEVERITIES[:SEVERITIES.index(severity) + 1]
    with open_register(db) as register, closing(auditing.audit(register, document)) as every_one:
        found = (f for f in every_one if severity_of(f.code) in grave)
        count, documents, findings = _printed(found, console, as_json=as_json, keep=xlsx is not None)
    if xlsx:
        from chidao.export import findings as workbook

        with replacing(xlsx) as file:
            workbook.write(findings, file, console.lang)
    console.note("audited", count=count, documents=documents)


def _printed(
    found: Iterable[AuditFinding], console: Console, *, as_json: bool, keep: bool,
) -> tuple[int, int, list[AuditFinding]]:
    """Prints each finding as soon as it is found. Gives how many, in how many documents, and with `keep` themselves."""
    count, last = 0, ""
    documents: set[str] = set()
    kept: list[AuditFinding] = []
    for finding in found:
        if as_json:
            console.json(_said(finding))
        else:
            if last != finding.document:
                console.out(click.style(layout.clipped(finding.label, width()), bold=True))
            _print(finding, console)
        last = finding.document
        count += 1
        documents.add(last)
        kept += [finding] if keep else []
    return count, len(documents), kept


def _print(finding: AuditFinding, console: Console) -> None:
    from chidao.audit.wording import advice, sentence, severity

    grave = severity(finding.code)
    place = wording.place(finding.path)
    line = f"{place + ': ' if place else ''}{sentence(finding, console.lang)} [{finding.code}]"
    mark = click.style("  " + console.text(f"severity_{grave}"), fg=_COLOURS[grave])
    console.out(mark + " " + layout.wrapped(line, width() - 12, then="      "))
    if finding.quote:
        console.out(_indented(f"“{layout.clipped(finding.quote, _QUOTE)}”"))
    console.out(click.style(_indented(f"→ {advice(finding.code, console.lang)}"), dim=True))


def _indented(text: str) -> str:
    return layout.wrapped(text, width(), first="      ", then="      ")


def _said(finding: AuditFinding) -> wording.Json:
    from chidao.audit.wording import advice, sentence, severity

    return {
        "code": finding.code, "severity": severity(finding.code), "document": finding.document, "label": finding.label,
        "path": list(finding.path), "start": finding.span.start if finding.span else None,
        "end": finding.span.end if finding.span else None, "quote": finding.quote, "said": dict(finding.said),
        "vi": sentence(finding, "vi"), "en": sentence(finding, "en"),
        "advice_vi": advice(finding.code, "vi"), "advice_en": advice(finding.code, "en")}
