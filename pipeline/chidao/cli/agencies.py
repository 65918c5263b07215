"""chidao agency and chidao agencies: a body in time and what it owes; the bodies that directives name."""
from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chidao.cli import layout, wording
from chidao.cli.app import command
from chidao.cli.console import Console, width
from chidao.cli.options import Day, as_of_option, db_option, json_option, open_register, place_option

if TYPE_CHECKING:
    from chidao.linking.agencies import Step, Successors
    from chidao.model import Agency
    from chidao.storage.rows import BodyRow, ObligationRow

_ROLES = ("lead", "coordinator", "reports_to", "monitors")
_MOST_STEPS = 12
"""Predecessors that are shown; the rest is counted."""


@command("agency")
@click.argument("name")
@place_option
@click.option("--on", type=Day(), metavar="DATE")
@as_of_option
@db_option
@json_option
@click.pass_obj
def agency(
    console: Console, name: str, place: str | None, on: datetime.date | None, as_of: datetime.date | None, db: Path,
    as_json: bool,
) -> None:
    from chidao.linking.agencies import predecessors, successors
    from chidao.linking.agencies.asking import asked_for

    today = as_of or datetime.date.today()
    body = asked_for(name, place=place, on=on.isoformat() if on else None, until=today.isoformat())
    later = successors(body.id, today.isoformat())
    assert later is not None
    owed = _owed(body, today, db, console)
    if as_json:
        console.json({
            **wording.plain(body), "as_of": today.isoformat(), "predecessors": wording.plain(predecessors(body.id)),
            "outcome": later.outcome, "reason": later.reason, "successors": [
                {"agency": wording.plain(s.agency), "decides": s.decides, "chain": wording.plain(s.chain)}
                for s in later.successors], "obligations": [wording.obligation_json(o) for o in owed]})
        return
    _print_body(body, console)
    _print_predecessors(predecessors(body.id), console)
    _print_later(later, console)
    _print_obligations(owed, console)


def _owed(body: Agency, today: datetime.date, db: Path, console: Console) -> list[ObligationRow]:
    """Its tasks; without a register, which this question does not need, none, and a note says so."""
    if not db.is_file():
        console.note("without_register", db=db)
        return []
    with open_register(db) as register:
        return register.obligations(body.id, on=_last_day(body, today))


def _last_day(body: Agency, today: datetime.date) -> datetime.date:
    """The day as of which a body's work is told: that day, or its own last one."""
    return min(today, datetime.date.fromisoformat(body.valid_to)) if body.valid_to else today


def _print_body(body: Agency, console: Console) -> None:
    console.out(click.style(body.name, bold=True))
    console.fields([
        ("field_id", body.id), ("field_level", console.text(f"level_{body.level}")),
        ("field_category", console.text(f"category_{body.category}")),
        ("field_valid", _interval(body, console)), ("field_parent", body.parent), ("field_aliases",
         ", ".join(a for a in body.aliases if "{" not in a)), ("field_symbols", ", ".join(body.symbols)),
        ("field_code", f"{body.code} ({console.text('unverified')})" if body.code else None),
        ("field_basis", body.basis), ("field_source", body.source),
        ("field_verified", None if body.verified else console.text("unverified"))])


def _interval(body: Agency, console: Console) -> str:
    since = wording.day(body.valid_from, console.lang) or "…"
    until = wording.day(body.valid_to, console.lang) or console.text("still_so")
    return f"{since} – {until}"


def _print_predecessors(steps: tuple[Step, ...], console: Console) -> None:
    if not steps:
        return
    console.heading("heading_predecessors")
    for step in steps[:_MOST_STEPS]:
        console.out(_wrapped(f"{wording.body(step.source)}  {_told(step, console)}", "• "))
    if len(steps) > _MOST_STEPS:
        console.out("  " + console.text("and_more", count=len(steps) - _MOST_STEPS))


def _print_later(later: Successors, console: Console) -> None:
    if later.outcome == "itself":
        return
    day = wording.day(later.on, console.lang)
    console.heading(f"heading_later_{later.outcome}", day=day, count=len(later.successors))
    for found in later.successors:
        decides = f" — {console.text('decides', fields='; '.join(found.decides))}" if found.decides else ""
        name, only = wording.successor(found.agency, later.agency, console.lang), len(found.chain) == 1
        told = f" {_told(found.chain[0], console)}" if only else ""
        console.out(_wrapped(f"{name}{told}{decides}", "• "))
        for step in () if only else found.chain:
            console.out(_wrapped(f"{wording.body(step.target)}  {_told(step, console)}", "    → ", dim=True))
    for chain in later.dead_ends:
        console.out(_wrapped(f"{wording.body(chain[-1].source)}: {chain[-1].reason or ''}", "• "))


