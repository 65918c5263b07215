"""Commands that ask a register of two directives: what they print, where, and with which exit code."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import by_hand
import pytest

from chidao.cli import main

pytestmark = pytest.mark.usefixtures("db")


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_search_marks_the_hit_and_says_where_who_and_when(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "kinh phi", "thu gom", "--limit", "1"]) == 0
    out = capsys.readouterr().out
    assert "Kế hoạch 31/KH-UBND · I › 2" in out
    assert "[kinh phí] [thu gom]" in out or "[kinh phí thu gom]" in out
    assert "Lead: Sở Tài chính · Deadline: trước ngày 15/3/2026" in out


def test_search_without_a_hit_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "vắc xin", "--lang", "vi"]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "Không tìm thấy gì cho “vắc xin”.\n")


@pytest.mark.parametrize(("options", "words"), [
    ([], ["Các xã", "Lập", "Giao", "Phối hợp", "=HYPERLINK"]),
    (["--agency", "so nong nghiep"], ["Phối hợp", "=HYPERLINK"]),  # without diacritics
    (["--agency", "công an tỉnh", "--role", "lead"], []),
    (["--agency", "công an tỉnh", "--role", "coordinator"], ["Phối hợp"]),
    (["--document", "88/STC-NS"], ["Các xã"]),
    (["--without-owner"], ["Lập"]),
    (["--kind", "target"], []),
    (["--state", "no-deadline"], ["Lập"]),
    (["--state", "undated"], ["Phối hợp"]),
    (["--state", "overdue", "--today", "2026-03-16"], ["Các xã", "Giao"]),
    (["--state", "due-soon", "--today", "10/3/2026"], ["Giao"]),  # a day may be written either way
    (["--due-before", "2026-03-15"], ["Các xã", "Giao"]),  # that day counts
    (["--limit", "1", "--offset", "1"], ["Lập"]),
])
def test_tasks_by_condition(options: list[str], words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tasks", "--json", *options]) == 0
    found = [task["text"] for task in objects(capsys.readouterr().out)]
    assert len(found) == len(words)
    assert all(any(text.startswith(word) for text in found) for word in words)


def test_tasks_left_out_for_want_of_a_day_are_counted_apart(capsys: pytest.CaptureFixture[str]) -> None:
    main(["tasks", "--due-before", "2027-01-01"])
    said = capsys.readouterr()
    assert "hằng quý" not in said.out
    assert "Left out: 1 tasks" in said.err


def test_task_as_json_has_the_bodies_by_role_and_spans(capsys: pytest.CaptureFixture[str]) -> None:
    main(["tasks", "--json", "--agency", "công an tỉnh"])
    task, = objects(capsys.readouterr().out)
    assert by_hand.PLAN[task["start"]:task["end"]] == task["text"]
    assert [lead["name"] for lead in task["leads"]] == ["Sở Nông nghiệp và Môi trường"]
    assert [(c["name"], by_hand.PLAN[c["start"]:c["end"]]) for c in task["coordinators"]] == [
        ("Công an tỉnh", "Công an tỉnh")]
    assert "roles" not in task


def test_show_has_header_outline_tasks_and_citations(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "31/KH-UBND"]) == 0
    out = capsys.readouterr().out
    for words in ("Trần Văn Khoát, Chủ tịch (on behalf of Ủy ban nhân dân)", "II TỔ CHỨC THỰC HIỆN", "  1 Lập danh mục",
                  "→ Lead: Sở Nông nghiệp và Môi trường · With: Công an tỉnh · Deadline: hằng quý",
                  "Nghị quyết 7/NQ-HĐND"):
        assert words in out
    assert out.count("Giao Sở Tài chính") == 1, "an item that is a task is shown once"


def test_show_as_json_is_the_contract_and_the_row(capsys: pytest.CaptureFixture[str]) -> None:
    main(["show", "31/KH-UBND", "--json"])
    said, = objects(capsys.readouterr().out)
    assert said["document"]["id"] == said["register"]["id"] == by_hand.PLAN_ID
    assert said["text"] == by_hand.PLAN
    assert len(said["tasks"]) == 4


def test_trace_shows_both_ways_as_a_tree(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "88/STC-NS"]) == 0
    up, down = capsys.readouterr().out.split("\n\n")[:2]
    assert up.splitlines()[0] == "What Công văn 88/STC-NS is based on"
    assert up.splitlines()[1].startswith("└─ ● implements: Kế hoạch 31/KH-UBND “Kế hoạch số 31/KH-UBND")
    assert up.splitlines()[2].startswith("   └─ ○ implements: Nghị quyết 7/NQ-HĐND “")
    assert down.splitlines()[1] == "(none)"


def test_trace_of_a_document_that_is_only_cited(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "7/NQ-HĐND", "--json"]) == 0
    assert [(e["direction"], e["depth"], e["source_label"]) for e in objects(capsys.readouterr().out)] == [
        ("down", 1, "Kế hoạch 31/KH-UBND"), ("down", 2, "Công văn 88/STC-NS")]


def test_trace_depth(capsys: pytest.CaptureFixture[str]) -> None:
    main(["trace", "7/NQ-HĐND", "--json", "--depth", "1"])
    assert len(objects(capsys.readouterr().out)) == 1


def test_stats(capsys: pytest.CaptureFixture[str]) -> None:
    main(["stats", "--json", "--today", "2026-03-16"])
    said, = objects(capsys.readouterr().out)
    assert (said["documents"], said["tasks"], said["without_lead"], said["missing_documents"]) == (2, 5, 1, 1)
    assert said["states"] == {"not_due": 1, "due_soon": 0, "overdue": 2, "no_deadline": 1, "undated": 1}
    assert main(["stats", "--lang", "vi"]) == 0
    assert "Chưa nêu cơ quan chủ trì" in capsys.readouterr().out


def test_remove(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remove", "88/STC-NS"]) == 0
    assert "Công văn 88/STC-NS" in capsys.readouterr().out
    assert main(["show", "88/STC-NS"]) == 1


def test_verify_finds_a_changed_file(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify"]) == 0
    (db.parent / "ke-hoach-31.txt").write_text("khác", "utf-8")
    assert main(["verify", "--json"]) == 1
    assert "ke-hoach-31.txt" in objects(capsys.readouterr().out)[0]["where"]


def test_failures(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from chidao.errors import ReadingError
    from chidao.storage import Register

    with Register(db) as register:
        register.fail(db.parent / "anh.pdf", ReadingError("no_text_layer"))
    assert main(["failures", "--lang", "vi"]) == 0
    assert "anh.pdf: Tệp chỉ có ảnh, không có lớp chữ, và máy này chưa có dữ liệu nhận dạng chữ tiếng Việt." in \
        capsys.readouterr().out


@pytest.mark.parametrize(("form", "begins"), [
    ("xlsx", b"PK"), ("docx", b"PK"), ("csv", b"\xef\xbb\xbfSTT,"),
    ("jsonl", b'{"document"'), ("ics", b"BEGIN:VCALENDAR"),
])
def test_export(form: str, begins: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "new" / f"so.{form}"
    assert main(["export", "--format", form, "-o", str(path)]) == 0
    assert path.read_bytes().startswith(begins)
    assert capsys.readouterr().out == ""
    assert [p.name for p in path.parent.iterdir()] == [path.name], "nothing is left beside it"


def test_export_of_the_contract_is_the_whole_directive(tmp_path: Path) -> None:
    main(["export", "--format", "jsonl", "-o", str(tmp_path / "a"), "--document", "31/KH-UBND"])
    said, = objects((tmp_path / "a").read_text("utf-8"))
    assert said["text"] == by_hand.PLAN


def test_export_takes_the_conditions_of_tasks(tmp_path: Path) -> None:
    main(["export", "--format", "csv", "-o", str(tmp_path / "a"), "--without-owner"])
    assert len((tmp_path / "a").read_text("utf-8").splitlines()) == 2


def test_a_failed_export_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from chidao.export import csv

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(csv, "write", broken)
    (tmp_path / "a.csv").write_text("cũ", "utf-8")
    assert main(["export", "--format", "csv", "-o", str(tmp_path / "a.csv")]) == 4
    assert (tmp_path / "a.csv").read_text("utf-8") == "cũ"
    assert sorted(p.suffix for p in tmp_path.iterdir()) == [".csv", ".db", ".txt", ".txt"]
