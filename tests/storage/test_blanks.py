"""A draft without its number and the numbered paper that it became are one document, in whatever order they come."""
from __future__ import annotations

import dataclasses
import itertools

import pytest
from registers import PLAN, plan, source

from chidao.errors import RegisterError
from chidao.model import Directive
from chidao.storage import Register

DRAFT = "urn:chidao:0f3a0f3a0f3a0f3a"


def draft(**other: str | None) -> Directive:
    """The plan before it got its number: the same words but for the number."""
    numbered = plan()
    text = numbered.text.replace("07/KH-UBND", "  /KH-UBND")
    header = dataclasses.replace(numbered.header, number=None, **other)  # type: ignore[arg-type]
    return dataclasses.replace(numbered, id=DRAFT, header=header, source=source(text, name="du_thao.txt"))


@pytest.mark.parametrize("order", list(itertools.permutations([plan(), draft(date=None)])))
def test_the_number_turns_up(order: tuple[Directive, Directive]) -> None:
    with Register(":memory:") as register:
        for each in order:
            register.add(each)
        [row] = register.documents()
        assert (row.id, row.renditions, row.file) == (PLAN, 2, "ke_hoach_07.txt")
        assert register.find_document(DRAFT).id == PLAN
        assert register.directive(PLAN) == plan()
        assert register.verify(files=False) == []
        register.remove(PLAN)
        with pytest.raises(RegisterError):
            register.find_document(DRAFT)


@pytest.mark.parametrize("other", [
    {"date": "2024-03-20"}, {"title": "Tiêm vắc xin phòng bệnh sởi năm 2025"},
    {"issuer": "Ủy ban nhân dân tỉnh Sông Hồng"}, {"type": "Quyết định"}])
def test_another_document_stays_apart(other: dict[str, str]) -> None:
    with Register(":memory:") as register:
        register.add(plan())
        register.add(draft(**other))
        assert {row.id for row in register.documents()} == {PLAN, DRAFT}
