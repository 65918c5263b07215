"""Cascade, siblings and versions: what one directive makes of the tasks of another."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from judged import rows
from texts import plan

from chidao.audit.comparing import Pair, compare, diff, siblings
from chidao.storage import Register

FIRST = """III. TỔ CHỨC THỰC HIỆN
1. Sở Y tế
- Tiêm vắc xin sởi cho ít nhất 95% trẻ em dưới 10 tuổi trước ngày 30/6/2026.
- Kiểm tra dây chuyền lạnh tại các trạm y tế xã.
- Lập bản đồ các bản chưa có cô đỡ thôn bản.
2. Sở Tài chính
- Cấp kinh phí mua bơm kim tiêm và hộp an toàn.
"""
SECOND = """III. TỔ CHỨC THỰC HIỆN
1. Sở Y tế
- Tiêm vắc xin sởi cho ít nhất 90% trẻ em dưới 10 tuổi trước ngày 30/9/2026.
- Kiểm tra dây chuyền lạnh tại các trạm y tế xã.
- Tập huấn sơ cứu đuối nước cho giáo viên mầm non.
2. Sở Nội vụ
- Cấp kinh phí mua bơm kim tiêm và hộp an toàn.
"""


@pytest.fixture
def register(holding: Callable[..., Register]) -> Register:
    return holding(plan(FIRST, number="31/KH-UBND"), plan(SECOND, number="47/KH-UBND"))


@pytest.mark.parametrize("how", [compare, diff])
def test_taken_changed_left_out_added(how: Callable[..., list], register: Register) -> None:  # type: ignore[type-arg]
    pairs = how(register, "31/KH-UBND", "47/KH-UBND")
    kinds = {(pair.first or pair.second).text.split()[0]: pair for pair in pairs}
    assert Counter(pair.kind for pair in pairs) == {"changed": 2, "taken": 1, "left_out": 1, "added": 1}
    assert [c.what for c in kinds["Tiêm"].changes] == ["deadline_later", "figure_lower", "wording"]
    assert [(c.what, c.before, c.after) for c in kinds["Cấp"].changes] == [
        ("owner_other", "Sở Tài chính", "Sở Nội vụ")]
    assert (kinds["Kiểm"].kind, kinds["Lập"].kind, kinds["Tập"].kind) == ("taken", "left_out", "added")


def test_a_directive_takes_all_of_itself(samples: Register) -> None:
    for document in samples.documents():
        pairs = diff(samples, document.id, document.id)
        assert {(pair.kind, pair.changes) for pair in pairs} <= {("taken", ())}
        assert all(pair.first == pair.second for pair in pairs) or len({p.first.text for p in pairs}) < len(pairs)


def test_in_a_diff_a_task_answers_one_only(holding: Callable[..., Register]) -> None:
    twice = FIRST + "3. Sở Xây dựng\n- Kiểm tra dây chuyền lạnh tại các trạm y tế xã.\n"
    register = holding(plan(twice, number="31/KH-UBND"), plan(FIRST, number="47/KH-UBND"))
    assert Counter(p.kind for p in diff(register, "31/KH-UBND", "47/KH-UBND"))["left_out"] == 1
    assert Counter(p.kind for p in compare(register, "31/KH-UBND", "47/KH-UBND"))["left_out"] == 0


def test_siblings_of_a_parent_that_is_not_held(holding: Callable[..., Register]) -> None:
    basis = "Thực hiện Nghị quyết số 12/NQ-CP ngày 05/02/2026 của Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch:\n"
    register = holding(plan(basis + FIRST, number="31/KH-UBND"), plan(basis + SECOND, number="47/KH-UBND"))
    parent = register.connection.execute(
        "SELECT cited_id FROM citations WHERE relation = 'implements'").fetchone()[0]
    documents, shared = siblings(register, parent)
    assert len(documents) == 2
    assert {tuple(task.leads for task in one.tasks if task) for one in shared} == {
        (("Sở Y tế",), ("Sở Y tế",)), (("Sở Tài chính",), ("Sở Nội vụ",))}


def test_what_answers_one_task_is_shown_task_by_task(holding: Callable[..., Register]) -> None:
    parent = "III. NHIỆM VỤ\n1. Sở Y tế tiêm vắc xin sởi cho trẻ em dưới 10 tuổi tại các trạm y tế xã.\n"
    child = ("III. NHIỆM VỤ\n1. Sở Y tế tiêm vắc xin sởi cho trẻ em dưới 5 tuổi tại các trạm y tế xã.\n"
             "2. Sở Y tế tiêm vắc xin sởi cho trẻ em từ 5 đến 10 tuổi tại các trạm y tế xã.\n")
    pairs = compare(holding(plan(parent, number="31/KH-UBND"), plan(child, number="47/KH-UBND")), "31/KH-UBND",
                    "47/KH-UBND")
    assert [pair.first is not None and pair.second is not None for pair in pairs] == [True, True]
    assert "added" not in {pair.kind for pair in pairs}


@pytest.mark.parametrize(("above", "below", "other"), [
    ("Sở Y tế", "Giám đốc Sở Y tế", False),
    ("Sở Y tế", "Sở Tài chính", True),
    ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương", "Sở Y tế", False),  # a province hands it on
    ("Bộ Y tế", "Sở Y tế", True),
])
def test_who_is_another_lead(above: str, below: str, other: bool, holding: Callable[..., Register]) -> None:
    text = "III. NHIỆM VỤ\n1. {lead} lập bản đồ các bản chưa có cô đỡ thôn bản ở vùng cao, biên giới.\n"
    register = holding(plan(text.format(lead=above), number="31/KH-UBND"),
                       plan(text.format(lead=below), number="47/KH-UBND"))
    pair, = compare(register, "31/KH-UBND", "47/KH-UBND")
    assert ("owner_other" in {change.what for change in pair.changes}) is other


def _judged(pairs: list[Pair], row: dict[str, str]) -> tuple[str, int, set[str]]:
    """What was made of a row's task, the start of its counterpart, the changes but for the wording."""
    start, first = int(row["start"]), row["side"] == "first"
    mine = [pair for pair in pairs if (task := pair.first if first else pair.second) and task.span.start == start]
    pair = next((p for p in mine if p.kind in ("taken", "changed")), mine[0])
    other = pair.second if first else pair.first
    found = pair.kind in ("taken", "changed")
    said = ("taken" if found else "left_out") if first else ("answers" if found else "added")
    return said, other.span.start if other else -1, {c.what for c in pair.changes} - {"wording"}


def test_the_judged_cascade(real: Register) -> None:
    """Nine of ten rows as a reader has them, with the right counterpart; the changes of nine of ten."""
    files = {row.file: row.id for row in real.documents()}
    judged = [row for row in rows("cascade") if row["judged"] != "partly"]
    assert len(judged) >= 60
    compared: dict[tuple[str, str], list[Pair]] = {}
    right, changes = 0, []
    for row in judged:
        names = files[row["first"]], files[row["second"]]
        pairs = compared.setdefault(names, compare(real, *names))
        said, start, changed = _judged(pairs, row)
        others = [int(start) for start in row["other"].split(";") if start]
        found = said == row["judged"] and (said in ("left_out", "added") or start in others)
        right += found
        if found and said == "taken" and row["changes"] != "?":
            changes.append(changed == {what for what in row["changes"].split(";") if what})
    assert right >= 58
    assert sum(changes) >= 0.9 * len(changes)
