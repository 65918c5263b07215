"""A lossless tokenizer of Vietnamese syllables for spaCy: the text of a Doc is always the text that went in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

# A number of a document with its symbol is one token; a blank after a word belongs to it, others are tokens.
_TOKEN = re.compile(r"(\d+(?:/\d+){0,3}(?:/[A-ZĐ][\w&]*(?:-[A-ZĐ][\w&]*)*)|[^\W_]+|\s+|.)( ?)", re.DOTALL)


class VietnameseTokenizer:
    """Cuts text into syllables, numbers, marks and white space.

    >>> import spacy
    >>> nlp = spacy.blank("xx")
    >>> doc = VietnameseTokenizer(nlp.vocab)("Căn cứ  Nghị quyết số 38/NQ-CP;\\n")
    >>> doc.text == "Căn cứ  Nghị quyết số 38/NQ-CP;\\n", [t.text for t in doc][-4:]
    (True, ['số', '38/NQ-CP', ';', '\\n'])
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The Doc of `text`; ``"".join(t.text_with_ws for t in doc) == text``."""
        pieces = _TOKEN.split(text)  # nothing, word, blank; nothing, word, blank …
        return Doc(self.vocab, words=pieces[1::3], spaces=list(map(bool, pieces[2::3])))

    # spaCy saves and loads a tokenizer by these; there is nothing to keep.
    def to_bytes(self, **_: Any) -> bytes:
        """Nothing: the rules are code."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> VietnameseTokenizer:
        """The tokenizer itself."""
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Nothing is written."""

    def from_disk(self, path: str | Path, **_: Any) -> VietnameseTokenizer:
        """The tokenizer itself."""
        return self


@registry.tokenizers("chidao.VietnameseTokenizer.v1")
def create_tokenizer() -> Callable[[Language], VietnameseTokenizer]:
    """For a spaCy config: ``@tokenizers = "chidao.VietnameseTokenizer.v1"``."""
    return lambda nlp: VietnameseTokenizer(nlp.vocab)
