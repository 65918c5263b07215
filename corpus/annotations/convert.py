#!/usr/bin/env python3
"""Annotations of directives that are not part of this repository: to places and facts, and back to quotes.

    python corpus/annotations/convert.py pack GOLD ... --sources DIR --set E [--read-twice]
    python corpus/annotations/convert.py unpack PACKED ... --sources DIR --to DIR

GOLD and PACKED are .json files, or folders that hold some at any depth. DIR after --sources holds the source files;
it may be given more than once. `pack` writes a file an annotation to real/SET/ beside this script, `unpack` gives
annotations as docs/guidelines.md describes them. What can't be converted is named and left out; then the exit code
is 1.
"""
from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from chidao.errors import ChidaoError
from chidao.evaluation import EvaluationError
from chidao.evaluation.folder import read_annotation
from chidao.evaluation.offsets import describe, find_source, pack, text_as_described, text_of, unpack

HERE = Path(__file__).parent


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    paths = [path for place in options.paths for path in files(place)]
    failed = 0 if paths else 1
    convert = packed if options.command == "pack" else unpacked
    for path in paths:
        try:
            to, content = convert(path, options)
        except (ChidaoError, OSError, KeyError) as error:
            failed += 1
            print(f"{path}: {f'no key {error}' if isinstance(error, KeyError) else error}", file=sys.stderr)
            continue
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(content, "utf-8", newline="\n")
    print(f"{options.command}: {len(paths) - failed if paths else 0} of {len(paths)}")
    return 1 if failed else 0


def parser() -> argparse.ArgumentParser:
    assert __doc__
    whole = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = whole.add_subparsers(dest="command", required=True)
    for name in ("pack", "unpack"):
        command = commands.add_parser(name)
        command.add_argument("paths", nargs="+", type=Path, metavar="JSON")
        command.add_argument("--sources", action="append", type=Path, required=True, metavar="DIR")
        command.add_argument("--to", type=Path, required=name == "unpack", metavar="DIR", default=HERE / "real")
        if name == "pack":
            command.add_argument("--set", required=True, help="which sample the directives belong to")
            command.add_argument("--read-twice", action="store_true",
                                 help="each was read a second time against its text")
    return whole


def files(place: Path) -> Iterator[Path]:
    yield from sorted(place.rglob("*.json")) if place.is_dir() else (place,)


def packed(path: Path, options: argparse.Namespace) -> tuple[Path, str]:
    """Where the packed annotation of `path` goes, and what it says."""
    annotation = read_annotation(path)
    source = find_source(annotation["source"], options.sources)
    text = text_of(source)
    parts = pack(annotation, text)
    unpack(parts, text)  # before anybody relies on it
    if "incomplete" in parts:
        print(f"{path}: words not found in the text: {', '.join(parts['incomplete'])}", file=sys.stderr)
    head = {"source": describe(source), "set": options.set, "read_twice": options.read_twice}
    return options.to / options.set / f"{path.stem}.json", written({**head, **parts})


def unpacked(path: Path, options: argparse.Namespace) -> tuple[Path, str]:
    """Where the annotation that `path` holds goes, and what it says."""
    parts = read_packed(path)
    text = text_as_described(parts["source"], options.sources)
    annotation = {"source": parts["source"]["file"], **unpack(parts, text)}
    return options.to / path.name, json.dumps(annotation, ensure_ascii=False, indent=1) + "\n"


def read_packed(path: Path) -> dict[str, Any]:
    """The packed annotation in `path`; EvaluationError where the file holds something else."""
    parts = read_annotation(path)
    if not isinstance(parts["source"], dict) or not parts["source"].keys() >= {"file", "sha256", "text", "length"}:
        raise EvaluationError("annotation_invalid", f"{path.name}: holds quotes, not places")
    return parts


def written(parts: Mapping[str, Any]) -> str:
    """JSON with a line a field of the header, a citation, a relation and a unit: a change is a changed line."""
    return "{\n" + ",\n".join(f" {dumped(key)}: {block(value)}" for key, value in parts.items()) + "\n}\n"


def block(value: Any) -> str:
    if isinstance(value, dict):
        return "{\n" + ",\n".join(f"  {dumped(key)}: {dumped(field)}" for key, field in value.items()) + "\n }"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(f"  {dumped(item)}" for item in value) + "\n ]"
    return dumped(value)


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
