"""What an officer should know of a directive that was read: where it names a lead and no task got one."""
from __future__ import annotations

from chidao.extraction.tasks.sections import genre
from chidao.grammar.folding import plain
from chidao.model import Directive, Finding, Span

_LEADS = "chủ trì"


def find_findings(directive: Directive) -> tuple[Finding, ...]:
    """The findings on one directive, each with the place that shows it; sentences are in `knowledge/findings.tsv`.

    >>> from chidao.model import Header, SourceText
    >>> text = "Cơ quan chủ trì giải quyết thủ tục: Sở Y tế."
    >>> header = Header(type="Quyết định", title="Công bố thủ tục hành chính lĩnh vực y tế")
    >>> directive = Directive("chidao:0000", SourceText(text, "txt", "0" * 64, "qd.txt"), header)
    >>> [(f.code, f.span.of(text)) for f in find_findings(directive)]
    [('no_lead_procedure', 'chủ trì')]
    """
    if any(task.leads for task in directive.tasks):
        return ()
    at = plain(directive.text).casefold().find(_LEADS)
    if at < 0:
        return ()
    header = directive.header
    why = {"procedure": "procedure", "rules": "rules"}.get(genre(header.type, header.title, header.number), "unread")
    return (Finding(f"no_lead_{why}", Span(at, at + len(_LEADS))),)
