"""What is known of a document: best values, disagreements, who says so; a file that arrives takes the node over."""
from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from registers import source

from chidao.extraction.citations import find_citations, relate
from chidao.graph import all_known, claimants, known_of
from chidao.linking.identity import directive_id, link
from chidao.model import Directive, Header, Structure
from chidao.storage import Register

DECREE = "urn:lex:vn:chinh.phu:nghi.dinh:2023;61-2023-nd-cp"


def directive(number: str, text: str, *, type_: str = "Kế hoạch", issuer: str = "Ủy ban nhân dân tỉnh Lai Châu",
              date: str = "2024-06-10", title: str | None = None) -> Directive:
    """A directive with that number and the citations of its text."""
    header = Header(type=type_, number=number, issuer=issuer, date=date, year=int(date[:4]), title=title)
    found, relations = relate(find_citations(text), text, Structure(header, (), ()))
    return Directive(directive_id(header, number.encode().hex().ljust(64, "0")),
                     source(text, name=f"{number.replace('/', '-')}.txt"), header, citations=link(found, header),
                     relations=relations)


CITING = (
    directive("1/KH-UBND", "Căn cứ Nghị định số 61/2023/NĐ-CP ngày 16/8/2023 của Chính phủ về hương ước, quy ước;"),
    directive("2/KH-UBND", "Căn cứ Nghị định số 61/2023/NĐ-CP ngày 16 tháng 8 năm 2023 của Chính phủ về hương ước, quy "
              "ước của cộng đồng dân cư;\ntheo Nghị định 61/2023/NĐ-CP."),
    directive("3/KH-UBND", "Căn cứ Nghị định số 61/2023/NĐ-CP ngày 18/6/2023 của Chính phủ về hương ước, quy ước;"),
    # a wrong year in the day: the number's own year tells which document it is
    directive("4/KH-UBND", "Căn cứ Nghị định số 61/2023/NĐ-CP ngày 16/8/2024 của Chính phủ về hương ước, quy ước;"),
)


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as register:
        for each in CITING:
            register.add(each)
        yield register


def test_the_best_is_what_most_say(register: Register) -> None:
    known = known_of(register, DECREE)
    assert (known.type, known.number, known.date, known.title, known.issuer) == (
        "Nghị định", "61/2023/NĐ-CP", "2023-08-16", "hương ước, quy ước", "Chính phủ")
    assert known in list(all_known(register))


def test_disagreements_are_kept_with_who_says_so(register: Register) -> None:
    known = known_of(register, DECREE)
    assert [(c.value, c.documents, c.mentions) for c in known.disputed("date")] == [
        ("2023-08-16", 2, 2), ("2023-06-18", 1, 1), ("2024-08-16", 1, 1)]
    assert known.disputed("number") == () == known.disputed("issuer")
    assert claimants(register, DECREE, known.disputed("date")[1]) == [CITING[2].id]


def test_a_file_that_arrives_takes_the_node_over(register: Register) -> None:
    assert [m.id for m in register.missing_documents()] == [DECREE]
    held = directive("61/2023/NĐ-CP", "Điều 1. Phạm vi.", type_="Nghị định", issuer="Chính phủ", date="2023-08-16",
                     title="Về xây dựng, thực hiện hương ước, quy ước của cộng đồng dân cư")
    assert held.id == DECREE
    register.add(held)
    assert register.missing_documents() == []
    assert all(c.held for each in CITING for c in register.citations(each.id))
    known = known_of(register, DECREE)
    assert known.title == held.header.title
    assert known.claims[0].own
    register.remove(DECREE)
    assert [(m.id, m.cited_by) for m in register.missing_documents()] == [(DECREE, 4)]


def test_the_order_of_arrival_does_not_matter() -> None:
    found = []
    for order in itertools.permutations(CITING):
        with Register(":memory:") as register:
            for each in order:
                register.add(each)
            found.append([tuple(row) for row in register.connection.execute("SELECT * FROM cited_documents")])
    assert all(each == found[0] for each in found)
    assert found[0][0][6] == "2023-08-16"


