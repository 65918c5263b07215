"""Tasks and targets from whole small directives: units, kinds, cuts, who inherits what."""

from __future__ import annotations

import pytest

from chidao.extraction.tasks.cuts import cut, inline_members
from chidao.extraction.tasks.finding import find_tasks
from chidao.extraction.tasks.sections import genre, section_kind
from chidao.model import Header, Structure, Task
from chidao.structure.outline import find_outline


def tasks(text: str, **header: object) -> tuple[Task, ...]:
    """The tasks of a text without letterhead, as a plan of 2025 unless `header` says otherwise."""
    fields = {"type": "Kế hoạch", "title": "Phòng, chống thiên tai", "date": "2025-03-01", "year": 2025} | header
    return find_tasks(text, Structure(header=Header(**fields), regions=(), nodes=find_outline(text)))  # type: ignore[arg-type]


def rows(text: str, **header: object) -> list[tuple[str, str, list[str], list[str]]]:
    return [
        (t.kind, t.span.of(text), [a.name for a in t.leads], [a.name for a in t.coordinators])
        for t in tasks(text, **header)
    ]


def test_sections_decide_between_task_and_target() -> None:
    text = (
        "I. MỤC ĐÍCH, YÊU CẦU\n- Tăng cường ý thức phòng ngừa.\nII. NHIỆM VỤ\n- Tăng cường tuần tra đê.\n"
        "III. TÌNH HÌNH\n- Mưa lớn kéo dài ở vùng núi."
    )
    assert [(k, q) for k, q, _, _ in rows(text)] == [
        ("target", "Tăng cường ý thức phòng ngừa."),
        ("task", "Tăng cường tuần tra đê."),
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("MỤC ĐÍCH, YÊU CẦU", "target"),
        ("Yêu cầu lập kế hoạch", "task"),  # the requirements of a procedure are tasks
        ("Mục tiêu, nhiệm vụ", "task"),
        ("Quan điểm chỉ đạo", "target"),
        ("Những tồn tại, hạn chế", "none"),
        ("KINH PHÍ THỰC HIỆN", "money"),
        ("Sở Y tế", None),
    ],
)
def test_section_kind(heading: str, kind: str | None) -> None:
    assert section_kind(heading) == kind


def test_heading_that_names_bodies_gives_them_to_its_items() -> None:
    text = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Xây dựng, Sở Tài chính\n- Rà soát các công trình xung yếu.\n- UBND các xã dọn cống rãnh."
    found = tasks(text)
    assert [[a.name for a in t.leads] for t in found] == [["Sở Xây dựng", "Sở Tài chính"], ["Ủy ban nhân dân các xã"]]
    assert [t.leads[0].source for t in found] == ["inherited", "stated"]
    assert found[0].leads[0].span.of(text) == "Sở Xây dựng"
    assert found[0].path == ("III", "1", "-")


def test_lead_in_gives_lead_and_partners() -> None:
    text = "II. NHIỆM VỤ\n1. Giao Công an tỉnh chủ trì, phối hợp với Sở Nội vụ:\n- Cắm biển cảnh báo.\n- Phối hợp với Sở Y tế trực cấp cứu."
    assert rows(text) == [
        ("task", "Cắm biển cảnh báo.", ["Công an tỉnh"], ["Sở Nội vụ"]),
        ("task", "Phối hợp với Sở Y tế trực cấp cứu.", ["Công an tỉnh"], ["Sở Y tế", "Sở Nội vụ"]),
    ]


def test_order_of_the_opening_reaches_items_that_name_nobody() -> None:
    text = (
        "Chủ tịch UBND tỉnh yêu cầu Giám đốc các sở thực hiện các nội dung sau:\n1. Kiểm kê vật tư dự phòng.\n"
        "2. Sở Tài chính bố trí kinh phí."
    )
    assert [leads for _, _, leads, _ in rows(text, type="Công văn")] == [["Giám đốc các sở"], ["Sở Tài chính"]]


