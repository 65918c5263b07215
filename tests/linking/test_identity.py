"""LEX URNs of documents, and which document a mention means."""
from __future__ import annotations

import pytest

from chidao.extraction.citations.finding import find_citations
from chidao.linking.identity import directive_id, link, urn
from chidao.model import Citation, Header

URNS = [  # type, number, issuer, year, urn
    ("Nghị quyết", "38/NQ-CP", "Chính phủ", 2022, "urn:lex:vn:chinh.phu:nghi.quyet:2022;38-nq-cp"),
    ("Kế hoạch", "25/KH-UBND", "Ủy ban nhân dân thành phố Cần Thơ", 2022,
     "urn:lex:vn;can.tho:uy.ban.nhan.dan:ke.hoach:2022;25-kh-ubnd"),
    ("Nghị định", "61/2023/NĐ-CP", None, 2023, "urn:lex:vn:chinh.phu:nghi.dinh:2023;61-2023-nd-cp"),
    # who signs for a body is the body
    ("Quyết định", "812/QĐ-UBND", "Chủ tịch Ủy ban nhân dân tỉnh Lai Châu", 2024,
     "urn:lex:vn;lai.chau:uy.ban.nhan.dan:quyet.dinh:2024;812-qd-ubnd"),
    ("Thông tư", "19/2023/TT-BYT", "Bộ trưởng Bộ Y tế", 2023, "urn:lex:vn:bo.y.te:thong.tu:2023;19-2023-tt-byt"),
    # an organ of a local Party committee, and a local tax office, have the place of their committee or office
    ("Hướng dẫn", "01-HD/BTCTU", "Ban Tổ chức Thành ủy thành phố Cần Thơ", 2025,
     "urn:lex:vn;can.tho:ban.to.chuc.thanh.uy:huong.dan:2025;01-hd-btctu"),
    ("Công văn", "324/QTR-KTr2", "Thuế tỉnh Quảng Trị", 2025, "urn:lex:vn;quang.tri:thue:cong.van:2025;324-qtr-ktr2"),
    # the Prime Minister and the Government number apart
    ("Chỉ thị", "07/CT-TTg", "Thủ tướng Chính phủ", 2024, "urn:lex:vn:thu.tuong.chinh.phu:chi.thi:2024;07-ct-ttg"),
    # a city of a province and the province of that name are two places
    ("Kế hoạch", "73/KH-UBND", "Ủy ban nhân dân thành phố Bắc Giang", 2021,
     "urn:lex:vn;thanh.pho.bac.giang:uy.ban.nhan.dan:ke.hoach:2021;73-kh-ubnd"),
    ("Kế hoạch", "73/KH-UBND", "Ủy ban nhân dân tỉnh Bắc Giang", 2021,
     "urn:lex:vn;bac.giang:uy.ban.nhan.dan:ke.hoach:2021;73-kh-ubnd"),
    # Party: committee and bureau share one series
    ("Nghị quyết", "57-NQ/TW", "Bộ Chính trị", 2024, "urn:lex:vn:trung.uong.dang:nghi.quyet:2024;57-nq-tw"),
    ("Kết luận", "105-KL/TU", "Ban Chấp hành Đảng bộ tỉnh Lai Châu", 2021, "urn:lex:vn;lai.chau:dang.bo:ket.luan:2021;105-kl-tu"),
    ("Luật", "31/2024/QH15", "Quốc hội", 2024, "urn:lex:vn:quoc.hoi:luat:2024;31-2024-qh15"),
    # bodies that issue together; the word before the number does not matter
    ("Thông tư liên tịch", "7/2016/TTLT-BYT-BTC", None, 2016,
     "urn:lex:vn:bo.y.te+bo.tai.chinh:thong.tu.lien.tich:2016;07-2016-ttlt-byt-btc"),
    ("Thông tư", "7/2016/TTLT-BYT-BTC", "Liên Bộ Y tế - Tài chính", 2016,
     "urn:lex:vn:bo.y.te+bo.tai.chinh:thong.tu.lien.tich:2016;07-2016-ttlt-byt-btc"),
    # open: no year, no place, no issuer
    ("Nghị quyết", "38/NQ-CP", "Chính phủ", None, None),
    ("Kế hoạch", "73/KH-UBND", "Ủy ban nhân dân tỉnh", 2021, None),
    ("Kế hoạch", "73/KH-UBND", None, 2021, None),
]
LINKS = [  # text, targets of the mentions in order ("" where open)
    # a short form and a later mention without a date have the year of the full one
    ("Nghị quyết số 128/NQ-CP ngày 11/10/2021; NQ 128; Nghị quyết số 128/NQ-CP",
     ["urn:lex:vn:chinh.phu:nghi.quyet:2021;128-nq-cp"] * 3),
    # a law by its name is the one whose number the text gives
    ("Luật Đất đai số 31/2024/QH15; khoản 1 Điều 5 Luật Đất đai", ["urn:lex:vn:quoc.hoi:luat:2024;31-2024-qh15"] * 2),
    ("Luật NSNN năm 2015; Luật Ngân sách nhà nước", ["urn:lex:vn:quoc.hoi:luat:2015;83-2015-qh13"] * 2),
    # a law by its name and year, by its name and day, and by its number
    ("Luật Đất đai năm 2024; Luật Đất đai ngày 18/01/2024; Luật số 31/2024/QH15",
     ["urn:lex:vn:quoc.hoi:luat:2024;31-2024-qh15"] * 3),
    # a law that no table knows keeps its name
    ("Luật Cá hồ chứa năm 2021", ["urn:lex:vn:quoc.hoi:luat:2021;ca-ho-chua"]),
    # a pointing word means what the full form means
    ("Nghị quyết số 128/NQ-CP ngày 11/10/2021. Nghị quyết này", ["urn:lex:vn:chinh.phu:nghi.quyet:2021;128-nq-cp"] * 2),
    # two years in one text leave the third open
    ("Chỉ thị số 02/CT-TTg ngày 04/7/2018, Chỉ thị số 02/CT-TTg ngày 15/11/2019. Chỉ thị số 02/CT-TTg",
     ["urn:lex:vn:thu.tuong.chinh.phu:chi.thi:2018;02-ct-ttg", "urn:lex:vn:thu.tuong.chinh.phu:chi.thi:2019;02-ct-ttg", ""]),
    # a department is the directive's own
    ("Tờ trình số 88/TTr-SYT ngày 16/6/2023 của Sở Y tế", ["urn:lex:vn;lai.chau:so.y.te:to.trinh:2023;88-ttr-syt"]),
    # no year, no full form
    ("Nghị quyết số 128/NQ-CP", [""]),
    ("tổng kết Nghị quyết 18.", [""]),
]


