"""A register of any size, drawn with a fixed seed: whole documents that cite each other.

Four letters and plans written here are read by the pipeline as any file is; each generated document is one of them
under a number of its own, with its rows copied, its file and its text, and the citations that were drawn for it written
below. So all of the register is there but the index of search. A document cites about five others; one citation in ten
goes to the few that all cite (laws), and a tenth of all edges is stated by a third document.
"""
from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from chidao.extraction.pipeline import extract
from chidao.reading import read_bytes
from chidao.storage import Register

VERSION = "generated"  # of the files of all documents but the patterns
PER_DOCUMENT = 5
LAWS, TO_LAWS = 50, 0.1
PROVINCES, YEARS, FIRST_YEAR = 60, 26, 2000
# All numbers have as many digits, so that places in the text hold for each copy.
_SMALLEST, _PATTERN = 1_000_000, 9_000_000
TYPES = ("legal_basis", "implements", "legal_basis", "amends", "replaces", "repeals", "legal_basis")
_HEAD = """ỦY BAN NHÂN DÂN
TỈNH SÔNG LAM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}/KH-UBND
Sông Lam, ngày 17 tháng 3 năm {year}
KẾ HOẠCH
"""
_BODIES = (
    """Thu gom, phân loại rác thải sinh hoạt năm {year}
I. NHIỆM VỤ, GIẢI PHÁP
1. Thu gom
- Bố trí điểm tập kết rác thải tại mỗi thôn, mỗi tổ dân phố.
- Mua xe đẩy tay cho các tổ thu gom rác thải.
- Thu gom rác thải hằng ngày trên các tuyến đường liên xã.
II. TỔ CHỨC THỰC HIỆN
1. Sở Nông nghiệp và Môi trường
- Hướng dẫn các xã bố trí điểm tập kết rác thải, xong trước ngày 30/6/{year}.
- Tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/{year}.
2. Sở Tài chính
- Bố trí kinh phí mua xe đẩy tay theo đề nghị của các xã.
""",
    """Tiêm vắc xin sởi cho trẻ em dưới 10 tuổi
I. TỔ CHỨC THỰC HIỆN
1. Sở Y tế
- Chủ trì, phối hợp với Sở Giáo dục và Đào tạo lập danh sách trẻ em chưa tiêm đủ mũi.
- Tiêm vắc xin sởi cho ít nhất 95% trẻ em dưới 10 tuổi trước ngày 30/9/{year}.
- Kiểm tra dây chuyền lạnh tại các trạm y tế xã.
2. Sở Tài chính
- Cấp kinh phí mua bơm kim tiêm và hộp an toàn.
3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh
- Vận động các gia đình đưa trẻ em đi tiêm đúng lịch.
""",
    """Phòng cháy, chữa cháy rừng mùa khô
I. NHIỆM VỤ
1. Giao Chi cục Kiểm lâm, Công an tỉnh chủ trì tuần tra các khu rừng có nguy cơ cháy cấp IV trở lên.
2. Ủy ban nhân dân các huyện tổ chức phát dọn đường băng cản lửa trước ngày 30/4/{year}.
3. Sở Khoa học và Công nghệ lắp đặt camera cảnh báo cháy tại 12 chòi canh.
5. Báo Sông Lam đưa tin về cấp dự báo cháy rừng hằng ngày.
""",
    """Phủ sóng di động tại các thôn chưa có sóng
I. TỔ CHỨC THỰC HIỆN
1. Sở Khoa học và Công nghệ
- Khảo sát, lập danh sách thôn chưa có sóng di động, gửi Ủy ban nhân dân tỉnh trước ngày 15/5/{year}.
- Đôn đốc các doanh nghiệp viễn thông dựng trạm tại các thôn trong danh sách.
2. Các doanh nghiệp viễn thông
- Dựng trạm, phát sóng trong vòng 90 ngày kể từ ngày nhận danh sách.
3. Ủy ban nhân dân các xã
- Bố trí mặt bằng dựng trạm, bảo vệ trạm trên địa bàn.
""")
# Columns that name the document or a row of it, as they are in a copy; all others are as in the pattern.
_COPIED = {"id": "p.id + m.shift", "document_id": "m.id", "task_id": "p.task_id + m.shift",
           "parent_id": "p.parent_id + m.shift", "key": "m.id || '#' || p.ord"}
