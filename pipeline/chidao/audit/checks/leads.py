"""Who leads, as the findings on a directive tell: several, unnamed, ended; one finding a body, not one a task."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from chidao.audit.outline import tables
from chidao.audit.owners import HELPS
from chidao.audit.view import AuditFinding, View
from chidao.linking.agencies import successors
from chidao.linking.findings import find_findings
from chidao.model import Finding, Task

_LEADS = re.compile(r"chủ trì|đầu mối|chịu trách nhiệm chính", re.IGNORECASE)
_UNNAMED = re.compile(r"liên quan", re.IGNORECASE)
_CLOSING = re.compile(r"(?:chịu trách nhiệm|có trách nhiệm|trách nhiệm) thi hành", re.IGNORECASE)
# Each does the like, in its own field, province or paper; or one body has a name in two parts.
_ALIKE = re.compile(r"theo (?:phạm vi|lĩnh vực|chức năng|thẩm quyền|từng)|lĩnh vực (?:được )?(?:phụ trách|phân công)"
                    r"|(?:trong|thuộc) (?:phạm vi|lĩnh vực)", re.IGNORECASE)
_PLURAL = re.compile(r"(?<!\w)các(?!\w)", re.IGNORECASE)
_PRESS = re.compile(r"Đài|Báo|Thông tấn xã|Cổng Thông tin", re.IGNORECASE)
_RANK = re.compile(r"thành(?= phố)|thành(?=\s(?:đoàn|ủy))", re.IGNORECASE)
_DASH = re.compile(r"\s*[-–]\s*")
_MOST = 3  # bodies that lead one task; longer lists name all who carry a document out
_SHOWN = 6  # names that a finding lists


def find_leads(view: View) -> Iterator[AuditFinding]:
    """Leads that had ended or are no more, unnamed ones, and several for one task.

    What most tasks lack (a deadline, a product) is left to `chidao show`.
    """
    if not view.directs:
        return
    directive = view.register.directive(view.document.id)
    closing = {a.span for task in directive.tasks if _binds_nobody(task.span.of(directive.text)) for a in task.leads}
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in find_findings(directive):
        if finding.span not in closing:
            found[finding.code].append(finding)
    yield from _several(view, found["task_several_leads"], directive.tasks)
    yield from _unnamed(view, found["task_lead_unnamed"])
    yield from _ended(view, "lead_ended_before", found["lead_ended_before"])
    yield from _ended(view, "lead_ended_since", found["lead_ended_since"])


def _binds_nobody(words: str) -> bool:
    """Whether a task only says who carries the document out, or who helps."""
    return _CLOSING.search(words) is not None or HELPS.match(words) is not None


def _several(view: View, findings: Sequence[Finding], tasks: Sequence[Task]) -> Iterator[AuditFinding]:
    """One finding for the same bodies, whatever they lead together."""
    several = {task.leads[0].span: task for task in tasks if len(task.leads) > 1}
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if _each_leads(view, several[finding.span]):
            groups[finding.said["leads"]].append(finding)
    for leads, some in groups.items():
        yield view.finding("several_leads", some[0].span, {"leads": leads, "count": str(len(some))})


def _each_leads(view: View, task: Task) -> bool:
    """Whether all are named as who leads, not as a list of those who do the like, each for itself."""
    leads = {a.name for a in task.leads}
    bodies = {a.name for a in task.leads if a.kind == "agency"}
    kinds = {" ".join(name.split()[:3]).casefold() for name in bodies}
    if not 1 < len(bodies) == len(leads) == len(kinds) <= _MOST:
        return False
    first, last = task.leads[0].span, task.leads[-1].span
    line = view.text[first.start:].partition("\n")[0]
    if "\n" in view.text[first.start:last.end] or _ALIKE.search(line):
        return False
    if any(_PLURAL.search(name) for name in bodies) or all(_PRESS.match(name) for name in bodies):
        return False
    if any(_DASH.fullmatch(view.text[a.span.end:b.span.start]) for a, b in pairwise(task.leads)):
        return False
    rows = tables(view.register.connection, view.document.id)
    in_row = any(span.start <= task.span.start < span.end for span in rows)
    # in the item's own words, or in the lead-in that names who leads all below it
    return in_row or _LEADS.search(line[first.end - first.start:]) is not None


def _unnamed(view: View, findings: Sequence[Finding]) -> Iterator[AuditFinding]:
    """All tasks that are left to "các đơn vị liên quan" and the like, as one finding."""
    some = [finding for finding in findings if _UNNAMED.search(finding.said["lead"])]
    if some:
        yield view.finding("leads_unnamed", some[0].span, {"lead": some[0].said["lead"], "count": str(len(some))})


def _ended(view: View, code: str, findings: Sequence[Finding]) -> Iterator[AuditFinding]:
    """All bodies that are no more, as one finding: a reform ends many at once."""
    findings = [finding for finding in findings if not _goes_on(finding.said["agency"])]
    ended = {finding.said["name"]: finding.said["ended"] for finding in reversed(findings)}
    if ended:
        names = [f"{name} ({ended[name]})" for name in sorted(ended)]
        more = f"; … (+{len(names) - _SHOWN})" if len(names) > _SHOWN else ""
        said = {"names": "; ".join(names[:_SHOWN]) + more, "count": str(len(findings)),
                "date": view.document.date or ""}
        yield view.finding(code.replace("lead_", "leads_"), findings[0].span, said)


def _goes_on(body: str) -> bool:
    """Whether a body of the same name took over all of it: a province that grew or became a city keeps it."""
    passed = successors(body)
    if passed is None or passed.outcome != "one":
        return False
    before, after = (_RANK.sub("tỉnh", agency.name).replace("tỉnh phố", "tỉnh").casefold()
                     for agency in (passed.agency, passed.successors[0].agency))
    return before == after
