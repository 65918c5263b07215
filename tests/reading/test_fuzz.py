"""Any bytes give a SourceText or an error with a code, never a crash."""
from __future__ import annotations

import random
import time

import pytest
from reading_samples import HTML, TEXT, sample_docx, sample_pdf

from chidao import reading
from chidao.errors import ReadingError

SAMPLES = {"text": lambda: TEXT.encode(), "utf-16": lambda: TEXT.encode("utf-16"), "html": lambda: HTML.encode(),
           "docx": sample_docx, "pdf": sample_pdf}
STARTS = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
ROUNDS = {"text": 150, "utf-16": 80, "html": 150, "docx": 120, "pdf": 120}


def outcome(data: bytes) -> str:
    """The format, or the code of the error; whatever else is raised fails the test."""
    try:
        source = reading.read_bytes(data, "x", secret=True)
    except ReadingError as error:
        return error.code
    spans = [*(r.span for r in source.regions), *(b.span for b in source.boxes), *(t.span for t in source.tables),
             *(c.span for t in source.tables for c in t.cells)]
    assert all(0 <= span.start <= span.end <= len(source.text) for span in spans)
    return source.format


def damaged(data: bytes, rng: random.Random) -> bytes:
    """`data` cut, flipped, with a stretch lost, doubled or overwritten."""
    out = bytearray(data)
    a, b = sorted(rng.randrange(len(out)) for _ in range(2))
    match rng.randrange(6):
        case 0:
            return bytes(out[:a])
        case 1:
            return bytes(out[a:])
        case 2:
            for _ in range(rng.choice((1, 8, 64))):
                out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
        case 3:
            del out[a:min(b, a + 200)]
        case 4:
            out[a:a] = out[a:min(b, a + 500)]
        case 5:
            out[a:min(b, a + 100)] = rng.randbytes(min(b, a + 100) - a)
    return bytes(out)


@pytest.mark.parametrize("kind", SAMPLES)
def test_damaged_files(kind: str) -> None:
    rng = random.Random(2031)
    data = SAMPLES[kind]()
    assert outcome(data) == {"utf-16": "text"}.get(kind, kind)
    outcomes = {outcome(damaged(data, rng)) for _ in range(ROUNDS[kind])}
    assert len(outcomes) > 1


def test_random_bytes_and_mixed_formats() -> None:
    rng = random.Random(7)
    samples = [make() for make in SAMPLES.values()]
    for _ in range(150):
        outcome(rng.choice(STARTS) + rng.randbytes(rng.randrange(400)))
    for first in samples:
        for second in samples:
            outcome(first[:len(first) // 2] + second)


@pytest.mark.parametrize("text", [
    "<table>" * 400, "<table><tr><td rowspan=99999 colspan=99999>Kế hoạch", "<ol start=999999999999><li>Kế",
    "<ul><li>" * 500, "|" * 5000, "(" * 5000, "\n" * 50000, "- " * 20000, "a\n" * 10000])
def test_odd_texts(text: str) -> None:
    outcome(text.encode())


@pytest.mark.parametrize("text", [
    TEXT + "\n" * 80_000, TEXT + " " * 80_000, TEXT + "\t" * 80_000, TEXT + "*" * 80_000, TEXT + "|" * 80_000,
    "<table><tr>" + "<td rowspan=9999 colspan=9999>Kế hoạch" * 200])
def test_texts_that_searches_could_choke_on(text: str) -> None:
    """In time that grows with the text and not with its square: a tenth of a second, ten where it did."""
    began = time.process_time()
    outcome(text.encode())
    assert time.process_time() - began < 3
