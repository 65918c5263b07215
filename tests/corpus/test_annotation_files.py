"""convert.py: annotations of directives outside this repository, as files; and the files that are here."""
from __future__ import annotations

import importlib.util
import json
import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CORPUS = Path(__file__).parents[2] / "corpus"
PACKED = sorted((CORPUS / "annotations" / "real").rglob("*.json"))
NAMES = ("2019-chi-thi-ubnd-tinh-kon-tum-chay-rung", "2026-cong-van-so-khcn-lao-cai-song-di-dong")
WORDS = {"file", "sha256", "text", "set", "type", "number", "symbol", "issuer", "place", "date", "year", "position",
         "on_behalf_of", "name", "relation", "from", "to", "kind", "lead", "lead_source", "coordinating", "value",
         "incomplete"}
LONGEST = 250  # code points: the name of a law that amends eight others


@pytest.fixture(scope="module")
def convert() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_convert", CORPUS / "annotations" / "convert.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return shutil.copytree(CORPUS / "sources", tmp_path / "sources")


@pytest.fixture
def packed(convert: ModuleType, tmp_path: Path) -> Path:
    """Two directives of the corpus, packed as set T."""
    paths = [str(CORPUS / "annotations" / f"{name}.json") for name in NAMES]
    assert convert.main(["pack", *paths, "--sources", str(CORPUS / "sources"), "--set", "T", "--read-twice",
                         "--to", str(tmp_path / "packed")]) == 0
    return tmp_path / "packed"


def unpack(convert: ModuleType, packed: Path, sources: Path) -> tuple[int, list[str]]:
    """The exit code, and the names of what was written."""
    to = packed.parent / "unpacked"
    code = convert.main(["unpack", str(packed), "--sources", str(sources), "--to", str(to)])
    return code, sorted(path.stem for path in to.glob("*.json"))


def test_there_and_back(convert: ModuleType, packed: Path, sources: Path) -> None:
    assert unpack(convert, packed, sources) == (0, list(NAMES))
    for name in NAMES:
        back = json.loads((packed.parent / "unpacked" / f"{name}.json").read_text("utf-8"))
        annotation = json.loads((CORPUS / "annotations" / f"{name}.json").read_text("utf-8"))
        assert back.keys() == annotation.keys()
        assert [back[key] for key in ("source", "citations", "relations", "tasks")] == [
            annotation[key] for key in ("source", "citations", "relations", "tasks")]


def test_the_file_tells_its_source_and_set(packed: Path) -> None:
    parts = json.loads((packed / "T" / f"{NAMES[0]}.json").read_text("utf-8"))
    assert (parts["source"]["file"], parts["set"], parts["read_twice"]) == (f"{NAMES[0]}.txt", "T", True)
    assert re.fullmatch("[0-9a-f]{64}", parts["source"]["sha256"])


def test_packing_again_gives_the_same_bytes(convert: ModuleType, packed: Path, sources: Path) -> None:
    """Also from what was unpacked: nothing wears off."""
    before = {path.name: path.read_bytes() for path in (packed / "T").iterdir()}
    unpack(convert, packed, sources)
    assert convert.main(["pack", str(packed.parent / "unpacked"), "--sources", str(sources), "--set", "T",
                         "--read-twice", "--to", str(packed)]) == 0
    assert {path.name: path.read_bytes() for path in (packed / "T").iterdir()} == before


def test_a_changed_source_is_told_and_the_rest_goes_on(
        convert: ModuleType, packed: Path, sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (sources / f"{NAMES[0]}.txt").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert unpack(convert, packed, sources) == (1, [NAMES[1]])
    assert f"{NAMES[0]}.txt: sha256" in capsys.readouterr().err


def test_a_missing_source_is_told_and_the_rest_goes_on(
        convert: ModuleType, packed: Path, sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sources / f"{NAMES[1]}.txt").unlink()
    assert unpack(convert, packed, sources) == (1, [NAMES[0]])
    assert f"{NAMES[1]}.txt" in capsys.readouterr().err


@pytest.mark.parametrize(("damage", "says"), [
    (lambda a: a["tasks"][0].update(quote="Không có trong văn bản."), "quote not in the source text"),
    (lambda a: a["tasks"][0].pop("quote"), "no key 'quote'"),
    (lambda a: a["tasks"][0].pop("kind"), "no key 'kind'"),
    (lambda a: a.pop("tasks"), "needs the keys"),
])
def test_a_damaged_annotation_is_told_and_the_rest_goes_on(
        convert: ModuleType, damage: Any, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    for name in NAMES:
        shutil.copy(CORPUS / "annotations" / f"{name}.json", gold)
    annotation = json.loads((gold / f"{NAMES[0]}.json").read_text("utf-8"))
    damage(annotation)
    (gold / f"{NAMES[0]}.json").write_text(json.dumps(annotation), "utf-8")
    assert convert.main(["pack", str(gold), "--sources", str(CORPUS / "sources"), "--set", "T",
                         "--to", str(tmp_path / "packed")]) == 1
    assert says in capsys.readouterr().err
    assert [path.stem for path in (tmp_path / "packed" / "T").iterdir()] == [NAMES[1]]


def test_quotes_are_not_unpacked(convert: ModuleType, sources: Path, tmp_path: Path) -> None:
    assert convert.main(["unpack", str(CORPUS / "annotations" / f"{NAMES[0]}.json"), str(tmp_path / "none.json"),
                         "--sources", str(sources), "--to", str(tmp_path)]) == 1


# ------------------------------------------------------------------------------ the files of this repository


@pytest.mark.parametrize("path", PACKED, ids=lambda path: path.stem)
def test_file_holds_places_and_facts_only(convert: ModuleType, path: Path) -> None:
    parts = convert.read_packed(path)
    assert path.read_text("utf-8") == convert.written(parts)
    assert parts["set"] == path.parent.name
    assert parts["source"]["file"].rpartition(".")[0] == path.stem
    assert [(key, word) for key, word in strings(parts) if key not in WORDS or len(word) > LONGEST or "\n" in word] == []
    assert not {"title", "addressees", "recipients", "products", "quote"} & {key for key, _ in strings(parts)}
    assert "name" not in {key for key, _ in strings(parts["document"])}, "the signer is a place"


@pytest.mark.parametrize("path", PACKED, ids=lambda path: path.stem)
def test_places_stand_in_the_text_in_order(convert: ModuleType, path: Path) -> None:
    parts = convert.read_packed(path)
    for items in (parts["citations"], parts["tasks"]):
        places = [item["at"] for item in items]
        assert all(0 <= start < end <= parts["source"]["length"] for start, end in places)
        assert all(a[1] <= b[0] for a, b in pairwise(places))


def strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every string with the key that it stands under."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from strings(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part, key)
