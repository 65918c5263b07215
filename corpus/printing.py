"""Prints the text of any directive as offices do: the PDF of WeasyPrint, of LibreOffice, or of reportlab.

Two-column head and foot, numbered pages, a running head from page 2 where one is asked for, the annex on landscape
pages, tables with merged cells whose head is repeated. Used by tests and benchmarks; needs `pip install -e .[dev]`,
for LibreOffice `soffice`, and the font DejaVu Serif.
"""
from __future__ import annotations

import html
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

sys.path.insert(0, str(Path(__file__).parent))

from render import STATE, TYPES, Block, kind_of, merged_above, pdf, widths, word

Producer = Literal["weasyprint", "libreoffice", "reportlab"]
PRODUCERS: tuple[Producer, ...] = ("weasyprint", "libreoffice", "reportlab")
_RULE = re.compile(r"\W{3,}$")
_DATE = re.compile(r"[\w\s.-]{2,40}, *ngày\b.{0,40}\d{4}$")
_NUMBER = re.compile(r"Số\b")
_MOTTO = re.compile(r" (?=Độc lập)")  # what flattened heads and feet have on one line, offices print on several
_ABOUT = re.compile(r" (?=V/v)")
_ENTRY = re.compile(r" (?=- )")
_SECOND = re.compile(r" (?=(?:PHÓ|THỨ) )")
_HEAD = 25  # lines
_MARKUP = re.compile(r"\*{1,2}|~~|\\(?=\*)|-{4,}")


def office_blocks(source: str) -> list[Block]:
    """The blocks of a directive's text, whatever shape its head and foot have there.

    Left out: markup, rules of hyphens, and what a website prints before the head and after the foot.
    """
    lines = [" ".join(_MARKUP.sub("", line).split()) for line in source.split("\n")]
    state = next((i for i, line in enumerate(lines[:_HEAD]) if any(s in line for s in STATE)), None)
    if state is not None and "|" in lines[state]:
        lines, state = lines[state:], 0
    start = _head_end(lines, state)
    out = list(_letterhead(lines, state, start))
    foot = next((i for i, line in enumerate(lines) if i >= start and line.startswith("Nơi nhận")), len(lines))
    out += _body(lines[start:foot], part=0)
    end = _foot_end(lines, foot)
    if foot < len(lines):
        out.append(_foot(lines[foot:end]))
        rest = next((i for i in range(end, len(lines)) if lines[i] in TYPES), len(lines))
        out += _body(lines[rest:], part=1)
    return out


def expected(blocks: Iterable[Block]) -> str:
    """The text that a reader must give of the blocks, in its order of reading."""
    out: list[str] = []
    for block in blocks:
        rows = (" ".join(filter(None, row)) for row in block.rows)
        out += [*block.left, *block.right, *rows, *block.lines]
    return "\n".join(out)


def printed(blocks: Sequence[Block], producer: Producer, *, running: str = "", landscape: bool = False) -> bytes:
    """The PDF of the blocks."""
    if producer == "weasyprint":
        return weasyprint_pdf(page(blocks, running=running, landscape=landscape))
    if producer == "libreoffice":
        return libreoffice_pdf([word(list(blocks), running=running, landscape=landscape)])[0]
    return pdf(list(blocks), running=running, landscape=landscape)


# --------------------------------------------------------------------------------- what the lines are


def _head_end(lines: Sequence[str], state: int | None) -> int:
    """Where the head ends: after motto, number, place and date."""
    if state is None:
        return 0
    ends = [i for i, line in enumerate(lines[:_HEAD])
            if any(s in line for s in STATE) or line.startswith("Độc lập") or _NUMBER.match(line) or _DATE.search(line)]
    end = max(ends) + 1
    while end < len(lines) and not lines[end]:
        end += 1
    return end


def _letterhead(lines: Sequence[str], state: int | None, end: int) -> Iterator[Block]:
    if state is None:
        return
    columns: tuple[list[str], list[str], list[str], list[str]] = ([], [], [], [])  # issuer, motto, number, date
    first = next(i for i, line in enumerate(lines) if line.isupper() or "|" in line)
    at = 0
    for i, line in enumerate(lines[first:end], first):
        if "|" in line:
            left, right = (cell.strip() for cell in line.split("|", 1))
            columns[0 if i <= state else 2].extend(_ABOUT.sub("\n", left).split("\n"))
            columns[1 if i <= state else 3].extend(_MOTTO.sub("\n", right).split("\n"))
            continue
        at = 1 if any(s in line for s in STATE) or line.startswith("Độc lập") else at
        at = 2 if _NUMBER.match(line) else at
        at = 3 if _DATE.search(line) else at
        if not _RULE.match(line) and line:
            columns[at].append(line)
    yield Block("letterhead", left=tuple(columns[0]), right=tuple(columns[1]))
    yield Block("letterhead", left=tuple(columns[2]), right=tuple(columns[3]))


def _foot_end(lines: Sequence[str], foot: int) -> int:
    """After the name of the signer: the first line that is not in capitals after those that are."""
    if foot >= len(lines) or "|" in lines[foot]:
        return foot + 1
    signed = next((i for i in range(foot + 1, len(lines)) if lines[i].isupper()), len(lines) - 1)
    return next((i for i in range(signed, len(lines)) if lines[i] and not lines[i].isupper()), len(lines) - 1) + 1


def _foot(lines: Sequence[str]) -> Block:
    if "|" in lines[0]:
        left, right = (cell.strip() for cell in lines[0].split("|", 1))
        words = right.split()
        name = next((i for i, word in enumerate(words) if not word.isupper()), len(words))
        name -= name < len(words) and len(words[name - 1]) == 1  # A Thiu
        offices = _SECOND.sub("\n", " ".join(words[:name])).split("\n")
        return Block("foot", left=tuple(_ENTRY.sub("\n", left).split("\n")), right=(*offices, " ".join(words[name:])))
    signed = next((i for i, line in enumerate(lines) if line.isupper()), len(lines))
    return Block("foot", left=tuple(filter(None, lines[:signed])), right=tuple(filter(None, lines[signed:])))


