"""chidao search and chidao tasks: questions that a list of tasks answers."""
from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chidao.cli import layout, wording
from chidao.cli.app import command
from chidao.cli.console import Console, width
from chidao.cli.options import (
    Day,
    as_of_option,
    console_of,
    db_option,
    json_option,
    open_register,
    place_option,
    task_conditions,
    today_option,
)
from chidao.export.words import readable

if TYPE_CHECKING:
    from chidao.storage.rows import ConditionRead, Facet, ObligationRow, Part, SearchAnswer, SearchHit, TaskRow

_LABEL = 48  # columns for a document's name: one without a number goes by its title
_OPEN, _CLOSE = "\ue000", "\ue001"


_FACETS = 5  # values that are shown of each facet


@command("search")
@click.argument("words", nargs=-1, metavar="WORDS...")
@click.option("--like", metavar="TASK")
@click.option("--as-of", type=Day(), metavar="DATE")
@today_option
@click.option("--tasks-only", is_flag=True)
@click.option("--facets", is_flag=True)
@click.option("--explain", is_flag=True)
@db_option
@click.option("--limit", type=click.IntRange(min=1), default=20, metavar="N")
@click.option("--offset", type=click.IntRange(min=0), default=0, metavar="N")
@json_option
@click.pass_context
def search(
    context: click.Context, words: tuple[str, ...], like: str | None, as_of: datetime.date | None,
    today: datetime.date | None, tasks_only: bool, facets: bool, explain: bool, db: Path, limit: int, offset: int,
    as_json: bool,
) -> None:
    console = console_of(context)
    query = " ".join(words)
    if not query and not like:
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    with open_register(db) as register:
        answer = register.like(like, limit=limit, today=today) if like else register.answer(
            query, limit=limit, offset=offset, today=today, as_of=as_of, passages=not tasks_only, facets=facets)
    _print_answer(answer, console, offset=offset, explain=explain, as_json=as_json)
    if not answer.hits:
        console.note("no_hits", words=query)
    if answer.total > offset + len(answer.hits):
        console.note("more_of_them", total=answer.total, offset=offset + limit)
    for code in answer.notes if answer.hits else ():
        console.note(f"note_{code}")


def _print_answer(answer: SearchAnswer, console: Console, *, offset: int, explain: bool, as_json: bool) -> None:
    if explain:
        _explain(answer, console, as_json=as_json)
    for at, hit in enumerate(answer.hits, start=offset + 1):
        if as_json:
            console.json(wording.hit_json(hit))
        else:
            print_hit(at, hit, console, legs=explain)
    if as_json and answer.facets:
        console.json({"facets": [wording.plain(facet) for facet in answer.facets]})
    elif answer.facets:
        _print_facets(answer.facets, console)


def _explain(answer: SearchAnswer, console: Console, *, as_json: bool) -> None:
    """How the query was read."""
    if as_json:
        said = wording.plain(answer)
        del said["hits"], said["facets"]
        console.json({"query": said})
        return
    how = " (" + console.text("restored") + ")" if answer.restored else ""
    console.fields([
        ("label_words", answer.words + how),
        ("label_phrases", "; ".join(answer.phrases)),
        ("label_excluded", "; ".join(answer.excluded)),
        *((f"label_condition_{c.kind}", _condition(c, answer, console)) for c in answer.conditions),
    ])
    console.out()


def _condition(read: ConditionRead, answer: SearchAnswer, console: Console) -> str:
    label = console.text(f"state_{read.label}") if read.kind == "state" else read.label
    part = f" ({console.text(f'role_{answer.role}')})" if read.kind == "agency" and answer.role else ""
    way = "dropped" if read.dropped else "demanded" if read.demanded else "preferred"
    return f"{label}{part} · {console.text(f'condition_{way}', units=read.units)}"


def _print_facets(facets: Sequence[Facet], console: Console) -> None:
    console.heading("heading_facets")
    for name in dict.fromkeys(facet.name for facet in facets):
        values = [facet for facet in facets if facet.name == name]
        shown = [f"{_value(facet, console)} ({facet.count})" for facet in values[:_FACETS]]
        more = [f"… +{len(values) - _FACETS}"] if len(values) > _FACETS else []
        console.fields([(f"facet_{name}", "; ".join([*shown, *more]))])


def _value(facet: Facet, console: Console) -> str:
    return console.text(f"{facet.name}_{facet.value}") if facet.name in ("state", "kind") else facet.value


def print_hit(at: int, hit: SearchHit, console: Console, *, legs: bool = False) -> None:
    """Prints an answer: where it stands, its words with the hits marked, who and when; with `legs` its score."""
    label = layout.clipped(hit.row.document_label, _LABEL)
    where = " · ".join(part for part in (label, wording.place(hit.row.path)) if part)
    score = f"  {hit.score:.3f} = " + " + ".join(f"{name} {share:.3f}" for name, share in hit.legs) if legs else ""
    console.out(click.style(f"{at:>3}  ", dim=True) + click.style(where, bold=True) + click.style(score, dim=True))
    console.out(_highlighted(_indented(_marked(hit.snippet)), console))
    said = _who_and_when(hit.task, console) if hit.task else console.text("kind_passage")
    console.out(click.style(_indented(said), dim=True))
    console.out()


def _indented(text: str) -> str:
    return layout.wrapped(text, width(), first="     ", then="     ")


def _who_and_when(task: TaskRow, console: Console) -> str:
    said = (("column_lead", "; ".join(task.leads)), ("column_deadline", wording.deadline(task, console)))
    return " · ".join(f"{console.text(code)}: {value}" for code, value in said if value) or console.text("no_owner")