def test_nothing_is_known_of_what_nobody_cites(register: Register) -> None:
    known = known_of(register, "urn:nothing")
    assert (known.type, known.title, known.claims) == (None, None, ())


SAME = [  # two spellings of one document
    ("Nghị quyết số 18/2008/NQ-QH12 ngày 14/11/2008", "Nghị quyết số 18/2008/QH12 ngày 14/11/2008"),
    ("Nghị quyết số 18/2008/QH12 của Quốc hội", "NQ 18/2008 của Quốc hội"),
    ("Công điện số 7/CĐ-TTg ngày 01/3/2024", "Công điện số 07/CĐ-TTg ngày 01/3/2024 của Thủ tướng Chính phủ"),
    ("Luật Ngân sách nhà nước số 83/2015/QH13", "Luật NSNN năm 2015"),
    ("Luật số 72/2025/QH15", "Luật Tổ chức chính quyền địa phương số 72/2025/QH"),
    ("Bộ luật Lao động số 45/2019/QH14", "Luật số 45/2019/QH14"),
    ("Kết luận số 63-KL/TW ngày 27/5/2024", "Thông báo số 63-KL/TW ngày 27/5/2024"),
    ("Nghị định số 30/2020/NĐ-CP của Chính phủ", "NĐ 30/2020"),
]
DIFFERENT = [
    ("Nghị quyết số 128/NQ-CP ngày 11/10/2021", "Nghị quyết số 128/NQ-CP ngày 01/8/2020"),
    ("Nghị quyết số 41/2009/QH12 của Quốc hội", "Luật Viễn thông số 41/2009/QH12"),
    ("Quyết định số 12/QĐ-UBND ngày 02/3/2024 của UBND tỉnh Lai Châu", "Quyết định số 12/QĐ-UBND ngày 02/3/2024 của UBND "
     "tỉnh Sơn La"),
    ("Quyết định số 366-QĐ/TW ngày 30/8/2025", "Quy định số 366-QĐ/TW ngày 30/8/2025"),
    ("Quyết định số 15/2025/QĐ-UBND của UBND tỉnh Đắk Lắk", "Quyết định số 015/2025/QĐ-UBND của UBND tỉnh Đắk Lắk"),
    # the same open words in two directives may be two documents
    ("Quyết định số 71/2025/QĐ-UBND", "Quyết định số 71/2025/QĐ-UBND"),
    ("Chỉ thị 18", "Chỉ thị 18"),
]


@pytest.mark.parametrize(
    ("first", "second", "same"), [(a, b, True) for a, b in SAME] + [(a, b, False) for a, b in DIFFERENT])
def test_one_node_a_document(first: str, second: str, same: bool) -> None:
    header = {"type_": "Báo cáo", "issuer": "Văn phòng Chính phủ", "date": "2025-12-01"}
    with Register(":memory:") as register:
        register.add(directive("8/BC-VPCP", f"theo {first}; các bộ báo cáo.", **header))
        register.add(directive("9/BC-VPCP", f"theo {second}; các bộ, ngành báo cáo.", **header))
        nodes = [row[0] for row in register.connection.execute("SELECT cited_id FROM citations ORDER BY id")]
    assert len(nodes) == 2
    assert (nodes[0] == nodes[1]) == same


def test_one_slip_in_the_number_does_not_name_the_node() -> None:
    cut = "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH ngày 16/6/2025;"
    with Register(":memory:") as register:
        register.add(directive("1/KH-UBND", cut.replace("/QH ", "/QH15 ")))
        register.add(directive("2/KH-UBND", cut))
        known = known_of(register, "urn:lex:vn:quoc.hoi:luat:2025;72-2025-qh15")
        row = register.connection.execute(
            "SELECT label, number FROM cited_documents WHERE id = ?", (known.id,)).fetchone()
        assert tuple(row) == ("Luật Tổ chức chính quyền địa phương 72/2025/QH15", "72/2025/QH15")
        assert [c.value for c in known.disputed("number")] == ["72/2025/QH15", "72/2025/QH"]
