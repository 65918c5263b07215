"""Open mentions that other directives settle: whatever the order, and undone when those go."""
from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from registers import source
from test_register import content

from chidao.extraction.citations.finding import find_citations, relate
from chidao.linking.identity import directive_id, link
from chidao.model import Directive, Header, Structure
from chidao.storage import Register

RESOLUTION = "urn:lex:vn:chinh.phu:nghi.quyet:2022;38-nq-cp"


OPEN = "open:nghi-quyet:38-nq-cp"  # as the list of what is missing calls it


def directive(number: str, text: str, *, date: str = "2022-06-10", issuer: str = "Ủy ban nhân dân tỉnh Lai Châu",
              type_: str = "Kế hoạch") -> Directive:
    """A directive with that number and the citations of its text."""
    header = Header(type=type_, number=number, symbol=number.partition("/")[2], issuer=issuer, date=date,
                    year=int(date[:4]))
    found, relations = relate(find_citations(text), text, Structure(header, (), ()))
    return Directive(directive_id(header, "0" * 64), source(text, name=f"{number.replace('/', '-')}.txt"), header,
                     citations=link(found, header), relations=relations)


def vague() -> Directive:
    return directive("7/KH-UBND", "theo Nghị quyết số 38/NQ-CP, các xã. Thông tư số 9/2021/TT-BYT hướng dẫn Nghị quyết số "
                     "38/NQ-CP")


def exact() -> Directive:
    return directive("8/KH-UBND", "theo Nghị quyết số 38/NQ-CP ngày 17/3/2022 của Chính phủ", date="2022-05-01")


def older() -> Directive:
    return directive("9/KH-UBND", "theo Nghị quyết số 38/NQ-CP ngày 02/4/2020 của Chính phủ", date="2022-04-01")


def resolution() -> Directive:
    return directive("38/NQ-CP", "Bộ Y tế báo cáo.", date="2022-03-17", issuer="Chính phủ", type_="Nghị quyết")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register(tmp_path / "register.db") as register:
        yield register


def meant(register: Register) -> list[str | None]:
    """What the mentions of the resolution in the vague plan point to."""
    return [c.target for c in register.citations(vague().id) if c.type == "Nghị quyết"]


def test_a_mention_with_its_day_elsewhere_settles_one_without_a_year(register: Register) -> None:
    register.add(vague())
    assert meant(register) == [None, None]
    assert register.stats().citations_open == 2
    register.add(exact())
    assert meant(register) == [RESOLUTION, RESOLUTION]
    assert register.stats().citations_open == 0
    assert OPEN not in {m.id for m in register.missing_documents()}
    # the lineage sees it: also the relation that the plan states
    edges = {(e.source, e.relation, e.target) for e in register.trace(RESOLUTION, mentions=True)}
    assert (vague().id, "mentions", RESOLUTION) in edges
    assert ("urn:lex:vn:bo.y.te:thong.tu:2021;09-2021-tt-byt", "guides", RESOLUTION) in edges


def test_a_directive_that_is_held_settles_it(register: Register) -> None:
    register.add(vague())
    register.add(resolution())
    assert meant(register) == [RESOLUTION, RESOLUTION]
    assert all(c.held for c in register.citations(vague().id) if c.type == "Nghị quyết")


def test_two_years_leave_it_open_with_both_as_candidates(register: Register) -> None:
    for one in (vague(), exact(), older()):
        register.add(one)
    assert meant(register) == [None, None]
    first = next(c for c in register.citations(vague().id) if c.type == "Nghị quyết")
    assert first.candidates == (RESOLUTION, RESOLUTION.replace("2022", "2020"))
    assert first.scores == (0.633, 0.317)


def test_what_settles_it_goes_and_it_is_open_again(register: Register) -> None:
    register.add(vague())
    before = content(register)
    register.add(exact())
    register.remove(exact().id)
    assert content(register) == before


def test_the_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    contents = []
    for i, order in enumerate(itertools.permutations([vague(), exact(), resolution()])):
        with Register(tmp_path / f"{i}.db") as register:
            for one in order:
                register.add(one)
            contents.append([
                sorted(map(tuple, register.connection.execute(sql)), key=repr) for sql in (
                    "SELECT * FROM cited_documents", "SELECT document_id, ord, target, cited_id FROM citations",
                    "SELECT document_id, ord, source_id, target_id FROM relations")])
    assert all(c == contents[0] for c in contents)


def test_an_arrival_and_a_departure_leave_no_stray_node(register: Register) -> None:
    for one in (vague(), exact(), older(), resolution()):
        register.add(one)
    for one in (older(), resolution(), exact()):
        register.remove(one.id)
    assert {m.id for m in register.missing_documents()} == {OPEN, "urn:lex:vn:bo.y.te:thong.tu:2021;09-2021-tt-byt"}
    assert register.verify(files=False) == []


def test_a_directive_is_read_back_with_what_it_said_itself(register: Register) -> None:
    register.add(vague())
    register.add(exact())
    assert register.directive(vague().id) == vague()
