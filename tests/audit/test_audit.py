"""The checks of the audit, each on the smallest directive that shows it and on one that is in order."""
from __future__ import annotations

from collections.abc import Callable

import pytest
from texts import ASSIGNING, MEASURES, plan

from chidao import knowledge
from chidao.audit.auditing import audit
from chidao.audit.checks.assignments import outside
from chidao.audit.view import AuditFinding
from chidao.audit.wording import advice, sentence, severity
from chidao.storage import Register

ORDER = ("III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Tổ chức tiêm vắc xin cho trẻ em.\n- Báo cáo kết quả hằng quý.\n"
         "2. Sở Tài chính\n- Cấp kinh phí mua bơm kim tiêm.\n")
GOAL = "I. MỤC TIÊU\n1. Thu gom 90% rác thải.\n2. Phân loại 50% rác thải.\n"


def found(register: Register, *codes: str) -> list[AuditFinding]:
    """The findings with one of the codes."""
    return [finding for finding in audit(register) if finding.code in codes]


@pytest.mark.parametrize(("text", "code", "quote"), [
    (plan(GOAL + ORDER, number="      /KH-UBND"), "blank_number", "KH-UBND"),
    (plan(GOAL + "III. NHIỆM VỤ\n1. Thu gom rác thải.\n2. Chôn lấp rác thải.\n" + ORDER), "numbering_repeats",
     "III. TỔ CHỨC THỰC HIỆN"),
    (plan(GOAL + "II. NHIỆM VỤ\n1. Thu gom rác.\n2. Chôn rác.\n5. Đốt rác.\n" + ORDER), "numbering_jumps",
     "5. Đốt rác."),
    (plan("Mục tiêu\n1. Thu gom rác.\n2. Chôn rác.\n3. Đốt rác.\nNhiệm vụ\n1. Mua xe.\n2. Mua thùng.\n" + ORDER),
     "numbering_restarts", "1. Mua xe."),
    (plan(MEASURES.partition("2. Truyền")[0] + ORDER), "section_without_owner", "1. Thu gom rác thải"),
    (plan("Căn cứ Nghị quyết số 11/NQCP ngày 30/01/2022 của Chính phủ;\n" + ORDER), "citation_symbol",
     "Nghị quyết số 11/NQCP ngày 30/01/2022 của Chính phủ"),
    (plan("Thực hiện Công điện số 1102/CD-TTg ngày 23/8/2021 của Thủ tướng Chính phủ;\n" + ORDER), "citation_symbol",
     "Công điện số 1102/CD-TTg ngày 23/8/2021 của Thủ tướng Chính phủ"),
    (plan("Căn cứ Nghị quyết số 66/NĐ-CP ngày 15/11/2025;\n" + ORDER), "citation_type",
     "Nghị quyết số 66/NĐ-CP ngày 15/11/2025"),
    (plan("Căn cứ Nghị định số 131/2025/NĐ-CP ngày 12/6/2025 của Bộ Y tế;\n" + ORDER), "citation_issuer",
     "Nghị định số 131/2025/NĐ-CP ngày 12/6/2025 của Bộ Y tế"),
    (plan("Căn cứ Nghị định số 88/2024/NĐ-CP ngày 15/7/2025 của Chính phủ;\n" + ORDER), "citation_year",
     "Nghị định số 88/2024/NĐ-CP ngày 15/7/2025 của Chính phủ"),
    (plan(MEASURES + ASSIGNING), "request_outside", "Vận động Nhân dân không đốt rác thải."),
    (plan(ORDER + "3. Sở Xây dựng\n- Sửa chữa đường vào bãi rác trước ngày 15/02/2026.\n"), "deadline_before_issue",
     "trước ngày 15/02/2026"),
])
def test_what_shows_a_finding(text: str, code: str, quote: str, holding: Callable[..., Register]) -> None:
    one, = found(holding(text), code)
    assert one.quote == quote
    assert one.span is not None
    assert sentence(one, "vi")
    assert sentence(one, "en")
    assert advice(code, "vi")


