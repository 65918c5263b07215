"""Records as words for people: dates, names, deadlines, and as plain JSON for programs."""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from chidao import knowledge
from chidao.cli.console import Console
from chidao.cli.messages import Lang
from chidao.export.words import readable
from chidao.grammar.dates import find_dates
from chidao.model import Agency, Finding, Header, Role, Span
from chidao.storage.rows import DocumentRow, ObligationRow, SearchHit, TaskRow

Json = dict[str, Any]
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ROLES: tuple[tuple[Role, str], ...] = (("lead", "leads"), ("coordinator", "coordinators"),
                                        ("reports_to", "reports_to"), ("monitors", "monitors"))


def day(value: str | None, lang: Lang) -> str:
    """A date as people write it: 30/06/2025 in Vietnamese, 2025-06-30 in English; "" where there is none.

    >>> day("2025-06-30", "vi"), day("2025-06-30", "en"), day(None, "vi")
    ('30/06/2025', '2025-06-30', '')
    """
    if not value or lang == "en":
        return value or ""
    return "/".join(reversed(value.split("-")))


def place(path: tuple[str, ...]) -> str:
    """Where in the outline: III › 1 › a."""
    return " › ".join(path)


def document_name(header: Header | DocumentRow, name: str) -> str:
    """Type and number, or the type with the title, or `name` where the document says neither."""
    if header.number:
        return " ".join(part for part in (header.type, header.number) if part)
    return ": ".join(part for part in (header.type, readable(header.title or "")) if part) or name


def deadline(row: TaskRow, console: Console) -> str:
    """The words of a task's deadlines, the day where the words are not that day, and its state."""
    words = "; ".join(dict.fromkeys(readable(d.text) for d in row.deadlines))
    due = day(row.due, console.lang) if row.due not in {date.value for date in find_dates(words)} else ""
    state = console.text(f"state_{row.state}") if row.state in ("overdue", "due_soon") else ""
    return " · ".join(part for part in (words, due, state) if part)


def plain(record: Any) -> Any:
    """`record` as what JSON can say: records become objects, spans their ``start`` and ``end``.

    >>> from chidao.model import Product
    >>> plain(Product("Báo cáo quý", Span(3, 14)))
    {'text': 'Báo cáo quý', 'start': 3, 'end': 14}
    """
    if is_dataclass(record) and not isinstance(record, type):
        said: Json = {}
        for each in fields(record):
            value = getattr(record, each.name)
            said.update({"start": value.start, "end": value.end} if isinstance(value, Span)
                        else {each.name: plain(value)})
        return said
    if isinstance(record, tuple | list):
        return [plain(each) for each in record]
    return record


def finding(found: Finding, lang: Lang) -> str:
    """What a finding says, as a sentence; dates as people write them.

    >>> finding(Finding("task_no_lead", Span(0, 9)), "en")
    'The task names nobody who leads.'
    """
    row = findings_table()[found.code]
    said = {name: day(value, lang) if _DAY.fullmatch(value) else value for name, value in found.said.items()}
    return row[lang].format(**said)


def findings(found: Iterable[Finding], lang: Lang) -> list[Json]:
    """Findings as what JSON can say: code, severity, place, sentence and advice."""
    table = findings_table()
    return [{"code": f.code, "severity": table[f.code]["severity"], "start": f.span.start, "end": f.span.end,
             "said": f.said, "sentence": finding(f, lang), "advice": table[f.code][f"advice_{lang}"]} for f in found]


@cache
def findings_table() -> dict[str, dict[str, str]]:
    """The rows of the findings by code."""
    return {row["code"]: row for row in knowledge.rows("findings")}


def body(id: str | None) -> str:
    """The name of a body of the registry by its id; the id where the registry has none."""
    from chidao.linking.agencies import agency

    found = agency(id) if id else None
    return found.name if found else id or ""


def successor(later: Agency, before: Agency, lang: Lang) -> str:
    """The name of a successor, with its first day where the one before it had the same name."""
    return f"{later.name} ({day(later.valid_from, lang)} →)" if later.name == before.name else later.name


def obligation_json(row: ObligationRow) -> Json:
    """An obligation as one JSON object: how it came to the body, and the task."""
    said: Json = plain(row)
    return {**said, "certain": row.certain, "task": task_json(row.task)}


def task_json(row: TaskRow) -> Json:
    """A task of the register as one JSON object, its bodies by role as in the extraction contract."""
    said: Json = plain(row)
    del said["roles"]
    for role, name in _ROLES:
        said[name] = [{key: value for key, value in plain(r).items() if key != "role"} for r in row.by_role(role)]
    return said


def hit_json(hit: SearchHit) -> Json:
    """An answer of a search as one JSON object: the task, or the passage, and how it came to its place."""
    row = task_json(hit.task) if hit.task else {**plain(hit.passage), "kind": "passage"}
    return {**row, "unit": hit.unit, "snippet": plain(hit.snippet), "score": hit.score, "complete": hit.complete,
            "legs": dict(hit.legs)}
