"""The spaCy side: a lossless tokenizer, components for any pipeline, a Directive at the end."""
from __future__ import annotations

import json
import subprocess
import sys

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from chidao.extraction.pipeline import extract
from chidao.extraction.tokenizer import VietnameseTokenizer
from chidao.model import SourceText

TEXT = ("KẾ HOẠCH\nThực hiện Nghị quyết số 07/NQ-CP ngày 05/02/2024 của Chính phủ\nI. NHIỆM VỤ\n"
        "1. Sở Nội vụ chủ trì, phối hợp với sở tư pháp rà soát  biên chế trước ngày 30/6/2024.\n")
TOKENIZER = VietnameseTokenizer(spacy.blank("xx").vocab)


@given(st.text(alphabet=st.sampled_from("aĐệ 1\n\t\u00a0/-.,()|*38NQCP\u0301🙂\r")))
@settings(max_examples=300, deadline=None)
def test_tokenizer_loses_nothing(text: str) -> None:
    doc = TOKENIZER(text)
    assert "".join(t.text_with_ws for t in doc) == text
    assert doc.text == text


def test_numbers_are_one_token() -> None:
    assert [t.text for t in TOKENIZER("số 18/2008/NQ-QH12 và 62-CV/BCSĐ")][:2] == ["số", "18/2008/NQ-QH12"]


def test_components_keep_exact_offsets_with_another_tokenizer() -> None:
    nlp = spacy.blank("xx")  # cuts at white space and punctuation its own way
    for name in ("vn_structure", "vn_citations", "vn_agencies", "vn_deadlines", "vn_tasks"):
        nlp.add_pipe(name)
    doc = nlp(TEXT)
    (citation,) = doc.spans["citations"]
    assert citation._.citation.span.of(TEXT) == "Nghị quyết số 07/NQ-CP ngày 05/02/2024 của Chính phủ"
    assert [s._.agency.name for s in doc.spans["agencies"]][-2:] == ["Sở Nội vụ", "sở tư pháp"]
    assert [s._.deadline.value for s in doc.spans["deadlines"]] == ["2024-06-30"]
    (task,) = doc.spans["tasks"]
    assert [a.name for a in task._.task.leads] == ["Sở Nội vụ"]


def test_components_are_entry_points() -> None:
    """A spaCy user who never imports chidao can add a component."""
    code = ("import json, spacy; nlp = spacy.blank('xx'); nlp.add_pipe('vn_citations');"
            "doc = nlp('Căn cứ Nghị định số 30/2020/NĐ-CP');"
            "print(json.dumps([s.text for s in doc.spans['citations']]))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert json.loads(done.stdout) == ["Nghị định số 30/2020/NĐ-CP"]




@pytest.mark.parametrize("text", ["", " ", "\n\n", "I.", "1.\n2.\n", "| | |", "Nơi nhận:", "Kính gửi:", "*" * 50, "Số: /KH-UBND"])
def test_extract_takes_any_text(text: str) -> None:
    directive = extract(SourceText(text=text, format="txt", sha256="a" * 64, name="x.txt"))
    assert directive.text == text


def test_a_label_without_a_value_at_the_end_of_the_text() -> None:
    source = SourceText(text="I\nchủ trì:", format="text", sha256="0" * 64, name="a.txt")
    assert all(not task.leads for task in extract(source).tasks)


@given(st.lists(st.sampled_from([*"IVX1239abcđ.)(-+*|:;,/ \n", "Sở Y tế", "giao ", "chủ trì", "Điều 1. ", "ngày "])))
@settings(max_examples=150, deadline=None)
def test_extract_never_fails_and_spans_lie_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    directive = extract(SourceText(text=text, format="txt", sha256="a" * 64, name="x.txt"))
    for task in directive.tasks:
        assert 0 <= task.span.start < task.span.end <= len(text)
        for part in (*task.assignments, *task.deadlines, *task.products):
            assert 0 <= part.span.start <= part.span.end <= len(text)
