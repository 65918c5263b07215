"""Tasks as the register gives them, made by hand."""
from __future__ import annotations

from collections.abc import Sequence

from chidao.model import Role, Span
from chidao.storage.rows import AgencyRoleRow, DeadlineRow, ProductRow, TaskRow


def body(name: str, role: Role = "lead", *, source: str = "stated", mood: str = "order") -> AgencyRoleRow:
    return AgencyRoleRow(name, role, source, Span(0, 1), "agency", mood)  # type: ignore[arg-type]


def limit(
    text: str, kind: str = "by", value: str = "2026-06-30", due: str | None = None, rrule: str | None = None,
) -> DeadlineRow:
    return DeadlineRow(text, kind, value, due, rrule, False, False, Span(0, 1))  # type: ignore[arg-type]


def make_task(
    text: str, bodies: Sequence[AgencyRoleRow] = (), deadlines: Sequence[DeadlineRow] = (), *,
    kind: str = "task", products: Sequence[str] = (), page: int | None = None, order: int = 1,
    date: str | None = "2026-01-05", path: tuple[str, ...] = ("II", "1"),
    document: str = "urn:lex:vn;lam.son:uy.ban.nhan.dan:ke.hoach:2026;31-kh-ubnd",
) -> TaskRow:
    """A task with these words, bodies and deadlines; `due` as the register reckons it."""
    return TaskRow(
        id=f"{document}#{order}", document=document,
        document_label="Kế hoạch 31/KH-UBND", document_type="Kế hoạch", document_number="31/KH-UBND",
        document_title="Thu gom bao bì thuốc bảo vệ thực vật", document_issuer="Ủy ban nhân dân tỉnh Lam Sơn",
        document_date=date, file="ke-hoach-31.docx", order=order, kind=kind,  # type: ignore[arg-type]
        path=path, span=Span(1204, 1204 + len(text)), text=text, page=page, roles=tuple(bodies),
        deadlines=tuple(deadlines), products=tuple(ProductRow(p, Span(0, 1)) for p in products), quantities=(),
        citations=(), due=min((d.due for d in deadlines if d.due), default=None), state="not_due")
