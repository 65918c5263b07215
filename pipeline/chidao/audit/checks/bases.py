"""Legal bases that were no longer in force on the day of issue, as far as the register tells."""
from __future__ import annotations

import datetime
from collections.abc import Iterator

from chidao.audit.view import AuditFinding, View

# A document mostly takes effect within weeks of its issue; before that its forerunner is still right.
_UNTIL_EFFECT = datetime.timedelta(days=60)
_ENDED = """
SELECT d.id, d.label, d.date FROM citations c JOIN documents d ON d.id = c.document_id
WHERE c.cited_id = :cited AND c.relation IN ('replaces', 'repeals') AND c.provision IS NULL AND c.detail IS NULL
  AND d.date IS NOT NULL AND d.date < :day AND d.id <> :document
UNION
SELECT n.id, n.label, n.date FROM relations r JOIN cited_documents n ON n.id = r.source_id
WHERE r.target_id = :cited AND r.type IN ('replaces', 'repeals') AND n.date IS NOT NULL AND n.date < :day
ORDER BY 3 LIMIT 1
"""


def find_ended_bases(view: View) -> Iterator[AuditFinding]:
    """Bases that another document had replaced or repealed in whole; what the register does not tell is no finding."""
    if not view.document.date:
        return
    day = (datetime.date.fromisoformat(view.document.date) - _UNTIL_EFFECT).isoformat()
    for citation in view.citations:
        if citation.relation not in ("legal_basis", "implements") or not citation.target:
            continue
        row = view.register.connection.execute(
            _ENDED, {"cited": citation.target, "day": day, "document": view.document.id}).fetchone()
        if row:
            yield view.finding("basis_ended", citation.span, {"by": row["label"], "date": row["date"]})
