"""What a directive does to the documents it mentions, and what it says of two others."""
from __future__ import annotations

import re

import pytest

from chidao import knowledge
from chidao.extraction.citations.finding import find_citations, relate
from chidao.extraction.citations.opening import opening_of
from chidao.grammar.folding import plain
from chidao.model import Citation, Header, Node, Region, Relation, Span, Structure


def _structure(text: str, *, title: str | None = None, type_: str = "Kế hoạch", number: str | None = None,
               issuer: str | None = None) -> Structure:
    """A structure with that title, and an outline item wherever "I. " or "Điều 1. " begins a line."""
    evidence = {"title": Span(text.index(title), text.index(title) + len(title))} if title else {}
    nodes = tuple(Node("điều" if m[1] else "la mã", "1", Span(m.start(), len(text)), Span(m.end(), len(text)), ("1",))
                  for m in re.finditer(r"(?m)^(?:(Điều) \d|I)\. ", text))
    return Structure(Header(type=type_, number=number, issuer=issuer, evidence=evidence), (), nodes)


def _related(text: str, **kwargs: object) -> list[Citation]:
    return list(relate(find_citations(text), text, _structure(text, **kwargs))[0])  # type: ignore[arg-type]


def _between(text: str) -> list[tuple[str, str, str]]:
    found: tuple[Relation, ...] = relate(find_citations(text), text, _structure(text))[1]
    return [(r.source, r.type, r.target) for r in found]


