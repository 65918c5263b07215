"""Chances of what was found: by signs, from the table of weights."""
from __future__ import annotations

import pytest

from chidao import knowledge
from chidao.extraction.confidence import CONSTANT, RECORD_KINDS, chance, judge, signs
from chidao.extraction.pipeline import extract
from chidao.model import SourceText


def directive(text: str):
    return extract(SourceText(text=text, format="txt", sha256="0" * 64, name="kh.txt"))


PLAN = """KẾ HOẠCH
Thực hiện Nghị quyết số 38/NQ-CP ngày 17/3/2022 của Chính phủ
I. NHIỆM VỤ
1. Sở Y tế: Rà soát danh mục vật tư trước ngày 30/6/2022.
2. Tổ chức tập huấn
II. TỔ CHỨC THỰC HIỆN
1. Giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ bố trí kinh phí.
"""


def test_every_finding_gets_a_chance_in_its_place() -> None:
    read = directive(PLAN)
    sure = judge(read)
    assert [len(sure.tasks), len(sure.citations)] == [len(read.tasks), len(read.citations)] == [3, 1]
    assert [len(leads) for leads in sure.leads] == [len(task.leads) for task in read.tasks] == [1, 0, 1]
    assert [len(days) for days in sure.deadlines] == [1, 0, 0]
    chances = [*sure.tasks, *sure.citations, *(p for some in (*sure.leads, *sure.deadlines) for p in some)]
    assert all(0 < p < 1 for p in chances)


def test_the_least_sure_part_of_a_task_is_what_a_reviewer_sorts_by() -> None:
    sure = judge(directive(PLAN))
    assert sure.least(0) == min(sure.tasks[0], *sure.leads[0], *sure.deadlines[0])
    assert sure.least(1) == sure.tasks[1]


def test_a_task_without_a_lead_is_less_sure_than_the_same_with_one() -> None:
    signs_with = {"stated lead", "task", "begins with an act"}
    assert chance("task", signs_with - {"stated lead"} | {"no lead"}) < chance("task", signs_with)


def test_a_piece_cut_out_of_a_line_is_less_sure_than_a_whole_item() -> None:
    whole = {"stated lead", "task"}
    assert chance("task", whole | {"begins within a line", "ends within a sentence"}) < chance("task", whole)


def test_a_name_that_a_small_word_follows_may_be_cut_short() -> None:
    assert chance("lead", {"stated", "agency", "a small word follows"}) < chance("lead", {
        "stated", "agency", "an act follows"})


@pytest.mark.parametrize(("text", "kind", "sign"), [
    ("I. NHIỆM VỤ\n1. Sở Y tế: Rà soát danh mục vật tư.", "task", "begins with its lead"),
    ("I. NHIỆM VỤ\n1. Rà soát danh mục vật tư.", "task", "no lead"),
    ("I. NHIỆM VỤ\n1. Giao Sở Y tế chủ trì rà soát danh mục.", "lead", "an act follows"),
    ("I. NHIỆM VỤ\n1. Giao Sở Y tế chủ trì rà soát danh mục.", "lead", "words of giving before"),
    ("I. NHIỆM VỤ\n1. Sở Y tế rà soát danh mục trước ngày 30/6/2022.", "deadline", "words of a limit"),
    ("I. NHIỆM VỤ\n1. Sở Y tế rà soát danh mục trước ngày 30/6/2022.", "deadline", "ends its task"),
    ("Thực hiện Nghị quyết số 38/NQ-CP của Chính phủ", "citation", "number"),
    ("Thực hiện Luật Bảo vệ môi trường", "citation", "name"),
])
def test_signs(text: str, kind: str, sign: str) -> None:
    found = signs(directive(f"KẾ HOẠCH\n{text}"))[kind]
    assert any(sign in one for one in found)


def test_the_table_has_a_constant_for_each_kind_and_no_sign_twice() -> None:
    rows = [(row["record"], row["sign"]) for row in knowledge.rows("confidence")]
    assert len(rows) == len(set(rows))
    assert {record for record, sign in rows if sign == CONSTANT} == {record for record, _ in rows} == set(RECORD_KINDS)
