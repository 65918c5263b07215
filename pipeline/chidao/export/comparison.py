"""What two directives, or siblings, have in common, as a workbook."""
from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Literal

from chidao.audit.comparing import Change, Pair, Shared
from chidao.export import sheet
from chidao.storage.rows import TaskRow

Lang = Literal["vi", "en"]
_PAIR = {
    "vi": (("STT", 5), ("Kết quả", 13), ("Vị trí", 10), ("Việc ở văn bản thứ nhất", 46), ("Chủ trì", 20),
           ("Vị trí", 10), ("Việc ở văn bản thứ hai", 46), ("Chủ trì", 20), ("Thay đổi", 36), ("Độ giống", 9)),
    "en": (("No.", 5), ("Result", 13), ("Place", 10), ("Task of the first document", 46), ("Lead", 20),
           ("Place", 10), ("Task of the second document", 46), ("Lead", 20), ("Changes", 36), ("Likeness", 9))}
_KINDS = {"vi": {"taken": "Tiếp nhận", "changed": "Thay đổi", "left_out": "Bỏ, chưa nêu", "added": "Thêm mới"},
          "en": {"taken": "taken up", "changed": "changed", "left_out": "left out", "added": "added"}}
_WHAT = {
    "vi": {"deadline_later": "thời hạn muộn hơn", "deadline_earlier": "thời hạn sớm hơn", "deadline_dropped":
           "bỏ thời hạn", "deadline_added": "thêm thời hạn", "owner_other": "chủ trì khác", "owner_dropped":
           "không còn nêu chủ trì", "figure_lower": "chỉ số thấp hơn", "figure_higher": "chỉ số cao hơn",
           "wording": "lời văn khác"},
    "en": {"deadline_later": "later deadline", "deadline_earlier": "earlier deadline", "deadline_dropped":
           "deadline dropped", "deadline_added": "deadline added", "owner_other": "other lead", "owner_dropped":
           "lead no longer named", "figure_lower": "lower figure", "figure_higher": "higher figure",
           "wording": "other wording"}}
_NEAREST = {"vi": "việc gần nhất, cần xem lại", "en": "the nearest task, to be looked at"}
_TITLE = {"vi": "ĐỐI CHIẾU HAI VĂN BẢN", "en": "COMPARISON OF TWO DOCUMENTS"}
_SIBLINGS = {"vi": "ĐỐI CHIẾU CÁC VĂN BẢN CÙNG THỰC HIỆN {parent}", "en": "DOCUMENTS THAT IMPLEMENT {parent}"}
_NAME = {"vi": "Đối chiếu", "en": "Comparison"}


def write(pairs: Sequence[Pair], names: tuple[str, str], file: IO[bytes], lang: Lang = "vi") -> None:
    """Writes the pairs, one a row; `names` are the documents' names."""
    rows: list[list[sheet.Value]] = [
        [at, _KINDS[lang][pair.kind], *_task(pair.first), *_task(pair.second), told(pair, lang),
         f"{pair.score:.2f}" if pair.score else None] for at, pair in enumerate(pairs, start=1)]
    sheet.write(file, _NAME[lang], _TITLE[lang], " — ".join(names), [sheet.Column(*c) for c in _PAIR[lang]], rows)


def write_siblings(
    parent: str, labels: Sequence[str], shared: Sequence[Shared], file: IO[bytes], lang: Lang = "vi",
) -> None:
    """Writes the measures that siblings share, a column a sibling with who leads there."""
    head = (("STT", 5), ("Việc", 60)) if lang == "vi" else (("No.", 5), ("Measure", 60))
    columns = [sheet.Column(*c) for c in (*head, *((label, 24) for label in labels))]
    rows: list[list[sheet.Value]] = [
        [at, next(task.text for task in one.tasks if task), *(leads(task) for task in one.tasks)]
        for at, one in enumerate(shared, start=1)]
    sheet.write(file, _NAME[lang], _SIBLINGS[lang].format(parent=parent), " — ".join(labels), columns, rows)


def changes(found: Sequence[Change], lang: Lang) -> str:
    """What changed, in words: ``thời hạn muộn hơn: 30/6 → 31/12``.

    >>> changes([Change("figure_lower", "95%", "90%"), Change("wording", "", "")], "vi")
    'chỉ số thấp hơn: 95% → 90%; lời văn khác'
    """
    return "; ".join(f"{_WHAT[lang][c.what]}: {c.before or '—'} → {c.after or '—'}" if c.before or c.after
                     else _WHAT[lang][c.what] for c in found)


def told(pair: Pair, lang: Lang) -> str:
    """The changes of a pair; of one left out, that its second is only the nearest."""
    return _NEAREST[lang] if pair.kind == "left_out" and pair.second else changes(pair.changes, lang)


def kind(name: str, lang: Lang) -> str:
    """The result in words."""
    return _KINDS[lang][name]


def leads(task: TaskRow | None) -> str:
    """Who leads; a dash where nobody is named, "" where there is no such task."""
    return "" if task is None else "; ".join(task.leads) or "—"


def _task(task: TaskRow | None) -> tuple[str, str, str]:
    return (" › ".join(task.path), task.text, "; ".join(task.leads)) if task else ("", "", "")
