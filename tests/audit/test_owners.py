"""Who owns a measure: stated, inherited, inferred, nobody; and the forty questions that were answered by reading."""
from __future__ import annotations

from collections.abc import Callable

import pytest
from judged import rows
from texts import ASSIGNING, MEASURES, plan

from chidao.audit.owners import find_owners
from chidao.errors import RegisterError
from chidao.grammar.folding import key
from chidao.storage import Register


def first(register: Register, measure: str, document: str | None = None) -> tuple[str, list[tuple[str, str]]]:
    """The words of the first carrier, and its owners with how they are known."""
    carrier = find_owners(register, measure, document=document)[0].carriers[0]
    return carrier.task.text, [(owner.name, owner.how) for owner in carrier.owners]


@pytest.mark.parametrize(("measure", "begins", "owners"), [
    ("bố trí kinh phí thực hiện kế hoạch", "Bố trí kinh phí", [("Sở Tài chính", "inherited")]),
    ("điểm tập kết tại mỗi tổ dân phố", "Bố trí điểm tập kết", [("Sở Nông nghiệp và Môi trường", "inferred")]),
    ("cuộc thi tái chế trong trường học", "Tổ chức cuộc thi", []),  # nothing in the plan gives it to anybody
    ("cuoc thi tai che", "Tổ chức cuộc thi", []),  # without diacritics
])
def test_owner_of_a_measure(
    measure: str, begins: str, owners: list[tuple[str, str]], holding: Callable[..., Register],
) -> None:
    text, found = first(holding(plan(MEASURES + ASSIGNING)), measure)
    assert text.startswith(begins)
    assert found == owners


def test_an_inferred_owner_has_a_score_and_the_item_that_speaks_for_it(holding: Callable[..., Register]) -> None:
    found = find_owners(holding(plan(MEASURES + ASSIGNING)), "điểm tập kết tại mỗi tổ dân phố")[0]
    owner, = found.carriers[0].owners
    assert 0 < owner.score <= 1
    assert owner.evidence is not None
    assert "thu gom rác thải" in owner.evidence.text


@pytest.mark.parametrize(("item", "owner"), [
    ("1. Sở Y tế\n- Chủ trì các nhiệm vụ tại mục II.2 của Kế hoạch.", [("Sở Y tế", "inferred")]),
    ("1. Sở Y tế\n- Chủ trì các nhiệm vụ tại mục II.1 của Kế hoạch.", []),  # another part
    ("1. Sở Y tế\n- Chủ trì các nhiệm vụ tại mục II.2 Kế hoạch số 12/KH-UBND.", []),  # of another plan
    ("1. Sở Y tế\n- Phối hợp tổ chức cuộc thi tái chế trong trường học.", []),  # who helps is no owner
])
def test_items_that_hand_over_a_part(
    item: str, owner: list[tuple[str, str]], holding: Callable[..., Register],
) -> None:
    text = plan(MEASURES + "III. TỔ CHỨC THỰC HIỆN\n" + item + "\n")
    assert first(holding(text), "cuộc thi tái chế trong trường học")[1] == owner


def test_only_one_document_is_asked(samples: Register) -> None:
    everywhere = find_owners(samples, "báo cáo kết quả thực hiện")
    assert len(everywhere) > 1
    one, = find_owners(samples, "báo cáo kết quả thực hiện", document=everywhere[1].document)
    assert one.document == everywhere[1].document


def test_a_line_of_a_form_carries_no_measure(holding: Callable[..., Register]) -> None:
    form = "2. Đề nghị cơ quan có thẩm quyền phóng vệ tinh ........................ lên quỹ đạo\n"
    register = holding(plan(MEASURES + "III. NHIỆM VỤ KHÁC\n" + form))
    assert all("...." not in carrier.task.text
               for holding_ in find_owners(register, "phóng vệ tinh lên quỹ đạo") for carrier in holding_.carriers)


def test_what_nobody_carries_and_who_is_unknown(samples: Register) -> None:
    assert find_owners(samples, "phóng vệ tinh địa tĩnh lên quỹ đạo") == []
    with pytest.raises(RegisterError):
        find_owners(samples, "báo cáo", document="999/KH-UBND")


@pytest.mark.parametrize(("name", "count", "least"), [
    ("owners", 40, 36),  # on these the limits were set
    ("owners_held_out", 20, 16),  # on these nothing was
])
def test_the_judged_questions(name: str, count: int, least: int, real: Register) -> None:
    """Right owner first, and nobody where the directive leaves it to no one."""
    files = {row.file: row.id for row in real.documents()}
    questions = rows(name)
    assert len(questions) == count
    right, invented = 0, []
    for question in questions:
        within = files[question["file"]] if question["within"] == "document" else None
        found = find_owners(real, question["ask"], document=within)
        named = [owner.name for owner in found[0].carriers[0].owners] if found else []
        wanted = {key(name) for name in question["owners"].split(";") if name.strip()}
        right += key(named[0]) in wanted if named else not wanted
        if named and not wanted:
            invented.append(question["question"])
    assert right >= least
    assert not invented
