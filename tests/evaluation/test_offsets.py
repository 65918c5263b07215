"""Annotations without the words of their source, and back."""
from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from lam_son import SOURCE, gold
from perturb import contract_of

from chidao.evaluation import EvaluationError, check, score
from chidao.evaluation.folder import find_annotations, read_annotation
from chidao.evaluation.offsets import describe, pack, text_as_described, text_of, unpack

FOOT = """Nơi nhận:
- Như trên;
- Lưu:
VT.
"""


def there_and_back(annotation: dict[str, Any], text: str) -> dict[str, Any]:
    packed = json.loads(json.dumps(pack(annotation, text)))
    return {"source": annotation["source"], **unpack(packed, text)}


def test_all_comes_back() -> None:
    assert there_and_back(gold(), SOURCE + FOOT) == gold()


def test_no_words_but_facts() -> None:
    packed = pack(gold(), SOURCE + FOOT)
    assert packed["document"]["title"] == [SOURCE.index("Trồng"), SOURCE.index("\nThực hiện")]
    assert packed["tasks"][2] == {"at": [SOURCE.index("Phấn đấu"), len(SOURCE) - 1], "kind": "target",
                                  "lead_source": "none"}
    words = json.dumps(packed, ensure_ascii=False)
    assert not [w for w in ("Trồng cây", "lập danh mục", "thường xuyên", "Phấn đấu", "Như trên") if w in words]


def test_a_quote_that_occurs_twice_keeps_its_place() -> None:
    line = "Phấn đấu 90% tuyến đường có cây xanh."
    text = SOURCE + FOOT + f"4. {line}\n"
    annotation = gold()
    annotation["tasks"][2]["nth"] = 2
    packed = pack(annotation, text)
    assert packed["tasks"][2]["at"][0] == text.rindex(line)
    assert unpack(packed, text)["tasks"][2]["nth"] == 2
    assert "nth" not in unpack(pack(gold(), SOURCE), SOURCE)["tasks"][2]


def test_a_deadline_is_looked_for_in_its_task() -> None:
    text = f"Họp thường xuyên.\n{SOURCE}"
    annotation = gold()
    deadline = pack(annotation, text)["tasks"][1]["deadlines"][0]
    assert deadline == {"at": [text.rindex("thường xuyên"), text.rindex("thường xuyên") + 12],
                        "kind": "recurring", "value": "regular"}
    annotation["tasks"][1]["deadlines"][0] |= {"nth": 1, "outside": True}
    assert pack(annotation, text)["tasks"][1]["deadlines"][0]["at"] == [4, 16]
    assert there_and_back(annotation, text)["tasks"][1]["deadlines"][0]["outside"] is True


def test_people_and_products_are_places() -> None:
    text = SOURCE + "Sản phẩm: Danh mục\ncây xanh.\n" + FOOT + "PHÓ CHỦ TỊCH\nLê **Thị** B\n"
    annotation = gold()
    annotation["document"]["signer"] = {"name": "Lê Thị B", "position": "Phó Chủ tịch", "on_behalf_of": None}
    annotation["tasks"][0]["products"] = ["Danh mục cây xanh"]
    packed = pack(annotation, text)
    assert "Lê" not in json.dumps(packed, ensure_ascii=False)
    assert packed["tasks"][0]["products"] == [[text.index("Danh mục\n"), text.index(" xanh.\n" + FOOT) + 5]]
    assert there_and_back(annotation, text) == annotation


def test_what_a_task_cites_is_found_again() -> None:
    annotation = gold()
    quote = SOURCE[SOURCE.index("Thực hiện Nghị quyết"):SOURCE.index("\n1.")]
    annotation["tasks"].insert(0, {"quote": quote, "kind": "task", "lead": [], "lead_source": "none",
                                   "coordinating": [], "deadlines": [], "citations": ["Nghị quyết số 5/NQ-HĐND"]})
    assert there_and_back(annotation, SOURCE + FOOT) == annotation


