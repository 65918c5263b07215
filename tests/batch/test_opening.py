"""Archives and mails in an ingest: each file in them a document of its own, with where it came from."""
from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from chidao.batch import ingest
from chidao.batch.opening import Opened, contents, read_all
from chidao.cli import main
from chidao.errors import ChidaoError
from chidao.reading.limits import with_changes
from chidao.storage import Register

PLAN = """ỦY BAN NHÂN DÂN TỈNH HÀ GIANG
Số: {number}/KH-UBND
Hà Giang, ngày 05 tháng 3 năm 2031
KẾ HOẠCH
Trồng và bảo vệ rừng phòng hộ đầu nguồn năm 2031
1. Giao Sở Nông nghiệp và Môi trường chủ trì rà soát diện tích rừng nghèo kiệt trước ngày 30/6/2031.
"""


def zipped(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files:
            package.writestr(name, data)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plain file, an archive of two plans, a broken file and a table, and an archive that is broken."""
    folder = tmp_path / "vào"
    folder.mkdir()
    (folder / "a.txt").write_text(PLAN.format(number=1), "utf-8")
    (folder / "hồ sơ.zip").write_bytes(zipped(
        ("ke-hoach.txt", PLAN.format(number=2).encode()), ("phụ lục/pl.txt", PLAN.format(number=3).encode()),
        ("hỏng.pdf", b"%PDF-1.7 nothing"), ("trong.zip", zipped(("kh.txt", PLAN.format(number=4).encode())))))
    (folder / "lỗi.zip").write_bytes(zipped(("a.txt", b"x" * 500))[:60])
    return folder


def paths(register: Register) -> dict[str, str]:
    return {Path(row[0]).as_posix().split("vào/")[1]: row[1] for row in register.connection.execute(
        "SELECT p.path, d.number FROM file_paths p JOIN renditions r USING (sha256) JOIN documents d ON d.id = r.document_id")}


@pytest.mark.parametrize("workers", [0, 2])
def test_each_file_is_a_document_with_where_it_came_from(folder: Path, tmp_path: Path, workers: int) -> None:
    with Register(tmp_path / "r.db") as register:
        report = ingest([folder], register, workers=workers)
        assert paths(register) == {
            "a.txt": "1/KH-UBND", "hồ sơ.zip › ke-hoach.txt": "2/KH-UBND", "hồ sơ.zip › phụ lục/pl.txt": "3/KH-UBND",
            "hồ sơ.zip › trong.zip › kh.txt": "4/KH-UBND"}
        assert {(f.path.split("vào/")[1], f.code) for f in report.refused} == {
            ("hồ sơ.zip › hỏng.pdf", "damaged"), ("lỗi.zip", "damaged")}
        assert (report.total, report.added, len(report.refused)) == (6, 4, 2)
        assert register.documents()[0].file in ("a.txt", "hồ sơ.zip › ke-hoach.txt", "hồ sơ.zip › phụ lục/pl.txt",
                                                "hồ sơ.zip › trong.zip › kh.txt")
        assert register.verify() == []


def test_resume_by_hash(folder: Path, tmp_path: Path) -> None:
    with Register(tmp_path / "r.db") as register:
        ingest([folder], register)
        report = ingest([folder], register)
        assert (report.total, report.added, report.unchanged, len(report.refused)) == (6, 0, 4, 2)
        # the same file outside its archive is known, too
        (folder / "b.txt").write_text(PLAN.format(number=2), "utf-8")
        assert ingest([folder / "b.txt"], register).unchanged == 1


def test_failures_are_tried_again_and_forgotten(folder: Path, tmp_path: Path) -> None:
    with Register(tmp_path / "r.db") as register:
        ingest([folder], register)
        [inside] = [p for p in register.paths("failed") if "›" in p]
        assert register.paths("failed", below=[folder / "hồ sơ.zip"]) == [inside]
        assert [f.code for f in ingest([inside], register).refused] == ["damaged"]
        (folder / "hồ sơ.zip").write_bytes(zipped(("ke-hoach.txt", PLAN.format(number=2).encode())))
        assert ingest([inside], register).unchanged == 1
        (folder / "lỗi.zip").write_bytes(zipped(("kh.txt", PLAN.format(number=7).encode())))
        assert ingest(register.paths("failed"), register).added == 1
        assert register.failures() == []
        problems = {(p.code, p.where.split("› ")[-1]) for p in register.verify()}
        assert problems == {("file_missing", "phụ lục/pl.txt"), ("file_missing", "kh.txt")}


def test_limits_of_an_archive_are_a_failure_of_it(folder: Path, tmp_path: Path) -> None:
    with Register(tmp_path / "r.db") as register:
        report = ingest([folder / "hồ sơ.zip"], register, limits=with_changes({"members": 2}))
        assert [(f.path.split("/")[-1], f.code) for f in report.refused] == [("hồ sơ.zip", "too_many_members")]
        assert report.total == 1


def test_no_file_is_written(folder: Path, tmp_path: Path) -> None:
    (folder / "hồ sơ.zip").write_bytes(zipped(("../../ra ngoài.txt", PLAN.format(number=9).encode())))
    before = sorted(path for path in tmp_path.rglob("*"))
    with Register(":memory:") as register:
        ingest([folder], register)
        assert "hồ sơ.zip › ra ngoài.txt" in paths(register)
    assert sorted(path for path in tmp_path.rglob("*")) == before


def test_all_of_several_files(folder: Path) -> None:
    data = (folder / "hồ sơ.zip").read_bytes()
    found = list(read_all(["a.txt", "-"], [folder / "a.txt", data], workers=0, secret=False))
    assert [(name, what.code if isinstance(what, ChidaoError) else what[0].header.number) for name, what in found] == [
        ("a.txt", "1/KH-UBND"), ("- › ke-hoach.txt", "2/KH-UBND"), ("- › phụ lục/pl.txt", "3/KH-UBND"),
        ("- › hỏng.pdf", "damaged"), ("- › trong.zip › kh.txt", "4/KH-UBND")]
    assert contents(folder / "a.txt") == Opened(())
    assert contents(folder / "không có.zip") == Opened(())


def test_extract_prints_a_line_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(folder / "hồ sơ.zip"), "--json"]) == 1
    printed = capsys.readouterr()
    said = [json.loads(line)["document"] for line in printed.out.splitlines()]
    assert [(one["file"], one["number"]) for one in said] == [
        ("hồ sơ.zip › ke-hoach.txt", "2/KH-UBND"), ("hồ sơ.zip › phụ lục/pl.txt", "3/KH-UBND"),
        ("hồ sơ.zip › trong.zip › kh.txt", "4/KH-UBND")]
    assert "hỏng.pdf" in printed.err