def _marked(snippet: tuple[Part, ...]) -> str:
    """The snippet with its hits between private characters: wrapping keeps them, no document holds them."""
    return "".join(f"{_OPEN}{part.text}{_CLOSE}" if part.match else part.text for part in snippet)


def _highlighted(text: str, console: Console) -> str:
    """Hits in colour on a terminal, in brackets elsewhere."""
    on, off = ("\x1b[1;33m", "\x1b[0m") if console.coloured else ("[", "]")
    return text.replace(_OPEN, on).replace(_CLOSE, off)


@command("tasks")
@task_conditions
@place_option
@as_of_option
@click.option("--several-leads", is_flag=True)
@click.option("--least-sure", is_flag=True)
@click.option("--limit", type=click.IntRange(min=1), metavar="N")
@click.option("--offset", type=click.IntRange(min=0), default=0, metavar="N")
@db_option
@json_option
@click.pass_obj
def tasks(
    console: Console, /, db: Path, as_json: bool, place: str | None, as_of: datetime.date | None, least_sure: bool,
    limit: int | None, offset: int, **conditions: Any,
) -> None:
    if as_of is not None or place is not None:
        if not conditions["agency"]:
            raise click.UsageError(console.text("as_of_needs_agency"))
        _print_owed(console, db, as_json, place, as_of or datetime.date.today(), limit, offset, conditions)
        return
    with open_register(db) as register:
        rows = register.tasks(least_sure=least_sure, limit=limit, offset=offset, **conditions)
        undated = register.undated(**_lasting(conditions)) if conditions["due_before"] else 0
    if as_json:
        for row in rows:
            console.json(wording.task_json(row))
    else:
        sure = ("column_confidence",) if least_sure else ()
        console.table(("column_number", *sure, "column_task", "column_lead", "column_deadline", "column_document"),
                      [_cells(at, row, console, least_sure=least_sure)
                       for at, row in enumerate(rows, start=offset + 1)])
    console.note("tasks_shown", shown=len(rows))
    if limit is not None and len(rows) == limit:
        console.note("more_hits", offset=offset + limit)
    if undated:
        console.note("undated", count=undated)


def _print_owed(
    console: Console, db: Path, as_json: bool, place: str | None, as_of: datetime.date, limit: int | None, offset: int,
    conditions: dict[str, Any],
) -> None:
    """What a body owes on a day: its own tasks and those that came to it, each with the chain."""
    from chidao.linking.agencies import successors
    from chidao.linking.agencies.asking import asked_for

    refused = [name for name in ("due_before", "without_owner", "state", "today", "several_leads") if conditions[name]]
    if refused:
        raise click.UsageError(console.text("not_with_as_of", options=", ".join(
            f"--{name.replace('_', '-')}" for name in refused)))
    body = asked_for(conditions["agency"], place=place, until=as_of.isoformat())
    with open_register(db) as register:
        found = register.obligations(body.id, on=as_of, role=conditions["role"], document=conditions["document"],
                                     kind=conditions["kind"])
    shown = found[offset:None if limit is None else offset + limit]
    if as_json:
        for row in shown:
            console.json(wording.obligation_json(row))
    else:
        console.table(("column_number", "column_role", "column_task", "column_how", "column_deadline",
                       "column_document"), [_owed_cells(at, row, console) for at, row in enumerate(shown, offset + 1)])
    day = as_of.isoformat()
    console.note("obligations_shown", shown=len(shown), body=body.name, day=wording.day(day, console.lang))
    later = successors(body.id, day)
    if later and later.outcome != "itself":
        names = "; ".join(wording.successor(s.agency, body, console.lang) for s in later.successors) or later.reason
        console.note("body_ended", body=body.name, day=wording.day(body.valid_to, console.lang), names=names)


def _owed_cells(at: int, row: ObligationRow, console: Console) -> list[str]:
    label = layout.clipped(row.task.document_label, _LABEL)
    where = " · ".join(part for part in (label, wording.place(row.task.path)) if part)
    return [str(at), console.text(f"column_role_{row.role}"), readable(row.task.text), _how(row, console),
            wording.deadline(row.task, console), where]


def _how(row: ObligationRow, console: Console) -> str:
    """By which name and chain a task came to a body, and what decides: "các sở, ngành", "Sở X → Sở Y (2025-03-01)"."""
    steps = [f"→ {wording.body(s.target)} ({wording.day(s.date, console.lang)})" for s in row.chain]
    member = [console.text("as_member", name=row.named)] if row.group else []
    whom = [wording.body(row.body)] if row.chain else []
    decides = [console.text("decides", fields="; ".join(row.decides))] if row.decides else []
    concerned = [console.text("if_concerned")] if row.relevant else []
    return " ".join([*member, *whom, *steps, *decides, *concerned]) or console.text("own")


def _cells(at: int, row: TaskRow, console: Console, *, least_sure: bool) -> list[str]:
    label = layout.clipped(row.document_label, _LABEL)
    where = " · ".join(part for part in (label, wording.place(row.path)) if part)
    sure = [_share(row.least_sure)] if least_sure else []
    return [str(at), *sure, readable(row.text), "; ".join(row.leads), wording.deadline(row, console), where]


def _share(chance: float | None) -> str:
    return "" if chance is None else f"{chance:.0%}"


def _lasting(conditions: dict[str, Any]) -> dict[str, Any]:
    """The conditions that `Register.undated` knows."""
    asking = ("due_before", "state", "today", "several_leads")
    return {name: value for name, value in conditions.items() if name not in asking}
