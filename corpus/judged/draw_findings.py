#!/usr/bin/env python3
"""Draws findings of the audit to be judged: would an auditor want to know, or wave it away?

    python corpus/judged/draw_findings.py --db REGISTER --to DIR [--count 100] [--seed N]

Two texts of one document count once. Writes `DIR/audit.tsv`, a row a finding with its place, and `DIR/audit.md`, the
sheet to read them by.
"""
from __future__ import annotations

import argparse
import random
from pathlib import Path

from chidao.audit.auditing import audit
from chidao.audit.view import AuditFinding
from chidao.audit.wording import sentence
from chidao.storage import Register

SEED = 20261122  # of audit.tsv; 20261123 of audit_again.tsv, after the checks had changed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    with Register(options.db, readonly=True) as register:
        documents = {row.id: row for row in register.documents()}
        found: dict[tuple[str | None, ...], AuditFinding] = {}
        for finding in audit(register):
            row = documents[finding.document]
            found.setdefault((row.number or row.file, row.date, finding.code, finding.quote), finding)
    every = sorted(found.values(), key=lambda f: (documents[f.document].file, f.code, f.quote))
    drawn = random.Random(options.seed).sample(every, min(options.count, len(every)))
    options.to.mkdir(parents=True, exist_ok=True)
    rows = ["finding\tfile\tcode\tstart\tend"]
    sheet = []
    for at, finding in enumerate(drawn, start=1):
        file, span = documents[finding.document].file, finding.span or (0, 0)
        rows.append(f"f{at:03}\t{file}\t{finding.code}\t{span[0]}\t{span[1]}")
        sheet.append(f"f{at:03} [{file}] {finding.label[:40]} {' › '.join(finding.path)}: {finding.code}\n"
                     f"     {sentence(finding, 'vi')}\n     “{finding.quote}”\n")
    (options.to / "audit.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    (options.to / "audit.md").write_text("\n".join(sheet), "utf-8")
    print(f"{len(drawn)} of {len(found)}")


if __name__ == "__main__":
    main()
