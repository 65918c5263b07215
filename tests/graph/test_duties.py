"""Who answers for what: recursive queries and networkx give the same answers; the whole graph has its edges."""
from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import networkx as nx
import pytest
from registers import DISPATCH, PLAN, RESOLUTION, dispatch, find, plan, resolution, source

from chidao.errors import RegisterError
from chidao.graph import duties_under, origins_of, responsibility_graph
from chidao.model import Assignment, Citation, Directive, Header, Task
from chidao.storage import Register

BODIES = ("Sở Y tế", "Sở Tài chính", "Công an tỉnh", "Trạm y tế xã")


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as register:
        for each in (dispatch(), plan(), resolution()):
            register.add(each)
        yield register


def test_duties_under_a_resolution_reach_down_to_the_dispatch(register: Register) -> None:
    duties = duties_under(register, "12/NQ-CP", relations=["leads"])
    assert [(d.depth, d.agency, d.directive) for d in duties] == [
        (0, "Bộ Y tế", RESOLUTION), (1, "Sở Y tế", PLAN), (1, "Sở Y tế", PLAN), (1, "Sở Tài chính", PLAN),
        (1, "Uỷ ban nhân dân các huyện", PLAN), (2, "trạm y tế các xã", DISPATCH)]
    assert {d.directive for d in duties_under(register, RESOLUTION, depth=1)} == {RESOLUTION, PLAN}
    with pytest.raises(RegisterError):
        duties_under(register, "99/NQ-CP")


def test_a_bodys_tasks_go_back_to_what_they_carry_out(register: Register) -> None:
    clinic = register.connection.execute("SELECT id FROM agencies WHERE name LIKE 'trạm%'").fetchone()[0]
    assert origins_of(register, clinic) == {DISPATCH: {DISPATCH: 0, PLAN: 1, RESOLUTION: 2}}
    assert origins_of(register, clinic, relations=["coordinates"]) == {}


def test_the_graph_leads_from_the_body_to_the_parent(register: Register) -> None:
    graph = responsibility_graph(register)
    clinic = next(n for n, label in graph.nodes(data="label") if label == "trạm y tế các xã")
    [path] = nx.all_simple_paths(graph, clinic, RESOLUTION)
    assert [graph.nodes[n]["kind"] for n in path] == ["agency", "task", "document", "document", "document"]
    assert [next(iter(graph[a][b])) for a, b in pairwise(path)] == [
        "leads", "part_of", "implements", "implements"]


def test_a_request_is_no_order() -> None:
    text = "Đề nghị Tòa án nhân dân tỉnh xét xử kịp thời."
    asked = Assignment("Tòa án nhân dân tỉnh", "lead", "stated", find(text, "Tòa án nhân dân tỉnh"), mood="request")
    with Register(":memory:") as register:
        register.add(Directive("urn:x", source(text), Header(), tasks=(Task(find(text, text), "task",
                                                                            assignments=(asked,)),)))
        [duty] = duties_under(register, "urn:x")
    assert (duty.agency, duty.relation) == ("Tòa án nhân dân tỉnh", "requested")


def test_sql_and_networkx_agree() -> None:
    """Random directives with cycles among them."""
    draw = random.Random(3)
    ids = [f"urn:{i:02}" for i in range(24)]
    with Register(":memory:") as register:
        for id in ids:
            register.add(_directive(id, draw.sample([i for i in ids if i != id], 2), draw))
        graph = responsibility_graph(register)
        carries = nx.MultiDiGraph([(a, b) for a, b, t in graph.edges(data="type") if t == "implements"])
        part_of = defaultdict(set)
        for task, document, type in graph.edges(data="type"):
            if type == "part_of":
                part_of[document].add(task)
        for start in ids:
            for depth in (0, 1, 3):
                reach = nx.single_source_shortest_path_length(carries.reverse(), start, cutoff=depth) \
                    if start in carries else {start: 0}
                expected = {(reach[d], body, task, data["type"]) for d in reach for task in part_of[d]
                            for body, _, data in graph.in_edges(task, data=True)}
                found = {(d.depth, f"agency:{d.agency_id}", d.task, d.relation)
                         for d in duties_under(register, start, depth=depth)}
                assert found == expected
        for body in (n for n, kind in graph.nodes(data="kind") if kind == "agency"):
            directives = {d for task in graph.successors(body) for d in graph.successors(task)}
            expected_roots = {
                d: dict(nx.single_source_shortest_path_length(carries, d, cutoff=2)) if d in carries else {d: 0}
                for d in directives}
            assert origins_of(register, int(body.partition(":")[2]), depth=2) == expected_roots


def _directive(id: str, targets: list[str], draw: random.Random) -> Directive:
    named = [f"Kế hoạch {t}" for t in targets]
    lines = [f"{draw.choice(BODIES)} làm việc {id} {i}." for i in range(2)]
    text = "\n".join([id, *named, *lines])
    tasks = tuple(
        Task(find(text, line), "task", assignments=(
            Assignment(body, draw.choice(["lead", "coordinator"]), "stated", find(text, body)),))
        for line in lines for body in BODIES if line.startswith(body))
    citations = tuple(
        Citation(find(text, name), "Kế hoạch", target, target=target, relation=draw.choice(["implements", "mentions"]))
        for name, target in zip(named, targets, strict=True))
    return Directive(id, source(text), Header(), citations=citations, tasks=tasks)
