"""Lineage as SVG and Mermaid: well-formed, each document once, nothing outside the picture or on another box."""
from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from registers import LAW, PLAN, dispatch, plan, resolution

from chidao.graph import drawing, label_of
from chidao.storage import Register

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as register:
        for each in (dispatch(), plan(), resolution()):
            register.add(each)
        yield register


@pytest.mark.parametrize(("document", "missing"), [(PLAN, 2), (LAW, 1)])
def test_svg(register: Register, document: str, missing: int) -> None:
    edges = register.trace(document, mentions=True)
    picture = ElementTree.fromstring(drawing.svg(edges, document, label_of(register, document), str))
    boxes = [{k: float(r.get(k, "0")) for k in ("x", "y", "width", "height")}
             for r in picture.iterfind(f"{SVG}g/{SVG}rect")]
    assert len(boxes) == len({end for e in edges for end in (e.source, e.target)})
    assert sum(r.get("stroke-dasharray") is not None for r in picture.iterfind(f"{SVG}g/{SVG}rect")) == missing
    width, height = float(picture.get("width", "0")), float(picture.get("height", "0"))
    assert all(b["x"] >= 0 and b["y"] >= 0 and b["x"] + b["width"] <= width and b["y"] + b["height"] <= height
               for b in boxes)
    assert not any(_overlap(a, b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert len(picture.findall(f"{SVG}path")) == len({(e.source, e.target) for e in edges})


def test_svg_of_a_document_alone(register: Register) -> None:
    picture = ElementTree.fromstring(drawing.svg([], PLAN, 'Kế hoạch "07" <KH> & khác', str))
    assert picture.findtext(f"{SVG}title") == 'Kế hoạch "07" <KH> & khác'
    assert len(picture.findall(f"{SVG}g")) == 1


def test_mermaid(register: Register) -> None:
    lines = drawing.mermaid(register.trace(PLAN), PLAN, "Kế hoạch 07/KH-UBND", str).splitlines()
    assert lines[0] == "flowchart RL"
    names = dict(re.findall(r'^  (n\d+)\["(.+)"\]$', "\n".join(lines), re.MULTILINE))
    said = {(names[a], word, names[b])
            for a, word, b in re.findall(r'^  (n\d+) -->\|"(\w+)"\| (n\d+)$', "\n".join(lines), re.MULTILINE)}
    law = "Luật Phòng, chống bệnh truyền nhiễm 03/2007/QH12"
    assert said == {
        ("Kế hoạch 07/KH-UBND", "implements", "Nghị quyết 12/NQ-CP"), ("Kế hoạch 07/KH-UBND", "legal_basis", law),
        ("Nghị quyết 12/NQ-CP", "legal_basis", law), ("Công văn 315/SYT-NVY", "implements", "Kế hoạch 07/KH-UBND")}


def _overlap(a: dict[str, float], b: dict[str, float]) -> bool:
    return (a["x"] < b["x"] + b["width"] and b["x"] < a["x"] + a["width"]
            and a["y"] < b["y"] + b["height"] and b["y"] < a["y"] + a["height"])
