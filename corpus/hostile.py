#!/usr/bin/env python3
"""Makes files that a reader must survive: broken, too large, looping, lying, locked. The same seed, the same bytes.

    python corpus/hostile.py FOLDER [--seed 1] [--each 24]

Each class of `CLASSES` gives `--each` files, named CLASS-NUMBER.EXTENSION. They are made from the sample directives
of this folder; none holds anything that runs.
"""
from __future__ import annotations

import argparse
import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

HERE = Path(__file__).parent
SAMPLES = sorted((HERE / "directives").iterdir())
TEXT = "ỦY BAN NHÂN DÂN TỈNH LAM SƠN\nSố: 5/KH-UBND\nKẾ HOẠCH\nTrồng cây gây rừng năm 2031\n1. Sở Tài chính bố trí kinh phí.\n"

Made = tuple[str, bytes]  # extension and content


def sample(draw: random.Random, *extensions: str) -> Path:
    """One of the sample directives in one of the formats, any where none is named."""
    return draw.choice([path for path in SAMPLES if not extensions or path.suffix in extensions])


def truncated(draw: random.Random) -> Made:
    path = sample(draw, ".pdf", ".docx", ".html")
    data = path.read_bytes()
    return path.suffix, data[:draw.randrange(1, len(data))]


def flipped(draw: random.Random) -> Made:
    """Between one and a thousand wrong bits."""
    path = sample(draw)
    data = bytearray(path.read_bytes())
    for _ in range(10 ** draw.randrange(4)):
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    return path.suffix, bytes(data)


def spliced(draw: random.Random) -> Made:
    """A stretch of one file inside another, or noise."""
    path = sample(draw, ".pdf", ".docx")
    data, other = path.read_bytes(), draw.choice([sample(draw).read_bytes(), draw.randbytes(5000)])
    at, start = draw.randrange(len(data)), draw.randrange(len(other))
    return path.suffix, data[:at] + other[start:start + 4000] + data[at:]


def bomb(draw: random.Random) -> Made:
    """Little that unpacks to much: in a Word file, in nested archives, in the stream of a PDF, in an XML entity."""
    size = draw.choice([600, 800, 1200]) * 2**20
    return draw.choice([_docx_bomb, _zip_bomb, _pdf_bomb, _entity_bomb])(draw, size)


def _docx_bomb(draw: random.Random, size: int) -> Made:
    return ".docx", zipped({**_docx_parts(), "word/document.xml": _spaces(size)})


def _zip_bomb(draw: random.Random, size: int) -> Made:
    inner = zipped({f"{i}.txt": _spaces(size // 8) for i in range(2)})
    for _ in range(draw.randrange(1, 6)):
        inner = zipped({f"{i}.zip": inner for i in range(8)})
    return ".zip", inner


def _pdf_bomb(draw: random.Random, size: int) -> Made:
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(block) for block in _blocks(size)) + packer.flush()
    for _ in range(draw.randrange(2)):
        stream = zlib.compress(stream, 9)
    return ".pdf", pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
                        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream)])


def _entity_bomb(draw: random.Random, size: int) -> Made:
    steps = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, draw.randrange(8, 14)))
    xml = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "Kế hoạch">{steps}]><html><body><p>&e9;</p></body></html>'
    if draw.random() < 0.5:
        return ".html", xml.encode()
    return ".docx", zipped({**_docx_parts(), "word/document.xml": _document(TEXT, doctype=f'<!DOCTYPE w [<!ENTITY e0 "A">{steps}]>', extra="&e7;")})


def loop(draw: random.Random) -> Made:
    """PDF trees that hold themselves, tables of contents and forms without an end; deep nesting."""
    return draw.choice([_page_loop, _form_loop, _xref_loop, _deep_html, _deep_pdf])(draw)


def _page_loop(draw: random.Random) -> Made:
    count = draw.choice([1, 2, 1000, 2**31 - 1])
    return ".pdf", pdf([b"<< /Type /Catalog /Pages 2 0 R >>",
                        b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count %d >>" % count,
                        b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count %d >>" % count])


def _form_loop(draw: random.Random) -> Made:
    stream = b"/A Do " * draw.randrange(1, 50)
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A %d 0 R >> >> /Length %d >>\nstream\n%s\nendstream"
    return ".pdf", pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                        b"/Resources << /XObject << /A 5 0 R >> >> >>",
                        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
                        form % (6, len(stream), stream), form % (5, len(stream), stream)])


def _xref_loop(draw: random.Random) -> Made:
    whole = pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])
    at = whole.rindex(b"xref\n", 0, whole.rindex(b"startxref"))
    return ".pdf", whole.replace(b"/Root", b"/Prev %d /Root" % (at - draw.randrange(2)))


