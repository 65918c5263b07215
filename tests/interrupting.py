"""Kills an indexing run, asks while it runs and after it, and takes it up again; for tests of both models."""
from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

from registers import many_lines

from chidao.search import state
from chidao.search.embedding.models import embedder
from chidao.search.indexing import IndexProgress, index, pending
from chidao.search.vectors import unpacked
from chidao.storage import Register

LINES = 40
# Asks in a second connection after each batch, and dies hard in the third.
KILLED = """
import json, os, signal, sys
from chidao.search import indexing
from chidao.storage import Register

db, model, batch = sys.argv[1], sys.argv[2], int(sys.argv[3])
indexing._BATCH = {True: batch, False: batch}

def ask(progress):
    with Register(db, readonly=True) as other:
        answer = other.answer("tiêm vắc xin cho trẻ em")
    print(json.dumps([progress.done, len(answer.hits), list(answer.notes)]), flush=True)
    if progress.done >= 3 * batch:
        os.kill(os.getpid(), signal.SIGKILL)

with Register(db) as register:
    indexing.index(register, model=model, on_progress=ask)
"""


def kill_and_resume(db: Path, *, model: str, batch: int) -> None:
    """Fills a register, kills an indexing run in its third batch, takes it up and compares with one whole run."""
    with Register(db) as register:
        register.add(many_lines(LINES))
        total = pending(register.connection)
    assert total > 4 * batch
    died = subprocess.run([sys.executable, "-c", KILLED, str(db), model, str(batch)], capture_output=True, text=True,
                          check=False, timeout=300)
    assert died.returncode == -signal.SIGKILL, died.stderr
    asked = [json.loads(line) for line in died.stdout.splitlines()]
    assert [done for done, _, _ in asked] == [batch, 2 * batch, 3 * batch]
    assert all(hits and notes == ["vectors_pending"] for _, hits, notes in asked)
    with Register(db) as register, Register(":memory:") as whole:
        conn = register.connection
        assert pending(conn) == total - 3 * batch
        found = register.answer("tiêm vắc xin cho trẻ em")
        assert any("vectors" in dict(hit.legs) for hit in found.hits), "those that are there have their say"
        seen: list[IndexProgress] = []
        report = index(register, on_progress=seen.append)
        assert (report.embedded, report.rebuilt, report.model) == (total - 3 * batch, False, model)
        assert seen[0].done > 3 * batch
        assert [progress.done for progress in seen] == sorted({progress.done for progress in seen})
        assert seen[-1] == IndexProgress(total, total)
        assert register.answer("tiêm vắc xin cho trẻ em").notes == ()
        assert register.verify() == []
        whole.add(many_lines(LINES))
        index(whole, model=model)
        select = "SELECT vector FROM unit_vectors ORDER BY unit_id"
        one, other = ([row[0] for row in c.execute(select)] for c in (conn, whole.connection))
        assert len(one) == len(other) == total
        assert (unpacked(one) * unpacked(other)).sum(axis=1).min() > 0.995
        chosen = embedder(model)
        assert chosen is not None
        assert state.get(conn, state.FINGERPRINT) == chosen.fingerprint
