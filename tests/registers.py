"""Directives made by hand for tests of the register: built from words of their text, so that spans are right."""
from __future__ import annotations

import hashlib
from collections.abc import Sequence

from chidao.model import (
    Assignment,
    Citation,
    Deadline,
    Directive,
    Header,
    Node,
    Product,
    Quantity,
    Region,
    SourceText,
    Span,
    Task,
)

RESOLUTION = "urn:lex:vn:chinh.phu:nghi.quyet:2024;12-nq-cp"
PLAN = "urn:lex:vn;song.lam:uy.ban.nhan.dan:ke.hoach:2024;07-kh-ubnd"
DISPATCH = "urn:lex:vn;song.lam:so.y.te:cong.van:2024;315-syt-nvy"
LAW = "urn:lex:vn:quoc.hoi:luat:2007;03-2007-qh12"

PLAN_TEXT = """ỦY BAN NHÂN DÂN TỈNH SÔNG LAM
Số: 07/KH-UBND
KẾ HOẠCH
Tiêm vắc xin phòng bệnh sởi năm 2024
Căn cứ Luật Phòng, chống bệnh truyền nhiễm năm 2007; thực hiện Nghị quyết số 12/NQ-CP ngày 05/02/2024 của Chính phủ:
I. MỤC TIÊU
- Ít nhất 95% trẻ từ 1 đến 10 tuổi được tiêm vắc xin sởi trước ngày 30/6/2024.
II. TỔ CHỨC THỰC HIỆN
1. Sở Y tế
- Chủ trì, phối hợp với Sở Giáo dục và Đào tạo tổ chức tiêm vắc xin, báo cáo kết quả trước ngày 15/7/2024.
- Thường xuyên giám sát dịch tễ theo Nghị quyết số 12/NQ-CP.
2. Sở Tài chính
- Bố trí kinh phí mua vật tư. Sản phẩm: Tờ trình.
Uỷ ban nhân dân các huyện đề xuất nhu cầu ngay khi có thông báo.
Đề nghị các đoàn thể tuyên truyền, vận động hội viên.
"""
RESOLUTION_TEXT = """CHÍNH PHỦ
Số: 12/NQ-CP
NGHỊ QUYẾT
Về bảo đảm vắc xin cho trẻ em
Căn cứ Luật Phòng, chống bệnh truyền nhiễm năm 2007;
1. Bộ Y tế cung ứng đủ vắc xin cho các tỉnh trong năm 2024.
"""
DISPATCH_TEXT = """SỞ Y TẾ TỈNH SÔNG LAM
Số: 315/SYT-NVY
V/v rà soát trẻ chưa tiêm
Thực hiện Kế hoạch số 07/KH-UBND ngày 20/02/2024, Sở Y tế yêu cầu trạm y tế các xã lập danh sách trẻ.
"""


def find(text: str, words: str, nth: int = 1) -> Span:
    """The span of the nth place of `words`."""
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def source(text: str, *, name: str = "a.txt", format: str = "text") -> SourceText:
    """A source as a reader gives it; its hash depends on format and text."""
    digest = hashlib.sha256(f"{format}\n{text}".encode()).hexdigest()
    return SourceText(text, format, digest, name, size=len(text.encode()))


def task(
    text: str, words: str, *, kind: str = "task", path: Sequence[str] = (), leads: Sequence[str] = (),
    coordinators: Sequence[str] = (), deadlines: Sequence[tuple[str, str, str]] = (), products: Sequence[str] = (),
    quantities: Sequence[tuple[str, str, str]] = (), citations: Sequence[int] = (),
) -> Task:
    """A task; deadlines are (words, kind, value), quantities (words, value, unit)."""
    roles = [*((name, "lead") for name in leads), *((name, "coordinator") for name in coordinators)]
    return Task(
        find(text, words), kind, tuple(path),  # type: ignore[arg-type]
        tuple(Assignment(name, role, "inherited", find(text, name)) for name, role in roles),  # type: ignore[arg-type]
        tuple(Deadline(find(text, w), k, v) for w, k, v in deadlines),  # type: ignore[arg-type]
        tuple(Product(p, find(text, p)) for p in products),
        tuple(Quantity(find(text, w), v, unit) for w, v, unit in quantities),
        tuple(citations))