def test_words_of_the_header_that_stand_nowhere_are_told() -> None:
    annotation = gold()
    annotation["document"]["recipients"].insert(1, "Văn phòng")
    annotation["document"]["title"] = "Chăm sóc cây ven sông"
    packed = pack(annotation, SOURCE + FOOT)
    assert packed["incomplete"] == ["title", "recipients"]
    back = unpack(packed, SOURCE + FOOT)["document"]
    assert (back["title"], back["recipients"]) == (None, ["Như trên", "Lưu: VT"])


@pytest.mark.parametrize(("part", "change", "says"), [
    ("tasks", {"quote": "Sở Xây dựng trồng cây."}, "quote not in the source text"),
    ("tasks", {"quote": "Sở", "nth": 9}, "quote not in the source text"),
    ("tasks", {"deadlines": [{"quote": "ngày 16/3", "kind": "by", "value": "2022-03-16"}]}, "quote not in the source"),
    ("tasks", {"note": "Sở Xây dựng lập danh mục"}, "unknown key note"),
    ("citations", {"title": "Trồng cây"}, "unknown key title"),
])
def test_what_can_not_be_placed_is_an_error(part: str, change: dict[str, object], says: str) -> None:
    annotation = gold()
    annotation[part][0] |= change
    with pytest.raises(EvaluationError, match=says):
        pack(annotation, SOURCE)


@pytest.mark.parametrize("at", [[5, 5], [100000, 100004], [2, 5]])
def test_a_place_that_no_quote_names(at: list[int]) -> None:
    """The last one is the second "aba" of "ababa": occurrences are counted without overlap."""
    text = "ababa" + SOURCE
    packed = pack(gold(), text)
    packed["tasks"][0]["at"] = at
    with pytest.raises(EvaluationError, match="no quote names the place"):
        unpack(packed, text)


def test_the_corpus_comes_back(corpus: Path) -> None:
    """All that is scored; in words, all but the case and the breaks of header lines."""
    for path, source in find_annotations(corpus / "annotations"):
        annotation, text = read_annotation(path), text_of(source)
        back = there_and_back(annotation, text)
        report = score(annotation, contract_of(back, text), text)
        assert {name: f["f1"] for name, f in report.figures().items()} == dict.fromkeys(report.tallies, 1.0), path.name
        assert check(back, text) == ()
        for key in ("citations", "relations", "tasks"):
            assert back[key] == annotation[key], path.name


@pytest.fixture
def described(corpus: Path) -> dict[str, Any]:
    return describe(corpus / "sources" / "2019-chi-thi-ubnd-tinh-kon-tum-chay-rung.txt")


def test_a_source_is_known_again(corpus: Path, described: dict[str, Any], tmp_path: Path) -> None:
    text = text_as_described(described, [tmp_path, corpus / "sources"])
    assert (described["text"], described["length"]) == ("file", len(text))


def test_another_file_of_that_name(corpus: Path, described: dict[str, Any], tmp_path: Path) -> None:
    text = (corpus / "sources" / described["file"]).read_text("utf-8")
    (tmp_path / described["file"]).write_text(text.replace("Kon Tum", "Kon Tom"), "utf-8")
    with pytest.raises(EvaluationError, match="sha256") as error:
        text_as_described(described, [tmp_path, corpus / "sources"])
    assert error.value.code == "source_differs"


def test_a_missing_file(described: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(EvaluationError) as error:
        text_as_described(described, [tmp_path])
    assert error.value.code == "source_missing"


def test_a_text_of_another_length(corpus: Path, described: dict[str, Any]) -> None:
    """The same file through a reader that gives more or fewer characters."""
    with pytest.raises(EvaluationError, match="length"):
        text_as_described(copy.deepcopy(described) | {"length": 10}, [corpus / "sources"])


def test_places_may_count_in_what_is_read(corpus: Path) -> None:
    """In a file that is no plain text, as in the text that a reader gives for it."""
    files = [path for path in sorted((corpus / "directives").iterdir()) if path.suffix != ".txt"]
    assert ".pdf" in {path.suffix for path in files}
    for path in files:
        annotation = read_annotation(corpus / "annotations" / f"{path.stem}.json") | {"source": path.name}
        described = describe(path)
        assert described["text"] == "read"
        back = there_and_back(annotation, text_as_described(described, [path.parent]))
        assert [t["quote"] for t in back["tasks"]] == [t["quote"] for t in annotation["tasks"]], path.name
