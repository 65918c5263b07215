"""chidao show --page: a page of a file or of a held document as a picture."""
from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from chidao.cli import main

FILE = Path(__file__).parents[2] / "corpus/directives/2026-ke-hoach-ubnd-tinh-lao-cai-dich-vu-cong.pdf"
PNG = b"\x89PNG"


def test_a_page_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new" / "page.png"
    assert main(["show", str(FILE), "--page", "3", "--png", str(out), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["png"], said["page"], said["pages"]) == (str(out), 3, 4)
    assert said["marks"]["task"] == said["marks"]["lead"] == 8
    assert out.read_bytes().startswith(PNG)


def test_a_page_of_a_held_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held, db = Path(shutil.copy(FILE, tmp_path / "kh.pdf")), str(tmp_path / "x.db")
    assert main(["ingest", str(held), "--db", db]) == 0
    show = ["show", "21/KH-UBND", "--db", db, "--png", str(tmp_path / "page.png"), "--lang", "vi"]
    capsys.readouterr()
    assert main(show) == 0
    assert capsys.readouterr().out == f"Đã vẽ trang 1/4 vào {tmp_path / 'page.png'}.\n"
    held.write_bytes(b"%PDF-1.7 something else")
    assert main(show) == 3
    assert "[file_gone]" in capsys.readouterr().err


def test_a_page_needs_a_place_to_go(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(FILE), "--page", "3"]) == 2
    assert "--png" in capsys.readouterr().err


def test_a_page_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(FILE), "--page", "9", "--png", str(tmp_path / "page.png")]) == 1
    assert "[no_such_page]" in capsys.readouterr().err
    assert not (tmp_path / "page.png").exists()