@pytest.mark.parametrize(("type_", "number", "issuer", "year", "expected"), URNS)
def test_urn(type_: str, number: str, issuer: str | None, year: int | None, expected: str | None) -> None:
    assert urn(type_, number, issuer, year) == expected


@pytest.mark.parametrize(("text", "targets"), LINKS)
def test_link(text: str, targets: list[str]) -> None:
    header = Header(issuer="Ủy ban nhân dân tỉnh Lai Châu")
    assert [c.target or "" for c in link(find_citations(text), header)] == targets


def test_what_is_open_keeps_its_candidates() -> None:
    header = Header(issuer="Ủy ban nhân dân tỉnh Lai Châu")
    text = "Chỉ thị số 02/CT-TTg ngày 04/7/2018, Chỉ thị số 02/CT-TTg ngày 15/11/2019. Chỉ thị số 02/CT-TTg"
    assert link(find_citations(text), header)[2].candidates == (
        "urn:lex:vn:thu.tuong.chinh.phu:chi.thi:2018;02-ct-ttg", "urn:lex:vn:thu.tuong.chinh.phu:chi.thi:2019;02-ct-ttg")
    (own,) = link(find_citations("Quyết định số 812/QĐ-UBND ngày 14/5/2024"), header)
    assert own.target is None
    assert own.candidates == ("urn:lex:vn;lai.chau:uy.ban.nhan.dan:quyet.dinh:2024;812-qd-ubnd",)


def test_a_law_by_its_name_alone_has_those_before_the_directive_as_candidates() -> None:
    (law,) = link(find_citations("theo Luật Đất đai"), Header(date="2023-05-04", year=2023))
    assert law.target is None
    assert law.candidates == ("urn:lex:vn:quoc.hoi:luat:2013;45-2013-qh13", "urn:lex:vn:quoc.hoi:luat:2003;13-2003-qh11")


@pytest.mark.parametrize(("date", "target", "candidates"), [
    ("2025-11-20", None, {"65/2025/QH15", "72/2025/QH15"}),  # two laws of that name in that year
    ("2025-04-01", "urn:lex:vn:quoc.hoi:luat:2025;65-2025-qh15", set()),  # the other had not been passed
])
def test_two_laws_of_one_name_in_one_year(date: str, target: str | None, candidates: set[str]) -> None:
    text = "theo Luật Tổ chức chính quyền địa phương năm 2025"
    law, = link(find_citations(text), Header(type="Kế hoạch", date=date, year=2025))
    assert law.target == target
    assert {number for number in candidates if any(number.split("/")[0] in id.rpartition(";")[2]
                                                   for id in law.candidates)} == candidates


def test_what_is_one_law_and_one_decree_has_one_id() -> None:
    text = ("Luật Ban hành văn bản quy phạm pháp luật của Hội đồng nhân dân và Ủy ban nhân dân năm 2004; Luật Ban hành văn"
            " bản quy phạm pháp luật của Hội đồng nhân dân, Ủy ban nhân dân năm 2004; Nghị định số 272019/NĐ-CP ngày"
            " 13/3/2019; Nghị định số 27/2019/NĐ-CP ngày 13/3/2019")
    assert len({c.target for c in link(find_citations(text), Header(year=2025))}) == 2


def test_linking_changes_nothing_but_target_and_candidates() -> None:
    def bare(c: Citation) -> tuple[object, ...]:
        return c.span, c.type, c.number, c.name, c.date, c.year, c.issuer, c.relation, c.form

    text = "Nghị quyết số 128/NQ-CP ngày 11/10/2021; NQ 128; Luật Đất đai"
    found = find_citations(text)
    assert [bare(c) for c in link(found, Header())] == [bare(c) for c in found]


def test_directive_id() -> None:
    known = Header(type="Kế hoạch", number="73/KH-UBND", issuer="Ủy ban nhân dân tỉnh Lai Châu", year=2023)
    assert directive_id(known, "a" * 64) == "urn:lex:vn;lai.chau:uy.ban.nhan.dan:ke.hoach:2023;73-kh-ubnd"
    # a blank number is never made up: the content names the directive
    blank = Header(type="Kế hoạch", symbol="KH-UBND", issuer="Ủy ban nhân dân tỉnh Lai Châu", year=2023)
    assert directive_id(blank, "a" * 64) != directive_id(blank, "b" * 64)