def _deep_html(draw: random.Random) -> Made:
    depth = draw.choice([500, 5_000, 100_000])
    tag = draw.choice(["div", "table><tr><td", "ul><li", "b"])
    return ".html", f"<html><body>{f'<{tag}>' * depth}{TEXT}".encode()


def _deep_pdf(draw: random.Random) -> Made:
    depth = draw.choice([500, 50_000])
    return ".pdf", pdf([b"<< /Type /Catalog /Pages 2 0 R /X %s%s >>" % (b"[" * depth, b"]" * depth),
                        b"<< /Type /Pages /Kids [] /Count 0 >>"])


def misnamed(draw: random.Random) -> Made:
    """Another format, or none, under a name that promises one."""
    data = draw.choice([sample(draw).read_bytes(), draw.randbytes(draw.randrange(1, 9000)), b"", b"\0" * 4096,
                        b"MZ" + draw.randbytes(3000), b"%PDF-1.7\n" + sample(draw, ".txt").read_bytes(),
                        b"PK\x03\x04" + draw.randbytes(900), b"{\\rtf1" * 900, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + draw.randbytes(5000),
                        b"\x89PNG\r\n\x1a\n" + draw.randbytes(900), b"\xff\xd8\xff\xe0" + draw.randbytes(900)])
    return draw.choice([".pdf", ".docx", ".html", ".txt", ".md", ".doc", ".eml", ".zip", ".jpg", ".tiff"]), data


def locked(draw: random.Random) -> Made:
    """Under a password, or saying so."""
    kind = draw.randrange(3)
    if kind == 0:
        data = bytearray(sample(draw, ".docx").read_bytes())
        at = -1
        while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
            data[at + 8] |= 1
        return ".docx", bytes(data)
    if kind == 1:
        head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
        return ".docx", head + "EncryptedPackage".encode("utf-16-le") + draw.randbytes(2000)
    key = draw.randbytes(32).hex().encode()
    whole = pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                 b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
                 b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <%s> /U <%s> >>" % (key, key)])
    return ".pdf", whole.replace(b"/Root", b"/Encrypt 4 0 R /ID [<00> <00>] /Root")


def no_pages(draw: random.Random) -> Made:
    """A PDF without pages, or with pages that are not there, or without any size."""
    kids = b" ".join(b"%d 0 R" % (9 + i) for i in range(draw.randrange(4)))
    box = draw.choice([b"[0 0 0 0]", b"[0 0 1e9 1e9]", b"[9 9 -9 -9]", b"null"])
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
               b"<< /Type /Pages /Kids [%s] /Count %d /MediaBox %s >>" % (kids, draw.randrange(-2, 3), box)]
    if draw.random() < 0.5:
        objects = [objects[0], objects[1].replace(b"[%s]" % kids, b"[3 0 R]"),
                   b"<< /Type /Page /Parent 2 0 R /MediaBox %s >>" % box]
    return ".pdf", pdf(objects)


def many_pages(draw: random.Random) -> Made:
    """Between ten and twenty thousand pages; or a page that is larger than a football field."""
    pages = draw.choice([10_000, 20_000, 1])
    size = 14_400 * 90 if pages == 1 else 842
    kids = b" ".join(b"%d 0 R" % (4 + i) for i in range(pages))
    content = b"BT /F 12 Tf 50 700 Td (Ke hoach) Tj ET"
    return ".pdf", pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 %d %d] >>" % (kids, pages, size, size),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        *[b"<< /Type /Page /Parent 2 0 R /Contents 3 0 R >>"] * pages])


def traversal(draw: random.Random) -> Made:
    """Archives and mails whose members are named to land elsewhere, twice under one name, or as links."""
    name = draw.choice(["../../etc/cron.d/x", "/tmp/chidao-hostile", "..\\..\\x.txt", "a/../../b.txt", "C:\\x.txt", "con.txt",
                        "x" * 5000 + ".txt", "\u202etxt.docx", "a\nb.txt"])
    if draw.random() < 0.3:
        mail = EmailMessage()
        mail["Subject"] = "V/v gửi văn bản"
        mail.set_content("Kính gửi kèm theo.")
        mail.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename=name.replace("\n", " "))
        return ".eml", mail.as_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
        info.external_attr = draw.choice([0o644, 0o120777]) << 16
        archive.writestr(info, TEXT)
        archive.writestr(zipfile.ZipInfo("ke-hoach.txt", (2026, 1, 1, 0, 0, 0)), TEXT)
    return ".zip", out.getvalue()