def plan() -> Directive:
    """A provincial plan: a target, tasks with and without lead, all kinds of deadline."""
    t = PLAN_TEXT
    law = find(t, "Luật Phòng, chống bệnh truyền nhiễm năm 2007")
    section = Span(find(t, "II. TỔ CHỨC").start, len(t))
    health = Span(find(t, "1. Sở Y tế").start, find(t, "2. Sở Tài chính").start)
    return Directive(
        PLAN, source(t, name="ke_hoach_07.txt"),
        Header(
            type="Kế hoạch", number="07/KH-UBND", symbol="KH-UBND", issuer="Ủy ban nhân dân tỉnh Sông Lam",
            place="Sông Lam", date="2024-02-20", year=2024, title="Tiêm vắc xin phòng bệnh sởi năm 2024",
            evidence={"number": find(t, "07/KH-UBND")}),
        regions=(Region(Span(0, find(t, "Căn cứ").start), "header"),),
        nodes=(
            Node("roman", "II", section, find(t, "TỔ CHỨC THỰC HIỆN"), ("II",)),
            Node("number", "1", health, find(t, "Sở Y tế"), ("II", "1"), parent=0)),
        citations=(
            Citation(law, "Luật", name="Luật Phòng, chống bệnh truyền nhiễm", year=2007, relation="legal_basis",
                     target=LAW),
            Citation(find(t, "Nghị quyết số 12/NQ-CP ngày 05/02/2024 của Chính phủ"), "Nghị quyết", "12/NQ-CP",
                     date="2024-02-05", year=2024, issuer="Chính phủ", relation="implements", target=RESOLUTION),
            Citation(find(t, "Nghị quyết số 12/NQ-CP", 2), "Nghị quyết", "12/NQ-CP", candidates=(RESOLUTION,),
                     form="short")),
        tasks=(
            task(t, "Ít nhất 95% trẻ từ 1 đến 10 tuổi được tiêm vắc xin sởi trước ngày 30/6/2024.", kind="target",
                 path=["I"], deadlines=[("trước ngày 30/6/2024", "by", "2024-06-30")],
                 quantities=[("Ít nhất 95%", "95", "%")]),
            task(t, "Chủ trì, phối hợp với Sở Giáo dục và Đào tạo tổ chức tiêm vắc xin, "
                 "báo cáo kết quả trước ngày 15/7/2024.",
                 path=["II", "1"], leads=["Sở Y tế"], coordinators=["Sở Giáo dục và Đào tạo"],
                 deadlines=[("trước ngày 15/7/2024", "by", "2024-07-15")]),
            task(t, "Thường xuyên giám sát dịch tễ theo Nghị quyết số 12/NQ-CP.", path=["II", "1"], leads=["Sở Y tế"],
                 deadlines=[("Thường xuyên", "recurring", "regular")], citations=[2]),
            task(t, "Bố trí kinh phí mua vật tư. Sản phẩm: Tờ trình.", path=["II", "2"], leads=["Sở Tài chính"],
                 products=["Tờ trình"]),
            task(t, "Uỷ ban nhân dân các huyện đề xuất nhu cầu ngay khi có thông báo.",
                 leads=["Uỷ ban nhân dân các huyện"], deadlines=[("ngay khi có thông báo", "event", "event")]),
            task(t, "Đề nghị các đoàn thể tuyên truyền, vận động hội viên."),
        ))


def resolution() -> Directive:
    """What the plan carries out."""
    t = RESOLUTION_TEXT
    return Directive(
        RESOLUTION, source(t, name="nghi_quyet_12.txt"),
        Header(type="Nghị quyết", number="12/NQ-CP", symbol="NQ-CP", issuer="Chính phủ", date="2024-02-05", year=2024,
               title="Về bảo đảm vắc xin cho trẻ em"),
        citations=(
            Citation(find(t, "Luật Phòng, chống bệnh truyền nhiễm năm 2007"), "Luật",
                     name="Luật Phòng, chống bệnh truyền nhiễm", year=2007, relation="legal_basis", target=LAW),),
        tasks=(
            task(t, "Bộ Y tế cung ứng đủ vắc xin cho các tỉnh trong năm 2024.", path=["1"], leads=["Bộ Y tế"],
                 deadlines=[("trong năm 2024", "period", "2024")]),))


def dispatch() -> Directive:
    """What carries the plan out."""
    t = DISPATCH_TEXT
    return Directive(
        DISPATCH, source(t, name="cv315.txt"),
        Header(type="Công văn", number="315/SYT-NVY", symbol="SYT-NVY", issuer="Sở Y tế tỉnh Sông Lam", year=2024,
               title="Rà soát trẻ chưa tiêm"),
        citations=(
            Citation(find(t, "Kế hoạch số 07/KH-UBND ngày 20/02/2024"), "Kế hoạch", "07/KH-UBND", date="2024-02-20",
                     year=2024, relation="implements", target=PLAN),),
        tasks=(task(t, "trạm y tế các xã lập danh sách trẻ.", leads=["trạm y tế các xã"]),))


def many_lines(count: int) -> Directive:
    """A plan of that many tasks, no two the same."""
    bodies = ("Sở Y tế", "Sở Tài chính", "Công an tỉnh", "Ủy ban nhân dân các xã", "Trung tâm Kiểm soát bệnh tật")
    acts = ("tổ chức tiêm vắc xin cho", "lập danh sách", "bố trí kinh phí hỗ trợ", "tuyên truyền, vận động",
            "kiểm tra sức khỏe")
    people = ("trẻ em dưới 5 tuổi", "người cao tuổi", "công nhân khu công nghiệp", "học sinh các trường", "hộ nghèo")
    lines = [f"- {bodies[n % 5]} {acts[n // 5 % 5]} {people[n // 25 % 5]} đợt {n + 1}." for n in range(count)]
    text = "\n".join(lines)
    return Directive("urn:many", source(text), Header(type="Kế hoạch", number="30/KH-UBND", title="Các đợt tiêm"),
                     tasks=tuple(task(text, line[2:]) for line in lines))
