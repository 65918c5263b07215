"""The finders in order over one spaCy Doc, from a SourceText to a Directive."""

from __future__ import annotations

from functools import lru_cache

import spacy
from spacy.language import Language

from chidao.extraction import components  # noqa: F401  (registers the factories)
from chidao.extraction.tokenizer import VietnameseTokenizer
from chidao.linking.identity import directive_id
from chidao.linking.names import link_agencies
from chidao.linking.together import link_together
from chidao.model import Directive, SourceText
from chidao.structure.documents import split

# What a Directive needs; a spaCy user adds "vn_agencies" and "vn_deadlines" where spans of these are wanted.
_STAGES = ("vn_structure", "vn_citations", "vn_tasks")


def create_pipeline(*stages: str) -> Language:
    """A blank pipeline over the lossless tokenizer with `stages`, all of them by default.

    >>> nlp = create_pipeline("vn_citations")
    >>> doc = nlp("Căn cứ Nghị quyết số 38/NQ-CP")
    >>> [s._.citation.number for s in doc.spans["citations"]]
    ['38/NQ-CP']
    """
    nlp = spacy.blank("xx")
    nlp.tokenizer = VietnameseTokenizer(nlp.vocab)
    nlp.max_length = 1 << 30  # no parser or tagger is in the pipeline: memory grows with the text alone
    for stage in stages or ("vn_structure", "vn_citations", "vn_agencies", "vn_deadlines", "vn_tasks"):
        nlp.add_pipe(stage)
    return nlp


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    nlp = create_pipeline(*_STAGES)
    # Shape, prefix and the like of each new word, which no stage asks for.
    nlp.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]
    return nlp


def extract(source: SourceText) -> Directive:
    """Header, outline, citations, relations and tasks of a directive, each with its span in `source.text`.

    >>> text = "KẾ HOẠCH\\nThực hiện Nghị quyết số 38/NQ-CP\\nI. NHIỆM VỤ\\n1. Sở Y tế: Rà soát danh mục vật tư."
    >>> directive = extract(SourceText(text=text, format="txt", sha256="0" * 64, name="kh.txt"))
    >>> [lead.name for lead in directive.tasks[0].leads]
    ['Sở Y tế']
    """
    nlp = _pipeline()
    with nlp.memory_zone():
        doc = nlp.make_doc(source.text)
        doc._.source = source
        doc = nlp(doc)
        structure = doc._.structure
        return link_agencies(Directive(
            id=directive_id(structure.header, source.sha256, source.document),
            source=source,
            header=structure.header,
            regions=structure.regions,
            nodes=structure.nodes,
            citations=tuple(doc._.citations),
            relations=tuple(doc._.relations),
            tasks=tuple(doc._.tasks),
            parts=structure.parts,
        ))


def extract_all(source: SourceText) -> tuple[Directive, ...]:
    """The directives in a file, in order; each that is issued with another of them says so.

    >>> source = SourceText("KẾ HOẠCH\\nTrồng rừng\\nI. NHIỆM VỤ", format="txt", sha256="0" * 64, name="kh.txt")
    >>> [directive.header.type for directive in extract_all(source)]
    ['Kế hoạch']
    """
    return link_together([extract(document) for document in split(source)])
