"""chidao owner, audit, compare, diff: what they print, as text, JSON and workbook, and their exit codes."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from chidao.batch import ingest
from chidao.cli import main
from chidao.storage import Register

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A register of four sample directives: a resolution, two plans below it, and one with a blank number."""
    path = tmp_path_factory.mktemp("samples") / "samples.db"
    names = ("2025-nghi-quyet-chinh-phu", "2026-ke-hoach-ubnd-tinh-lao-cai", "2026-ke-hoach-ubnd-xa-van-ban",
             "2021-ke-hoach-ubnd-tinh-hoa-binh")
    with Register(path) as register:
        ingest([f for f in sorted((ROOT / "corpus" / "directives").iterdir()) if f.name.startswith(names)], register)
    return str(path)


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_owner_says_who_and_how(samples: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["owner", "tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 20/6", "--db", samples]) == 0
    out = capsys.readouterr().out
    assert "Kế hoạch 21/KH-UBND" in out
    assert "implements: Nghị quyết 412/NQ-CP" in out
    assert "→ Sở Khoa học và Công nghệ (stated)" in out


def test_owner_as_json(samples: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["owner", "thời gian chờ bình quân giảm 30%", "--document", "412/NQ-CP", "--db", samples,
                 "--json"]) == 0
    holding, = objects(capsys.readouterr().out)
    carrier = holding["carriers"][0]
    assert "Thời gian chờ" in carrier["task"]["text"]
    assert all(set(owner) == {"name", "how", "score", "evidence"} for owner in carrier["owners"])


def test_owner_of_what_nobody_has(samples: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["owner", "phóng vệ tinh địa tĩnh", "--db", samples, "--lang", "vi"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "Không tìm thấy" in said.err


def test_audit_prints_finding_place_advice_and_code(samples: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "2021-ke-hoach-ubnd-tinh-hoa-binh-thich-ung-covid.txt", "--db", samples, "--lang", "vi"]) == 0
    said = capsys.readouterr()
    assert "Số mục III lặp lại. [numbering_repeats]" in said.out
    assert "→ Sửa số mục" in said.out
    assert said.err.startswith("Số phát hiện: ")


def test_audit_of_all_as_json_and_workbook(
    samples: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "findings.xlsx"
    assert main(["audit", "--all", "--db", samples, "--json", "--xlsx", str(path), "--lang", "vi"]) == 0
    found = objects(capsys.readouterr().out)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [row[-1] for row in rows] == [finding["code"] for finding in found]
    assert [row[4] for row in rows] == [finding["vi"] for finding in found]
    assert sheet.auto_filter.ref == f"A4:H{4 + len(rows)}"


def test_graver_findings_only(samples: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["audit", "--all", "--db", samples, "--json"])
    every = objects(capsys.readouterr().out)
    main(["audit", "--all", "--db", samples, "--json", "--severity", "warning"])
    grave = objects(capsys.readouterr().out)
    assert grave == [finding for finding in every if finding["severity"] != "note"]
    assert 0 < len(grave) < len(every)


@pytest.mark.parametrize("words", [["audit"], ["audit", "412/NQ-CP", "--all"]])
def test_audit_wants_one_document_or_all(words: list[str], samples: str) -> None:
    assert main([*words, "--db", samples]) == 2


def test_compare_as_text_json_and_workbook(
    samples: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "compare.xlsx"
    assert main(["compare", "412/NQ-CP", "21/KH-UBND", "--db", samples, "--xlsx", str(path)]) == 0
    said = capsys.readouterr()
    assert "Nghị quyết 412/NQ-CP  →  Kế hoạch 21/KH-UBND" in said.out
    assert "Taken up: " in said.err
    main(["compare", "412/NQ-CP", "21/KH-UBND", "--db", samples, "--json"])
    pairs = objects(capsys.readouterr().out)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert sheet.max_row == 4 + len(pairs)
    assert {pair["kind"] for pair in pairs} <= {"taken", "changed", "left_out", "added"}
    changed, = (pair for pair in pairs if pair["kind"] == "changed")
    assert changed["changes"][0] == {"what": "deadline_earlier", "before": "trước ngày 30 tháng 9 năm 2026",
                                     "after": "trước ngày 15/9/2026"}
    main(["compare", "412/NQ-CP", "21/KH-UBND", "--db", samples, "--json", "--only", "left-out"])
    assert objects(capsys.readouterr().out) == [pair for pair in pairs if pair["kind"] == "left_out"]


def test_siblings_under_one_parent(samples: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "siblings.xlsx"
    assert main(["compare", "21/KH-UBND", "--db", samples, "--json", "--xlsx", str(path)]) == 0
    said = capsys.readouterr()
    assert "implement it: 1" in said.err  # the commune's plan alone: nothing to share
    assert said.out == ""
    assert path.is_file()


def test_diff_of_a_directive_with_itself(samples: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "21/KH-UBND", "21/KH-UBND", "--db", samples, "--only", "changed", "--only", "added"]) == 0
    assert "changed: 0 · left out: 0 · added: 0" in capsys.readouterr().err


def test_unknown_document(samples: str) -> None:
    assert main(["diff", "21/KH-UBND", "999/KH-UBND", "--db", samples]) == 1