OPENINGS = [  # text of a directive without its title, relations of the mentions in order
    # every member of a list of bases, in lines of its own or parted by semicolons
    ("Căn cứ Luật Thủy lợi ngày 19/6/2017; Luật Giá ngày 19/6/2023;\nCăn cứ Nghị định số 61/2023/NĐ-CP ngày 16/8/2023;",
     ["legal_basis", "legal_basis", "legal_basis"]),
    ("Căn cứ Nghị định số 61/2023/NĐ-CP của Chính phủ;\nNghị định số 87/2025/NĐ-CP của Chính phủ;", ["legal_basis",
     "legal_basis"]),
    # what stands in the title of a basis is only mentioned
    ("Căn cứ Nghị định số 61/2023/NĐ-CP quy định chi tiết một số điều của Luật Thủy lợi; Thông tư số "
     "19/2023/TT-BYT về nước sạch;",
     ["legal_basis", "mentions", "legal_basis"]),
    ("Căn cứ Luật Giá số 16/2023/QH15 được sửa đổi, bổ sung bởi Luật số 44/2024/QH15, Luật số 61/2024/QH15;",
     ["legal_basis", "mentions", "mentions"]),
    # a decree after a law in that title is a basis again
    ("Căn cứ Nghị định số 61/2023/NĐ-CP hướng dẫn thi hành Luật Thủy lợi và Nghị định số 87/2025/NĐ-CP về đê;",
     ["legal_basis", "mentions", "legal_basis"]),
    # a provision, and a line broken inside
    ("Căn cứ khoản 2 Điều 5 Nghị định số\n61/2023/NĐ-CP của Chính\nphủ về đê;", ["legal_basis"]),
    # no basis: the situation, the functions
    ("Căn cứ tình hình thực hiện Nghị quyết số 45/NQ-CP, Sở Y tế báo cáo.", ["mentions"]),
    ("Căn cứ chức năng, nhiệm vụ theo Quyết định số 812/QĐ-UBND, Sở Y tế báo cáo.", ["mentions"]),
    # carried out: also where the sentence does not begin the paragraph, and through a letter
    ("Năm 2024 nhiều hồ cạn nước. Thực hiện Chỉ thị số 07/CT-TTg ngày 01/3/2024 về chống hạn và Công điện số "
     "19/CĐ-TTg, Sở yêu cầu.",
     ["implements", "implements"]),
    ("Thực hiện ý kiến chỉ đạo của Chủ tịch UBND tỉnh tại Công văn số 3310/UBND-KTTH ngày 28/6/2023, Sở yêu cầu.",
     ["implements"]),
    ("Căn cứ Luật Thủy lợi năm 2017. Ủy ban nhân dân tỉnh ban hành Kế hoạch triển khai thực hiện Nghị quyết số "
     "45/NQ-CP như sau:",
     ["legal_basis", "implements"]),
    # the plan of another document
    ("Thực hiện Quyết định số 812/QĐ-TTg ngày 14/5/2024 ban hành Kế hoạch triển khai thi hành Luật Thủy lợi, Sở "
     "yêu cầu.",
     ["implements", "mentions"]),
    # a report on the past
    ("Thời gian qua, các địa phương đã thực hiện nghiêm Công điện số 19/CĐ-TTg.", ["mentions"]),
    # who proposes
    ("Theo đề nghị của Giám đốc Sở Y tế tại Tờ trình số 88/TTr-SYT ngày 16/6/2023.", ["mentions"]),
    # a clause of circumstance before it; the same with another subject is the story
    ("Trước diễn biến trên, căn cứ Luật Thủy lợi năm 2017, Chủ tịch UBND tỉnh yêu cầu:", ["legal_basis"]),
    ("Để chủ động chống hạn, thực hiện Công điện số 19/CĐ-TTg ngày 18/6/2023, Sở yêu cầu:", ["implements"]),
    ("Trước diễn biến trên, các xã đã căn cứ Luật Thủy lợi năm 2017 xử lý 12 vụ.", ["mentions"]),
    # a type that the members share stands before them
    ("Căn cứ Quyết định số 812/QĐ-TTg về đê; các Thông tư: số 19/2023/TT-BYT, số 01/2023/TT-BYT của Bộ Y tế, Sở yêu cầu:",
     ["legal_basis", "legal_basis", "legal_basis"]),
    ("Căn cứ Luật Thủy lợi; các Nghị định của Chính phủ: số 61/2023/NĐ-CP về đê; số 87/2025/NĐ-CP về kè;",
     ["legal_basis", "legal_basis", "legal_basis"]),
    # a member is governed by the last word that governs, not by the paragraph's first
    ("Căn cứ Luật Thủy lợi; Xét Tờ trình số 44/TTr-UBND về đê; Báo cáo thẩm tra số 15/BC-BPC của Ban Pháp chế;",
     ["legal_basis", "mentions", "mentions"]),
    # after the opening it is only mentioned
    ("Căn cứ Luật Thủy lợi năm 2017;\nI. MỤC ĐÍCH\nThực hiện Nghị quyết số 45/NQ-CP của Chính phủ.", ["legal_basis",
     "mentions"]),
    ("Sở yêu cầu như sau:\nThực hiện Nghị quyết số 45/NQ-CP của Chính phủ.", ["mentions"]),
]
TITLES = [
    ("Triển khai thực hiện Nghị quyết số 45/NQ-CP ngày 02/4/2024 của Chính phủ", "implements"),
    ("BAN HÀNH KẾ HOẠCH TRIỂN KHAI THI HÀNH LUẬT THỦY LỢI TRÊN ĐỊA BÀN TỈNH", "implements"),
    ("xây dựng dự toán thực hiện Pháp lệnh Ưu đãi người có công với cách mạng năm 2024", "mentions"),
    ("Sửa đổi, bổ sung một số điều của Quy chế ban hành kèm theo Quyết định số 812/QĐ-UBND", "amends"),
    ("Bãi bỏ Quyết định số 15/2019/QĐ-UBND ngày 02/8/2019", "repeals"),
    ("Công bố thủ tục bị bãi bỏ theo Quyết định số 812/QĐ-UBND", "mentions"),
]
OWN_ACTS = [
    ("Điều 2. Quyết định này có hiệu lực từ ngày ký và thay thế các Quyết định sau:\na) Quyết định số "
     "12/2019/QĐ-UBND về đê;\n"
     "b) Quyết định số 13/2019/QĐ-UBND về kè.", ["replaces", "replaces"]),
    ("Điều 2. Hiệu lực\n1. Quyết định này có hiệu lực từ ngày ký.\n2. Bãi bỏ Điều 3 Quyết định số 12/2019/QĐ-UBND.",
     ["repeals"]),
    ("Điều 1. Thay thế cụm từ “huyện” bằng “xã” tại Quyết định số 12/2019/QĐ-UBND.", ["amends"]),
    ("Điều 2. Quyết định số 12/2019/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.", ["repeals"]),
    # the title of the document that is repealed
    ("Điều 1. Bãi bỏ Quyết định số 14/2019/QĐ-UBND của UBND tỉnh sửa đổi, bổ sung Quyết định số 12/2019/QĐ-UBND.",
     ["repeals", "mentions"]),
    # everything that expires, in a list
    ("Điều 2. Các Quyết định sau hết hiệu lực kể từ ngày Quyết định này có hiệu lực:\na) Quyết định số 12/2019/QĐ-UBND "
     "về đê;\nb) Quyết định số 13/2019/QĐ-UBND về kè.", ["repeals", "repeals"]),
    # a paragraph after the article still belongs to it
    ("Điều 2. Quyết định này có hiệu lực từ ngày ký.\n\nBãi bỏ Quyết định số 27/2019/QĐ-UBND về đê.\n\nĐiều 3. Thi hành.",
     ["repeals"]),
    # lettered items; provisions parted by semicolons; numbers of provisions with a dot
    ("Điều 2. Hiệu lực\na) Bãi bỏ toàn bộ Quyết định số 12/2019/QĐ-UBND.\n\nb) Bãi bỏ khoản 1 Điều 2; các khoản 3, 4 Điều 5; "
     "Phụ lục I của Quyết định số 13/2019/QĐ-UBND.", ["repeals", "repeals"]),
    ("Điều 2. Bãi bỏ điểm 5 tiểu mục 2.5 mục 2 Phụ lục kèm theo Quyết định số 13/2019/QĐ-UBND.", ["repeals"]),
    # a second object, a second act
    ("Điều 2. Bãi bỏ Quyết định số 12/2019/QĐ-UBND và nội dung về kè tại Quyết định số 13/2019/QĐ-UBND.",
     ["repeals", "repeals"]),
    ("Điều 2. Bãi bỏ Quyết định số 12/2019/QĐ-UBND về đê và bãi bỏ một phần Quyết định số 13/2019/QĐ-UBND.",
     ["repeals", "repeals"]),
    ("Điều 2. Bãi bỏ Quyết định số 12/2019/QĐ-UBND ban hành Quy chế thủy lợi và Quyết định số 13/2019/QĐ-UBND về kè.",
     ["repeals", "repeals"]),
    ("Điều 2. Bãi bỏ Quyết định số 12/2019/QĐ-UBND sửa đổi Quy chế thủy lợi và Quyết định số 13/2019/QĐ-UBND.",
     ["repeals", "mentions"]),
    # the clause in which it is issued
    ("Theo đề nghị của Sở Tư pháp;\nỦy ban nhân dân tỉnh ban hành Quyết định bãi bỏ\nQuyết định số 12/2019/QĐ-UBND.",
     ["repeals"]),
    # somebody else is to act, whoever is named first
    ("Điều 1. Sở Xây dựng chủ trì, phối hợp với Sở Tư pháp rà soát, báo cáo cấp có thẩm quyền bãi bỏ Quyết định số "
     "12/2019/QĐ-UBND.", ["mentions"]),
    ("Điều 1. Căn cứ Quyết định này, Sở Xây dựng trình bãi bỏ Quyết định số 12/2019/QĐ-UBND.", ["mentions"]),
    ("Điều 1. Quyết định này giao Sở Xây dựng đề xuất thay thế Quyết định số 12/2019/QĐ-UBND.", ["mentions"]),
    # the name of a procedure, money by a rule
    ("Điều 2. Bãi bỏ thủ tục “Đăng ký nuôi thủy sản theo Thông tư số 19/2023/TT-BYT” của Sở Y tế.", ["mentions"]),
    ("Điều 1. Bổ sung 12 tỷ đồng cho Sở Y tế theo quy định tại Nghị quyết số 18/2021/NQ-HĐND.", ["mentions"]),
    # a task to propose
    ("Điều 1. Sở Tư pháp đề xuất sửa đổi, bổ sung Quyết định số 12/2019/QĐ-UBND.", ["mentions"]),
    # listed under a lead-in, each item a sentence
    ("Điều 1. Bãi bỏ các văn bản về đê điều, cụ thể như sau:\n\n1. Quyết định số 812/QĐ-UBND ngày 14/5/2014 về đê.\n\n"
     "2. Quyết định số 15/2019/QĐ-UBND ngày 02/8/2019 sửa đổi Quyết định số 10/2016/QĐ-UBND ngày 01/3/2016.\n\n"
     "3. Quyết định số 900/QĐ-UBND ngày 01/7/2024.\n\nĐiều 2. Giao Sở Y tế.\n1. Quyết định số 77/QĐ-UBND nêu rõ.",
     ["repeals", "repeals", "mentions", "repeals", "mentions"]),
    ("Điều 4. Hiệu lực\n\n2. Bãi bỏ:\n\na) Khoản 2, khoản 3 Điều 2 Quyết định số 812/QĐ-TTg ngày 07/7/2020 về mật.\n\n"
     "b) Khoản 1 Điều 1 Quyết định số 900/QĐ-TTg ngày 24/9/2020 về mật.\n\n3. Quyết định số 77/QĐ-TTg còn hiệu lực.",
     ["repeals", "repeals", "mentions"]),
    ("Điều 1. Bãi bỏ các Quyết định sau:\n- Quyết định số 812/QĐ-UBND ngày 14/5/2014;\n"
     "- Quyết định số 900/QĐ-UBND ngày 01/7/2024.", ["repeals", "repeals"]),
    # … that does nothing to them, or that others are to do
    ("Điều 1. Áp dụng các văn bản sau:\n\n1. Quyết định số 812/QĐ-UBND ngày 14/5/2014.", ["mentions"]),
    ("Điều 1. Sở Y tế trình bãi bỏ các văn bản sau:\n\n1. Quyết định số 812/QĐ-UBND ngày 14/5/2014.", ["mentions"]),
    # a title with a semicolon before "hết hiệu lực"
    ("Điều 4. Hiệu lực\n2. Quyết định số 812/QĐ-UBND ngày 14/5/2014 về mức chi; định mức và tỷ lệ hao mòn hết hiệu lực thi "
     "hành kể từ ngày Quyết định này có hiệu lực.", ["repeals"]),
    # … but not where a procedure expires that several decisions named
    ("Điều 4. Hiệu lực\nThủ tục công bố tại các Quyết định số 812/QĐ-UBND ngày 14/5/2014;\nQuyết định số 900/QĐ-UBND ngày "
     "01/7/2014; Quyết định số 77/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
     ["mentions", "mentions", "repeals"]),
    # words in a document, however long the list of them
    ("Điều 1. Sửa đổi\n1. Thay thế cụm từ “cấp huyện” thành “cấp xã”; cụm từ “Phòng Tư pháp” thành “Phòng Văn hóa”; "
     + "cụm từ “xã, thị trấn” thành “xã, đặc khu” tại mục 2; " * 12
     + "tại Phụ lục II ban hành kèm theo Thông tư số 19/2023/TT-BYT.", ["amends"]),
]
BETWEEN = [
    ("Nghị định số 87/2025/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 61/2023/NĐ-CP và Nghị định số "
     "70/2024/NĐ-CP",
     [("Nghị định 87/2025/NĐ-CP", "amends", "Nghị định 61/2023/NĐ-CP"),
      ("Nghị định 87/2025/NĐ-CP", "amends", "Nghị định 70/2024/NĐ-CP")]),
    # passive voice turns it round; what is amended is the decree, not the law in its title
    ("Nghị định số 61/2023/NĐ-CP quy định chi tiết một số điều của Luật Thủy lợi được sửa đổi, bổ sung bởi Nghị "
     "định số 87/2025/NĐ-CP",
     [("Nghị định 61/2023/NĐ-CP", "guides", "Luật Thủy lợi"), ("Nghị định 87/2025/NĐ-CP", "amends", "Nghị định "
      "61/2023/NĐ-CP")]),
    ("Luật Sửa đổi, bổ sung một số điều của Luật Giá và Luật Quản lý thuế ngày 22/11/2023",
     [("Luật Sửa đổi, bổ sung một số điều của Luật Giá và Luật Quản lý thuế", "amends", "Luật Giá"),
      ("Luật Sửa đổi, bổ sung một số điều của Luật Giá và Luật Quản lý thuế", "amends", "Luật Quản lý thuế")]),
    ("theo Chương trình phát triển đô thị ban hành kèm theo Quyết định số 812/QĐ-UBND",
     [("Chương trình phát triển đô thị", "issued_with", "Quyết định 812/QĐ-UBND")]),
    # who amends what is attached to a decision amends the decision
    ("Quyết định 900/QĐ-UBND năm 2024 sửa đổi Quy định đỗ xe kèm theo Quyết định 812/QĐ-UBND",
     [("Quyết định 900/QĐ-UBND", "amends", "Quyết định 812/QĐ-UBND"),
      ("Quy định đỗ xe", "issued_with", "Quyết định 812/QĐ-UBND")]),
    # one document named in two ways is one
    ("Nghị định số 61/2023/NĐ-CP quy định chi tiết Luật NSNN. Nghị định số 61/2023/NĐ-CP quy định chi tiết Luật "
     "Ngân sách nhà nước",
     [("Nghị định 61/2023/NĐ-CP", "guides", "Luật NSNN")]),
    # passive voice in other words
    ("Quyết định số 55/QĐ-BYT ngày 04/5/2021 (được điều chỉnh bổ sung bởi Quyết định số 91/QĐ-BYT)",
     [("Quyết định 91/QĐ-BYT", "amends", "Quyết định 55/QĐ-BYT")]),
    ("Nghị định số 61/2023/NĐ-CP về nước sạch (sửa đổi, bổ sung tại khoản 2 Điều 1 Nghị định số 87/2025/NĐ-CP)",
     [("Nghị định 87/2025/NĐ-CP", "amends", "Nghị định 61/2023/NĐ-CP")]),
    # a law that amends another, by name and number
    ("Căn cứ Luật Giá số 16/2023/QH15, Luật sửa đổi, bổ sung một số điều của Luật Giá số 44/2025/QH15;",
     [("Luật 44/2025/QH15", "amends", "Luật 16/2023/QH15")]),
    ("Luật sửa đổi, bổ sung một số điều của Luật Giá số 44/2025/QH15", [("Luật 44/2025/QH15", "amends", "Luật Giá")]),
    ("Luật Giá số 16/2023/QH15; Luật sửa đổi, bổ sung một số điều của Luật Giá số 16/2023/QH15",
     [("Luật sửa đổi, bổ sung một số điều của Luật Giá", "amends", "Luật 16/2023/QH15")]),
    # a title goes on over a semicolon; a member of a list does not
    ("Nghị định số 61/2023/NĐ-CP quy định về thủy lợi; quy định chi tiết và hướng dẫn thi hành một số điều của Luật Giá",
     [("Nghị định 61/2023/NĐ-CP", "guides", "Luật Giá")]),
    ("Nghị định số 61/2023/NĐ-CP quy định chi tiết một số điều và biện pháp để tổ chức, hướng dẫn thi hành Luật Giá",
     [("Nghị định 61/2023/NĐ-CP", "guides", "Luật Giá")]),
    ("Nghị định số 61/2023/NĐ-CP; Hướng dẫn thi hành Luật Giá", []),
    # what a circular amends does not reach a law beside it
    ("Thông tư số 29/2024/TT-BYT sửa đổi Thông tư số 13/2020/TT-BYT và Luật Trẻ em",
     [("Thông tư 29/2024/TT-BYT", "amends", "Thông tư 13/2020/TT-BYT")]),
    # a joint circular has two issuers before its title
    ("Thông tư liên tịch số 01/2012/TTLT-BQP-BTC ngày 05/01/2012 của Bộ Quốc phòng, Bộ Tài chính hướng dẫn thực hiện Quyết "
     "định số 62/2011/QĐ-TTg",
     [("Thông tư liên tịch 01/2012/TTLT-BQP-BTC", "guides", "Quyết định 62/2011/QĐ-TTg")]),
    # two sentences, another subject, a proposal, a form
    ("Thông tư số 19/2023/TT-BYT. Sửa đổi Thông tư số 01/2023/TT-BYT", []),
    ("Căn cứ Luật Thủy lợi, Ủy ban nhân dân tỉnh hướng dẫn thi hành Nghị định số 61/2023/NĐ-CP", []),
    ("Tờ trình số 44/TTr-UBND đề nghị ban hành Nghị quyết thay thế Nghị quyết số 18/2021/NQ-HĐND", []),
    ("Mẫu số 02 Phụ lục ban hành kèm theo Nghị định số 61/2023/NĐ-CP", []),
]


