"""The extraction contract: exactly its keys, absent values null, and figures of one where the scorer reads it."""
from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import by_hand
import pytest

from chidao.export.contract import to_contract
from chidao.model import (
    Assignment,
    Citation,
    Deadline,
    Directive,
    Header,
    Product,
    Region,
    Relation,
    Signer,
    SourceText,
    Span,
    Task,
)

KEYS = {
    "": {"document", "text", "regions", "citations", "short_forms", "relations", "tasks"},
    "document": {"id", "type", "number", "symbol", "issuer", "place", "date", "year", "title", "signer", "addressees",
                 "recipients", "horizon", "evidence", "parts", "file", "in_file", "signed", "signatures"},
    "signer": {"name", "position", "on_behalf_of"},
    "regions": {"start", "end", "kind"},
    "citations": {"start", "end", "type", "number", "name", "date", "year", "issuer", "relation", "detail", "target",
                  "confidence"},
    "short_forms": {"start", "end", "form", "type", "number", "name", "citation", "target", "candidates",
                    "confidence"},
    "relations": {"from", "type", "to", "start", "end"},
    "tasks": {"start", "end", "kind", "path", "leads", "coordinators", "deadlines", "products", "citations",
              "candidates", "confidence", "clarity"},
    "leads": {"name", "source", "start", "end", "means", "agency", "agency_score", "agencies", "office", "inferred", "confidence"},
    "coordinators": {"name", "source", "start", "end", "means", "agency", "agency_score", "agencies", "office", "inferred"},
    "deadlines": {"start", "end", "kind", "value", "rrule", "confidence"},
    "products": {"text", "start", "end"},
}


def full() -> Directive:
    """A directive in which every list has a member."""
    at = Span(0, 4)
    roles = (Assignment("Sở Xây dựng", "lead", "stated", at), Assignment("Sở Tài chính", "coordinator", "stated", at),
             Assignment("Ủy ban nhân dân tỉnh", "reports_to", "stated", at))
    return Directive(
        "urn:lex:vn;lam.son:so.xay.dung:cong.van:2026;9-sxd", SourceText("Báo cáo", "text", "0" * 64, "a.txt"),
        Header(signer=Signer("Lê Thị Na"), evidence={"number": Span(1, 3)}),
        regions=(Region(at, "furniture"),), citations=(Citation(at, "Luật", name="Luật Nhà ở"),
                                               Citation(at, "Luật", name="Luật Nhà ở", form="anaphoric")),
        relations=(Relation("Thông tư 2/2026/TT-BXD", "amends", "Thông tư 1/2025/TT-BXD", at),),
        tasks=(Task(at, "task", ("I", "1"), roles, (Deadline(at, "by", "2026-05-01"),), (Product("Báo cáo", at),),
                    citations=(0,)),))


@pytest.mark.parametrize("name", KEYS)
def test_keys_are_those_of_the_contract(name: str) -> None:
    said = to_contract(full())
    places: dict[str, Any] = {"": said, "document": said["document"], "signer": said["document"]["signer"],
                              **{k: said[k][0] for k in ("regions", "citations", "short_forms", "relations", "tasks")},
                              **{k: said["tasks"][0][k][0] for k in ("leads", "coordinators", "deadlines", "products")}}
    assert set(places[name]) == KEYS[name]


def test_only_leads_and_coordinators_are_said_to_act() -> None:
    task = to_contract(full())["tasks"][0]
    assert [a["name"] for a in task["leads"] + task["coordinators"]] == ["Sở Xây dựng", "Sở Tài chính"]


def test_short_forms_stand_apart_and_a_task_names_the_full_form() -> None:
    cited = [Citation(Span(0, 4), "Nghị quyết", "5/NQ-CP", year=2020), Citation(Span(5, 9), "Chỉ thị", "7/CT-TTg"),
             Citation(Span(10, 14), "Nghị quyết", "5/NQ-CP", year=2020, form="short"),
             Citation(Span(15, 19), "Kết luận", "9", form="short")]
    task = Task(Span(10, 20), "task", citations=(2, 1, 3))
    said = to_contract(Directive("x", SourceText("a" * 20, "text", "0" * 64, "a"), Header(), (), (), tuple(cited),
                                 tasks=(task,)))
    assert [c["number"] for c in said["citations"]] == ["5/NQ-CP", "7/CT-TTg"]
    assert [(c["number"], c["citation"]) for c in said["short_forms"]] == [("5/NQ-CP", 0), ("9", None)]
    assert said["tasks"][0]["citations"] == [0, 1]