def test_labelled_lines_are_one_unit_with_their_item() -> None:
    text = (
        "II. NỘI DUNG\n1. Tập huấn cho cán bộ xã\n- Cơ quan chủ trì: Sở Nội vụ.\n- Cơ quan phối hợp: Sở Tư pháp, UBND các xã.\n"
        "- Thời gian hoàn thành: trước ngày 30/6/2025.\n- Sản phẩm: Kế hoạch tập huấn."
    )
    (task,) = tasks(text)
    assert task.span.of(text) == "Tập huấn cho cán bộ xã"
    assert [a.name for a in task.leads] == ["Sở Nội vụ"]
    assert [a.name for a in task.coordinators] == ["Sở Tư pháp", "Ủy ban nhân dân các xã"]
    assert [(d.kind, d.value, d.outside) for d in task.deadlines] == [("by", "2025-06-30", True)]
    assert [p.text for p in task.products] == ["Kế hoạch tập huấn"]


def test_table_rows() -> None:
    text = (
        "III. PHÂN CÔNG\nTT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn\n"
        "I | Công tác chuẩn bị\n"
        "1 | Lập danh mục vật tư dự phòng | Sở Y tế | Sở Tài chính | 30/4/2025\n"
        "2 | Diễn tập sơ tán dân vùng trũng | nt | Công an tỉnh; UBND các xã | Quý II/2025"
    )
    assert rows(text) == [
        ("task", "Lập danh mục vật tư dự phòng", ["Sở Y tế"], ["Sở Tài chính"]),
        ("task", "Diễn tập sơ tán dân vùng trũng", ["Sở Y tế"], ["Công an tỉnh", "Ủy ban nhân dân các xã"]),
    ]
    assert [t.deadlines[0].value for t in tasks(text)] == ["2025-04-30", "2025-06-30"]


def test_table_of_data_gives_no_task() -> None:
    assert rows("I. SỐ LIỆU\nTT | Xã | Số hộ | Diện tích\n1 | Nậm Xé | 120 | 35 ha\n2 | Nậm Chày | 98 | 27 ha") == []


@pytest.mark.parametrize(
    "item",
    [
        "Địa điểm: Hội trường trung tâm huyện.",
        "Kinh phí thực hiện từ nguồn ngân sách tỉnh năm 2025.",
        "Quyết định số 12/2019/QĐ-UBND ngày 05/4/2019 của UBND tỉnh.",  # an item of a list of documents
        "Sửa đổi khoản 2 Điều 5 của Quy chế.",
        "Quyết định này có hiệu lực từ ngày ký.",
        "Họ và tên: …………… Chức vụ: ……………",
        "Máy phát điện 5 kVA;",
        "Công ty Cấp nước Hồng Hà: 0243 555 0101",
        "(Chi tiết tại Phụ lục 2 kèm theo)",
    ],
)
def test_items_that_order_nothing(item: str) -> None:
    assert rows(f"II. NỘI DUNG\n- {item}\n- Tổ chức trực ban 24/24 giờ.") == [
        ("task", "Tổ chức trực ban 24/24 giờ.", [], [])
    ]


def test_cut_at_another_lead() -> None:
    text = "Sở Y tế lập danh sách người cần sơ tán; Công an tỉnh bố trí xe đưa đón; báo cáo kết quả trong ngày."
    assert [s.of(text) for s in cut(text)] == [
        "Sở Y tế lập danh sách người cần sơ tán;",
        "Công an tỉnh bố trí xe đưa đón; báo cáo kết quả trong ngày.",
    ]


def test_no_cut_inside_a_list_of_subjects() -> None:
    text = "Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các xã căn cứ nhiệm vụ được giao tổ chức thực hiện."
    assert [s.of(text) for s in cut(text)] == [text]


def test_inline_members_inherit_the_body_before_them() -> None:
    text = "II. NHIỆM VỤ\n1. Giao Sở Công Thương: (1) rà soát các chợ; (2) niêm yết giá hàng thiết yếu."
    assert rows(text) == [
        ("task", "rà soát các chợ;", ["Sở Công Thương"], []),
        ("task", "niêm yết giá hàng thiết yếu.", ["Sở Công Thương"], []),
    ]


