"""Commands that read files: extract, ingest, evaluate, on the sample directives."""
from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from chidao import extract, read
from chidao.cli import main
from chidao.export.contract import to_contract


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def sample(corpus: Path) -> Path:
    """One sample directive as text."""
    return sorted((corpus / "directives").glob("*.txt"))[0]


@pytest.fixture
def folder(tmp_path: Path, sample: Path) -> Path:
    """A folder with a directive and, below it, a file that is none."""
    shutil.copy(sample, tmp_path / "a.txt")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "b.txt").write_text("The quick brown fox jumps over the lazy dog. " * 9, "utf-8")
    return tmp_path


def test_extract_prints_the_contract_a_line_a_file(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(sample), str(sample), "--json"]) == 0
    said = objects(capsys.readouterr().out)
    findings = [each.pop("findings") for each in said]
    assert said == [json.loads(json.dumps(to_contract(extract(read(sample)))))] * 2
    assert {"code", "severity", "start", "end", "said", "sentence", "advice"} == {*findings[0][0]}


def test_extract_from_standard_input(
    sample: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(sample.read_bytes()), "utf-8"))
    assert main(["extract", "-", "--json"]) == 0
    assert objects(capsys.readouterr().out)[0]["text"] == read(sample).text


def test_one_bad_file_stops_no_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(folder / "b" / "b.txt"), str(folder / "a.txt"), "--json"]) == 1
    said = capsys.readouterr()
    assert len(objects(said.out)) == 1
    assert "b.txt: The text is not Vietnamese. [not_vietnamese]" in said.err


@pytest.mark.parametrize("columns", ["80", "120"])
def test_extract_for_people_keeps_to_the_width(
    sample: Path, columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert main(["extract", str(sample), "--lang", "vi"]) == 0
    out = capsys.readouterr().out
    assert "Nhiệm vụ: " in out
    assert "Văn bản được viện dẫn: " in out
    whole = (extract(read(sample)).id, sample.name)  # to be copied: never broken over lines
    assert all(words in out for words in whole)
    assert max(len(line) for line in out.splitlines()[1:] if not line.endswith(whole)) <= int(columns)


def test_ingest_sums_up_what_was_read_and_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = folder / "new" / "so.db"
    arguments = ["ingest", str(folder / "a.txt"), str(folder / "b"), "--db", str(db)]
    assert main([*arguments, "--json"]) == 1
    said = capsys.readouterr()
    report, = objects(said.out)
    assert (report["total"], report["added"], len(report["refused"])) == (2, 1, 1)
    assert said.err == "", "no progress where no terminal reads"
    assert main([*arguments, "--lang", "vi"]) == 1
    out = capsys.readouterr().out
    assert "Đã có, bỏ qua" in out
    assert "b.txt: Tệp không phải văn bản tiếng Việt. [not_vietnamese]" in out


@pytest.mark.parametrize(("lang", "said"), [("vi", "chidao[semantic]"), ("en", "find more paraphrases")])
def test_ingest_without_a_refusal_is_well_and_tells_of_the_extra_once(
    folder: Path, lang: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("chidao.search.indexing.default_setting", lambda: "static")  # as without the extra
    ingest = ["ingest", str(folder / "a.txt"), "--db", str(folder / "so.db"), "--lang", lang]
    assert main(ingest) == 0
    assert said in capsys.readouterr().err
    assert main(ingest) == 0
    assert said not in capsys.readouterr().err


def test_what_was_ingested_can_be_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = str(folder / "so.db")
    main(["ingest", str(folder / "a.txt"), "--db", db])
    capsys.readouterr()
    main(["tasks", "--db", db, "--json"])
    directive = extract(read(folder / "a.txt"))
    assert [t["text"] for t in objects(capsys.readouterr().out)] == [t.span.of(directive.text) for t in directive.tasks]


@pytest.fixture
def annotated(corpus: Path, tmp_path: Path) -> list[str]:
    """The arguments that evaluate two sample directives."""
    for annotation in sorted((corpus / "annotations").glob("*.json"))[:2]:
        shutil.copy(annotation, tmp_path)
    return ["evaluate", str(tmp_path), "--sources", str(corpus / "sources")]


def test_evaluate_for_programs(annotated: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*annotated, "--json", "--misses"]) == 0
    said, = objects(capsys.readouterr().out)
    assert said.keys() == {"figures", "documents", "misses"}
    assert len(said["documents"]) == 2
    assert {"precision", "recall", "f1", "hit", "gold", "found", "low", "high", "claimed"} == said["figures"]["tasks"].keys()
    for figure in said["figures"].values():
        assert figure["low"] is figure["high"] is None or figure["low"] <= figure["f1"] <= figure["high"]
        assert figure["claimed"] is (figure["gold"] >= 30)
    assert all(miss["document"] in said["documents"] for miss in said["misses"])


def test_evaluate_for_people(annotated: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(annotated) == 0
    out = capsys.readouterr().out
    assert re.search(r"^text kept +1\.000 +1\.000 +1\.000 +1\.000–1\.000 ", out, re.M)
    assert re.search(r"^products † +1\.000 +1\.000 +1\.000 +0 +0 +0$", out, re.M)
    assert "† fewer than 30 annotated items: shown, not claimed." in out


def test_evaluate_one_directive_has_no_interval(
    annotated: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    sorted(tmp_path.glob("*.json"))[0].unlink()
    assert main(annotated) == 0
    out = capsys.readouterr().out
    assert "–" not in out
    assert "drawn anew" not in out


def test_evaluate_without_annotations_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path)]) == 1
    assert "[annotation_missing]" in capsys.readouterr().err
