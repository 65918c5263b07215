"""What the head of a directive leaves blank."""
from __future__ import annotations

from collections.abc import Iterator

from chidao.audit.view import AuditFinding, View


def find_blanks(view: View) -> Iterator[AuditFinding]:
    """A symbol without a number: a draft, or a scan whose stamp was not read."""
    document = view.document
    if document.symbol and not document.number:
        yield view.finding("blank_number", view.symbol_span, {"symbol": document.symbol})
        if not document.date:
            yield view.finding("blank_date", view.symbol_span)
