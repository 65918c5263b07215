#!/usr/bin/env python3
"""Renders the texts of sources/ as the files of directives/: text, Markdown, HTML, DOCX and PDF.

    python corpus/render.py [NAME ...]

The same sources give the same bytes: no times, no random names. Needs python-docx and reportlab, and for
PDF the font DejaVu Serif Condensed (Debian: fonts-dejavu-extra); Liberation has no Vietnamese letters.

What a line is shows in the source itself: letterhead up to the first blank line, a type line, legal bases,
headings in capitals, rows with ``|``, Nơi nhận and signature. An empty cell inside a row is merged with the
cell above it; a row of two cells heads a group.
"""
from __future__ import annotations

import html
import io
import math
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
FONTS = {name: Path(f"/usr/share/fonts/truetype/dejavu/DejaVuSerifCondensed{suffix}.ttf")
         for name, suffix in (("Regular", ""), ("Bold", "-Bold"), ("Italic", "-Italic"))}
FORMATS = {  # every other source is rendered as it is, as text
    "2016-cong-dien-thu-tuong-mua-lu-trung-bo": "html",
    "2018-chi-thi-bo-cong-thuong-an-toan-thuc-pham": "pdf",
    "2021-nghi-quyet-tinh-uy-hoa-binh-thich-ung-covid": "md",
    "2023-quyet-dinh-ubnd-tinh-binh-phuoc-dau-tu-cong": "docx",
    "2024-ket-luan-tinh-uy-tra-vinh-giao-duc": "docx",
    "2025-nghi-quyet-chinh-phu-dich-vu-cong": "pdf",
    "2026-ke-hoach-ban-chi-dao-hue-an-toan-thuc-pham": "html",
    "2026-ke-hoach-ubnd-tinh-lao-cai-dich-vu-cong": "pdf",
    "2026-ke-hoach-ubnd-xa-van-ban-dich-vu-cong": "docx",
}
TYPES = ("NGHỊ QUYẾT", "QUYẾT ĐỊNH", "CHỈ THỊ", "KẾ HOẠCH", "KẾT LUẬN", "PHỤ LỤC")
CENTRED = ("CHÍNH PHỦ", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", "QUYẾT NGHỊ:", "QUYẾT ĐỊNH:")
STATE = ("CỘNG HÒA", "ĐẢNG CỘNG SẢN")
A_DAY = datetime(2026, 1, 1)

Kind = Literal["letterhead", "break", "type", "title", "note", "centred", "basis", "heading", "text", "table", "foot"]


@dataclass(frozen=True)
class Block:
    """A stretch of the page: its lines, for tables its rows of cells, for letterhead and foot its two columns."""

    kind: Kind
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()


def main() -> None:
    names = sys.argv[1:] or sorted(path.stem for path in (HERE / "sources").glob("*.txt"))
    for name in names:
        source = (HERE / "sources" / f"{name}.txt").read_text("utf-8")
        suffix = FORMATS.get(name, "txt")
        (HERE / "directives" / f"{name}.{suffix}").write_bytes(render(source, suffix))


def render(source: str, suffix: str) -> bytes:
    """The bytes of `source` in the format that `suffix` names: txt, md, html, docx or pdf."""
    if suffix == "html":
        return page(source).encode()
    if suffix == "docx":
        return word(list(blocks(source)))
    if suffix == "pdf":
        return pdf(list(blocks(source)))
    return source.encode()


# ------------------------------------------------------------------------------- what the lines are


def blocks(source: str) -> Iterator[Block]:
    """The blocks of a source with a letterhead in two columns."""
    groups = [tuple(group.split("\n")) for group in re.split(r"\n{2,}", source.strip("\n"))]
    letterhead, *rest = groups
    yield from letterhead_rows(letterhead)
    parts = 0
    signature: tuple[str, ...] | None = None
    for i, group in enumerate(rest):
        if group is signature:
            continue
        if group[0] == "Nơi nhận:":
            signature = rest[i + 1]
            yield Block("foot", left=group, right=signature)
        elif group[0] in TYPES:
            parts += 1
            if parts > 1:
                yield Block("break")
            yield Block("type", group[:1])
            for line in group[1:]:
                yield Block("note" if line.startswith("(") else "title", (line,))
        elif "|" in group[0]:
            yield Block("table", rows=tuple(tuple(cell.strip() for cell in row.split("|")) for row in group))
        else:
            yield from (Block(kind_of(line), (line,)) for line in group)


def letterhead_rows(lines: tuple[str, ...]) -> Iterator[Block]:
    """Issuer beside the state's or the Party's name, then number beside place and date."""
    state = next(i for i, line in enumerate(lines) if line.startswith(STATE))
    yield Block("letterhead", left=lines[:state], right=lines[state:-2])
    yield Block("letterhead", left=lines[-2:-1], right=lines[-1:])


def kind_of(line: str) -> Kind:
    if line in CENTRED:
        return "centred"
    if re.match(r"Căn cứ |Theo đề nghị ", line):
        return "basis"
    return "heading" if re.match(r"[IVX]+\. |Điều \d+\. .{,60}$", line) else "text"


def merged_above(rows: tuple[tuple[str, ...], ...], row: int, column: int) -> bool:
    """Whether a cell is merged with the one above it: empty, and not in the last column."""
    cells = rows[row]
    return len(cells) > 2 and not cells[column] and 0 < column < len(cells) - 1


def widths(rows: tuple[tuple[str, ...], ...], whole: float) -> list[float]:
    """Column widths that give long cells more room, though less than their length asks for."""
    full = [row for row in rows if len(row) > 2]
    weights = [math.sqrt(max(max(map(len, column)), 9)) for column in zip(*full, strict=True)]
    return [whole * weight / sum(weights) for weight in weights]


# ------------------------------------------------------------------------------------------- HTML


def page(source: str) -> str:
    """A page of a site: what stands before the letterhead and after the foot is the site's own."""
    lines = [line for line in source.split("\n") if line]
    start = next(i for i, line in enumerate(lines) if "| CỘNG HÒA" in line)
    foot = next(i for i, line in enumerate(lines) if line.startswith("Nơi nhận:"))
    inline = "|" in lines[foot]
    end = foot + 1 if inline else next(i for i in range(foot, len(lines)) if lines[i].startswith("THỦ TƯỚNG")) + 2
    body = "\n".join(line_of_page(line) for line in lines[start:end])
    before, after = ("\n".join(site_line(line) for line in part) for part in (lines[:start], lines[end:]))
    title = html.escape(next(line for line in lines[start:] if line.isupper() and "|" not in line))
    return (f'<!DOCTYPE html>\n<html lang="vi">\n<head><meta charset="utf-8"><title>{title}</title>\n'
            "<style>.menu li { display: inline; margin-right: 1em } td { vertical-align: top }</style></head>\n"
            f'<body>\n<div id="top">\n{before}\n</div>\n<div id="content">\n{body}\n</div>\n'
            f'<div id="bottom">\n{after}\n</div>\n</body>\n</html>\n')


def site_line(line: str) -> str:
    text = html.escape(line)
    if line.startswith("- "):
        return f'<p class="related"><a href="#">{text}</a></p>'
    if len(line) < 20:
        return f'<ul class="menu"><li><a href="#">{text}</a></li></ul>'
    return f"<div>{text}</div>"


def line_of_page(line: str) -> str:
    cells = [html.escape(cell.strip()) for cell in line.split("|")]
    if len(cells) > 1:
        return f'<table width="100%"><tr>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr></table>'
    return f'<p align="center"><b>{cells[0]}</b></p>' if line.isupper() else f"<p>{cells[0]}</p>"


# ------------------------------------------------------------------------------------------- DOCX


def word(content: list[Block], *, running: str = "", landscape: bool = False) -> bytes:
    """A Word document: letterhead and foot as tables without lines, task tables with merged cells.

    `running` stands at the foot of every page but the first; `landscape` turns the pages of the annex.
    """
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(13)
    normal.paragraph_format.space_after = Pt(4)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    number_pages(section)
    if running:
        section.footer.paragraphs[0].text = running
    room = 16.0
    for block in content:
        if block.kind in ("letterhead", "foot"):
            columns(document, block)
        elif block.kind == "table":
            task_table(document, block.rows, room)
        elif block.kind == "break" and landscape:
            turned = document.add_section()
            turned.orientation, turned.page_width, turned.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
            turned.different_first_page_header_footer = False
            room = 24.7
        elif block.kind == "break":
            document.add_page_break()
        else:
            paragraph(document, block)
    core = document.core_properties
    core.created = core.modified = A_DAY
    core.author = core.last_modified_by = "chidao"
    out = io.BytesIO()
    document.save(out)
    return same_times(out.getvalue())


def number_pages(section: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    section.different_first_page_header_footer = True
    line = section.header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    line._p.append(field)


def columns(document: Any, block: Block) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    foot = block.kind == "foot"
    set_widths(table, [8, 8] if foot else [6, 10])
    for column, (cell, lines) in enumerate(zip(table.rows[0].cells, (block.left, block.right), strict=True)):
        for i, line in enumerate(lines):
            line_of_cell = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
            line_of_cell.paragraph_format.space_after = Pt(0)
            left = foot and column == 0
            line_of_cell.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER
            if foot and column == 1 and i == len(lines) - 1:
                line_of_cell.paragraph_format.space_before = Pt(60)
            run = line_of_cell.add_run(line)
            run.font.size = Pt(11 if left and i else 12)
            run.bold = not left and not line.startswith("Số") and ", ngày " not in line
            run.italic = ", ngày " in line or (left and i == 0)


def set_widths(table: Any, centimetres: list[float]) -> None:
    from docx.shared import Cm

    for width, column in zip(centimetres, table.columns, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def task_table(document: Any, rows: tuple[tuple[str, ...], ...], room: float) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    table.autofit = False
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    table.rows[0]._tr.trPr[-1].set(qn("w:val"), "true")
    set_widths(table, widths(rows, room))
    for r, cells in enumerate(rows):
        if len(cells) == 2:
            table.cell(r, 1).merge(table.cell(r, len(rows[0]) - 1))
        for c, text in enumerate(cells):
            if merged_above(rows, r, c):
                table.cell(r - 1, c).merge(table.cell(r, c))
                continue
            line = table.cell(r, c).paragraphs[0]
            line.paragraph_format.space_after = Pt(0)
            if r == 0 or c == 0:
                line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = line.add_run(text)
            run.font.size = Pt(12)
            run.bold = r == 0 or len(cells) == 2
    for cell in {id(cell._tc): cell for row in table.rows for cell in row.cells}.values():
        for empty in [p for p in cell.paragraphs[1:] if not p.text]:  # left over by merging
            empty._p.getparent().remove(empty._p)


def paragraph(document: Any, block: Block) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    line = document.add_paragraph()
    run = line.add_run(block.lines[0])
    if block.kind in ("type", "title", "note", "centred"):
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        line.paragraph_format.first_line_indent = Cm(1)
    run.bold = block.kind in ("type", "title", "centred", "heading")
    run.italic = block.kind in ("note", "basis")


def same_times(package: bytes) -> bytes:
    """The package with one time for all its files, so that two renderings are equal."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, A_DAY.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()


# -------------------------------------------------------------------------------------------- PDF


def pdf(content: list[Block], *, running: str = "", landscape: bool = False) -> bytes:
    """A PDF with a text layer: page numbers from page 2, ruled task tables whose head row is repeated.

    `running` stands at the foot of every page but the first; `landscape` turns the pages of the annex.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import cm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate

    letters = {letter for block in content for letter in str(block)}
    for name, path in FONTS.items():
        font = TTFont(f"Serif-{name}", str(path))
        if missing := {letter for letter in letters if ord(letter) not in font.face.charToGlyph}:
            sys.exit(f"{path} has no {' '.join(sorted(missing))}")
        pdfmetrics.registerFont(font)

    def numbered(canvas: Any, document: Any) -> None:
        width, height = document.pageTemplate.pagesize
        canvas.setFont("Serif-Regular", 12)
        canvas.drawCentredString(width / 2, height - 1.2 * cm, str(document.page))
        canvas.setFont("Serif-Italic", 9)
        canvas.drawString(3 * cm, 1.1 * cm, running)

    def template(name: str, size: tuple[float, float], **settings: Any) -> Any:
        frame = Frame(3 * cm, 2 * cm, size[0] - 5 * cm, size[1] - 4 * cm)
        return PageTemplate(name, [frame], pagesize=size, **settings)

    story: list[Any] = []
    room = 16.0
    for block in content:
        if block.kind in ("letterhead", "foot"):
            story.append(pdf_columns(block))
        elif block.kind == "table":
            story.append(pdf_table(block.rows, room))
        elif block.kind == "break":
            if landscape:
                story.append(NextPageTemplate("annex"))
                room = 24.7
            story.append(PageBreak())
        else:
            story.append(pdf_paragraph(block))
    out = io.BytesIO()
    title = " ".join(block.lines[0] for block in content[:5] if block.kind in ("type", "title"))
    document = BaseDocTemplate(out, title=title, author="chidao", invariant=1, pageTemplates=[
        template("first", A4, autoNextPageTemplate="later"), template("later", A4, onPage=numbered),
        template("annex", A4[::-1], onPage=numbered)])
    document.build(story)
    return out.getvalue()


def style(font: str = "Regular", size: float = 12, *, centred: bool = False, **settings: Any) -> Any:
    from reportlab.lib.enums import TA_CENTER, TA_LEFT
    from reportlab.lib.styles import ParagraphStyle

    settings = {"leading": size * 1.25, "alignment": TA_CENTER if centred else TA_LEFT, **settings}
    return ParagraphStyle(f"{font}{size}", fontName=f"Serif-{font}", fontSize=size, **settings)


def pdf_paragraph(block: Block) -> Any:
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.platypus import Paragraph

    bold = block.kind in ("type", "title", "centred", "heading")
    font = "Bold" if bold else "Italic" if block.kind in ("note", "basis") else "Regular"
    if block.kind in ("type", "title", "note", "centred"):
        space = 12 if block.kind == "type" else 2
        return Paragraph(html.escape(block.lines[0]), style(font, centred=True, spaceBefore=space, spaceAfter=4))
    return Paragraph(html.escape(block.lines[0]), style(font, alignment=TA_JUSTIFY, firstLineIndent=28, spaceAfter=5))


def pdf_columns(block: Block) -> Any:
    from reportlab.lib.units import cm
    from reportlab.platypus import Paragraph, Table

    foot = block.kind == "foot"
    cells: list[list[Any]] = []
    for lines, left in ((block.left, True), (block.right, False)):
        cell: list[Any] = []
        for i, line in enumerate(lines):
            dated = ", ngày " in line
            bold = not line.startswith(("Số", "-")) and not dated and line != "Nơi nhận:"
            name = foot and not left and i == len(lines) - 1
            font = "Bold" if bold else "Italic" if dated or line == "Nơi nhận:" else "Regular"
            size = 10 if foot and left else 11
            cell.append(Paragraph(html.escape(line), style(font, size, centred=not (foot and left),
                                                           spaceBefore=60 if name else 0)))
        cells.append(cell)
    return Table([cells], colWidths=[8 * cm, 8 * cm] if foot else [6.4 * cm, 9.6 * cm],
                 style=[("VALIGN", (0, 0), (-1, -1), "TOP")], spaceBefore=10 if foot else 0)


def pdf_table(rows: tuple[tuple[str, ...], ...], room: float) -> Any:
    from reportlab.lib.colors import black
    from reportlab.lib.units import cm
    from reportlab.platypus import Paragraph, Table

    commands: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.6, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    cells: list[list[Any]] = []
    for r, row in enumerate(rows):
        head = r == 0 or len(row) == 2
        cells.append([Paragraph(html.escape(text), style("Bold" if head else "Regular", 11, centred=r == 0 or c == 0))
                      if text else "" for c, text in enumerate(row)])
        if len(row) == 2:
            cells[-1] += [""] * (len(rows[0]) - 2)
            commands.append(("SPAN", (1, r), (-1, r)))
        for c in range(len(row)):
            if merged_above(rows, r, c):
                commands.append(("SPAN", (c, r - 1), (c, r)))
    return Table(cells, colWidths=widths(rows, room * cm), style=commands, repeatRows=1, spaceBefore=6)


if __name__ == "__main__":
    main()
