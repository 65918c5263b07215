"""The findings of the audit as a workbook."""
from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from chidao.audit.view import AuditFinding
from chidao.audit.wording import Lang, advice, sentence, severity
from chidao.export import sheet

_COLUMNS = {
    "vi": (("STT", 5), ("Mức độ", 10), ("Văn bản", 24), ("Vị trí", 12), ("Phát hiện", 44), ("Nguyên văn", 52),
           ("Nên làm", 36), ("Mã", 22)),
    "en": (("No.", 5), ("Severity", 10), ("Document", 24), ("Place", 12), ("Finding", 44), ("Wording", 52),
           ("Advice", 36), ("Code", 22))}
_TITLE = {"vi": "KẾT QUẢ KIỂM TRA VĂN BẢN CHỈ ĐẠO", "en": "AUDIT OF DIRECTIVES"}
_NAME = {"vi": "Phát hiện", "en": "Findings"}
_SEVERITY = {"vi": {"error": "Sai", "warning": "Cần sửa", "note": "Lưu ý"},
             "en": {"error": "error", "warning": "warning", "note": "note"}}


def write(findings: Sequence[AuditFinding], file: IO[bytes], lang: Lang = "vi") -> None:
    """Writes the findings, one a row, each with its place and advice."""
    documents = len({finding.document for finding in findings})
    subtitle = (f"{len(findings)} phát hiện trong {documents} văn bản" if lang == "vi"
                else f"{len(findings)} findings in {documents} documents")
    rows = [
        (at, _SEVERITY[lang][severity(f.code)], f.label, " › ".join(f.path), sentence(f, lang), f.quote,
         advice(f.code, lang), f.code) for at, f in enumerate(findings, start=1)]
    sheet.write(file, _NAME[lang], _TITLE[lang], subtitle, [sheet.Column(*c) for c in _COLUMNS[lang]], rows)