def test_inline_numbers_of_things_are_no_members() -> None:
    assert inline_members("Hồ sơ gồm: (1) đơn đề nghị; (2) bản sao giấy phép.") == []


def test_decision_of_rules_assigns_only_in_its_own_articles() -> None:
    text = (
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.\n"
        "Điều 2. Giao Sở Nội vụ theo dõi việc thực hiện.\n"
        "Điều 3. Chánh Văn phòng UBND tỉnh, Giám đốc các sở chịu trách nhiệm thi hành Quyết định này.\n"
        "Điều 4. Hồ sơ được lưu trữ trong thời hạn 10 năm."
    )
    found = rows(text, type="Quyết định", title="Ban hành Quy chế làm việc", number="12/2025/QĐ-UBND")
    assert [leads for _, _, leads, _ in found] == [
        ["Sở Nội vụ"],
        ["Chánh Văn phòng Ủy ban nhân dân tỉnh", "Giám đốc các sở"],
    ]


@pytest.mark.parametrize(
    ("type_", "title", "number", "expected"),
    [
        ("Quyết định", "Công bố danh mục thủ tục hành chính lĩnh vực đất đai", "812/QĐ-UBND", "procedure"),
        ("Quyết định", "Ban hành Kế hoạch xuất khẩu giai đoạn 2026 - 2030", "2954/QĐ-UBND", "directive"),
        ("Quyết định", "Về việc phân cấp quản lý tài sản công", "31/2025/QĐ-UBND", "rules"),
        ("Thông tư", "Quy định về lưu trữ", "05/2025/TT-BNV", "rules"),
    ],
)
def test_genre(type_: str, title: str, number: str, expected: str) -> None:
    assert genre(type_, title, number) == expected


def test_closing_paragraph_orders_whom_it_names() -> None:
    text = (
        "II. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Bố trí cơ số thuốc.\n"
        "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các đơn vị báo cáo về Sở Nông nghiệp và Môi trường để tổng hợp./."
    )
    assert rows(text)[-1][2] == ["các đơn vị"]


def test_a_term_on_its_own_line_belongs_to_the_item_above() -> None:
    text = "Điều 2. Sở Tư pháp chủ trì:\na) Công khai danh mục tại trụ sở.\nb) Thời hạn chậm nhất 05 ngày làm việc kể từ ngày ban hành Quyết định."
    (task,) = tasks(text, type="Quyết định", title="Về việc tổ chức thực hiện")
    assert [(d.kind, d.value) for d in task.deadlines] == [("within", "P5D")]


def test_heading_that_is_a_sentence_gives_its_lead_and_partners() -> None:
    text = (
        "III. GIẢI PHÁP\n2.7. Sở Xây dựng phối hợp với Sở Công Thương trong công tác cấp điện cho trạm bơm.\n"
        "- Rà soát nguồn điện dự phòng.\n(1). Lập danh bạ trực ban."
    )
    assert [(q, leads, partners) for _, q, leads, partners in rows(text)] == [
        ("Rà soát nguồn điện dự phòng.", ["Sở Xây dựng"], ["Sở Công Thương"]),
        ("Lập danh bạ trực ban.", ["Sở Xây dựng"], ["Sở Công Thương"]),
    ]


def test_heading_names_a_described_group_in_whole() -> None:
    text = "IV. TỔ CHỨC THỰC HIỆN\n5. Đơn vị duy tu cống ngầm trên địa bàn tỉnh:\n- Bố trí lực lượng ứng trực."
    assert [leads for _, _, leads, _ in rows(text)] == [["Đơn vị duy tu cống ngầm trên địa bàn tỉnh"]]


def test_inline_member_that_only_leads_in_is_no_unit() -> None:
    text = "Tập trung: (i) hoàn thành các công trình gồm: (1) cải tạo kênh Đông; (2) xây dựng trạm bơm Tây."
    assert [s.of(text) for s in inline_members(text)] == ["cải tạo kênh Đông;", "xây dựng trạm bơm Tây."]


