"""Places to quotes and names."""
from __future__ import annotations

import re
from collections.abc import Sequence

from chidao.evaluation.frame import EvaluationError, Item, nth_occurrence
from chidao.evaluation.offsets.fields import CITATION, DEADLINE, FACTS, LISTS, SIGNER, Record

# Markup as in scoring, but for an underscore that stands inside a word.
_BETWEEN_WORDS = re.compile(r"(?:[\s*~|\\]|(?<![^\W_])_+|_+(?![^\W_]))+")


def unpack(packed: Item, text: str) -> Record:
    """The annotation (all but its ``source``) that `packed` holds, its words cut out of `text`.

    Words of the header and products are given on one line, without markup. Raises EvaluationError where a place
    holds no words that a quote could name.
    """
    document = packed["document"]
    citations = [({**_quote(c["at"], text), **{key: c.get(key) for key in CITATION}}, c["at"])
                 for c in packed["citations"]]
    return {
        "document": {**{key: document.get(key) for key in FACTS}, "title": _words(document.get("title"), text),
                     "signer": _signer(document.get("signer"), text),
                     **{key: [_words(at, text) for at in document.get(key, ())] for key in LISTS}},
        "citations": [citation for citation, _ in citations],
        "relations": [dict(relation) for relation in packed["relations"]],
        "tasks": [_task(task, text, citations) for task in packed["tasks"]]}


def _task(task: Item, text: str, citations: Sequence[tuple[Item, Sequence[int]]]) -> Record:
    start, end = task["at"]
    cited = dict.fromkeys(_cited(c) for c, at in citations if start <= at[0] and at[1] <= end)
    products = [_words(at, text) for at in task.get("products", ())]
    return {**_quote(task["at"], text), "kind": task["kind"], "lead": task.get("lead", []),
            "lead_source": task["lead_source"], "coordinating": task.get("coordinating", []),
            "deadlines": [{**_quote(d["at"], text), **{key: d[key] for key in DEADLINE if key in d}}
                          for d in task.get("deadlines", ())],
            "citations": list(cited), **({"products": products} if products else {})}


def _cited(citation: Item) -> str:
    """A citation as tasks name it."""
    if citation["number"]:
        return f"{citation['type']} số {citation['number']}"
    return citation["name"] or f"{citation['type']} ngày {citation['date']}"


def _signer(signer: Item | None, text: str) -> Record | None:
    if signer is None:
        return None
    return {"name": _words(signer.get("name"), text), **{key: signer.get(key) for key in SIGNER}}


def _quote(at: Sequence[int], text: str) -> Record:
    """The words at that place, with the occurrence where they stand more than once."""
    start, end = at
    quote = text[start:end]
    nth = text.count(quote, 0, start) + 1
    if not quote or nth_occurrence(text, quote, nth) != start:
        raise EvaluationError("annotation_invalid", f"no quote names the place {start} to {end}")
    return {"quote": quote, "nth": nth} if text.count(quote) > 1 else {"quote": quote}


def _words(at: Sequence[int] | None, text: str) -> str | None:
    """The words at that place on one line, without markup."""
    return _BETWEEN_WORDS.sub(" ", text[at[0]:at[1]]).strip() if at else None
