"""Hostile files, each followed by a good one: what became of each, in what time and memory.

    python benchmarks/hostile.py [--seed 1] [--each 24] [--seconds 20] [--memory-mb 700] [--log FILE]

Makes the files of `corpus/hostile.py` in a folder of its own and reads them as `chidao extract` does, in one worker.
Memory is the peak of the worker while it read the file (Linux); a worker that was killed leaves none, and its time is
the limit. Ends with 1 where a file went past its limits otherwise, or a good file was read otherwise than before.
"""
from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from itertools import chain
from pathlib import Path

from chidao.batch import work
from chidao.batch.pool import results
from chidao.errors import ChidaoError
from chidao.reading.limits import DEFAULTS, Limits, with_changes

ROOT = Path(__file__).parent.parent
GOOD = ROOT / "corpus" / "directives" / "2025-nghi-quyet-chinh-phu-dich-vu-cong.pdf"
read_and_extract = work.read_and_extract
KILLED = {"too_slow", "too_much_memory", "crashed"}


def logged(file: Path | bytes, *, log: Path, secret: bool = False, limits: Limits = DEFAULTS) -> work.Result:
    """As the reader, with a line in the log: seconds and the peak of memory."""
    Path("/proc/self/clear_refs").write_text("5")
    began = time.monotonic()
    result = read_and_extract(file, secret=secret, limits=limits)
    peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    with log.open("a") as out:
        out.write(f"{file}\t{time.monotonic() - began:.2f}\t{int(peak) * 1024}\n")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in (("--seed", 1), ("--each", 24), ("--seconds", 20), ("--memory-mb", 700)):
        parser.add_argument(name, type=int, default=value)
    parser.add_argument("--log", type=Path, help="a table of all files")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        hostile = make(folder, args.seed, args.each)
        work.read_and_extract = partial(logged, log=folder / "log")  # type: ignore[assignment]
        limits = with_changes({"seconds": args.seconds, "memory": args.memory_mb * 2**20})
        asked = list(chain.from_iterable((file, GOOD) for file in hostile))
        found = list(results(asked, workers=1, secret=False, limits=limits))
        lines = (line.split("\t") for line in (folder / "log").read_text().splitlines())
        taken = {name: figures for name, *figures in lines}
    rows = [(file.name, outcome(result), *taken.get(str(file), ("", "")))
            for file, result in zip(hostile, found[::2], strict=True)]
    if args.log:
        args.log.write_text("".join("\t".join(row) + "\n" for row in [("file", "outcome", "seconds", "bytes"), *rows]))
    sys.exit(report(rows, found[1::2], limits))


def make(folder: Path, seed: int, each: int) -> list[Path]:
    """The files, in the order of their making."""
    spec = importlib.util.spec_from_file_location("hostile_files", ROOT / "corpus" / "hostile.py")
    assert spec
    assert spec.loader
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    made = []
    for name, data in maker.files(seed, each):
        made.append(folder / name)
        made[-1].write_bytes(data)
    return made


def outcome(result: work.Result) -> str:
    """done, partial (with warnings), killed with its code, or refused with its code."""
    if isinstance(result, ChidaoError):
        return f"{'killed' if result.code in KILLED else 'refused'}: {result.code}"
    return "partial" if any(directive.source.warnings for directive in result) else "done"


def report(rows: list[tuple[str, ...]], good: list[work.Result], limits: Limits) -> int:
    """Prints what became of each class; gives the exit status."""
    for kind in dict.fromkeys(row[0].rsplit("-", 1)[0] for row in rows):
        own = [row for row in rows if row[0].startswith(kind + "-")]
        slowest = max((float(row[2]) for row in own if row[2]), default=0)
        largest = max((int(row[3]) for row in own if row[3]), default=0)
        outcomes = ", ".join(f"{what} {count}" for what, count in Counter(row[1] for row in own).most_common())
        print(f"{kind:12} {len(own):3} files, {slowest:6.2f} s, {largest / 1e6:6.0f} MB at most; {outcomes}")
    beyond = [row[0] for row in rows if row[2] and (
        float(row[2]) > limits.seconds + 1 or int(row[3]) > limits.memory * 1.5)]
    ours = [row[0] for row in rows if "internal_error" in row[1]]
    other = sum(not same(result, good[0]) for result in good)
    print(f"{len(rows)} files; past their limits: {beyond or 0}; defects of ours: {ours or 0}; "
          f"good files read otherwise: {other}")
    return int(bool(beyond or ours or other))


def same(a: work.Result, b: work.Result) -> bool:
    if isinstance(a, ChidaoError) or isinstance(b, ChidaoError):
        return False
    return [(d.text, d.tasks) for d in a] == [(d.text, d.tasks) for d in b]


if __name__ == "__main__":
    main()