@pytest.mark.parametrize(("text", "code"), [
    (plan(GOAL + ORDER), "blank_number"),
    (plan(GOAL + "II. NHIỆM VỤ\n1. Thu gom rác.\n2. Chôn rác.\n" + ORDER), "numbering_repeats"),
    (plan(GOAL + "II. NHIỆM VỤ\n1. Mua: c) xe.\nd) Mua thùng.\ne) Mua bạt.\n" + ORDER), "numbering_jumps"),
    (plan("Căn cứ Nghị quyết số 11/NQ-CP ngày 30/01/2022 của Chính phủ;\n" + ORDER), "citation_symbol"),
    (plan("Căn cứ Nghị định số 88/2024/NĐ-CP ngày 15/7/2024 của Chính phủ;\n" + ORDER), "citation_year"),
    (plan("Căn cứ Thông tư số 10/2024/TT-BTC ngày 05/02/2024 của Bộ trưởng Bộ Tài chính;\n" + ORDER),
     "citation_issuer"),  # its head stands for the ministry
    (plan("Căn cứ Quy định số 09-QĐ/TW ngày 22/9/2017 của Bộ Chính trị;\n" + ORDER), "citation_type"),  # Party practice
    (plan(MEASURES.partition("2. Truyền")[0].replace("- Mua", "- Sở Y tế mua") + ORDER), "section_without_owner"),
    (plan(ORDER + "3. Sở Xây dựng\n- Sửa chữa đường vào bãi rác trước ngày 15/4/2026.\n"), "deadline_before_issue"),
])
def test_what_shows_none(text: str, code: str, holding: Callable[..., Register]) -> None:
    assert found(holding(text), code) == []


TWO = "III. TỔ CHỨC THỰC HIỆN\n1. {lead}\n- {item}\n- Báo cáo kết quả hằng quý.\n2. Sở Tư pháp\n- Soạn thảo quy chế.\n"


@pytest.mark.parametrize(("lead", "item", "leads"), [
    ("Giao Sở Y tế, Sở Xây dựng chủ trì:", "Rà soát các bãi rác tự phát.", "Sở Y tế; Sở Xây dựng"),
    ("Sở Y tế, Sở Xây dựng", "Rà soát các bãi rác tự phát.", None),  # a heading: each does its part
    ("Sở Y tế", "Giao Sở Y tế, Sở Xây dựng chủ trì rà soát các bãi rác tự phát.", "Sở Y tế; Sở Xây dựng"),
    ("Sở Y tế", "Giao Sở Y tế chủ trì, phối hợp với Sở Xây dựng rà soát các bãi rác tự phát.", None),
    # each in its own field, in its own paper, one body in two parts
    ("Sở Y tế", "Giao Sở Y tế, Sở Xây dựng chủ trì kiểm tra các bãi rác theo lĩnh vực phụ trách.", None),
    ("Sở Y tế", "Đài Tiếng nói Việt Nam, Thông tấn xã Việt Nam chủ trì đưa tin về phân loại rác thải.", None),
    ("Sở Y tế", "Ngân hàng Nhà nước Việt Nam - Chi nhánh Khu vực II chủ trì cho vay mua xe chở rác.", None),
])
def test_several_leads(lead: str, item: str, leads: str | None, holding: Callable[..., Register]) -> None:
    findings = found(holding(plan(TWO.format(lead=lead, item=item))), "several_leads")
    assert [finding.said["leads"] for finding in findings] == ([leads] if leads else [])


@pytest.mark.parametrize(("year", "code"), [("2022", "leads_ended_since"), ("2026", "leads_ended_before")])
def test_bodies_that_ended(year: str, code: str, holding: Callable[..., Register]) -> None:
    body = TWO.format(lead="Sở Giao thông vận tải", item="Rà soát các tuyến đường vào bãi rác.")
    one, = found(holding(plan(body, year=year)), "leads_ended_since", "leads_ended_before")
    assert one.code == code
    assert one.said["names"].startswith("Sở Giao thông vận tải tỉnh Sơn La (2025-")
    assert (one.said["count"], one.quote) == ("2", "Sở Giao thông vận tải")