def test_absent_values_are_null_or_empty_lists() -> None:
    blank = Directive("x", SourceText("", "text", "0" * 64, "a.txt"), Header(type="", number="", title="", date=""))
    assert '""' not in json.dumps(to_contract(blank)).replace('"text": ""', "")
    assert to_contract(blank)["document"]["signer"] is None
    assert to_contract(blank)["document"]["addressees"] == []


@pytest.mark.parametrize(("deadline", "more"), [
    (Deadline(Span(0, 1), "by", "2026-05-01"), {}),  # an ordinary one says neither
    (Deadline(Span(0, 1), "by", "2026-05-01", outside=True), {"outside": True}),
    (Deadline(Span(0, 1), "within", "P5D", working_days=True), {"unit": "working"}),
])
def test_deadline_says_more_only_where_there_is_more(deadline: Deadline, more: dict[str, Any]) -> None:
    task = Task(Span(0, 1), "task", deadlines=(deadline,))
    said = to_contract(Directive("x", SourceText("a", "text", "0" * 64, "a"), Header(), tasks=(task,)))
    assert {k: v for k, v in said["tasks"][0]["deadlines"][0].items() if k not in KEYS["deadlines"]} == more


def annotation() -> dict[str, Any]:
    """What an annotator would write of the plan made by hand."""
    def task(quote: str, lead: list[str], source: str, coordinating: list[str], deadlines: list[dict[str, str]],
             ) -> dict[str, Any]:
        return {"quote": quote, "kind": "task", "lead": lead, "lead_source": source, "coordinating": coordinating,
                "deadlines": deadlines, "citations": []}

    owner = ["Sở Nông nghiệp và Môi trường"]
    return {
        "source": "plan.txt",
        "document": {"type": "Kế hoạch", "number": "31/KH-UBND", "symbol": "KH-UBND",
                     "issuer": "Ủy ban nhân dân tỉnh Lam Sơn", "place": "Lam Sơn", "date": "2026-01-05", "year": 2026,
                     "title": "Thu gom bao bì thuốc bảo vệ thực vật năm 2026",
                     "signer": {"name": "Trần Văn Khoát"}, "addressees": [], "recipients": []},
        "citations": [{"quote": "Nghị quyết số 7/NQ-HĐND ngày 10/12/2025 của Hội đồng nhân dân tỉnh",
                       "type": "Nghị quyết", "number": "7/NQ-HĐND", "name": None, "date": "2025-12-10",
                       "relation": "implements"}],
        "relations": [],
        "tasks": [
            task("Lập danh mục điểm tập kết bao bì trên địa bàn.", [], "none", [], []),
            task("Giao Sở Tài chính bố trí kinh phí thu gom trước ngày 15/3/2026.", ["Sở Tài chính"], "explicit", [],
                 [{"kind": "by", "value": "2026-03-15"}]),
            task("Phối hợp với Công an tỉnh kiểm tra việc thu gom hằng quý.", owner, "heading", ["Công an tỉnh"],
                 [{"kind": "recurring", "value": "quarterly"}]),
            task('=HYPERLINK("x") báo cáo kết quả trước ngày 30/11/2026.', owner, "heading", [],
                 [{"kind": "by", "value": "2026-11-30"}])]}


def test_the_reference_scorer_reads_every_figure(real_data: Path) -> None:
    spec = importlib.util.spec_from_file_location("reference_scorer", real_data / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    import sys
    sys.modules["reference_scorer"] = scorer
    spec.loader.exec_module(scorer)
    report = scorer.Report()
    scorer.score(annotation(), json.loads(json.dumps(to_contract(by_hand.plan()))), by_hand.PLAN, report)
    assert report.misses == []
    assert {name: tally.figures()["f1"] for name, tally in report.tallies.items() if tally.gold}.keys() >= {
        "header", "citations", "citation relation", "tasks", "task kind", "lead agencies", "lead source",
        "coordinating agencies", "deadlines"}
