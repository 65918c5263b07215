"""What a body owes on a day: its own tasks, those of its groups, those that came to it; in Python and as views."""
from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest
from plan_of_2022 import ID, TEXT, directive
from registers import find

from chidao.extraction.pipeline import extract
from chidao.model import Assignment
from chidao.reading import read
from chidao.storage import Register

THEN, AFTER_MARCH, AFTER_JULY = (datetime.date(2022, 6, 1), datetime.date(2025, 4, 1), datetime.date(2025, 12, 1))


@pytest.fixture
def register() -> Register:
    register = Register(":memory:")
    register.add(directive())
    return register


OWED = [  # body, day, tasks as (number, role, whom it was given to, group, sure)
    ("so.y.te@bac.giang", THEN, [
        (1, "lead", "so.y.te@bac.giang", None, True), (4, "lead", "so.y.te@bac.giang", "so+ban.nganh@bac.giang", True),
        (5, "lead", "so.y.te@bac.giang", "so@bac.giang", False)]),
    ("so.y.te@bac.giang", AFTER_JULY, []),  # it is no more: what it had is with its successor
    ("so.y.te@bac.ninh-2025", AFTER_JULY, [
        (1, "lead", "so.y.te@bac.giang", None, True),
        (1, "coordinator", "phong.y.te@bac.giang/thanh.pho.bac.giang", None, False),
        (2, "lead", "so.lao.dong.thuong.binh.va.xa.hoi@bac.giang", None, False),
        (4, "lead", "so.y.te@bac.giang", "so+ban.nganh@bac.giang", True),
        (5, "lead", "so.y.te@bac.giang", "so@bac.giang", False)]),
    # a member then; what it took over later from other members is its, too
    ("so.tai.chinh@bac.giang", AFTER_MARCH, [
        (4, "lead", "so.tai.chinh@bac.giang", "so+ban.nganh@bac.giang", True),
        (5, "lead", "so.tai.chinh@bac.giang", "so@bac.giang", False)]),
    # no member on the day of the directive: it did not exist
    ("so.nong.nghiep.va.moi.truong@bac.giang", AFTER_MARCH, [
        (2, "lead", "so.lao.dong.thuong.binh.va.xa.hoi@bac.giang", None, False),
        (4, "lead", "so.nong.nghiep.va.phat.trien.nong.thon@bac.giang", "so+ban.nganh@bac.giang", True),
        (5, "lead", "so.nong.nghiep.va.phat.trien.nong.thon@bac.giang", "so@bac.giang", False)]),
    ("chi.cuc.thue@khu.vuc.vi", AFTER_MARCH, [
        (3, "lead", "cuc.thue@bac.giang", None, True), (4, "lead", "cuc.thue@bac.giang", "so+ban.nganh@bac.giang", True)]),
    ("thue@bac.ninh-2025", AFTER_JULY, [
        (3, "lead", "cuc.thue@bac.giang", None, True), (4, "lead", "cuc.thue@bac.giang", "so+ban.nganh@bac.giang", True)]),
    # of the new commune's division only what an area decides
    ("phong.van.hoa.xa.hoi@bac.ninh-2025/phuong.bac.giang", AFTER_JULY, [
        (1, "coordinator", "phong.y.te@bac.giang/thanh.pho.bac.giang", None, False)]),
    ("so.y.te@bac.giang", datetime.date(2022, 3, 31), []),  # the day before the directive
    ("so.y.te@ha.noi", THEN, []),
    ("nobody@nowhere", THEN, []),
]


@pytest.mark.parametrize(("body", "on", "expected"), OWED)
def test_obligations(register: Register, body: str, on: datetime.date, expected: list[tuple[object, ...]]) -> None:
    found = register.obligations(body, on=on)
    assert [(o.task.order + 1, o.role, o.body, o.group, o.certain) for o in found] == expected


def test_chain_brings_a_task_to_its_present_body(register: Register) -> None:
    found = next(o for o in register.obligations("so.y.te@bac.ninh-2025", on=AFTER_JULY) if o.task.order == 1)
    assert [(s.source, s.target, s.date) for s in found.chain] == [
        ("so.lao.dong.thuong.binh.va.xa.hoi@bac.giang", "so.y.te@bac.giang", "2025-03-01"),
        ("so.y.te@bac.giang", "so.y.te@bac.ninh-2025", "2025-07-01")]
    assert found.decides == ("bảo trợ xã hội, trẻ em, phòng, chống tệ nạn xã hội",)
    assert found.named == "Sở Lao động - Thương binh và Xã hội"