def test_labels_beside_a_list_speak_of_all_its_items() -> None:
    text = (
        "II. BAN HÀNH VĂN BẢN\n1. Nội dung, biện pháp\na) Xây dựng quy chế trực ban.\nb) Ban hành sổ tay cứu hộ.\n"
        "2. Cơ quan chủ trì\n- Bộ Quốc phòng; Bộ Công an.\n- Ban Chỉ đạo các quân khu.\n"
        "3. Thời gian thực hiện: Tháng 11, 12/2025."
    )
    found = tasks(text)
    assert [t.span.of(text) for t in found] == ["Xây dựng quy chế trực ban.", "Ban hành sổ tay cứu hộ."]
    for task in found:
        assert [a.name for a in task.leads] == ["Bộ Quốc phòng", "Bộ Công an", "Ban Chỉ đạo các quân khu"]
        assert [(d.kind, d.value, d.outside) for d in task.deadlines] == [("range", "2025-11-01/2025-12-31", True)]


def test_when_the_plan_runs_is_no_deadline_of_its_targets() -> None:
    text = "I. MỤC TIÊU, YÊU CẦU\n1. Mục tiêu\n- Giảm thiệt hại do lũ.\n2. Thời gian thực hiện: Năm 2025"
    assert [t.deadlines for t in tasks(text)] == [()]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("2. Mục tiêu cụ thể đến năm 2030", [("by", "2030-12-31")]),
        ("2. Giai đoạn 2026 - 2030", [("period", "2026/2030")]),
        ("2. Mục tiêu năm 2026", []),  # the year of the plan itself
        ("2. Mục tiêu của Chương trình đến năm 2030 và các dự án", []),  # it goes on: a name
    ],
)
def test_heading_that_says_by_when(heading: str, expected: list[tuple[str, str]]) -> None:
    found = tasks(f"I. MỤC TIÊU\n{heading}\n- 90% hộ dân có nước sạch.\n- Hoàn thành cải tạo đê trong năm 2025.")
    assert [(d.kind, d.value) for d in found[0].deadlines] == expected
    assert [d.value for d in found[1].deadlines] == ["2025"]  # its own time stands


def test_lead_in_whose_list_of_bodies_runs_over_a_semicolon() -> None:
    text = "2. Bí thư Tỉnh ủy; Chủ tịch UBND các xã tập trung thực hiện các việc sau:\na) Sơ tán dân.\nb) Tuần tra đê."
    assert [[a.name for a in t.leads] for t in tasks(text)] == [["Bí thư Tỉnh ủy", "Chủ tịch Ủy ban nhân dân các xã"]] * 2


def test_unknown_act_among_acts_is_a_task() -> None:
    text = "II. NHIỆM VỤ\n- Rà soát vật tư.\n- Vợt rác trên kênh Đông.\n- Tổ chức trực ban.\n- Kiểm tra cống."
    assert "Vợt rác trên kênh Đông." in [t.span.of(text) for t in tasks(text)]


def test_no_cut_where_something_is_said_of_a_body_or_it_is_encouraged() -> None:
    said = "Đẩy mạnh chuyển đổi số; người dân là trung tâm; khuyến khích các hợp tác xã bán hàng qua mạng."
    assert [s.of(said) for s in cut(said)] == [said]


def test_table_of_targets_with_a_group_between_header_and_rows() -> None:
    text = (
        "PHÂN CÔNG CHỈ TIÊU\nTT\nChỉ tiêu\nChủ trì\nI. Kinh tế số\n1 | Hộ dân có mạng cáp quang đạt 90%. | Sở Công Thương\n"
        "2 | Chợ nhận thanh toán điện tử đạt 75%. | Sở Tài chính"
    )
    assert [(k, leads) for k, _, leads, _ in rows(text)] == [("target", ["Sở Công Thương"]), ("target", ["Sở Tài chính"])]