def test_a_province_that_became_a_city_keeps_its_bodies(holding: Callable[..., Register]) -> None:
    body = TWO.format(lead="Sở Y tế", item="Rà soát các bãi rác tự phát.")
    text = plan(body, year="2025", month="9").replace("SƠN LA", "ĐỒNG NAI").replace("Sơn La", "Đồng Nai")
    assert found(holding(text), "leads_ended_since") == []


def test_tasks_left_to_nobody_in_particular(holding: Callable[..., Register]) -> None:
    body = TWO.format(lead="Các cơ quan, đơn vị liên quan", item="Rà soát các bãi rác tự phát.")
    one, = found(holding(plan(body)), "leads_unnamed")
    assert one.said == {"lead": "Các cơ quan, đơn vị liên quan", "count": "2"}


SAME_TASK = "Rà soát, thống kê toàn bộ các bãi rác tự phát dọc sông Nậm La và lập bản đồ các điểm ô nhiễm{when}."


@pytest.mark.parametrize(("here", "there", "code"), [
    (("Sở Y tế", ""), ("Sở Xây dựng", ""), "different_leads"),
    (("Sở Y tế", " trước ngày 30/6/2026"), ("Sở Y tế", " trước ngày 30/9/2026"), "different_deadlines"),
    (("Sở Y tế", " trong quý II năm 2026"), ("Sở Y tế", " trong quý III năm 2026"), "different_deadlines"),
    (("Sở Y tế", " trước ngày 30/6/2026"), ("Sở Y tế", " trước ngày 30/6/2026"), None),
    (("Sở Y tế", " trước ngày 30/6/2026"), ("Sở Y tế", " trước ngày 30/6/2027"), None),  # each year anew
    (("Sở Y tế", " tại 12 xã trước ngày 30/6/2026"), ("Sở Y tế", " tại 15 xã trước ngày 30/9/2026"), None),
    (("Sở Y tế", ""), ("Sở Y tế", ""), None),
])
def test_the_same_task_in_two_directives(
    here: tuple[str, str], there: tuple[str, str], code: str | None, holding: Callable[..., Register],
) -> None:
    texts = [plan(f"III. TỔ CHỨC THỰC HIỆN\n1. {body}\n- {SAME_TASK.format(when=when)}\n2. Sở Tài chính\n- Cấp tiền.\n",
                  number=number) for number, (body, when) in (("31/KH-UBND", here), ("47/KH-UBND", there))]
    conflicts = found(holding(*texts), "different_leads", "different_deadlines")
    assert [finding.code for finding in conflicts] == ([code] if code else [])
    for finding in conflicts:
        said = {finding.said["here"], finding.said["there"]}
        assert said == ({"Sở Y tế", "Sở Xây dựng"} if code == "different_leads" else {"2026-06-30", "2026-09-30"})
        assert "31/KH-UBND" in finding.said["document"]


def test_a_basis_that_had_been_replaced(holding: Callable[..., Register]) -> None:
    new = plan("Điều 1. Kế hoạch này thay thế Kế hoạch số 12/KH-UBND ngày 05/01/2024 của Ủy ban nhân dân tỉnh Sơn La.\n"
               + ORDER, number="47/KH-UBND", year="2025")
    old = "Căn cứ Kế hoạch số 12/KH-UBND ngày 05/01/2024 của Ủy ban nhân dân tỉnh Sơn La;\n"
    late, = found(holding(new, plan(old + ORDER)), "basis_ended")
    assert "47/KH-UBND" in late.said["by"]
    assert severity(late.code) == "error"
    assert found(holding(new, plan(old + ORDER, year="2025", month="4")), "basis_ended") == []  # it may not hold yet
    assert found(holding(plan(old + ORDER)), "basis_ended") == []  # unknown is no finding


