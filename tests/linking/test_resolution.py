"""What a mention that its directive leaves open may mean, by what a register knows of its number."""
from __future__ import annotations

import pytest

from chidao import knowledge
from chidao.grammar.numbers import parse_number
from chidao.linking.law_numbers import law_number, law_versions
from chidao.linking.resolution import Known, candidates, settled
from chidao.model import Citation, Header, Span

LAND = "urn:lex:vn:quoc.hoi:luat:{};{}"
CP = "urn:lex:vn:chinh.phu:nghi.quyet:{};38-nq-cp"
TTG = "urn:lex:vn:thu.tuong.chinh.phu:nghi.quyet:{};38-nq-cp"
LOCAL = "urn:lex:vn;{}:uy.ban.nhan.dan:ke.hoach:{};73-kh-ubnd"
CITING = Header(issuer="Ủy ban nhân dân tỉnh Lai Châu", date="2022-06-10", year=2022)


def mention(type_: str = "Nghị quyết", number: str | None = "38/NQ-CP", *, issuer: str | None = "Chính phủ",
            year: int | None = None, name: str | None = None, own: tuple[str, ...] = ()) -> Citation:
    return Citation(Span(0, 1), type_, number, name, year=year, issuer=issuer, candidates=own)


CANDIDATES = [  # mention, known documents (id, day), (id, score) of the candidates
    # one document of the body that the symbol names
    (mention(), [(CP.format(2022), "2022-03-17")], [(CP.format(2022), 0.95)]),
    (mention(issuer=None), [(CP.format(2022), "2022-03-17")], [(CP.format(2022), 0.95)]),
    # numbers start anew each year: the later one is likelier
    (mention(), [(CP.format(2020), "2020-04-01"), (CP.format(2022), "2022-03-17")],
     [(CP.format(2022), 0.633), (CP.format(2020), 0.317)]),
    # one that is later than the directive, by its day or by its year
    (mention(), [(CP.format(2022), "2022-07-01")], []),
    (mention(), [(CP.format(2023), None)], []),
    # of another body; a wrong type before a number that tells the right one
    (mention(), [(TTG.format(2022), "2022-03-17")], []),
    (mention("Quyết định"), [(CP.format(2022), "2022-03-17")], [(CP.format(2022), 0.95)]),
    # a local body without its place is the directive's own
    (mention("Kế hoạch", "73/KH-UBND", issuer="Ủy ban nhân dân"), [(LOCAL.format("lai.chau", 2021), "2021-06-10"),
     (LOCAL.format("son.la", 2021), "2021-06-10")], [(LOCAL.format("lai.chau", 2021), 0.95)]),
    # an open body: each is possible, none likely
    (mention("Kế hoạch", "73/KH-UBND", issuer=None), [(LOCAL.format("lai.chau", 2021), "2021-06-10")],
     [(LOCAL.format("lai.chau", 2021), 0.5)]),
    (mention("Kế hoạch", "73/KH-UBND", issuer=None, year=2020), [(LOCAL.format("lai.chau", 2021), "2021-06-10")], []),
    # the directive itself leaves a choice: nothing is added
    (mention(own=("a", "b")), [(CP.format(2022), "2022-03-17")], [("a", 0.45), ("b", 0.45)]),
    (mention("Luật", None, issuer=None, name="Luật Đất đai", own=(LAND.format(2013, "45-2013-qh13"),)), [],
     [(LAND.format(2013, "45-2013-qh13"), 0.855), (LAND.format(2003, "13-2003-qh11"), 0.095)]),
    # one that the register knows and the table does not
    (mention("Luật", None, issuer=None, name="Luật Đê biển"), [(LAND.format(2020, "77-2020-qh14"), "2020-06-17")],
     [(LAND.format(2020, "77-2020-qh14"), 0.95)]),
    (mention(), [], []),
]
SETTLED = [  # mention, header of the directive, known documents, the one it means
    (mention(), CITING, [(CP.format(2022), "2022-03-17")], CP.format(2022)),
    (mention(), CITING, [(CP.format(2019), "2019-03-17")], CP.format(2019)),
    # too old, two, an open body, a directive without a year
    (mention(), CITING, [(CP.format(2012), "2012-03-17")], None),
    (mention(), CITING, [(CP.format(2021), "2021-03-17"), (CP.format(2022), "2022-03-17")], None),
    (mention("Kế hoạch", "73/KH-UBND", issuer=None), CITING, [(LOCAL.format("lai.chau", 2021), "2021-06-10")], None),
    (mention(), Header(), [(CP.format(2022), "2022-03-17")], None),
    (mention(own=(CP.format(2022),)), CITING, [(CP.format(2022), "2022-03-17")], None),
]
LAWS = [  # type, name, year, day, number
    ("Luật", "Luật Đất đai", 2013, None, "45/2013/QH13"),
    ("Luật", "Luật đất đai", 2024, None, "31/2024/QH15"),
    ("Luật", "Luật NSNN", 2015, None, "83/2015/QH13"),
    ("Bộ luật", "Bộ luật Hình sự", 2015, None, "100/2015/QH13"),
    # two in one year: the day tells
    ("Luật", "Luật Tổ chức chính quyền địa phương", 2025, "2025-06-16", "72/2025/QH15"),
    ("Luật", "Luật Tổ chức chính quyền địa phương", 2025, None, None),
    # no year, another year, no such law
    ("Luật", "Luật Đất đai", None, None, None),
    ("Luật", "Luật Đất đai", 2019, None, None),
    ("Luật", "Luật Cá hồ chứa", 2024, None, None),
]


@pytest.mark.parametrize(("c", "known", "expected"), CANDIDATES)
def test_candidates(c: Citation, known: list[tuple[str, str | None]], expected: list[tuple[str, float]]) -> None:
    found = candidates(c, CITING, [Known(*k) for k in known])
    assert [(f.id, f.score) for f in found] == expected


@pytest.mark.parametrize(("c", "header", "known", "expected"), SETTLED)
def test_settled(c: Citation, header: Header, known: list[tuple[str, str | None]], expected: str | None) -> None:
    assert settled(c, header, [Known(*k) for k in known]) == expected


def test_the_order_in_which_documents_are_known_does_not_matter() -> None:
    known = [Known(CP.format(year), f"{year}-03-17") for year in (2019, 2022, 2020)]
    assert candidates(mention(), CITING, known) == candidates(mention(), CITING, known[::-1])


@pytest.mark.parametrize(("type_", "name", "year", "date", "number"), LAWS)
def test_law_numbers(type_: str, name: str, year: int | None, date: str | None, number: str | None) -> None:
    assert law_number(type_, name, year, date) == number


@pytest.mark.parametrize("row", knowledge.rows("law_numbers"), ids=lambda row: row["number"])
def test_table_of_law_numbers(row: dict[str, str]) -> None:
    """Each is a law that the table of names has; its number is one, and of the year in which it was passed."""
    named = {(r["type"], r["name"].casefold()) for r in knowledge.rows("laws")}
    assert (row["type"], row["name"].casefold()) in named
    parsed = parse_number(row["number"])
    assert parsed is not None
    assert (parsed.number, str(parsed.year)) == (row["number"], row["date"][:4])
    assert parsed.issuer in ("Quốc hội", "Ủy ban Thường vụ Quốc hội")


def test_laws_of_one_name_come_latest_first() -> None:
    assert law_versions("Luật", "Luật Quản lý và sử dụng tài sản công") == law_versions(
        "Luật", "Luật Quản lý, sử dụng tài sản công") != ()
    assert [v.year for v in law_versions("Luật", "Luật Đất đai")] == [2024, 2013, 2003]
