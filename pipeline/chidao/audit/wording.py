"""The sentences of findings; they are in `knowledge/audit_findings.tsv`."""
from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from chidao import knowledge
from chidao.audit.view import AuditFinding

Lang = Literal["vi", "en"]
_DAY = re.compile(r"(?<![\w/-])((?:19|20)\d\d)-(\d\d)-(\d\d)(?![\w/-])")
SEVERITIES = ("error", "warning", "note")


def severity(code: str) -> str:
    """How grave a finding is: error, warning or note.

    >>> severity("blank_number")
    'note'
    """
    return _rows()[code]["severity"]


def sentence(finding: AuditFinding, lang: Lang) -> str:
    """What was found, in one sentence; in Vietnamese days stand as 30/06/2025."""
    words = _rows()[finding.code][lang].format(**finding.said)
    words = _DAY.sub(r"\3/\2/\1", words) if lang == "vi" else words
    return " ".join(words.split()).replace(" .", ".")


def advice(code: str, lang: Lang) -> str:
    """What to do about it."""
    return _rows()[code][f"advice_{lang}"]


@lru_cache(maxsize=1)
def _rows() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in knowledge.rows("audit_findings")}