_SHIFT = 10_000  # more than the rows of all patterns
_OF_DOCUMENT, _OF_TASK = ("regions", "nodes", "tasks"), ("task_agencies", "deadlines", "products", "quantities")


def generate(path: Path, edges: int) -> None:
    """Writes a register with that many edges."""
    documents = edges // PER_DOCUMENT
    with Register(path) as register:
        patterns = _patterns(register)
        conn = register.connection
        conn.execute("PRAGMA synchronous = OFF")
        conn.execute("PRAGMA foreign_keys = OFF")
        conn.execute("BEGIN")
        conn.execute("CREATE TEMP TABLE copies (id TEXT, pattern TEXT, shift INTEGER)")
        conn.executemany("INSERT INTO copies VALUES (?, ?, ?)", (
            (urn(i), patterns[i % len(patterns)][0], _SHIFT * (i + 1)) for i in range(documents)))
        _write_documents(conn, documents, edges, patterns)
        for table in _OF_DOCUMENT:
            _copy(conn, table, "p.document_id = m.pattern")
        for table in _OF_TASK:
            _copy(conn, table, "p.task_id IN (SELECT id FROM tasks WHERE document_id = m.pattern)")
        conn.executemany(
            "INSERT INTO relations (document_id, ord, text, source, type, target, source_id, target_id, span_start,"
            " span_end) VALUES (?, ?, 'Kế hoạch A thay thế Kế hoạch B', ?, ?, ?, ?, ?, 0, 30)",
            _relations(documents, edges // 10, random.Random(12)))
        conn.execute("COMMIT")
        conn.execute("ANALYZE")


def urn(i: int) -> str:
    """The id of the document with that number."""
    return f"urn:lex:vn;song.lam.{i % PROVINCES}:uy.ban.nhan.dan:ke.hoach:{_year(i)};{_SMALLEST + i}-kh-ubnd"


def _patterns(register: Register) -> list[tuple[str, str]]:
    """The ids and texts of the documents that all others are copies of, each body in each year, read as any file is."""
    for at in range(YEARS * len(_BODIES)):
        text = (_HEAD + _BODIES[at % len(_BODIES)]).format(number=_PATTERN + at, year=_year(at))
        register.add(extract(read_bytes(text.encode(), f"mau-{at}.txt")))
    rows = register.connection.execute("SELECT d.id, x.text FROM documents d JOIN texts x ON x.document_id = d.id"
                                       " ORDER BY d.number").fetchall()
    return [(row[0], row[1]) for row in rows]


def _copy(conn: sqlite3.Connection, table: str, which: str) -> None:
    names = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
    own = [name for name in names if name != "id" or table in ("nodes", "tasks")]
    values = ", ".join(_COPIED.get(name, f"p.{name}") for name in own)
    conn.execute(f"INSERT INTO {table} ({', '.join(own)}) SELECT {values} FROM copies m JOIN {table} p ON {which}")


def _write_documents(
    conn: sqlite3.Connection, documents: int, edges: int, patterns: Sequence[tuple[str, str]],
) -> None:
    heads = [conn.execute("SELECT * FROM documents WHERE id = ?", (id,)).fetchone() for id, _ in patterns]
    cited = _drawn(documents, edges * 9 // 10, random.Random(11))
    conn.executemany(
        "INSERT INTO cited_documents (id, label, type, number, date, year, issuer, resolved, document_id)"
        " VALUES (?, ?, 'Kế hoạch', ?, ?, ?, ?, 1, ?)",
        ((urn(i), f"Kế hoạch {_number(i)}", _number(i), _date(i), _year(i), _issuer(i), urn(i))
         for i in range(documents)))
    for i in range(documents):
        head, (_, body) = dict(heads[i % len(heads)]), patterns[i % len(patterns)]
        head |= {"id": urn(i), "base_id": urn(i), "label": f"Kế hoạch {_number(i)}", "number": _number(i),
                 "number_key": f"{_SMALLEST + i}khubnd", "issuer": _issuer(i), "date": _date(i), "year": _year(i)}
        conn.execute(f"INSERT INTO documents ({', '.join(head)}) VALUES ({', '.join('?' * len(head))})",
                     tuple(head.values()))
        text, rows = _cites(i, body.replace(f"{_PATTERN + i % len(patterns)}/KH", f"{_SMALLEST + i}/KH"), cited[i])
        sha = hashlib.sha256(text.encode()).hexdigest()
        conn.execute("INSERT INTO files (sha256, name, format, size, warnings, version, preferred, document_id)"
                     " VALUES (?, ?, 'txt', ?, '[]', ?, 1, ?)", (sha, f"{i}.txt", len(text), VERSION, urn(i)))
        conn.execute("INSERT INTO texts (document_id, characters, text_sha256, text, source_regions, tables, boxes)"
                     " VALUES (?, ?, ?, ?, '[]', '[]', '[]')", (urn(i), len(text), sha, text))
        conn.executemany(
            "INSERT INTO citations (document_id, source_id, ord, text, type, number, date, year, issuer, relation,"
            " form, target, candidates, cited_id, span_start, span_end)"
            " VALUES (?, ?, ?, ?, 'Kế hoạch', ?, ?, ?, ?, ?, 'full', ?, '[]', ?, ?, ?)", rows)


def _cites(i: int, body: str, cited: Sequence[tuple[int, str]]) -> tuple[str, list[tuple[Any, ...]]]:
    """The text of a document with a line for each that it cites, and the rows of these citations."""
    text, rows = body, []
    for at, (target, edge) in enumerate(cited):
        words = f"Kế hoạch số {_number(target)} ngày 17/3/{_year(target)} của {_issuer(target)}"
        start = len(text) + len("Căn cứ ")
        text += f"Căn cứ {words};\n"
        rows.append((urn(i), urn(i), at, words, _number(target), _date(target), _year(target), _issuer(target),
                     edge, urn(target), urn(target), start, start + len(words)))
    return text, rows


def _drawn(documents: int, count: int, draw: random.Random) -> list[list[tuple[int, str]]]:
    found: list[list[tuple[int, str]]] = [[] for _ in range(documents)]
    for n in range(count):
        source = 1 + n % (documents - 1)
        found[source].append((_target(source, draw), draw.choice(TYPES)))
    return found


def _relations(documents: int, count: int, draw: random.Random) -> Iterator[tuple[Any, ...]]:
    for n in range(count):
        source = draw.randrange(1, documents)
        target = _target(source, draw)
        yield (urn(draw.randrange(documents)), documents + n, f"Kế hoạch {source}", draw.choice(TYPES[3:6]),
               f"Kế hoạch {target}", urn(source), urn(target))


def _target(source: int, draw: random.Random) -> int:
    """An earlier document, or one of the few that all cite."""
    return draw.randrange(min(source, LAWS)) if draw.random() < TO_LAWS else draw.randrange(source)


def _number(i: int) -> str:
    return f"{_SMALLEST + i}/KH-UBND"


def _year(i: int) -> int:
    return FIRST_YEAR + i % YEARS


def _issuer(i: int) -> str:
    return f"Ủy ban nhân dân tỉnh Sông Lam {i % PROVINCES}"


def _date(i: int) -> str:
    return f"{_year(i)}-03-17"
