"""How a query is read: documents, bodies and their part, days, states, phrases, what is left; diacritics given back."""
from __future__ import annotations

import csv
import datetime
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

from chidao.grammar.folding import fold, key
from chidao.reading import read
from chidao.search.known import known_names
from chidao.search.query import Query, read_query
from chidao.search.reading.agencies import find_agencies
from chidao.search.reading.days import find_days
from chidao.search.reading.documents import find_documents
from chidao.search.spelling import Restorer
from chidao.storage import Register
from chidao.storage.words import number_key

CORPUS = Path(__file__).parents[2] / "corpus"
TODAY = datetime.date(2025, 11, 22)


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    from chidao.extraction.pipeline import extract

    with Register(":memory:") as register:
        for name in ("2021-cong-van-ubnd-huyen-lac-son-thich-ung-covid.txt",
                     "2017-thong-bao-vp-ubnd-tinh-ben-tre-rac-thai.txt",
                     "2026-cong-van-so-khcn-lao-cai-song-di-dong.txt",
                     "2019-chi-thi-ubnd-tinh-kon-tum-chay-rung.txt"):
            register.add(extract(read(CORPUS / "directives" / name)))
        yield register


def asked(register: Register, text: str) -> Query:
    conn = register.connection
    return read_query(text, known=functools.partial(known_names, conn), spelling=Restorer(conn), today=TODAY)


@pytest.mark.parametrize(("text", "labels"), [
    ("38/NQ-CP", ["38/NQ-CP"]),
    ("nq 38", ["Nghị quyết 38"]),
    ("NQ38/CP", ["38/NQ-CP"]),
    ("nghị quyết số 38", ["Nghị quyết 38"]),
    ("nghi dinh 24/2019", ["Nghị định 24/2019"]),
    ("nq 60/TW", ["60-NQ/TW"]),
    ("công văn 11306/VPCP-NN và kh 21", ["11306/VPCP-NN", "Kế hoạch 21"]),
    # dates, shares and hours are no documents
    ("30/8/2021", []), ("24/24 giờ", []), ("ít nhất 30%", []), ("tháp 3 tầng", []),
])
def test_documents(text: str, labels: list[str]) -> None:
    assert [document.label for document in find_documents(text)] == labels


@pytest.mark.parametrize(("text", "first", "last", "firm"), [
    ("trước 30/8/2021", None, "2021-08-30", True),
    ("truoc ngay 5/12", None, "2025-12-05", True),
    ("chậm nhất là 20 tháng 11 năm 2025", None, "2025-11-20", True),
    ("trước tháng 6/2026", None, "2026-05-31", True),
    ("quý II/2022", "2022-04-01", "2022-06-30", True),
    ("từ 01/3 đến 31/5/2026", "2025-03-01", "2026-05-31", True),
    ("sau 15/8/2025", "2025-08-15", None, True),
    ("trong tháng này", "2025-11-01", "2025-11-30", True),
    ("tuần này", "2025-11-17", "2025-11-23", True),
    ("hôm nay", None, None, False),
    # a year alone is preferred, not demanded; a day alone is none
    ("năm 2026", "2026-01-01", "2026-12-31", False),
    ("30/8/2021", None, None, False),
    ("31/2/2021", None, None, False),
])
def test_days(text: str, first: str | None, last: str | None, firm: bool) -> None:
    days = find_days(text, today=TODAY)
    assert (days.first, days.last, days.firm) == (first, last, firm)


@pytest.mark.parametrize(("text", "expected"), [
    ("Sở Y tế chủ trì tiêm vắc xin", [("Sở Y tế", "lead")]),
    ("phối hợp với Công an tỉnh", [("Công an tỉnh", "coordinator")]),
    ("báo cáo Sở Nội vụ", [("Sở Nội vụ", "reports_to")]),
    ("Bộ Công Thương, Bộ Tài chính", [("Bộ Công Thương", None), ("Bộ Tài chính", None)]),
    # the second half of another word is no body
    ("cơ sở y tế tư nhân", []), ("đội ngũ cán bộ y tế", []), ("dịch vụ công", []),
])
def test_agencies(text: str, expected: list[tuple[str, str | None]]) -> None:
    found, _ = find_agencies(text, lambda names: {})
    assert [(agency.name, agency.role) for agency in found] == expected


@pytest.mark.parametrize(("text", "words", "phrases", "excluded"), [
    ('"trạm y tế" lưu động -oxy', "lưu động", ("trạm y tế",), ("oxy",)),
    ("Sở Y tế phải làm gì", "Sở Y tế", (), ()),
    ("không có dấu đóng \" ở cuối", "không có dấu đóng \" ở cuối", (), ()),
    # a hyphen inside a word excludes nothing
    ("kinh tế - xã hội vắc-xin", "kinh tế - xã hội vắc-xin", (), ()),
    ("", "", (), ()), ("\0 \ud800", "", (), ()),
])
def test_words(register: Register, text: str, words: str, phrases: tuple[str, ...], excluded: tuple[str, ...]) -> None:
    query = asked(register, text)
    assert (query.words, query.phrases, query.excluded) == (words, phrases, excluded)


@pytest.mark.parametrize(("typed", "written"), [
    ("rac thai sinh hoat", "rác thải sinh hoạt"),
    ("chua chay rung", "chữa cháy rừng"),
    ("CHUA CHAY RUNG", "chữa cháy rừng"),
    # with any diacritics, or not known to the register: as it was typed
    ("rác thai", "rác thai"), ("zzz qqq", "zzz qqq"), ("", ""),
])
def test_diacritics_come_back_from_the_register(register: Register, typed: str, written: str) -> None:
    assert Restorer(register.connection)(typed) == written


def test_structured_queries_are_read_as_judged(register: Register) -> None:
    """The forty queries that were judged before; bodies that only their own register knows count, too."""
    lines = [line for line in (CORPUS / "search" / "filters.tsv").read_text("utf-8").splitlines() if line[0] != "#"]
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) == 40
    wrong = [row["query"] for row in rows if _read(asked(register, row["query"])) != _judged(row)]
    assert len(wrong) <= 0.05 * len(rows), wrong


def _read(query: Query) -> tuple[object, ...]:
    return ({number_key(d.label) for d in query.documents}, {fold(key(a.name)) for a in query.agencies},
            query.role or "", query.days.first or "", query.days.last or "", query.state or "")


def _judged(row: dict[str, str]) -> tuple[object, ...]:
    return ({number_key(n) for n in row["numbers"].split("; ") if n},
            {fold(key(n)) for n in row["agencies"].split("; ") if n}, row["role"], row["from"], row["to"], row["state"])
