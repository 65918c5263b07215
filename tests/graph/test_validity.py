"""Whether a document was in force on a day: what it says itself, what others do to it; silence is not validity."""
from __future__ import annotations

from collections.abc import Iterator

import pytest
from test_claims import directive

from chidao.extraction.effect import find_effects
from chidao.graph import validity
from chidao.model import Directive, Header
from chidao.storage import Register

UBND = "Ủy ban nhân dân tỉnh Lai Châu"
RULE = "urn:lex:vn;lai.chau:uy.ban.nhan.dan:quyet.dinh:2021;15-2021-qd-ubnd"
PART = "urn:lex:vn;lai.chau:uy.ban.nhan.dan:quyet.dinh:2020;08-2020-qd-ubnd"
DECREE = "urn:lex:vn:chinh.phu:nghi.dinh:2019;61-2019-nd-cp"
SCHEME = "urn:lex:vn;lai.chau:uy.ban.nhan.dan:quyet.dinh:2024;44-2024-qd-ubnd"
LAW = "urn:lex:vn:quoc.hoi:luat:2017;08-2017-qh14"


def decision(number: str, date: str, text: str) -> Directive:
    return directive(number, text, type_="Quyết định", issuer=UBND, date=date, title="Về một số chính sách")


@pytest.fixture
def register() -> Iterator[Register]:
    scheme = decision("44/2024/QĐ-UBND", "2024-03-01", "Điều 2. Quyết định này có hiệu lực kể từ ngày ký đến hết ngày "
                      "31 tháng 12 năm 2025.")
    ending = decision(
        "30/2025/QĐ-UBND", "2025-06-20",
        "Căn cứ Luật Thủy lợi số 08/2017/QH14;\n"
        "Điều 2. Quyết định này có hiệu lực kể từ ngày 01 tháng 7 năm 2025 và thay thế Quyết định số 15/2021/QĐ-UBND ngày "
        "02/8/2021 của Ủy ban nhân dân tỉnh Lai Châu.")
    report = directive("9/BC-UBND", "Nghị định số 61/2019/NĐ-CP ngày 10/7/2019 của Chính phủ được thay thế bởi Nghị định số "
                       "87/2023/NĐ-CP ngày 01/12/2023 của Chính phủ.\nQuyết định số 21/2022/QĐ-UBND ngày 05/5/2022 của Ủy "
                       "ban nhân dân tỉnh Lai Châu sửa đổi khoản 2 Điều 3 Quyết định số 08/2020/QĐ-UBND ngày 03/3/2020 của "
                       "Ủy ban nhân dân tỉnh Lai Châu.", type_="Báo cáo", issuer=UBND, date="2025-01-05")
    with Register(":memory:") as register:
        for each in (scheme, ending, report):
            register.add(each)
        yield register


@pytest.mark.parametrize(("document", "on", "state"), [
    # replaced from the day of effect on, not from the day of issue
    (RULE, "2025-06-25", "unknown"),
    (RULE, "2025-07-01", "replaced"),
    # a third one states it, in the passive voice
    (DECREE, "2023-12-31", "replaced"),
    (DECREE, "2022-01-01", "unknown"),
    # a part only
    (PART, "2024-01-01", "amended"),
    (PART, "2021-01-01", "unknown"),
    # what it says itself
    (SCHEME, "2024-02-28", "not_yet"),
    (SCHEME, "2025-12-31", "in_force"),
    (SCHEME, "2026-01-01", "expired"),
    # nothing is said of the law: that is not validity
    (LAW, "2025-06-20", "unknown"),
    ("urn:nothing", "2025-06-20", "unknown"),
])
def test_validity(register: Register, document: str, on: str, state: str) -> None:
    assert validity(register, document, on).state == state


def test_what_tells_it_is_shown(register: Register) -> None:
    found = validity(register, RULE, "2025-06-25")
    [later] = found.later
    assert (later.change, later.by, later.since, found.changes) == (
        "replaces", RULE.replace("2021;15-2021", "2025;30-2025"), "2025-07-01", ())
    text = register.directive(later.stated_by).text
    assert later.span.of(text) == later.text


EFFECTS = [
    ("Quyết định này có hiệu lực kể từ ngày ký.", [("from", "2024-05-20")]),
    ("Quyết định có hiệu lực thi hành từ ngày ký ban hành", [("from", "2024-05-20")]),
    ("Điều 3. Quyết định này có hiệu lực thi hành kể từ ngày 05/6/2024.", [("from", "2024-06-05")]),
    ("1. Quyết định này có hiệu lực từ ngày 01 tháng 7 năm 2024 đến hết ngày 31 tháng 12 năm 2026.",
     [("from", "2024-07-01"), ("until", "2026-12-31")]),
    ("Quyết định này hết hiệu lực kể từ ngày 01/01/2027.", [("until", "2026-12-31")]),
    # of another document
    ("Nghị định số 61/2023/NĐ-CP có hiệu lực từ ngày 01/8/2023.", []),
    ("trong thời hạn 45 ngày kể từ ngày Nghị định này có hiệu lực", []),
    ("Các quyết định sau hết hiệu lực kể từ ngày 01/12/2024:", []),
]


@pytest.mark.parametrize(("text", "expected"), EFFECTS)
def test_effects(text: str, expected: list[tuple[str, str]]) -> None:
    found = find_effects(text, Header(type="Quyết định", date="2024-05-20"))
    assert [(e.kind, e.date) for e in found] == expected
    assert all(e.span.of(text).lower().startswith("quyết định") for e in found)
