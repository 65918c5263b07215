"""A plan of tỉnh Bắc Giang of 2022, made by hand: bodies and groups that are no more, each with its meaning."""
from __future__ import annotations

from registers import find, source

from chidao.model import Assignment, Directive, Header, Meaning, Task

ID = "urn:lex:vn;bac.giang:uy.ban.nhan.dan:ke.hoach:2022;20-kh-ubnd"
TEXT = """ỦY BAN NHÂN DÂN TỈNH BẮC GIANG
Kế hoạch phòng, chống dịch năm 2022
1. Sở Y tế tổ chức tiêm chủng, phối hợp với Phòng Y tế thành phố Bắc Giang.
2. Sở Lao động - Thương binh và Xã hội chăm sóc trẻ em mồ côi.
3. Cục Thuế tỉnh gia hạn nộp thuế.
4. Các sở, ban, ngành báo cáo hằng tháng.
5. Các sở liên quan đến vận tải rà soát phương án.
6. Ban Chỉ đạo phòng, chống dịch COVID-19 kiểm tra đột xuất.
"""
TASKS = [  # words of the task, actors: (name, role, meaning)
    ("tổ chức tiêm chủng", [("Sở Y tế", "lead", Meaning("body", "so.y.te@bac.giang", 0.95)),
                            ("Phòng Y tế thành phố Bắc Giang", "coordinator",
                             Meaning("body", "phong.y.te@bac.giang/thanh.pho.bac.giang", 0.98))]),
    ("chăm sóc trẻ em mồ côi", [("Sở Lao động - Thương binh và Xã hội", "lead",
                                 Meaning("body", "so.lao.dong.thuong.binh.va.xa.hoi@bac.giang", 0.95))]),
    ("gia hạn nộp thuế", [("Cục Thuế tỉnh", "lead", Meaning("body", "cuc.thue@bac.giang", 0.95))]),
    ("báo cáo hằng tháng", [("Các sở, ban, ngành", "lead", Meaning("group", "so+ban.nganh@bac.giang", 0.95))]),
    ("rà soát phương án", [("Các sở liên quan", "lead", Meaning("group", "so@bac.giang", 0.95, relevant=True))]),
    ("kiểm tra đột xuất", [("Ban Chỉ đạo phòng, chống dịch COVID-19", "lead",
                            Meaning("body", "ban.chi.dao.phong.chong.dich.covid.19@bac.giang", 0.95))]),
]


def directive() -> Directive:
    tasks = tuple(
        Task(find(TEXT, words), "task", (str(at),), tuple(
            Assignment(name, role, "stated", find(TEXT, name), meaning=meaning)  # type: ignore[arg-type]
            for name, role, meaning in actors))
        for at, (words, actors) in enumerate(TASKS, 1))
    header = Header("Kế hoạch", "20/KH-UBND", "KH-UBND", "Ủy ban nhân dân tỉnh Bắc Giang", date="2022-04-01", year=2022)
    return Directive(ID, source(TEXT), header, tasks=tasks)
