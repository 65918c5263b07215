"""Legal bases that were no longer in force on the day of issue, as far as the register tells."""
from __future__ import annotations

import datetime
from collections.abc import Iterator

from chidao.audit.view import AuditFinding, View
from chidao.graph.lineage import label_of
from chidao.graph.validity import Change

# A document mostly takes effect within weeks of its issue; before that its forerunner is still right.
_UNTIL_EFFECT = datetime.timedelta(days=60)
_ENDS = {"replaced": "replaces", "repealed": "repeals", "expired": "expires"}


def find_ended_bases(view: View) -> Iterator[AuditFinding]:
    """Bases that were replaced, repealed or expired in whole; what the register does not tell is no finding."""
    if not view.document.date:
        return
    day = (datetime.date.fromisoformat(view.document.date) - _UNTIL_EFFECT).isoformat()
    told: set[str] = set()
    for citation in view.citations:
        if citation.relation not in ("legal_basis", "implements") or not citation.target or citation.target in told:
            continue
        ended = _ended(view, citation.target, day)
        if ended:
            told.add(citation.target)
            by = label_of(view.register, ended.by)
            yield view.finding("basis_ended", citation.span, {"by": by, "date": ended.since or str(ended.year or "")})


def _ended(view: View, id: str, day: str) -> Change | None:
    """What had ended the document by that day, unless it is this directive that does."""
    known = view.known.validity(id, day)
    change = _ENDS.get(known.state)
    ends = [c for c in known.changes if c.change == change and not c.provision and c.by != view.document.id]
    return ends[0] if ends else None