def _body(lines: Sequence[str], part: int) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for line in [*lines, ""]:
        if "|" in line:
            rows.append(tuple(cell.strip() for cell in line.split("|")))
            continue
        if rows:
            yield Block("table", rows=tuple(rows))
            rows = []
        if line in TYPES:
            if part:
                yield Block("break")
            part += 1
            yield Block("type", (line,))
        elif line:
            yield Block(kind_of(line), (line,))


# ------------------------------------------------------------------------------------------ producers


def weasyprint_pdf(document: str) -> bytes:
    from weasyprint import HTML

    out: bytes = HTML(string=document).write_pdf()
    return out


def libreoffice_pdf(documents: Sequence[bytes], suffix: str = "docx") -> list[bytes]:
    """The PDF of each office file; LibreOffice starts once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [folder / f"{i}.{suffix}" for i in range(len(documents))]
        for path, data in zip(paths, documents, strict=True):
            path.write_bytes(data)
        subprocess.run(["soffice", f"-env:UserInstallation=file://{name}/profile", "--headless", "--convert-to", "pdf",
                        "--outdir", name, *map(str, paths)], check=True, capture_output=True, timeout=300)
        return [path.with_suffix(".pdf").read_bytes() for path in paths]


_CSS = """
@page { size: A4; margin: 20mm 20mm 20mm 30mm; @top-center { content: counter(page); font: 12pt 'DejaVu Serif' }
        @bottom-left { content: '%s'; font: italic 9pt 'DejaVu Serif' } }
@page :first { @top-center { content: none } @bottom-left { content: none } }
@page annex { size: A4 %s }
body { font: 12pt/1.3 'DejaVu Serif' }
p { margin: 4pt 0; text-align: justify; text-indent: 10mm }
.centre { text-align: center; text-indent: 0 } .type, .title, .centred, .heading { font-weight: bold }
.note, .basis { font-style: italic } .annex { page: annex; break-before: page }
table { border-collapse: collapse; width: 100%% } table.rows td { border: 0.5pt solid black; padding: 2pt 4pt }
table.rows { font-size: 11pt; margin-top: 6pt } table.rows thead td { font-weight: bold; text-align: center }
td p { text-indent: 0; text-align: left } .columns td { vertical-align: top; padding: 2pt }
.columns { table-layout: fixed }
.columns td.centre p { text-align: center; font: 10pt/1.3 'DejaVu Serif Condensed' }
.columns td.foot { font-size: 10pt }
.line { border-bottom: 0.7pt solid black; width: 40%%; margin: 2pt auto }
.name { margin-top: 60pt; font-weight: bold } sup { font-size: 8pt }
.footnote { float: footnote; font-size: 9pt; text-indent: 0 } ::footnote-marker { content: counter(footnote) ' ' }
::footnote-call { content: counter(footnote); font-size: 8pt; vertical-align: super }
"""


def page(blocks: Sequence[Block], *, running: str = "", landscape: bool = False) -> str:
    """An HTML page for printing; text in ``{{braces}}`` becomes a footnote."""
    out: list[str] = []
    annex = False
    for number, block in enumerate(blocks):
        if block.kind == "break":
            out.append(("</div>" if annex else "") + '<div class="annex">')
            annex = True
        elif block.kind in ("letterhead", "foot"):
            out.append(_columns(block, ruled=number == 0))
        elif block.kind == "table":
            out.append(_table(block.rows))
        else:
            centre = " centre" if block.kind in ("type", "title", "note", "centred") else ""
            text = re.sub(r"\{\{(.*?)\}\}", r'<span class="footnote">\1</span>', html.escape(block.lines[0]))
            out.append(f'<p class="{block.kind}{centre}">{text}</p>')
    css = _CSS % (running.replace("'", "’"), "landscape" if landscape else "portrait")
    body = "\n".join([*out, "</div>" * annex])
    return ('<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">'
            f"<style>{css}</style></head><body>{body}</body></html>")


def _columns(block: Block, *, ruled: bool) -> str:
    foot = block.kind == "foot"
    sides = []
    for lines, left in ((block.left, True), (block.right, False)):
        kind = "foot" if foot and left else "centre"
        said = "".join(f'<p class="{"name" if foot and not left and i and i + 1 == len(lines) else ""}">'
                       f"{html.escape(line)}</p>" for i, line in enumerate(lines))
        sides.append(f'<td class="{kind}" width="{50 if foot else 40 if left else 60}%">{said}'
                     + ('<div class="line"></div>' if ruled else "") + "</td>")
    return f'<table class="columns"><tr>{"".join(sides)}</tr></table>'


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    full = tuple(rows)
    columns = max(map(len, full))
    shares = widths(full, 100) if sum(len(row) > 2 for row in full) else [100 / columns] * columns
    lines = []
    for r, row in enumerate(full):
        cells = []
        for c, text in enumerate(row):
            if merged_above(full, r, c):
                continue
            below = next((n for n in range(r + 1, len(full)) if not merged_above(full, n, c)), len(full)) - r
            across = columns - c if c + 1 == len(row) else 1
            width = f' style="width:{shares[c]:.1f}%"' if r == 0 and len(row) == columns else ""
            cells.append(f'<td rowspan="{below}" colspan="{across}"{width}>{html.escape(text)}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table class="rows"><thead>{lines[0]}</thead><tbody>{"".join(lines[1:])}</tbody></table>'
