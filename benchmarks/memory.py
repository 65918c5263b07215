"""Memory of `ingest` over a folder: the peak of the process, and whether it grows from file to file.

    python benchmarks/memory.py FOLDER [--window 100]

Resident memory is read after each file (Linux), and how many blocks Python has in use: what the process holds on to
shows in the blocks, what its allocators have not given back in resident memory alone. The first and the last
`--window` files are compared. Ends with one line of JSON; megabytes are 10^6 bytes.
"""
from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import tempfile
from pathlib import Path

from chidao.batch import find_files, ingest
from chidao.storage import Register

PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--window", type=int, default=100)
    args = parser.parse_args()

    sizes: list[int] = []
    blocks: list[int] = []

    def measure(_: object) -> None:
        sizes.append(resident())
        blocks.append(sys.getallocatedblocks())

    with tempfile.TemporaryDirectory() as folder, Register(Path(folder) / "register.db") as register:
        ingest(find_files([args.folder]), register, on_progress=measure)
    window = min(args.window, len(sizes) // 2)
    first, last = sizes[:window], sizes[-window:]
    figures = {
        "files": len(sizes), "window": window,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
        "first_median_mb": statistics.median(first) / 1e6, "last_median_mb": statistics.median(last) / 1e6,
        "first_end_mb": first[-1] / 1e6, "last_end_mb": last[-1] / 1e6,
        "first_median_blocks": statistics.median(blocks[:window]),
        "last_median_blocks": statistics.median(blocks[-window:]),
    }
    for name, value in figures.items():
        print(f"{name:20} {value:10,.1f}")
    print(json.dumps(figures))


def resident() -> int:
    """Bytes of this process that are in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


if __name__ == "__main__":
    main()
