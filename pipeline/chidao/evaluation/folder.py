"""Scores a folder of annotated directives, each read and extracted afresh from its source file."""
from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chidao.evaluation.frame import EvaluationError
from chidao.evaluation.report import Comparison, Report, combine
from chidao.evaluation.scoring import score
from chidao.model import Directive

Progress = Callable[[int, int, str], None]
_KEYS = {"source", "document", "citations", "tasks"}


@dataclass(frozen=True, slots=True)
class Annotated:
    """A directive as it was extracted, and how it compares with its annotation."""

    directive: Directive
    comparison: Comparison


def evaluate_folder(folder: Path, *, sources: Sequence[Path] = (), on_progress: Progress | None = None) -> Report:
    """One report over all annotations (``*.json``) of `folder`, with `per_document` by source name.

    A source text is looked for in `sources`, in `folder` and its ``sources``, then in ``seeds`` and
    ``sources`` beside `folder`. `on_progress` is called with done, total and the source's name.
    Raises EvaluationError where the folder holds no annotation, one is damaged or its source is absent,
    ReadingError where a source can't be read: a figure over fewer directives would look like success.
    """
    annotations = list(find_annotations(folder, sources=sources))
    reports: dict[str, Report] = {}
    for done, (path, source) in enumerate(annotations, 1):
        reports[source.name] = _compare(path, source)[1]
        if on_progress:
            on_progress(done, len(annotations), source.name)
    return combine(reports)


def find_annotations(folder: Path, *, sources: Sequence[Path] = ()) -> Iterator[tuple[Path, Path]]:
    """Each annotation of `folder` with its source file, by name."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise EvaluationError("annotation_missing", str(folder))
    places = [*sources, folder, folder / "sources", folder.parent / "seeds", folder.parent / "sources"]
    for path in paths:
        name = read_annotation(path)["source"]
        source = next((place / name for place in places if (place / name).is_file()), None)
        if source is None:
            raise EvaluationError("source_missing", f"{path.name}: {name}")
        yield path, source


def read_annotation(path: Path) -> dict[str, Any]:
    """The annotation in `path`; EvaluationError where the file holds something else."""
    try:
        annotation = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise EvaluationError("annotation_invalid", f"{path.name}: {error}") from error
    if not isinstance(annotation, dict) or not annotation.keys() >= _KEYS:
        raise EvaluationError("annotation_invalid", f"{path.name}: needs the keys {', '.join(sorted(_KEYS))}")
    return annotation


def extract_annotated(folder: Path, *, sources: Sequence[Path] = ()) -> Iterator[Annotated]:
    """Each annotated directive of `folder`, read and extracted afresh. Errors: see `evaluate_folder`."""
    for path, source in find_annotations(folder, sources=sources):
        directive, report = _compare(path, source)
        assert report.comparison is not None
        yield Annotated(directive, report.comparison)


def _compare(path: Path, source: Path) -> tuple[Directive, Report]:
    from chidao.export.contract import to_contract
    from chidao.extraction.pipeline import extract
    from chidao.reading import read

    annotation = read_annotation(path)
    text = read(source)
    annotated = source.read_text("utf-8") if source.suffix == ".txt" else text.text
    directive = extract(text)
    try:
        return directive, score(annotation, to_contract(directive), annotated)
    except EvaluationError as error:
        raise EvaluationError(error.code, f"{path.name}: {error.detail}") from error
