"""The index: vectors are made once, taken up again, made anew for another model; large registers; damaged settings."""
from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest
from registers import dispatch, plan, resolution

from chidao.errors import SearchError
from chidao.grammar.terms import terms
from chidao.search import indexing, state
from chidao.search.embedding.models import embedder
from chidao.search.embedding.static import static_model
from chidao.search.indexing import extra_to_tell_of, index, pending
from chidao.search.vectors import packed, unpacked
from chidao.storage import Register
from chidao.storage.database import transaction


def filled(path: str | Path) -> Register:
    register = Register(path)
    for directive in (plan(), resolution(), dispatch()):
        register.add(directive)
    return register


def test_vectors_are_made_once_and_taken_up_again() -> None:
    with filled(":memory:") as register:
        conn = register.connection
        total = pending(conn)
        assert index(register, model="static").embedded == total > 8
        with transaction(conn):
            conn.execute("DELETE FROM unit_vectors WHERE unit_id % 2")
        missing = pending(conn)
        assert 0 < missing < total
        again = index(register)
        assert (again.embedded, again.rebuilt, pending(conn)) == (missing, False, 0)
        register.remove(plan().id)
        assert pending(conn) == 0


def test_another_model_makes_all_anew_and_search_says_so_meanwhile() -> None:
    with filled(":memory:") as register:
        index(register, model="static")
        with transaction(register.connection):
            state.put(register.connection, state.FINGERPRINT, "static:another")
        answer = register.answer("tiêm vắc xin")
        assert "model_changed" in answer.notes
        assert answer.hits
        told = []
        assert index(register, on_rebuild=lambda: told.append(1)).rebuilt
        assert told == [1]
        assert register.answer("tiêm vắc xin").notes == ()
        assert index(register, model="none").model is None
        assert register.answer("tiêm vắc xin").notes == ()


def test_a_model_that_is_not_on_the_machine_is_an_error() -> None:
    with filled(":memory:") as register, pytest.raises(SearchError, match="is not on this machine"):
        index(register, model="nobody/no-such-model")


def test_a_register_of_an_earlier_version_gets_its_units() -> None:
    with filled(":memory:") as register:
        conn = register.connection
        units = conn.execute("SELECT document_id, text, actors FROM units ORDER BY 1, ord").fetchall()
        with transaction(conn):
            conn.execute("DELETE FROM units")
            conn.execute("DELETE FROM syllables")
            conn.execute("DELETE FROM syllable_pairs")
        index(register, model="static")
        assert conn.execute("SELECT document_id, text, actors FROM units ORDER BY 1, ord").fetchall() == units
        assert register.verify() == []


@pytest.mark.parametrize("query", ["tiêm vắc xin cho trẻ", "tiem vac xin", '"giám sát dịch tễ"', "tiêm -sởi",
                                   "Sở Y tế chủ trì giám sát", "12/NQ-CP", "zzz"])
def test_a_large_register_answers_as_a_small_one(tmp_path: Path, query: str) -> None:
    with filled(tmp_path / "small.db") as small, filled(tmp_path / "large.db") as large:
        index(small, model="none")
        index(large, model="none", large_from=1)
        assert state.large_until(large.connection)
        assert large.verify() == []
        there, here = ([hit.unit for hit in each.search(query)] for each in (large, small))
        # Full text differs in which common syllables it leaves out, so in what comes last.
        assert there[:1] == here[:1]
        assert set(there) <= set(here)


def test_what_comes_and_goes_after_the_large_index_was_made(tmp_path: Path) -> None:
    path = tmp_path / "large.db"
    with Register(path) as register:
        register.add(plan())
        index(register, model="static", large_from=1)
        register.add(dispatch())
        index(register, large_from=1)
        assert register.search("lập danh sách trẻ")[0].row.document_number == "315/SYT-NVY"
        register.remove(plan().id)
        assert {hit.row.document_number for hit in register.search("tiêm vắc xin")} == {"315/SYT-NVY"}
        assert register.verify() == []
    assert len(list((tmp_path / "large.db-search").iterdir())) == 1


def test_the_static_model_ships_and_says_the_same_for_the_same_words() -> None:
    model = static_model()
    one, same, other, none = model.encode(["tiêm vắc xin cho trẻ em", "Tiêm vắc-xin cho trẻ em", "chữa cháy rừng", "???"])
    assert one @ same == pytest.approx(1.0, abs=1e-5)
    assert one @ other < 0.5
    assert not none.any()
    assert model.encode(["tiem vac xin cho tre em"])[0] @ one > 0.7


def test_the_wheel_takes_the_static_model_along() -> None:
    root = Path(__file__).parents[2]
    taken = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    inside = {Path(there).name: root / here for here, there in taken["force-include"].items() if "static_model" in there}
    assert set(inside) == {"codes.npy", "scales.npy", "terms.txt", "version.txt"}
    assert sum(path.stat().st_size for path in inside.values()) < 20e6


def test_int8_keeps_the_direction() -> None:
    vectors = np.random.default_rng(3).normal(size=(20, 256)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert (unpacked(packed(vectors)) * vectors).sum(axis=1).min() > 0.999


def test_settings() -> None:
    assert embedder("none") is None
    static = embedder("static")
    assert static is not None
    assert static.quick
    assert list(terms("Uỷ ban")) == ["ủy", "ban", "ủy_ban"]


def test_who_uses_the_small_model_unasked_hears_of_the_extra_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "default_setting", lambda: "static")
    with filled(":memory:") as register:
        index(register)
        assert [extra_to_tell_of(register), extra_to_tell_of(register)] == [True, False]
    with filled(":memory:") as register:
        index(register, model="static")  # his own choice
        assert not extra_to_tell_of(register)
    monkeypatch.setattr(indexing, "default_setting", lambda: "builtin")
    with filled(":memory:") as register:
        assert not extra_to_tell_of(register)


@pytest.mark.parametrize("query", ["tiêm vắc xin", "Sở Y tế chủ trì giám sát", "Sở Y tế", "12/NQ-CP"])
@pytest.mark.parametrize("large_from", [1, 1000])
def test_only_tasks_answer_where_only_they_are_asked_for(tmp_path: Path, query: str, large_from: int) -> None:
    with filled(tmp_path / "so.db") as register:
        index(register, model="static", large_from=large_from)
        some = [hit.unit for hit in register.answer(query).hits if hit.task]
        hits = register.answer(query, passages=False).hits
        assert all(hit.task for hit in hits)
        assert {*some} <= {hit.unit for hit in hits}