@pytest.mark.parametrize(("text", "relations"), OPENINGS)
def test_opening(text: str, relations: list[str]) -> None:
    assert [c.relation for c in _related(text)] == relations


@pytest.mark.parametrize(("title", "relation"), TITLES)
def test_title(title: str, relation: str) -> None:
    text = f"QUYẾT ĐỊNH\n{title}\n\nĐiều 1. Ban hành."
    assert _related(text, title=title, type_="Quyết định")[0].relation == relation


@pytest.mark.parametrize(("text", "relations"), OWN_ACTS)
def test_what_the_directive_does_itself(text: str, relations: list[str]) -> None:
    assert [c.relation for c in _related(text, type_="Quyết định")] == relations


@pytest.mark.parametrize(("text", "expected"), BETWEEN)
def test_between_others(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert _between(text) == expected


def _label(row: dict[str, str]) -> str:
    return f"{row['place']} {row['trigger']}"


@pytest.mark.parametrize("row", knowledge.rows("relation_triggers"), ids=_label)
def test_examples_of_triggers(row: dict[str, str]) -> None:
    if row["place"] == "between":
        assert [r[1] for r in _between(row["example"])] == [row["relation"]]
        assert not [r for r in _between(row["counter_example"]) if r[1] == row["relation"]]
        return
    type_ = "Quyết định" if row["place"] == "self" else "Công văn"
    first = _related(row["example"], type_=type_)[0]
    assert (first.relation, first.detail or "") == (row["relation"], row["detail"])
    for other in _related(row["counter_example"], type_=type_):
        assert other.detail is None
        assert row["relation"] == "mentions" or other.relation != row["relation"]


def test_a_conclusion_replaces_by_its_own_words() -> None:
    text = "I. KẾT QUẢ\nKết luận này thay thế Kết luận số 88-KL/TU ngày 03/7/2018 của Ban Thường vụ Tỉnh ủy./."
    assert [c.relation for c in _related(text, type_="Kết luận")] == ["replaces"]


def test_a_document_does_not_cite_itself() -> None:
    text = "Số: 73/KH-UBND\nKế hoạch thủy lợi\n(Kèm theo Kế hoạch số 73/KH-UBND ngày 10/6/2023)\nChỉ thị số 07/CT-TTg"
    assert [c.number for c in _related(text, number="73/KH-UBND")] == ["07/CT-TTg"]


def test_an_earlier_year_with_the_same_number_is_another_document() -> None:
    text = "Kế hoạch số 73/KH-UBND ngày 10/6/2022"
    header = Header(type="Kế hoạch", number="73/KH-UBND", date="2023-06-12")
    assert len(relate(find_citations(text), text, Structure(header, (), ()))[0]) == 1


ISSUERS = [  # issuer of the directive, words of the mention, issuer of the mention
    ("Ủy ban nhân dân thành phố Cần Thơ", "của UBND thành phố", "Ủy ban nhân dân thành phố Cần Thơ"),
    ("Ủy ban nhân dân tỉnh Lai Châu", "của Chủ tịch Uỷ ban nhân dân Tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh Lai Châu"),
    # a city with the name of its province
    ("Ủy ban nhân dân thành phố Bắc Giang", "của UBND tỉnh", "Ủy ban nhân dân tỉnh Bắc Giang"),
    # a district's plan does not tell the province
    ("Ủy ban nhân dân huyện Hạ Long", "của UBND tỉnh", "Ủy ban nhân dân tỉnh"),
    ("Bộ Y tế", "của Bộ", "Bộ Y tế"),
    (None, "của UBND tỉnh", "Ủy ban nhân dân tỉnh"),
    (None, "của Bộ Lao động- Thương binh và Xã hội", "Bộ Lao động - Thương binh và Xã hội"),
    (None, "của Bộ VH,TT&DL", "Bộ VH,TT&DL"),
    (None, "của Thuế tỉnh Nghệ An", "Thuế tỉnh Nghệ An"),
    (None, "của Ban Tuyên giáo và Dân vận Trung ương", "Ban Tuyên giáo và Dân vận Trung ương"),
    # in capitals
    (None, "CỦA BỘ TRƯỞNG BỘ GIÁO DỤC VÀ ĐÀO TẠO", "Bộ trưởng Bộ Giáo dục và Đào tạo"),
    (None, "CỦA HỘI ĐỒNG NHÂN DÂN TỈNH THỪA THIÊN HUẾ", "Hội đồng nhân dân tỉnh Thừa Thiên Huế"),
    (None, "CỦA BỘ CHÍNH TRỊ", "Bộ Chính trị"),
    # the abbreviation introduced in brackets
    ("Ủy ban nhân dân thành phố Cần Thơ", "của Hội đồng nhân dân (HĐND) thành phố",
     "Hội đồng nhân dân thành phố Cần Thơ"),
]


@pytest.mark.parametrize(("own", "words", "issuer"), ISSUERS)
def test_bare_place_is_the_directives_own(own: str | None, words: str, issuer: str) -> None:
    assert _related(f"Kế hoạch số 73/KH-UBND ngày 10/6/2023 {words} về thủy lợi", issuer=own)[0].issuer == issuer


@pytest.mark.parametrize(("own", "issuer"), [
    ("Ủy ban nhân dân thành phố Cần Thơ", "Ban Tổ chức Thành ủy"), ("Ủy ban nhân dân tỉnh Lai Châu", "Ban Tổ chức Tỉnh ủy"),
    ("Ủy ban nhân dân thành phố Bắc Giang", "Ban Tổ chức Tỉnh ủy"), (None, "Ban Tổ chức Tỉnh ủy"),
])
def test_party_committee_of_a_city(own: str | None, issuer: str) -> None:
    assert _related("theo Hướng dẫn số 01-HD/BTCTU", issuer=own)[0].issuer == issuer


def test_title_taken_from_the_opening_leaves_it_whole() -> None:
    text = "Thực hiện Nghị quyết số 45/NQ-CP, UBND tỉnh ban hành Kế hoạch thủy lợi năm 2024 như sau:"
    structure = _structure(text, title="Kế hoạch thủy lợi năm 2024")
    structure = Structure(structure.header, (Region(Span(0, 0), "header"),), ())
    assert [c.relation for c in relate(find_citations(text), text, structure)[0]] == ["implements"]


@pytest.mark.parametrize(("before", "heading", "relation"), [
    ("Điều 1. Đối tượng", "I. CĂN CỨ PHÁP LÝ", "legal_basis"),
    ("Điều 1. Công bố", "I. Căn cứ pháp lý của thủ tục hành chính:", "mentions"),
    ("Điều 1. Tên mẫu đơn, mẫu tờ khai: Không", "I. Căn cứ pháp lý:", "mentions"),
])
def test_sections_of_bases(before: str, heading: str, relation: str) -> None:
    text = f"{before}\n\n{heading}\n\n- Luật Thủy lợi ngày 19/6/2017."
    end = text.index("-")
    nodes = tuple(Node("la mã", "I", Span(at, len(text)), Span(at + 3, end), ("I",)) for at in [text.index("I. ")])
    found = relate(find_citations(text), text, Structure(Header(type="Kế hoạch"), (), nodes))[0]
    assert [c.relation for c in found] == [relation]


def test_bases_of_a_consolidated_text_stand_after_what_it_consolidates() -> None:
    text = ("Quyết định số 25/2016/QĐ-TTg ngày 27/6/2016, được sửa đổi, bổ sung bởi:\n\n1. Quyết định số 29/2019/QĐ-TTg "
            "ngày 03/10/2019.\n\nCăn cứ Luật Thủy lợi ngày 19/6/2017;\n\nĐiều 1. Mức chi. Căn cứ Luật Giá ngày 19/6/2023.")
    assert [c.relation for c in _related(text, type_="Văn bản hợp nhất")] == [
        "mentions", "mentions", "legal_basis", "mentions"]


def test_opening_ends_at_the_closing() -> None:
    text = "Căn cứ Luật Thủy lợi;\nNơi nhận:"
    structure = Structure(Header(), (Region(Span(22, len(text)), "closing"),), ())
    assert opening_of(plain(text), structure) == Span(0, 22)


def test_plan_that_a_decision_issues_says_what_it_carries_out() -> None:
    text = (
        "Điều 1. Ban hành Kế hoạch.\nKẾ HOẠCH\nTRIỂN KHAI NGHỊ QUYẾT SỐ 12/NQ-HĐND NGÀY 05/3/2026\n"
        "(Kèm theo Quyết định số 40/QĐ-UBND)\nThực hiện Chỉ thị số 07/CT-TTg, Ủy ban nhân dân tỉnh ban hành Kế hoạch:\n"
        "I. NHIỆM VỤ\nThực hiện Thông tư số 03/2026/TT-BYT về nước sạch."
    )
    plan = text.index("KẾ HOẠCH")
    nodes = tuple(Node("la mã", "I", Span(at, len(text)), Span(at + 3, len(text)), ("I",)) for at in [text.index("I. NHI")])
    structure = Structure(Header(type="Quyết định"), (Region(Span(plan, len(text)), "annex"),), nodes)
    found = relate(find_citations(text), text, structure)[0]
    assert [c.relation for c in found] == ["implements", "mentions", "implements", "mentions"]


def test_one_number_of_one_day_is_one_bodys() -> None:
    text = ("a) Quyết định số 36/2019/QĐ-UBND ngày 19/06/2019 của UBND tỉnh Kon Tum; b) sửa đổi Quyết định số "
            "36/2019/QĐ-UBND ngày 19 tháng 06 năm 2019 của Ủy ban nhân dân tỉnh; c) Quyết định số 37/2019/QĐ-UBND ngày "
            "20/06/2019 của Ủy ban nhân dân tỉnh.")
    header = Header(type="Quyết định", issuer="Ủy ban nhân dân tỉnh Quảng Ngãi", date="2025-11-21", year=2025)
    found, _ = relate(find_citations(text), text, Structure(header, (), ()))
    assert [c.issuer for c in found] == [
        "Ủy ban nhân dân tỉnh Kon Tum", "Ủy ban nhân dân tỉnh Kon Tum", "Ủy ban nhân dân tỉnh Quảng Ngãi"]