def test_letter_that_sends_requests_in_a_table() -> None:
    text = (
        "Kiến nghị của địa phương\nTT\nTỉnh kiến nghị\nThông tin đề xuất\nBộ phụ trách tiếp\nnhận, xử lý\n"
        "1 | Cà Mau | Đề nghị hướng dẫn xếp hạng bến thủy. | Bộ Xây dựng\n"
        "2 | Huế | Đề nghị bổ sung biên chế trạm y tế xã. | Bộ Nội vụ; Bộ Y tế"
    )
    found = rows(text, type="Công văn", title=None)
    assert [leads for _, _, leads, _ in found] == [["Bộ Xây dựng"], ["Bộ Nội vụ", "Bộ Y tế"]]


def test_last_article_is_one_task_of_all_whom_it_names() -> None:
    text = (
        "Điều 3. Chánh Văn phòng UBND tỉnh; Giám đốc Trung tâm Bảo tồn đàn voi Đắk Lắk; UBND các xã và các cá nhân "
        "liên quan chịu trách nhiệm thi hành Quyết định này./."
    )
    found = rows(text, type="Quyết định", title="Ban hành Quy chế chăn thả voi")
    assert [leads for _, _, leads, _ in found] == [[
        "Chánh Văn phòng Ủy ban nhân dân tỉnh", "Giám đốc Trung tâm Bảo tồn đàn voi Đắk Lắk", "Ủy ban nhân dân các xã",
        "các cá nhân liên quan",
    ]]


@pytest.mark.parametrize(
    "item",
    [
        "“Sở Y tế khẩn trương rà soát danh mục thuốc và báo cáo Ủy ban nhân dân tỉnh trong tháng này”.",  # only quoted
        "Tại cuộc họp hôm qua, Ban Chỉ đạo đã giao Sở Xây dựng chủ trì rà soát cống ngầm.",  # ordered before
        "Nhu cầu vốn nâng cấp trạm bơm dự kiến khoảng 12 tỷ đồng.",
    ],
)
def test_what_was_said_or_costs_is_no_task(item: str) -> None:
    assert tasks(f"II. NHIỆM VỤ\n- {item}\n- Nạo vét kênh Bắc.")[0].span.start > len(item)


@pytest.mark.parametrize(
    ("heading", "leads"),
    [
        ("8. Doanh nghiệp số", []),  # a field of digital transformation
        ("8. Các doanh nghiệp công nghệ số", ["Các doanh nghiệp công nghệ số"]),
        ("Điều 9. Trách nhiệm của cơ quan, đơn vị có hệ thống thông tin kết nối", ["cơ quan, đơn vị"]),
        (
            "1. Bộ trưởng các Bộ: Y tế, Công Thương; Chủ tịch UBND các tỉnh theo chức năng, nhiệm vụ:",
            ["Bộ trưởng Bộ Y tế", "Bộ trưởng Bộ Công Thương", "Chủ tịch Ủy ban nhân dân các tỉnh"],
        ),
        ("1. Phòng An toàn hồ đập và các đơn vị thuộc Sở:", ["Phòng An toàn hồ đập", "các đơn vị thuộc Sở"]),
    ],
)
def test_headings_that_name_who_acts(heading: str, leads: list[str]) -> None:
    text = f"II. NHIỆM VỤ\n{heading}\na) Kiểm tra hệ thống cảnh báo.\nb) Lắp đặt thước đo mực nước."
    assert [row[2] for row in rows(text)] == [leads, leads]


def test_labels_at_the_end_of_a_section_leave_out_what_stands_under_an_order() -> None:
    text = ("II. NHIỆM VỤ\n1. Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính thực hiện các nhiệm vụ sau:\n"
            "a) Rà soát vỉa hè các phường.\nb) Lập danh mục cây bóng mát.\n2. Vườn ươm\na) Chọn đất vườn ươm.\n"
            "b) Xây dựng nhà kho.\nCơ quan chủ trì: Sở Nông nghiệp và Môi trường.\n"
            "Thời gian hoàn thành: trước ngày 15/3/2022.\n")
    told = [([a.name for a in t.leads], [d.value for d in t.deadlines]) for t in tasks(text)]
    assert told == [(["Sở Xây dựng"], [])] * 2 + [(["Sở Nông nghiệp và Môi trường"], ["2022-03-15"])] * 2