def test_conditions_narrow(register: Register) -> None:
    def orders(**conditions: object) -> list[int]:
        return [o.task.order + 1 for o in register.obligations("so.y.te@bac.giang", on=THEN, **conditions)]  # type: ignore[arg-type]

    assert orders(role="coordinator") == []
    assert orders(document="20/KH-UBND") == [1, 4, 5]
    assert orders(kind="target") == []


def test_bodies_that_tasks_name(register: Register) -> None:
    rows = {row.id: row for row in register.bodies(document="20/KH-UBND")}
    assert len(rows) == 5
    assert (rows["so.y.te@bac.giang"].lead, rows["so.y.te@bac.giang"].coordinator) == (1, 0)
    assert rows["cuc.thue@bac.giang"].agency is not None


def test_views_say_the_same(register: Register) -> None:
    """As of the machine's day: all that had ended by 2025 has, whatever day it is."""
    today = datetime.date.today()
    rows = register.connection.execute(
        "SELECT today_id, role, body_id, decides FROM v_obligations").fetchall()
    for body in {row["today_id"] for row in rows}:
        own = {(o.role, o.body, "; ".join(o.decides)) for o in register.obligations(body, on=today) if o.group is None}
        assert {(r["role"], r["body_id"], r["decides"] or "") for r in rows if r["today_id"] == body} == own
    ended = {row["body_id"]: row for row in register.connection.execute("SELECT * FROM v_ended_bodies")}
    assert set(ended) == {row.id for row in register.bodies()}
    assert ended["ban.chi.dao.phong.chong.dich.covid.19@bac.giang"]["reason"]
    assert "thành phố Bắc Ninh" in ended["cuc.thue@bac.giang"]["today"]


def test_view_of_members_says_the_same(register: Register) -> None:
    """Of what the register's bodies had as members: the same tasks and roles, each by a member that Python knows."""
    _agree_on_members(register)
    assert register.connection.execute("SELECT count(*) FROM v_group_obligations").fetchone()[0] > 0


def test_view_of_members_says_the_same_of_real_plans(real_data: Path) -> None:
    with Register(":memory:") as register:
        for seed in sorted((real_data / "seeds").glob("*.txt")):
            register.add(extract(read(seed)))
        _agree_on_members(register)


def _agree_on_members(register: Register) -> None:
    rows = register.connection.execute(
        "SELECT v.today_id, v.role, v.body_id, v.group_id, v.relevant, t.key FROM v_group_obligations v"
        " JOIN tasks t ON t.id = v.task_id").fetchall()
    kept = {row["id"]: row["today_id"] for row in register.connection.execute(
        "SELECT b.id, w.today_id FROM bodies b JOIN v_bodies_today w ON w.body_id = b.id")}
    for body in set(kept.values()):
        owed = register.obligations(body, on=datetime.date.today())
        mine = [row for row in rows if row["today_id"] == body]
        viewed = {(row["key"], row["role"]) for row in mine}
        assert viewed <= {(o.task.id, o.role) for o in owed}
        assert {(o.task.id, o.role) for o in owed if o.group and o.body in kept} <= viewed
        groups = {(row["key"], row["role"], row["body_id"], row["group_id"]) for row in mine}
        assert {(o.task.id, o.role, o.body, o.group) for o in owed if o.group and o.body in kept} <= groups


def test_several_leads(register: Register) -> None:
    assert register.tasks(several_leads=True) == []
    extra = Assignment("Cục Thuế tỉnh", "lead", "stated", find(TEXT, "Cục Thuế tỉnh"))
    first = directive().tasks[1]
    two = dataclasses.replace(first, assignments=(*first.assignments, extra))
    changed = dataclasses.replace(directive(), tasks=(directive().tasks[0], two))
    with Register(":memory:") as other:
        other.add(changed)
        assert [t.order for t in other.tasks(several_leads=True)] == [1]
        assert other.connection.execute("SELECT count FROM v_several_leads").fetchone()[0] == 2


def test_what_only_a_removed_directive_named_goes_with_it(register: Register) -> None:
    def kept() -> list[int]:
        return [register.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("bodies", "body_changes", "group_members")]

    assert all(kept())
    register.remove(ID)
    assert kept() == [0, 0, 0]


def test_meanings_are_read_back(register: Register) -> None:
    assert register.directive(ID) == directive()
