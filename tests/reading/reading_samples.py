"""Small files of every format, made on the spot."""
from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
TEXT = """ỦY BAN NHÂN DÂN TỈNH HÀ GIANG
Số: 41/KH-UBND
Hà Giang, ngày 05 tháng 3 năm 2031

KẾ HOẠCH
Trồng và bảo vệ rừng phòng hộ đầu nguồn năm 2031

1. Giao Sở Nông nghiệp và Môi trường chủ trì, phối hợp với
các xã rà soát diện tích rừng nghèo kiệt trước ngày 30/6/2031.
TT | Nhiệm vụ | Chủ trì
1 | Trồng 500 ha rừng | Các xã
"""
HTML = f"<!DOCTYPE html><html><body>{''.join(f'<p>{line}</p>' for line in TEXT.splitlines())}" \
       "<table><tr><th>TT<th>Việc<tr><td>1<td>Trồng rừng</table></body></html>"


def docx_bytes(build: Any) -> bytes:
    """The Word file that `build(document)` fills."""
    from docx import Document

    document = Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sample_docx() -> bytes:
    def build(document: Any) -> None:
        for line in TEXT.splitlines():
            document.add_paragraph(line)
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(table._cells, ("TT", "Việc", "1", "Trồng rừng"), strict=True):
            cell.text = text

    return docx_bytes(build)


class Sheet:
    """Draws lines and grids on PDF pages, in points from the top left, in a font with Vietnamese letters."""

    def __init__(self, *, size: tuple[float, float] = (595, 842), password: str | None = None,
                 rotation: int = 0) -> None:
        if not FONT.exists():
            pytest.skip("no font with Vietnamese letters: install fonts-dejavu-core")
        from reportlab.lib.pdfencrypt import StandardEncryption
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas

        pdfmetrics.registerFont(TTFont("Serif", str(FONT)))
        self._out = io.BytesIO()
        self._size = size
        encryption = StandardEncryption(password, ownerPassword="o") if password else None
        self._canvas = Canvas(self._out, pagesize=size, encrypt=encryption, invariant=1)
        self._canvas.setPageRotation(rotation)  # swaps width and height
        width, height = reversed(size) if rotation % 180 else size
        self._canvas.translate(*{0: (0, 0), 90: (width, 0), 180: (width, height), 270: (0, height)}[rotation])
        self._canvas.rotate(rotation)

    def line(self, x: float, y: float, text: str, *, size: float = 11) -> Sheet:
        self._canvas.setFont("Serif", size)
        self._canvas.drawString(x, self._size[1] - y, text)
        return self

    def centred(self, y: float, text: str) -> Sheet:
        self._canvas.setFont("Serif", 11)
        self._canvas.drawCentredString(self._size[0] / 2, self._size[1] - y, text)
        return self

    def paragraph(self, y: float, text: str, *, left: float = 80, right: float = 540, indent: float = 28) -> float:
        """Sets words in lines as an office program does; gives the height of the next line."""
        width, line = self._canvas.stringWidth, ""
        x = left + indent
        for word in text.split():
            if x + width(f"{line} {word}", "Serif", 11) > right:
                self.line(x, y, line)
                x, y, line = left, y + 16, word
            else:
                line = f"{line} {word}".strip()
        self.line(x, y, line)
        return y + 20

    def grid(self, top: float, columns: list[float], rows: list[tuple[float, list[str]]]) -> float:
        """A ruled table: left edges and the right one, then height and texts of each row; gives its bottom."""
        canvas, y = self._canvas, top
        for height, texts in rows:
            canvas.line(columns[0], self._size[1] - y, columns[-1], self._size[1] - y)
            for x, text in zip(columns, texts, strict=False):
                for i, part in enumerate(text.split("\n")):
                    self.line(x + 3, y + 13 + 13 * i, part, size=9)
            y += height
        canvas.line(columns[0], self._size[1] - y, columns[-1], self._size[1] - y)
        for x in columns:
            canvas.line(x, self._size[1] - top, x, self._size[1] - y)
        return y

    def page(self) -> Sheet:
        self._canvas.showPage()
        return self

    def picture(self) -> Sheet:
        """A grey image over the page, as a scan is."""
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        self._canvas.drawImage(ImageReader(Image.new("L", (60, 80), 128)), 0, 0, *self._size)
        return self

    def done(self) -> bytes:
        self._canvas.save()
        return self._out.getvalue()


def sample_pdf() -> bytes:
    sheet, y = Sheet(), 60.0
    for line in TEXT.splitlines():
        sheet.line(80, y, line)
        y += 16
    return sheet.done()
