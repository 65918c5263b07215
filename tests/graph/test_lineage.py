"""Lineage in SQL and in networkx: the same answers; nodes that are not held; cycles; what a third one states."""
from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator

import networkx as nx
import pytest
from registers import DISPATCH, LAW, PLAN, RESOLUTION, dispatch, find, plan, resolution, source

from chidao.errors import RegisterError
from chidao.graph import lineage_graph, trace, tree
from chidao.model import Citation, Directive, Header, Relation
from chidao.storage import Register

OPEN = f"open:nghi-quyet:12-nq-cp@{PLAN}"


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as register:
        for directive in (dispatch(), plan(), resolution()):
            register.add(directive)
        yield register


@pytest.mark.parametrize(("document", "question", "expected"), [
    # from the middle: two up, the resolution's own basis is one further; one down
    (PLAN, {}, [("up", 1, PLAN, LAW), ("up", 1, PLAN, RESOLUTION), ("up", 2, RESOLUTION, LAW),
                ("down", 1, DISPATCH, PLAN)]),
    (PLAN, {"depth": 1, "down": False}, [("up", 1, PLAN, LAW), ("up", 1, PLAN, RESOLUTION)]),
    (PLAN, {"depth": 0}, []),
    (PLAN, {"up": False, "down": False}, []),
    # by number, from the end
    ("315/SYT-NVY", {"depth": 2}, [("up", 1, DISPATCH, PLAN), ("up", 2, PLAN, LAW), ("up", 2, PLAN, RESOLUTION)]),
    # a law that is only cited: what is based on it
    ("Luật Phòng, chống bệnh truyền nhiễm", {"depth": 1}, [("down", 1, PLAN, LAW), ("down", 1, RESOLUTION, LAW)]),
    (LAW, {"depth": 1, "up": False}, [("down", 1, PLAN, LAW), ("down", 1, RESOLUTION, LAW)]),
    # mentions only on demand; one that leaves open which document it means has a node of its own
    (PLAN, {"mentions": True, "depth": 1, "down": False},
     [("up", 1, PLAN, OPEN), ("up", 1, PLAN, LAW), ("up", 1, PLAN, RESOLUTION)]),
])
def test_trace(
    register: Register, document: str, question: dict[str, bool], expected: list[tuple[str, int, str, str]],
) -> None:
    found = [(e.direction, e.depth, e.source, e.target) for e in register.trace(document, **question)]
    assert sorted(found) == sorted(expected)


def test_an_edge_shows_its_words(register: Register) -> None:
    edge = next(e for e in register.trace(PLAN, down=False) if e.target == RESOLUTION)
    assert plan().text[edge.span.start:edge.span.end] == edge.text
    assert (edge.relation, edge.source_label, edge.target_label, edge.source_held, edge.target_held, edge.resolved) == (
        "implements", "Kế hoạch 07/KH-UBND", "Nghị quyết 12/NQ-CP", True, True, True)
    law = next(e for e in register.trace(PLAN, down=False) if e.target == LAW)
    assert (law.target_held, law.target_label) == (False, "Luật Phòng, chống bệnh truyền nhiễm 03/2007/QH12")
    assert not next(e for e in register.trace(PLAN, mentions=True) if e.target == OPEN).resolved


def test_unknown_documents(register: Register) -> None:
    for text, code in (("99/KH-UBND", "document_unknown"), ("urn:lex:vn;song.lam", "document_ambiguous")):
        with pytest.raises(RegisterError) as error:
            register.trace(text)
        assert error.value.code == code