def outside(draw: random.Random) -> Made:
    """XML and pages that ask for files of the machine or of the net."""
    address = draw.choice(["file:///etc/passwd", "file:///dev/zero", "http://127.0.0.1:9/x", "\\\\127.0.0.1\\x"])
    doctype = draw.choice([f'<!DOCTYPE w [<!ENTITY x SYSTEM "{address}">]>', f'<!DOCTYPE w SYSTEM "{address}">',
                           f'<!DOCTYPE w [<!ENTITY % p SYSTEM "{address}"> %p;]>'])
    kind = draw.randrange(3)
    if kind == 0:
        page = f'<html><head><base href="{address}"><link rel="stylesheet" href="{address}"></head><body>' \
               f'<iframe src="{address}"></iframe><script src="{address}"></script><p>{TEXT}&x;</p></body></html>'
        return ".html", (doctype + page).encode()
    if kind == 1:
        return ".docx", zipped({**_docx_parts(), "word/document.xml": _document(TEXT, doctype=doctype, extra="&x;")})
    link = '<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" ' \
           f'Target="{address}" TargetMode="External"/>'
    relations = "".join(link.format(what).replace("r9", f"r{i}") for i, what in enumerate(("attachedTemplate", "image", "oleObject", "footnotes")))
    return ".docx", zipped({**_docx_parts(), "word/document.xml": _document(TEXT), "word/_rels/document.xml.rels":
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'})


def macros(draw: random.Random) -> Made:
    """Word files with a macro project and embedded objects, PDFs with scripts and launch actions."""
    if draw.random() < 0.5:
        parts = {**_docx_parts(), "word/document.xml": _document(TEXT), "word/vbaProject.bin": draw.randbytes(4000),
                 "word/embeddings/oleObject1.bin": draw.randbytes(4000)}
        return draw.choice([".docm", ".docx"]), zipped(parts)
    action = draw.choice([b"/S /JavaScript /JS (while (true) {})", b"/S /Launch /F (/bin/sh)", b"/S /URI /URI (http://127.0.0.1:9)"])
    content = b"BT /F 12 Tf 50 700 Td (Ke hoach trong cay) Tj ET"
    return ".pdf", pdf([b"<< /Type /Catalog /Pages 2 0 R /OpenAction << %s >> >>" % action,
                        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /AA << /O << %s >> >> >>" % action,
                        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)])


def endless(draw: random.Random) -> Made:
    """Texts that search patterns choke on: one line without an end, one word, one mark a million times."""
    unit = draw.choice(["a", "1.", "(", "Số: 1/", "ngày 1 ", "Sở ", "- ", "| ", "và ", "Điều 1. ", "\u0301", "Ủy ban nhân dân, ", "**", "<p>"])
    length = 10 ** draw.randrange(4, 7)
    body = (unit * (length // len(unit))) if draw.random() < 0.7 else "".join(draw.choices(["Sở Y tế", " ", ",", "\n", "1/", "và", "."], k=length // 10))
    return draw.choice([".txt", ".html", ".md"]), (TEXT + body).encode()


CLASSES: tuple[Callable[[random.Random], Made], ...] = (
    truncated, flipped, spliced, bomb, loop, misnamed, locked, no_pages, many_pages, traversal, outside, macros, endless)


def files(seed: int, each: int) -> Iterator[tuple[str, bytes]]:
    """Names and contents, `each` of every class."""
    for make in CLASSES:
        for i in range(each):
            extension, data = make(random.Random(f"{seed} {make.__name__} {i}"))
            yield f"{make.__name__}-{i:02}{extension}", data


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, the first of them its catalogue."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def zipped(parts: dict[str, str | bytes | Iterator[bytes]]) -> bytes:
    """An archive of the parts, always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as member:
                for block in [part.encode()] if isinstance(part, str) else [part] if isinstance(part, bytes) else part:
                    member.write(block)
    return out.getvalue()


def _blocks(size: int) -> Iterator[bytes]:
    return (b" " * 2**20 for _ in range(size // 2**20))


_spaces = _blocks


def _docx_parts() -> dict[str, str | bytes | Iterator[bytes]]:
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
            'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
            'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml'
            '.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
            'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
    }


def _document(text: str, *, doctype: str = "", extra: str = "") -> str:
    lines = "".join(f"<w:p><w:r><w:t>{line}{extra}</w:t></w:r></w:p>" for line in text.splitlines())
    return f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<w:document xmlns:w="http://schemas.openxmlformats.org/' \
           f'wordprocessingml/2006/main"><w:body>{lines}</w:body></w:document>'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=24)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    for name, data in files(args.seed, args.each):
        (args.folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
