"""chidao trace, documents and graph on the command line; candidates in chidao show."""
from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
from registers import LAW, PLAN, RESOLUTION, dispatch, plan, resolution

from chidao.cli import main
from chidao.storage import Register


@pytest.fixture(autouse=True)
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "graph.db"
    with Register(path) as register:
        for each in (dispatch(), plan(), resolution()):
            register.add(each)
    monkeypatch.setenv("CHIDAO_DB", str(path))
    monkeypatch.setenv("LC_ALL", "en")
    return path


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(("options", "expected"), [
    (["--up"], [("up", LAW), ("up", RESOLUTION), ("up", LAW)]),
    (["--up", "--relations", "implements"], [("up", RESOLUTION)]),
    (["--up", "--relations", "legal_basis, implements", "--depth", "1"], [("up", LAW), ("up", RESOLUTION)]),
    (["--down"], [("down", PLAN)]),
])
def test_trace_one_way_and_some_types(
    options: list[str], expected: list[tuple[str, str]], capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["trace", PLAN, "--json", *options]) == 0
    found = [(e["direction"], e["target"]) for e in map(json.loads, lines(capsys))]
    assert sorted(found) == sorted(expected)


def test_trace_refuses_a_type_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", PLAN, "--relations", "căn cứ"]) == 2
    assert "legal_basis" in capsys.readouterr().err


def test_trace_on_a_day_says_what_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", PLAN, "--up", "--on", "2024-03-01"]) == 0
    said = lines(capsys)
    assert "validity unknown" in said[0]
    assert [line.split(" “")[0] for line in said if line.startswith("├─")] == [
        "├─ ● implements: Nghị quyết 12/NQ-CP (validity unknown)"]
    assert said[-1] == "● held · ○ not held"
    assert main(["trace", PLAN, "--up", "--on", "2024-03-01", "--json"]) == 0
    assert {json.loads(line)["validity"]["state"] for line in lines(capsys)} == {"unknown"}


def test_trace_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", PLAN, "--svg", str(tmp_path / "a.svg")]) == 0
    assert (tmp_path / "a.svg").read_text("utf-8").startswith("<svg")
    assert "4 documents" in capsys.readouterr().err
    assert main(["trace", PLAN, "--mermaid", "--lang", "vi"]) == 0
    assert '"thực hiện"' in capsys.readouterr().out


def test_documents_held_and_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["documents", "--json"]) == 0
    assert {json.loads(line)["id"] for line in lines(capsys)} >= {PLAN, RESOLUTION}
    assert main(["documents", "--missing", "--json", "--limit", "1"]) == 0
    [law] = map(json.loads, lines(capsys))
    assert (law["id"], law["cited_by"], law["resolved"]) == (LAW, 2, True)
    assert main(["documents", "--missing"]) == 0
    table = capsys.readouterr().out
    assert "03/2007/QH12" in table
    assert "(which" in table


@pytest.mark.parametrize("more", [[], ["--responsibility"]])
def test_graph_is_written(tmp_path: Path, more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "--format", "graphml", "-o", str(tmp_path / "g.graphml"), *more]) == 0
    graph = nx.read_graphml(tmp_path / "g.graphml")
    assert f"Nodes written: {graph.number_of_nodes()}" in capsys.readouterr().err
    assert PLAN in graph


def test_json_ld_has_no_responsibility(tmp_path: Path) -> None:
    assert main(["graph", "--format", "jsonld", "--responsibility", "-o", str(tmp_path / "g.jsonld")]) == 2
    assert not (tmp_path / "g.jsonld").exists()


def test_show_gives_candidates_of_open_mentions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", PLAN, "--json"]) == 0
    [said] = map(json.loads, lines(capsys))
    assert said["candidates"] == [{"citation": 2, "document": RESOLUTION, "score": 0.9}]
