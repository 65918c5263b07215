"""chidao agency, chidao agencies and chidao tasks --as-of: the questions of an auditor, answered by a command each."""
from __future__ import annotations

import json
from pathlib import Path

import pytest
from plan_of_2022 import ID, directive

from chidao import knowledge
from chidao.cli import main, messages
from chidao.storage import Register


@pytest.fixture(autouse=True)
def bac_giang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "so.db"
    with Register(path) as register:
        register.add(directive())
    monkeypatch.setenv("CHIDAO_DB", str(path))


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert main(list(words)) == code
    return capsys.readouterr().out


def objects(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in said(capsys, *words, "--json").splitlines()]


def test_agency_tells_history_successors_and_tasks(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "agency", "Sở LĐ-TB&XH", "--place", "tỉnh Bắc Giang", "--as-of", "2025-12-01", "--lang", "vi")
    for words in ("Sở Lao động - Thương binh và Xã hội tỉnh Bắc Giang", "so.lao.dong.thuong.binh.va.xa.hoi@bac.giang",
                  "28/02/2025", "Sở Y tế tỉnh Bắc Ninh", "bảo trợ xã hội, trẻ em", "Nghị định 45/2025/NĐ-CP",
                  "Nghị quyết 202/2025/QH15", "Kế hoạch 20/KH-UBND"):
        assert words in out


def test_agency_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    [body] = objects(capsys, "agency", "Cục Thuế", "--place", "Bắc Giang", "--on", "2022-04-01", "--as-of", "2025-12-01")
    assert (body["id"], body["valid_to"], body["outcome"]) == ("cuc.thue@bac.giang", "2025-02-28", "one")
    [successor] = body["successors"]  # type: ignore[misc]
    assert [step["target"] for step in successor["chain"]] == ["chi.cuc.thue@khu.vuc.vi", "thue@bac.ninh-2025"]
    assert [o["task"]["id"] for o in body["obligations"]] == [f"{ID}#3", f"{ID}#4"]  # type: ignore[attr-defined]


def test_agency_is_told_without_a_register(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["agency", "so.y.te@bac.giang", "--db", str(tmp_path / "none.db"), "--as-of", "2025-12-01"]) == 0
    caught = capsys.readouterr()
    assert "Sở Y tế tỉnh Bắc Ninh" in caught.out
    assert "none.db" in caught.err


@pytest.mark.parametrize(("words", "code"), [
    (["Sở Y tế"], "agency_needs_place"),
    (["Sở Vũ trụ", "--place", "Hà Nội"], "agency_unknown"),
    (["Sở Y tế", "--place", "Vô Danh"], "place_unknown"),
    (["UBND huyện Châu Thành"], "agency_ambiguous"),
    (["Sở Kế hoạch và Đầu tư", "--place", "Hà Nội", "--on", "2025-03-01"], "agency_unknown"),
])
def test_agency_that_is_not_one(words: list[str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agency", *words]) == 1
    assert f"[{code}]" in capsys.readouterr().err


def test_tasks_as_of_a_day_tell_the_chain(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("tasks", "--agency", "Sở Y tế", "--place", "Bắc Ninh", "--as-of", "2025-12-01")  # the body of that day
    rows = objects(capsys, *words)
    assert [(row["role"], row["body"], row["certain"]) for row in rows] == [
        ("lead", "so.y.te@bac.giang", True), ("coordinator", "phong.y.te@bac.giang/thanh.pho.bac.giang", False),
        ("lead", "so.lao.dong.thuong.binh.va.xa.hoi@bac.giang", False), ("lead", "so.y.te@bac.giang", True),
        ("lead", "so.y.te@bac.giang", False)]
    joined = " ".join(said(capsys, *words).split())
    assert "as one of “Các sở, ban, ngành”" in joined
    assert "if:" in joined


def test_tasks_of_a_body_that_ended_are_with_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tasks", "--agency", "cuc.thue@bac.giang", "--as-of", "2025-12-01"]) == 0
    caught = capsys.readouterr()
    assert caught.out == ""
    assert "Thuế tỉnh Bắc Ninh" in caught.err


@pytest.mark.parametrize("words", [
    ["--as-of", "today"], ["--place", "Hà Nội"],
    ["--agency", "so.y.te@ha.noi", "--as-of", "today", "--without-owner"],
    ["--agency", "so.y.te@ha.noi", "--as-of", "today", "--due-before", "2025-01-01"],
])
def test_as_of_needs_an_agency_and_few_other_conditions(words: list[str]) -> None:
    assert main(["tasks", *words]) == 2


def test_agencies_that_ended(capsys: pytest.CaptureFixture[str]) -> None:
    rows = {row["id"]: row for row in objects(capsys, "agencies", "--document", "20/KH-UBND", "--as-of", "2025-04-01")}
    assert len(rows) == 5
    ended = {row["id"]: row for row in objects(capsys, "agencies", "--ended", "--as-of", "2025-04-01")}
    assert set(rows) - set(ended) == {"so.y.te@bac.giang", "phong.y.te@bac.giang/thanh.pho.bac.giang"}
    assert ended["ban.chi.dao.phong.chong.dich.covid.19@bac.giang"]["reason"]
    out = said(capsys, "agencies", "--ended", "--as-of", "2025-04-01")
    assert "Chi cục Thuế khu vực VI" in " ".join(out.split())


def test_tasks_with_several_leads(capsys: pytest.CaptureFixture[str]) -> None:
    assert objects(capsys, "tasks", "--several-leads") == []


@pytest.mark.parametrize(("column", "prefix"), [("category", "category_"), ("level", "level_")])
def test_kinds_have_words(column: str, prefix: str) -> None:
    assert all(messages.known(prefix + row[column]) for row in knowledge.rows("agencies/kinds"))


def test_changes_have_words() -> None:
    types = {row["type"] for table in ("kind_changes", "place_changes") for row in knowledge.rows(f"agencies/{table}")}
    assert all(messages.known(f"change_{type_}") for type_ in types)
