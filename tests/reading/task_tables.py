"""Task tables of sixty rows, made by a seed: merged cells, groups, long cells; and what a reader must find in them."""
from __future__ import annotations

import random
from typing import NamedTuple

WORK = ("Rà soát, cập nhật", "Xây dựng và trình ban hành", "Tổ chức kiểm tra, giám sát", "Tập huấn, bồi dưỡng về",
        "Số hóa, làm sạch", "Hướng dẫn các xã, phường thực hiện", "Sơ kết, tổng kết", "Công khai, minh bạch")
MATTER = ("cơ sở dữ liệu đất đai", "danh mục thủ tục hành chính nội bộ", "quy hoạch cấp nước sạch nông thôn",
          "kế hoạch phòng, chống thiên tai và tìm kiếm cứu nạn", "công tác an toàn thực phẩm tại trường học",
          "đề án phát triển du lịch cộng đồng", "mạng lưới trạm y tế cấp xã", "việc sử dụng vốn đầu tư công năm 2031")
TAIL = ("", " trên địa bàn tỉnh", " theo Nghị định số 15/2031/NĐ-CP", " bảo đảm đúng tiến độ, đúng đối tượng, không để "
        "xảy ra chồng chéo, lãng phí hoặc bỏ sót nhiệm vụ đã được giao tại Kế hoạch số 21/KH-UBND")
BODIES = ("Sở Nông nghiệp và Môi trường", "Sở Y tế", "Sở Tài chính", "Công an tỉnh", "Văn phòng UBND tỉnh", "Sở Nội vụ",
          "UBND các xã, phường", "Sở Khoa học và Công nghệ", "Sở Văn hóa, Thể thao và Du lịch")
TIMES = ("Quý I/2031", "Trước 30/6/2031", "Hằng quý", "Tháng 9/2031", "Năm 2031", "Thường xuyên", "15/11/2031")
PRODUCTS = ("Báo cáo", "Quyết định của UBND tỉnh", "Kế hoạch", "Văn bản hướng dẫn", "Cơ sở dữ liệu", "")
HEAD = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Sản phẩm")
ROWS = 60


class TaskTable(NamedTuple):
    """`rows` as corpus/render.py sets them: an empty cell but the last is merged with the one above it."""

    rows: tuple[tuple[str, ...], ...]

    def expected(self) -> list[list[tuple[int, str]]]:
        """Of each row under the head the cells that begin there, as column and text."""
        return [[(c, text) for c, text in enumerate(row) if text or c == len(row) - 1 or len(row) == 2]
                for row in self.rows[1:]]


def task_table(seed: int) -> TaskTable:
    """A table of sixty rows; now and then a group's title, and cells merged over two to five rows."""
    draw = random.Random(seed)
    rows: list[tuple[str, ...]] = [HEAD]
    merged = {2: 0, 3: 0, 4: 0}
    for number in range(1, ROWS + 1):
        if number in (1, 17, 41):
            rows.append((("I", "II", "III")[(number > 1) + (number > 20)], draw.choice(MATTER).upper()))
            merged = dict.fromkeys(merged, 0)
        task = f"{draw.choice(WORK)} {draw.choice(MATTER)}{draw.choice(TAIL)}"
        cells = [draw.choice(BODIES), "; ".join(draw.sample(BODIES, draw.randint(1, 3))), draw.choice(TIMES)]
        for column in merged:
            if merged[column]:
                merged[column] -= 1
                cells[column - 2] = ""
            elif draw.random() < 0.12:
                merged[column] = draw.randint(1, 4)
        rows.append((str(number), task, *cells, draw.choice(PRODUCTS)))
    return TaskTable(tuple(rows))
