"""Quotes and names of people to places."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chidao.evaluation.frame import EvaluationError, Frame, Item, nth_occurrence
from chidao.evaluation.offsets.fields import (
    CITATION,
    DEADLINE,
    FACTS,
    LISTS,
    PARTS,
    QUOTE,
    RELATION,
    SIGNER,
    TASK,
    Record,
)
from chidao.model import Span


def pack(annotation: Item, text: str) -> Record:
    """The parts of `annotation` with ``at``: [start, end] in code points of `text`, the NFC text of its source.

    What is absent in the annotation has no key. Fields of which some words stand nowhere in the text are named
    under ``incomplete``. Raises EvaluationError where a quote is not in the text, or a key is none of the guidelines'.

    >>> packed = pack({"source": "a.txt", "document": {"type": "Công văn", "title": "Rà soát"}, "citations": [],
    ...                "tasks": [{"quote": "Sở Y tế báo cáo.", "kind": "task", "lead": ["Sở Y tế"],
    ...                           "lead_source": "explicit", "coordinating": [], "deadlines": []}]},
    ...               "V/v rà soát\\n1. Sở Y tế báo cáo.")
    >>> packed["document"], packed["tasks"][0]["at"]
    ({'type': 'Công văn', 'title': [4, 11]}, [15, 31])
    """
    _only(annotation, ("source", *PARTS))
    frame = Frame(text, text)
    citations, tasks = annotation["citations"], annotation["tasks"]
    document, incomplete = _packed_document(annotation["document"], text)
    units = [_packed_task(task, span, text) for task, span in zip(tasks, frame.annotated(tasks), strict=True)]
    if any(len(unit.get("products", ())) < len(task.get("products") or ())
           for unit, task in zip(units, tasks, strict=True)):
        incomplete.append("products")
    packed: Record = {
        "document": document,
        "citations": [{"at": list(span), **_facts(citation, CITATION, beside=QUOTE)}
                      for citation, span in zip(citations, frame.annotated(citations), strict=True)],
        "relations": [_facts(relation, RELATION) for relation in annotation.get("relations") or ()],
        "tasks": units}
    return {**packed, "incomplete": incomplete} if incomplete else packed


def _packed_document(document: Item, text: str) -> tuple[Record, list[str]]:
    """The header with places for words, and the fields of which some words were not found."""
    _only(document, (*FACTS, *LISTS, "title", "signer"))
    foot = max(text.rfind("Nơi nhận"), 0)
    places = {"title": _places([document.get("title")], text),
              "addressees": _places(document.get("addressees") or (), text, max(text.find("Kính gửi"), 0)),
              "recipients": _places(document.get("recipients") or (), text, foot)}
    packed = _facts(document, FACTS, beside=(*LISTS, "title", "signer"))
    packed |= {name: at if name in LISTS else at[0] for name, at in places.items() if at}
    incomplete = [name for name, at in places.items() if len(at) < len(_listed(document.get(name)))]
    signer = document.get("signer")
    if signer:
        name = _places([signer.get("name")], text, foot)
        packed["signer"] = {**({"name": name[0]} if name else {}), **_facts(signer, SIGNER, beside=("name",))}
        incomplete += ["signer"] if signer.get("name") and not name else []
    return packed, incomplete


def _packed_task(task: Item, span: Span, text: str) -> Record:
    deadlines = [{"at": list(_deadline_span(deadline, span, text)), **_facts(deadline, DEADLINE, beside=QUOTE)}
                 for deadline in task.get("deadlines") or ()]
    products = _places(task.get("products") or (), text, span.start)
    return {"at": list(span), **_facts(task, TASK, beside=(*QUOTE, "deadlines", "citations", "products")),
            **({"deadlines": deadlines} if deadlines else {}), **({"products": products} if products else {})}


def _deadline_span(deadline: Item, task: Span, text: str) -> Span:
    """Where a deadline's words stand: the occurrence that it names, else in its task, else the first."""
    quote = deadline["quote"]
    at = -1 if deadline.get("nth") else text.find(quote, *task)
    at = at if at >= 0 else nth_occurrence(text, quote, deadline.get("nth") or 1)
    if at < 0 or not quote:
        raise EvaluationError("annotation_invalid", f"quote not in the source text: {quote[:80]!r}")
    return Span(at, at + len(quote))


def _places(wanted: Iterable[str | None], text: str, start: int = 0) -> list[list[int]]:
    """Where the words stand one after the other from `start` on, else anywhere; what stands nowhere is left out."""
    found = []
    cursor = start
    for words in filter(None, wanted):
        at = _find(words, text, cursor) or _find(words, text, start) or _find(words, text, 0)
        if at:
            found.append(list(at))
            cursor = at.end
    return found


def _find(words: str, text: str, start: int) -> Span | None:
    """`words` from `start` on: as they are, else in whatever case, broken or marked in whatever way."""
    bare = re.findall(r"[^\W_]+", words)
    if not bare:
        return None
    found = _whole(re.escape(words)).search(text, start) \
        or _whole(r"[\W_]+".join(map(re.escape, bare)), re.IGNORECASE).search(text, start)
    return Span(*found.span()) if found else None


def _whole(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)", flags)


def _facts(item: Item, keys: Sequence[str], *, beside: Sequence[str] = ()) -> Record:
    """The values of `keys` that say something; `beside` names the other keys that `item` may have."""
    _only(item, (*keys, *beside))
    return {key: item[key] for key in keys if item.get(key) not in (None, [], False)}


def _only(item: Item, keys: Sequence[str]) -> None:
    """No key is dropped in silence."""
    if unknown := sorted(item.keys() - set(keys)):
        raise EvaluationError("annotation_invalid", f"unknown key {', '.join(unknown)}")


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value] if value else []
