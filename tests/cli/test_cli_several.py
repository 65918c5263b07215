"""Commands on a file that holds several documents."""
from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from chidao.cli import main

CORPUS = Path(__file__).parents[2] / "corpus"
sys.path.insert(0, str(CORPUS))

import bundles  # noqa: E402


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A decision and the plan that it issues, each with a number, in one PDF."""
    path = tmp_path / "qd.pdf"
    path.write_bytes(bundles.render("quyet-dinh-va-ke-hoach-co-so", "pdf"))
    return path


@pytest.fixture
def db(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["ingest", str(file), "--db", str(tmp_path / "r.db"), "--lang", "en"]) == 0
    assert "Documents 2" in " ".join(capsys.readouterr().out.split())
    return tmp_path / "r.db"


def test_extract_prints_a_line_a_document(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(file), "--json"]) == 0
    said = [each["document"] for each in objects(capsys.readouterr().out)]
    assert [(d["number"], d["file"], d["in_file"]) for d in said] == [
        ("1412/QĐ-UBND", "qd.pdf", {"document": 1, "documents": 2, "pages": [1, 1]}),
        ("233/KH-UBND", "qd.pdf", {"document": 2, "documents": 2, "pages": [2, 2]})]


def test_extract_shows_each_in_turn(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(file), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert said.index("document 1 of 2, page 1") < said.index("Kế hoạch 233/KH-UBND") < said.index("document 2 of 2")


def test_show_names_the_others_of_the_file(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "233/KH-UBND", "--db", str(db), "--json"]) == 0
    said = objects(capsys.readouterr().out)[0]
    assert said["beside"] == ["urn:lex:vn;thai.nguyen:uy.ban.nhan.dan:quyet.dinh:2025;1412-qd-ubnd"]
    assert main(["show", "qd.pdf#2", "--db", str(db), "--lang", "en"]) == 0
    assert "In the same file" in capsys.readouterr().out
    assert main(["show", "qd.pdf", "--db", str(db), "--lang", "en"]) == 1
    assert "document_ambiguous" in capsys.readouterr().err


def test_a_page_is_drawn_with_what_its_document_says(
    db: Path, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["show", "233/KH-UBND", "--db", str(db), "--png", str(tmp_path / "a.png"), "--json"]) == 0
    held = objects(capsys.readouterr().out)[0]
    assert main(["show", str(file), "--page", "2", "--png", str(tmp_path / "b.png"), "--json"]) == 0
    lying = objects(capsys.readouterr().out)[0]
    assert (held["page"], held["pages"]) == (2, 2)
    assert held["marks"]["task"] >= 4
    assert held["marks"] == lying["marks"]
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_parts_without_a_number_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "qd.txt"
    path.write_bytes(bundles.render("quyet-dinh-ban-hanh-ke-hoach", "txt"))
    assert main(["extract", str(path), "--json"]) == 0
    said = objects(capsys.readouterr().out)[0]
    part, = said["document"]["parts"]
    assert (part["type"], part["title"], said["document"]["in_file"]) == (
        "Kế hoạch", "Khắc phục sạt lở bờ sông năm 2025", None)
    assert said["text"][part["start"]:part["end"]].startswith("ỦY BAN NHÂN DÂN\nTỈNH QUẢNG TRỊ")
    assert main(["extract", str(path), "--lang", "vi"]) == 0
    assert "Kế hoạch: Khắc phục sạt lở bờ sông năm 2025" in capsys.readouterr().out
