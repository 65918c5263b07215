"""chidao reads Vietnamese administrative directives into an obligation register.

The public names, each loaded when it is first used. `read` gives the text of a file with its layout, `extract`
what it says; all offsets are code points of that text.

>>> import tempfile
>>> from pathlib import Path
>>> import chidao
>>> folder = tempfile.TemporaryDirectory()
>>> file = Path(folder.name) / "ke-hoach.txt"
>>> _ = file.write_text('''ỦY BAN NHÂN DÂN
... TỈNH LAM SƠN
... Số: 31/KH-UBND
... Lam Sơn, ngày 05 tháng 01 năm 2026
... KẾ HOẠCH
... Thu gom bao bì thuốc bảo vệ thực vật năm 2026
... Thực hiện Nghị quyết số 7/NQ-HĐND ngày 10/12/2025 của Hội đồng nhân dân tỉnh, Ủy ban nhân dân tỉnh yêu cầu:
... I. NHIỆM VỤ
... 1. Sở Tài chính chủ trì, phối hợp với Công an tỉnh bố trí kinh phí thu gom trước ngày 15/3/2026.
... ''', encoding="utf-8")
>>> source = chidao.read(file)
>>> source.format, source.text[:17]
('text', 'ỦY BAN NHÂN DÂN\\nT')

A `Directive` has header, outline, citations and tasks; every fact carries its span.

>>> directive = chidao.extract(source)
>>> isinstance(directive, chidao.Directive), directive.id
(True, 'urn:lex:vn;lam.son:uy.ban.nhan.dan:ke.hoach:2026;31-kh-ubnd')
>>> directive.header.evidence["number"].of(directive.text)
'31/KH-UBND'

A file may hold several documents: `extract_all` gives a directive for each.

>>> chidao.extract_all(source) == (directive,)
True

A `Task` says who must do it, with whom and by when; a `Deadline` what kind of limit it is; a `Citation` which
document is meant and what this one does to it.

>>> task, = directive.tasks
>>> isinstance(task, chidao.Task), [lead.name for lead in task.leads], [c.name for c in task.coordinators]
(True, ['Sở Tài chính'], ['Công an tỉnh'])
>>> deadline, = task.deadlines
>>> isinstance(deadline, chidao.Deadline), deadline.kind, deadline.value, deadline.span.of(directive.text)
(True, 'by', '2026-03-15', 'trước ngày 15/3/2026')
>>> citation, = directive.citations
>>> isinstance(citation, chidao.Citation), citation.type, citation.number, citation.relation
(True, 'Nghị quyết', '7/NQ-HĐND', 'implements')

The finders read any text, without a directive around it.

>>> [c.number for c in chidao.find_citations("theo Công điện số 1102/CD-TTg ngày 21/8/2021")]
['1102/CĐ-TTg']
>>> [d.value for d in chidao.find_deadlines("hoàn thành trong quý II/2026")]
['2026-06-30']
>>> [a.name for a in chidao.find_agencies("Giao Sở Y tế, UBND các xã")]
['Sở Y tế', 'Ủy ban nhân dân các xã']

A `Register` keeps directives in one SQLite file and answers.

>>> with chidao.Register(Path(folder.name) / "chidao.db") as register:
...     outcome = register.add(directive, path=file)
...     [row.text for row in register.tasks(agency="so tai chinh")] == [task.span.of(directive.text)]
True

All errors that a user can meet are `ChidaoError` with a stable code and a sentence in Vietnamese and English.

>>> try:
...     chidao.read(Path(folder.name) / "khong-co.txt")
... except chidao.ChidaoError as error:
...     error.code
'unreadable'
>>> folder.cleanup()
>>> chidao.__version__.count(".")
2
"""
from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chidao.errors import ChidaoError
    from chidao.extraction.agencies import find_agencies
    from chidao.extraction.citations import find_citations
    from chidao.extraction.deadlines import find_deadlines
    from chidao.extraction.pipeline import extract, extract_all
    from chidao.model import Citation, Deadline, Directive, Task
    from chidao.reading import read
    from chidao.storage import Register

    __version__: str

__all__ = [
    "ChidaoError", "Citation", "Deadline", "Directive", "Register", "Task", "__version__", "extract", "extract_all",
    "find_agencies", "find_citations", "find_deadlines", "read",
]
_HOMES = {
    "ChidaoError": "errors", "Citation": "model", "Deadline": "model", "Directive": "model", "Register": "storage",
    "Task": "model", "extract": "extraction.pipeline", "extract_all": "extraction.pipeline",
    "find_agencies": "extraction.agencies",
    "find_citations": "extraction.citations", "find_deadlines": "extraction.deadlines",
    "read": "reading",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("chidao")
    if name not in _HOMES:
        raise AttributeError(f"module 'chidao' has no attribute {name!r}")
    return getattr(import_module(f"chidao.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
