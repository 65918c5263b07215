"""The report of an evaluation as a page: complete, sound, and all that it says leads somewhere."""
from __future__ import annotations

import re
import shutil
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lam_son import SOURCE, gold
from lxml import html
from perturb import contract_of, perturb

from chidao import knowledge
from chidao.cli import main
from chidao.evaluation import Report, bootstrap, combine, score
from chidao.evaluation.folder import find_annotations, read_annotation
from chidao.evaluation.page import render
from chidao.evaluation.page.words import Lang

KINDS = {row["code"] for row in knowledge.rows("miss_kinds")}


def rendered(report: Report, lang: Lang = "en") -> str:
    return render(report, bootstrap(list(report.per_document.values())), name="corpus", lang=lang, version="1")


def words_of(element: Any) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def damaged(corpus: Path) -> Report:
    """The sample directives, each with damage of several kinds, and one that is exact."""
    reports = {}
    for seed, (path, source) in enumerate(find_annotations(corpus / "annotations")):
        annotation, text = read_annotation(path), source.read_text("utf-8")
        extracted = contract_of(annotation, text)
        reports[source.name] = score(annotation, perturb(extracted, seed) if seed else extracted, text)
    return combine(reports)


@pytest.fixture(scope="module")
def page(damaged: Report) -> Any:
    return html.document_fromstring(rendered(damaged))


def test_every_kind_has_a_name() -> None:
    for row in knowledge.rows("miss_kinds"):
        assert all(row.values())


def test_damage_is_of_known_kinds(damaged: Report) -> None:
    kinds = {miss.kind for miss in damaged.misses}
    assert kinds <= KINDS
    assert KINDS - kinds <= {"product-invented", "product-missed", "addressee-invented", "unit-lump", "unit-split"}


def test_every_miss_is_a_case_that_leads_to_its_place(damaged: Report, page: Any) -> None:
    counts = {box.find("summary").find(".//code").text: len(box.findall(".//li"))
              for box in page.iterfind(".//details[@class='kind']")}
    assert counts == Counter(miss.kind for miss in damaged.misses)
    assert list(counts.values()) == sorted(counts.values(), reverse=True), "the most frequent first"
    flags = {flag.get("id"): flag.find("a").get("href").removeprefix("#k-")
             for flag in page.iterfind(".//*[@class='flag'][@id]")}
    linked = {case.get("href").removeprefix("#"): box.find(".//code").text
              for box in page.iterfind(".//details[@class='kind']") for case in box.iterfind(".//li/a")}
    assert flags == linked


def test_ids_are_unique_and_links_arrive(page: Any) -> None:
    ids = Counter(page.xpath("//@id"))
    assert set(ids.values()) == {1}
    assert {link.removeprefix("#") for link in page.xpath("//@href")} <= ids.keys()


def test_page_needs_nothing_else(damaged: Report, page: Any) -> None:
    assert not page.xpath("//script | //link | //img | //iframe | //@src")
    assert all(link.startswith("#") for link in page.xpath("//@href"))
    assert not re.search(r"url\(|@import", rendered(damaged))


def test_both_columns_have_the_whole_text(damaged: Report, page: Any) -> None:
    for number, report in enumerate(damaged.per_document.values(), 1):
        assert report.comparison
        wanted = "".join(report.comparison.text.split())
        for side in (1, 2):
            column = page.xpath(f"//div[@id='d{number}']/div[contains(@class, 'row')]/div[{side}]/div[@class='words']"
                                f"| //div[@id='d{number}']/div[@class='plain words']"
                                f"| //div[@id='d{number}']/details[@class='fold']/div")
            shown = "".join("".join(each.xpath(".//text()[not(ancestor::b)]")) for each in column)
            assert "".join(shown.split()) == wanted


def test_numbers_tell_which_units_belong_together(damaged: Report, page: Any) -> None:
    for number, report in enumerate(damaged.per_document.values(), 1):
        assert report.comparison
        shown = [[about.findtext("b") for about in page.xpath(
            f"//div[@id='d{number}']/div/div[{side}]/div[contains(@class, 'about')][b]")] for side in (1, 2)]
        units, pairs = report.comparison.expected.units, report.comparison.units
        assert sorted(shown[0]) == sorted(str(i + 1) for i in range(len(units)))
        assert sorted(n for n in shown[1] if n != "+") == sorted(str(i + 1) for i in pairs)


def test_what_agrees_is_calm(damaged: Report, page: Any) -> None:
    first = page.xpath("//details[contains(@class, 'document')]")[0]
    assert first.get("open") is None
    assert "nothing differs" in words_of(first)
    assert not first.xpath(".//*[contains(@class, 'wrong')] | .//*[contains(@class, 'row off')]")
    for row in page.xpath("//div[@class='row calm']"):
        assert not row.xpath(".//*[@class='flag']")