@pytest.mark.parametrize(("day", "wrong"), [("05/01/2024", False), ("15/01/2024", True)])
def test_a_day_that_the_held_document_gainsays(day: str, wrong: bool, holding: Callable[..., Register]) -> None:
    held = plan(ORDER, number="12/KH-UBND", day="05", month="01", year="2024")
    cites = plan(f"Căn cứ Kế hoạch số 12/KH-UBND ngày {day} của Ủy ban nhân dân tỉnh Sơn La;\n" + ORDER, year="2024")
    findings = found(holding(held, cites), "citation_date")
    assert [(f.label, f.said["meant"], f.quote[-40:]) for f in findings] == (
        [("Kế hoạch 31/KH-UBND", "2024-01-05", f"{day} của Ủy ban nhân dân tỉnh Sơn La"[-40:])] if wrong else [])


def test_two_files_of_one_document_are_audited_once(holding: Callable[..., Register]) -> None:
    body = GOAL + "III. NHIỆM VỤ\n1. Thu gom rác thải.\n2. Chôn lấp rác thải.\n" + ORDER
    register = holding(plan(body), plan(body + "4. Sở Xây dựng\n- Sửa đường.\n"))
    assert [f.code for f in found(register, "numbering_repeats", "another_file")] == [
        "numbering_repeats", "another_file"]
    one, = found(register, "another_file")
    assert (one.said["first"], one.said["file"]) == ("van-ban-0.txt", "van-ban-1.txt")
    assert "numbering_repeats" in [f.code for f in audit(register, one.document)]  # asked for by itself, it is audited


def test_a_day_that_the_others_gainsay(holding: Callable[..., Register]) -> None:
    base = "Căn cứ Thông tư số 02/2017/TT-VPCP ngày {day}/10/2017 của Văn phòng Chính phủ;\n"
    texts = [plan(base.format(day=day) + ORDER, number=f"{at}/KH-UBND") for at, day in
             enumerate(("31", "31", "31", "30"), start=11)]
    one, = found(holding(*texts), "citation_date_others")
    assert (one.label, one.said["meant"], one.said["by"]) == ("Kế hoạch 14/KH-UBND", "2017-10-31", "3")
    assert "31/10/2017" in sentence(one, "vi")


@pytest.mark.parametrize("row", knowledge.rows("outside_bodies"), ids=lambda row: row["example"])
def test_bodies_outside_the_chain_of_command(row: dict[str, str]) -> None:
    assert outside(row["example"]) == (row["why_vi"], row["why_en"])
    assert outside(row["counter_example"]) is None or outside(row["counter_example"]) != (row["why_vi"], row["why_en"])


def test_every_code_has_its_sentences_and_its_paragraph(corpus: object) -> None:
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs" / "findings.md").read_text("utf-8")
    for row in knowledge.rows("audit_findings"):
        assert row["severity"] in ("error", "warning", "note")
        assert all(row[name] for name in ("vi", "en", "advice_vi", "advice_en"))
        assert f"## {row['code']}\n" in page, row["code"]


@pytest.mark.parametrize(("file", "code", "quote"), [
    ("000_", "numbering_repeats", "III. TỔ CHỨC THỰC HIỆN"),
    ("001_", "citation_symbol", "1102/CD-TTg"),
    ("002_", "blank_number", "KH-UBND"),
    ("002_", "citation_symbol", "03/CD-UBND"),
    ("003_", "numbering_restarts", ""),  # all Roman headings are lost
    ("003_", "several_leads", "Sở Nội vụ"),  # with Thanh tra thành phố
    ("000_", "leads_ended_since", ""),  # Sở Kế hoạch và Đầu tư, Sở Giao thông vận tải …
    ("002_", "leads_ended_since", ""),  # the district level ended
    ("004_", "blank_number", "KH-UBND"),
    ("004_", "blank_date", "KH-UBND"),
    ("004_", "citation_symbol", "11/NQCP"),
])
def test_the_known_traps_of_the_seeds(file: str, code: str, quote: str, seeds: Register) -> None:
    document = next(row for row in seeds.documents() if row.file.startswith(file))
    findings = [f for f in audit(seeds, document.id) if f.code == code]
    assert any(quote in finding.quote for finding in findings)