def _told(step: Step, console: Console) -> str:
    """``(merged 2025-03-01, Nghị định 45/2025/NĐ-CP)``, and that a step is unverified."""
    notes = [f"{console.text(f'change_{step.type}')} {wording.day(step.date, console.lang)}", step.basis,
             "" if step.verified else console.text("unverified")]
    return f"({', '.join(note for note in notes if note)})"


def _print_obligations(owed: list[ObligationRow], console: Console) -> None:
    if not owed:
        return
    console.heading("heading_obligations", count=len({o.task.id for o in owed}))
    by_document: dict[str, list[ObligationRow]] = {}
    for o in owed:
        by_document.setdefault(o.task.document, []).append(o)
    console.table(
        ("column_document", "column_issued", *(f"column_role_{role}" for role in _ROLES), "column_as_member",
         "column_inherited"),
        [[rows[0].task.document_label, wording.day(rows[0].task.document_date, console.lang),
          *(str(sum(o.role == role for o in rows)) for role in _ROLES), str(sum(o.group is not None for o in rows)),
          str(sum(bool(o.chain) for o in rows))] for rows in by_document.values()])
    months = Counter((o.task.due or "")[:7] for o in owed if o.role == "lead")
    if months:
        console.heading("heading_months")
        console.table(("column_month", "column_count"), [
            [_month(month, console), str(count)] for month, count in sorted(months.items(), key=_empty_last)])


def _empty_last(item: tuple[str, int]) -> tuple[bool, str]:
    return not item[0], item[0]


def _month(month: str, console: Console) -> str:
    if not month:
        return console.text("state_no_deadline")
    return "/".join(reversed(month.split("-"))) if console.lang == "vi" else month


@command("agencies")
@click.option("--document", metavar="DOCUMENT")
@click.option("--ended", is_flag=True)
@as_of_option
@db_option
@json_option
@click.pass_obj
def agencies(
    console: Console, document: str | None, ended: bool, as_of: datetime.date | None, db: Path, as_json: bool,
) -> None:
    from chidao.linking.agencies import successors

    today = (as_of or datetime.date.today()).isoformat()
    with open_register(db) as register:
        rows = register.bodies(document=document)
    known = [(row, successors(row.id, today)) for row in rows]
    shown = [(row, later) for row, later in known if not ended or (later and later.outcome != "itself")]
    for row, later in shown if as_json else ():
        console.json(_row_json(row, later))
    if not as_json:
        console.table(("column_agency", "column_lead_count", "column_with_count", "column_valid_to", "column_today"),
                      [[row.agency.name if row.agency else row.name, str(row.lead), str(row.coordinator),
                        wording.day(row.agency.valid_to if row.agency else None, console.lang),
                        _today(later, console)] for row, later in shown])
    console.note("agencies_shown", shown=len(shown))


def _row_json(row: BodyRow, later: Successors | None) -> dict[str, Any]:
    said: dict[str, Any] = wording.plain(row)
    return {**said, "outcome": later.outcome if later else None, "reason": later.reason if later else None,
            "successors": [{"id": s.agency.id, "name": s.agency.name, "decides": s.decides,
                            "chain": wording.plain(s.chain)} for s in later.successors] if later else []}


def _today(later: Successors | None, console: Console) -> str:
    """Where a body's work is: nothing where it still is, its successors with what decides, or why there is none."""
    if later is None:
        return console.text("not_listed")
    if later.outcome == "itself":
        return ""
    names = [(wording.successor(s.agency, later.agency, console.lang), "; ".join(s.decides))
             for s in later.successors[:4]]
    shown = [f"{name} [{decides}]" if decides else name for name, decides in names]
    more = [console.text("and_more", count=len(later.successors) - 4)] if len(later.successors) > 4 else []
    why = [later.reason] if later.reason else []
    return " | ".join([*shown, *more, *why])


def _wrapped(text: str, first: str, *, dim: bool = False) -> str:
    return click.style(layout.wrapped(text, width(), first=first, then=" " * len(first)), dim=dim)