def test_figures_have_intervals_and_marks(damaged: Report, page: Any) -> None:
    rows = {row.find("th").text: [words_of(cell) for cell in row.findall("td")]
            for row in page.iterfind(".//table[@class='figures']/tbody/tr")}
    assert {name.removesuffix(" †") for name in rows} == damaged.tallies.keys()
    assert {name for name in rows if name.endswith("†")} == {
        f"{name} †" for name, tally in damaged.tallies.items() if not tally.claimed}
    low, high = bootstrap(list(damaged.per_document.values()))["tasks"]
    assert rows["tasks"][:2] == [f"{damaged.tallies['tasks'].f1:.3f}", f"{low:.3f}–{high:.3f}"]


def test_annotations_and_texts_are_escaped() -> None:
    source = SOURCE.replace("danh mục", "<script>alert('1')</script> & $danh \x07 mục")
    annotation = gold()
    annotation["tasks"][0]["quote"] = annotation["tasks"][0]["quote"].replace(
        "danh mục", "<script>alert('1')</script> & $danh \x07 mục")
    annotation["document"]["title"] = "<b onclick='x'>\"Tên\"</b>"
    extracted = {**contract_of(annotation, source), "tasks": []}
    extracted["document"]["title"] = "</td></html>"
    page = rendered(combine({"<a>.txt": score(annotation, extracted, source)}))
    tree = html.document_fromstring(page)
    assert "<script" not in page
    assert "\x07" not in page
    assert not tree.xpath("//@onclick")
    assert "<script>alert('1')</script> & $danh \ufffd mục" in tree.text_content()
    assert tree.xpath("//h3/text()") == ["<a>.txt"]


def test_lost_text_is_struck_out() -> None:
    exact = contract_of(gold(), SOURCE)
    text = SOURCE.replace("TỈNH LAM SƠN\n", "")
    moved = [{**t, "start": t["start"] - 13, "end": t["end"] - 13} for t in exact["tasks"]]
    report = score(gold(), {**exact, "text": text, "tasks": moved, "citations": []}, SOURCE)
    tree = html.document_fromstring(rendered(combine({"a.txt": report})))
    assert [words_of(each) for each in tree.iterfind(".//div[2]/div/span[@class='lost lost-wrong']")] == ["TỈNH LAM SƠN"]


def test_long_text_without_marks_is_folded() -> None:
    story = "Thời gian qua, việc trồng cây ven đường đã được nhiều nơi quan tâm. " * 6
    source = SOURCE.replace("1. Sở Xây dựng", f"{story}\n1. Sở Xây dựng")
    tree = html.document_fromstring(rendered(combine({"a.txt": score(gold(), contract_of(gold(), source), source)})))
    fold, = tree.xpath("//details[@class='fold']")
    assert "characters without a mark: Thời gian qua" in words_of(fold.find("summary"))
    assert fold.get("open") is None


def test_decomposed_source_keeps_its_marks() -> None:
    source = unicodedata.normalize("NFD", SOURCE)
    tree = html.document_fromstring(rendered(combine({"a.txt": score(gold(), contract_of(gold(), source), source)})))
    assert "Sở Xây dựng" in [words_of(each) for each in tree.xpath("//div[@class='words']/span[contains(@class, 'lead')]")]


def test_labels_in_vietnamese(damaged: Report) -> None:
    tree = html.document_fromstring(rendered(damaged, "vi"))
    assert tree.get("lang") == "vi"
    assert words_of(tree.find(".//h1")) == "Báo cáo đánh giá: corpus"
    names = {row["vi"] for row in knowledge.rows("miss_kinds")}
    assert {words_of(flag) for flag in tree.xpath("//span[@class='flag']/a[1]")} <= names


def test_nothing_wrong(corpus: Path) -> None:
    report = combine({"a.txt": score(gold(), contract_of(gold(), SOURCE), SOURCE)})
    assert "Nothing differs." in rendered(report)


def test_command_writes_the_page(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    annotation = sorted((corpus / "annotations").glob("*.json"))[0]
    folder = tmp_path / "gold"
    folder.mkdir()
    shutil.copy(annotation, folder)
    file = tmp_path / "new" / "report.html"
    assert main(["evaluate", str(folder), "--sources", str(corpus / "sources"), "--report", str(file), "--lang", "vi"]) == 0
    assert f"Đã ghi báo cáo: {file}" in capsys.readouterr().err
    assert words_of(html.document_fromstring(file.read_text("utf-8")).find(".//h1")) == "Báo cáo đánh giá: gold"
    assert [path.name for path in file.parent.iterdir()] == ["report.html"]


def test_command_that_can_not_write(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(sorted((corpus / "annotations").glob("*.json"))[0], tmp_path)
    (tmp_path / "file").write_text("", "utf-8")
    assert main(["evaluate", str(tmp_path), "--sources", str(corpus / "sources"),
                 "--report", str(tmp_path / "file" / "report.html"), "--lang", "en"]) == 4
    assert "[system]" in capsys.readouterr().err


def test_page_of_real_directives(real_data: Path) -> None:
    reports = {}
    for seed, (path, source) in enumerate(find_annotations(real_data / "gold")):
        annotation, text = read_annotation(path), source.read_text("utf-8")
        reports[source.name] = score(annotation, perturb(contract_of(annotation, text), seed), text)
    report = combine(reports)
    tree = html.document_fromstring(rendered(report))
    assert len(tree.xpath("//*[@class='flag'][@id]")) == len(report.misses)