def test_what_a_third_one_states_is_an_edge(register: Register) -> None:
    text = "Thông tư 14/2021/TT-BYT sửa đổi Thông tư 01/2020/TT-BYT."
    directive = Directive(
        "urn:third", source(text, name="third.txt"), Header(type="Báo cáo"),
        citations=(
            Citation(find(text, "Thông tư 14/2021/TT-BYT"), "Thông tư", "14/2021/TT-BYT", target="urn:14"),
            Citation(find(text, "Thông tư 01/2020/TT-BYT"), "Thông tư", "01/2020/TT-BYT", target="urn:01")),
        relations=(
            Relation("Thông tư 14/2021/TT-BYT", "amends", "Thông tư 01/2020/TT-BYT", find(text, text[:-1])),
            Relation("Thông tư 14/2021/TT-BYT", "guides", "Luật Dược", find(text, "Thông tư"))))
    register.add(directive)
    [edge] = register.trace("urn:01")
    assert (edge.source, edge.relation, edge.stated_by, edge.direction) == ("urn:14", "amends", "urn:third", "down")
    assert register.directive("urn:third") == directive


def test_a_tree_opens_each_node_once(register: Register) -> None:
    root = tree(register.trace("cv315"), DISPATCH, "up")
    assert (root.id, root.label, root.held, root.edge) == (DISPATCH, "Công văn 315/SYT-NVY", True, None)
    [branch] = root.branches
    assert [(b.id, b.repeated) for b in branch.branches] == [(RESOLUTION, False), (LAW, False)]
    assert tree([], "urn:x", "up").branches == ()


def test_sql_and_networkx_agree() -> None:
    """A random graph with cycles: nodes in reach and the edges that leave them."""
    draw = random.Random(7)
    ids = [f"urn:{i:02}" for i in range(30)]
    with Register(":memory:") as register:
        for id in ids[:25]:
            targets = draw.sample(ids, 3)
            text = " ".join(f"Kế hoạch {t}" for t in targets)
            register.add(Directive(
                id, source(f"{id} {text}"), Header(),
                citations=tuple(
                    Citation(find(f"{id} {text}", f"Kế hoạch {t}"), "Kế hoạch", t, target=t,
                             relation=draw.choice(["implements", "legal_basis", "mentions"])) for t in targets)))
        for mentions in (False, True):
            graph = lineage_graph(register, mentions=mentions)
            assert set(ids[:25]) <= set(graph.nodes)
            for start in ids:
                if start not in graph:
                    continue
                for depth in (1, 2, 4):
                    edges = trace(register, start, depth=depth, mentions=mentions)
                    up = nx.single_source_shortest_path_length(graph, start, cutoff=depth - 1)
                    down = nx.single_source_shortest_path_length(graph.reverse(), start, cutoff=depth - 1)
                    leaving, coming = graph.out_edges(up, data="relation"), graph.in_edges(down, data="relation")
                    expected = {("up", up[s] + 1, s, t, relation) for s, t, relation in leaving}
                    expected |= {("down", down[t] + 1, s, t, relation) for s, t, relation in coming}
                    assert {(e.direction, e.depth, e.source, e.target, e.relation) for e in edges} == expected


def test_the_graph_says_what_it_knows(register: Register) -> None:
    graph = lineage_graph(register)
    assert graph.nodes[LAW] == {"label": "Luật Phòng, chống bệnh truyền nhiễm 03/2007/QH12", "held": False, "resolved": True}
    assert [d["relation"] for _, _, d in graph.edges(DISPATCH, data=True)] == ["implements"]
    assert OPEN not in graph
    assert graph.number_of_edges() == 4


def test_repeated_mentions_make_one_edge(register: Register) -> None:
    twice = "Kế hoạch 9/KH-SYT và Kế hoạch 9/KH-SYT"
    citation = Citation(find(twice, "Kế hoạch 9/KH-SYT"), "Kế hoạch", "9/KH-SYT", target="urn:9", relation="amends")
    register.add(Directive(
        "urn:twice", source(twice, name="twice.txt"), Header(),
        citations=(citation, dataclasses.replace(citation, span=find(twice, "Kế hoạch 9/KH-SYT", 2)))))
    [edge] = register.trace("urn:twice")
    assert (edge.mentions, edge.span.start) == (2, 0)
