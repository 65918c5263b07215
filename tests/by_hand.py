"""Two directives of our own, put together by hand: no reader or finder decides what these tests see."""
from __future__ import annotations

import hashlib

from chidao.model import Assignment, Citation, Deadline, Directive, Header, Node, Signer, SourceText, Span, Task

PLAN = """ỦY BAN NHÂN DÂN
TỈNH LAM SƠN
Số: 31/KH-UBND
Lam Sơn, ngày 05 tháng 01 năm 2026
KẾ HOẠCH
Thu gom bao bì thuốc bảo vệ thực vật năm 2026
Thực hiện Nghị quyết số 7/NQ-HĐND ngày 10/12/2025 của Hội đồng nhân dân tỉnh.
I. NHIỆM VỤ
1. Lập danh mục điểm tập kết bao bì trên địa bàn.
2. Giao Sở Tài chính bố trí kinh phí thu gom trước ngày 15/3/2026.
II. TỔ CHỨC THỰC HIỆN
1. Sở Nông nghiệp và Môi trường
- Phối hợp với Công an tỉnh kiểm tra việc thu gom hằng quý.
- =HYPERLINK("x") báo cáo kết quả trước ngày 30/11/2026.
"""
CHILD = """Công văn số 88/STC-NS ngày 20/01/2026
Thực hiện Kế hoạch số 31/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh.
Các xã, phường gửi dự toán thu gom về Sở Tài chính trước ngày 10/02/2026.
"""
PLAN_ID = "urn:lex:vn;lam.son:uy.ban.nhan.dan:ke.hoach:2026;31-kh-ubnd"
CHILD_ID = "urn:lex:vn;lam.son:so.tai.chinh:cong.van:2026;88-stc-ns"


def span(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


def source(text: str, name: str) -> SourceText:
    return SourceText(text, "text", hashlib.sha256(text.encode()).hexdigest(), name, len(text.encode()))


def node(text: str, level: str, marker: str, words: str, path: tuple[str, ...], end: str, parent: int | None) -> Node:
    start = text.index(f"{marker} {words}")
    own = span(text, words)
    return Node(level, path[-1], Span(start, text.index(end) + len(end)), own, path, parent)


def plan() -> Directive:
    text = PLAN
    order, check = "Giao Sở Tài chính bố trí kinh phí thu gom trước ngày 15/3/2026.", \
        "Phối hợp với Công an tỉnh kiểm tra việc thu gom hằng quý."
    lists, report = "Lập danh mục điểm tập kết bao bì trên địa bàn.", \
        '=HYPERLINK("x") báo cáo kết quả trước ngày 30/11/2026.'
    owner = Assignment("Sở Nông nghiệp và Môi trường", "lead", "inherited", span(text, "Sở Nông nghiệp và Môi trường"))
    return Directive(
        id=PLAN_ID, source=source(text, "ke-hoach-31.txt"),
        header=Header(
            type="Kế hoạch", number="31/KH-UBND", symbol="KH-UBND", issuer="Ủy ban nhân dân tỉnh Lam Sơn",
            place="Lam Sơn", date="2026-01-05", year=2026, title="Thu gom bao bì thuốc bảo vệ thực vật năm 2026",
            signer=Signer("Trần Văn Khoát", "Chủ tịch", "Ủy ban nhân dân"), horizon="2026",
            evidence={"number": span(text, "31/KH-UBND")}),
        nodes=(
            node(text, "roman", "I.", "NHIỆM VỤ", ("I",), order, None),
            node(text, "arabic", "1.", lists, ("I", "1"), lists, 0),
            node(text, "arabic", "2.", order, ("I", "2"), order, 0),
            node(text, "roman", "II.", "TỔ CHỨC THỰC HIỆN", ("II",), report, None),
            node(text, "arabic", "1.", "Sở Nông nghiệp và Môi trường", ("II", "1"), report, 3),
            node(text, "dash", "-", check, ("II", "1", "-"), check, 4),
            node(text, "dash", "-", report, ("II", "1", "-"), report, 4)),
        citations=(Citation(
            span(text, "Nghị quyết số 7/NQ-HĐND ngày 10/12/2025 của Hội đồng nhân dân tỉnh"), "Nghị quyết",
            "7/NQ-HĐND", date="2025-12-10", year=2025, issuer="Hội đồng nhân dân tỉnh Lam Sơn",
            relation="implements", target="urn:lex:vn;lam.son:hoi.dong.nhan.dan:nghi.quyet:2025;7-nq-hdnd"),),
        tasks=(
            Task(span(text, lists), "task", ("I", "1")),
            Task(span(text, order), "task", ("I", "2"),
                 (Assignment("Sở Tài chính", "lead", "stated", span(text, "Sở Tài chính")),),
                 (Deadline(span(text, "trước ngày 15/3/2026"), "by", "2026-03-15"),)),
            Task(span(text, check), "task", ("II", "1", "-"),
                 (owner, Assignment("Công an tỉnh", "coordinator", "stated", span(text, "Công an tỉnh"))),
                 (Deadline(span(text, "hằng quý"), "recurring", "quarterly", rrule="FREQ=MONTHLY;INTERVAL=3"),)),
            Task(span(text, report), "task", ("II", "1", "-"), (owner,),
                 (Deadline(span(text, "trước ngày 30/11/2026"), "by", "2026-11-30"),))))


def child() -> Directive:
    text = CHILD
    return Directive(
        id=CHILD_ID, source=source(text, "cong-van-88.txt"),
        header=Header(type="Công văn", number="88/STC-NS", symbol="STC-NS", issuer="Sở Tài chính tỉnh Lam Sơn",
                      date="2026-01-20", year=2026),
        citations=(Citation(span(text, "Kế hoạch số 31/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh"), "Kế hoạch",
                            "31/KH-UBND", date="2026-01-05", year=2026, issuer="Ủy ban nhân dân tỉnh Lam Sơn",
                            relation="implements", target=PLAN_ID),),
        tasks=(Task(span(text, text.splitlines()[2]), "task", (),
                    (Assignment("các xã, phường", "lead", "stated", span(text, "Các xã, phường"), kind="group"),),
                    (Deadline(span(text, "trước ngày 10/02/2026"), "by", "2026-02-10"),)),))
