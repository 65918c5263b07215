"""Real directives, with the real reader and extractor."""
from __future__ import annotations

from pathlib import Path

import pytest
from test_ingest import content

from chidao.batch import ingest
from chidao.storage import Register


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, real_data: Path) -> Path:
    path = tmp_path_factory.mktemp("real") / "register.db"
    with Register(path) as register:
        report = ingest([real_data / "seeds"], register)
        assert (report.total, report.added, report.refused) == (5, 5, ())
    return path


def test_a_second_ingest_changes_no_row_outside_runs(register: Path, real_data: Path) -> None:
    before = content(register)
    with Register(register) as again:
        assert ingest([real_data / "seeds"], again).unchanged == 5
    assert content(register) == before


def test_the_register_is_whole(register: Path) -> None:
    with Register(register) as whole:
        assert whole.verify() == []


def test_tasks_are_found_with_and_without_diacritics(register: Path) -> None:
    with Register(register, readonly=True) as asked:
        with_marks = asked.search("Sở Y tế tiêm vắc xin")
        without = asked.search("so y te tiem vac xin")
        assert any("Sở Y tế" in hit.task.leads and "tiêm" in hit.task.text for hit in without if hit.complete)
        assert {h.task.id for h in with_marks if h.complete} == {h.task.id for h in without if h.complete}


def test_every_directive_is_read_back_with_its_evidence(register: Path) -> None:
    with Register(register, readonly=True) as asked:
        for row in asked.documents():
            directive = asked.directive(row.id)
            assert len(directive.tasks) == row.tasks + row.targets > 0
            assert all(0 <= t.span.start < t.span.end <= len(directive.text) for t in directive.tasks)
