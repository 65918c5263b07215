"""Likeness of measures by their words: by hand, and on the pairs that were judged."""
from __future__ import annotations

import hashlib

import pytest
from judged import area_under_curve, by_place, rows

from chidao.audit.measures import wording
from chidao.audit.similarity import LIKE, SAME, likeness, rarity_in, rarity_of, senses, share, similarity, words
from chidao.storage import Register

PAIRS = rows("pairs")


@pytest.mark.parametrize(("one", "other", "alike"), [
    ("Bố trí kinh phí tiêm vắc-xin cho trẻ em", "bố trí kinh phí tiêm vắc xin cho trẻ em.", True),  # hyphen, case
    ("Uỷ ban nhân dân xã lập danh sách hộ nghèo", "Ủy ban nhân dân xã lập danh sách hộ nghèo", True),  # tone placement
    ("Thu gom rác thải tại các bản", "Tập huấn sử dụng chữ ký số", False),
    ("", "Thu gom rác thải", False),
])
def test_likeness_of_two_measures(one: str, other: str, alike: bool) -> None:
    rarity = rarity_of([one, other, "Báo cáo kết quả", "Xây dựng kế hoạch"])
    assert (similarity(words(one, rarity), words(other, rarity)) >= SAME) is alike


def test_vectors_tell_paraphrases_from_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Tiêm vắc xin sởi cho trẻ em", "Tiêm chủng phòng bệnh sởi cho thiếu nhi", "Sửa chữa đường vào bãi rác sởi"]
    rarity = rarity_of(texts)
    one, same, other = senses(texts, rarity)
    assert likeness(one, same) > likeness(one, other)
    monkeypatch.setenv("CHIDAO_EMBEDDING_MODEL", "none")
    bare, alike, _ = senses(texts, rarity)
    assert likeness(bare, alike) == similarity(bare.words, alike.words)


def test_a_question_is_held_by_a_longer_measure() -> None:
    rarity = rarity_of(["thu gom rác thải", "tập huấn"])
    asked = words("thu gom rác", rarity)
    whole = words("Tổ chức thu gom rác thải hằng ngày trên các tuyến đường của xã", rarity)
    assert share(asked, whole) == 1.0
    assert similarity(asked, whole) < 0.7


def test_names_of_bodies_do_not_count(samples: Register) -> None:
    task = next(t for t in samples.tasks() if t.leads and t.leads[0] in t.text)
    assert task.leads[0] not in wording(task)
    assert wording(task).strip()


def test_pairs_are_enough_and_of_each_kind() -> None:
    kinds = [pair["judged"] for pair in PAIRS]
    assert len(PAIRS) >= 200
    assert len({pair["pair"] for pair in PAIRS}) == len(PAIRS)
    assert all(kinds.count(kind) >= 40 for kind in ("same", "related", "different"))


def test_on_judged_pairs(real: Register) -> None:
    """The figures of docs/quality.md; a pair whose task is no longer read as it was judged is left out."""
    tasks, rarity = by_place(real), rarity_in(real.connection)
    scores, kinds, likes = [], [], []
    for pair in PAIRS:
        sides = [tasks.get((pair[f"{s}_file"], int(pair[f"{s}_start"]), int(pair[f"{s}_end"]))) for s in "ab"]
        if all(sides):
            for side, name in zip(sides, "ab", strict=True):
                assert hashlib.sha256(side.text.encode()).hexdigest()[:12] == pair[f"{name}_words"]  # type: ignore[union-attr]
            one, other = senses([wording(side) for side in sides if side], rarity)
            scores.append(similarity(one.words, other.words))
            likes.append(likeness(one, other))
            kinds.append(pair["judged"])
    assert len(scores) >= 200
    assert area_under_curve(scores, [k == "same" for k in kinds]) >= 0.94
    assert area_under_curve(scores, [k != "different" for k in kinds]) >= 0.93
    assert area_under_curve(likes, [k == "same" for k in kinds]) >= 0.95
    assert area_under_curve(likes, [k != "different" for k in kinds]) >= 0.95
    like = [kind for score, kind in zip(likes, kinds, strict=True) if score >= LIKE]
    assert like.count("same") / kinds.count("same") >= 0.95
    assert like.count("different") <= 3
    over = [kind for score, kind in zip(scores, kinds, strict=True) if score >= SAME]
    assert over.count("same") / len(over) >= 0.7
    assert over.count("different") == 0
    assert over.count("same") / kinds.count("same") >= 0.75
