"""Joins lines that were broken inside a sentence; never a heading, an item, a table row or a signature."""
from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from chidao import knowledge
from chidao.grammar.folding import plain

ITEM = re.compile(
    r"(?:[-–—•●▪◦·○❖➢✓§+*\uf0b7\uf02d\uf0a7](?!\*)|"
    r"\d{1,3}(?:\.\d{1,3}){0,4}(?:[.)](?=\s|$|[^\W\d])|/(?=\s))|\d{1,2}(?:\.\d{1,2}){1,4}\s+[^\W\da-z]|"
    r"[a-zđA-HĐ]\d?(?:\.\d{1,2})*[.)/](?=\s|$|[A-ZĐ\[])|[IVXLC]{1,6}(?:[.)/]|\s[-–])(?=\s|$|[^\W\d])|[ivx]{1,5}[.)]\s|"
    r"\((?:\d{1,2}|[a-zđ]|[ivx]{1,5})\)|\[\d{1,3}\]|"
    r"(?:Điều|ĐIỀU|Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|Tiểu mục|Khoản|Phụ lục|PHỤ LỤC|Mẫu|MẪU|Biểu|BIỂU|Bảng|BẢNG|Bước)"
    r"\s+(?:số\s+|thứ\s+)?(?:\d|[IVXLC]+\b|[A-Z]\b)|Căn cứ\s|Nơi nhận|Kính gửi|V/v|v/v|Số:|Ghi chú:|#)")
_BARE_MARKER = re.compile(r"(?:[-–+•*]|\d{1,2}(?:\.\d{1,2})*\.|[a-zđ]\)|[IVX]{1,5}\.|Điều|Điều \d{1,3}\.|\[\d{1,3}\])")
_RULE = re.compile(r"-{3,}|_{3,}|={3,}|\*{3,}|~{3,}|```|cộng ho[àòa]{2} xã hội|độc lập\s*-", re.IGNORECASE)
_STARTS_ANEW = re.compile(r"\((?:ban hành\s+)?(?:kèm|ký|đã ký|chữ ký)\b", re.IGNORECASE)
_FIRST_YEAR, _SECOND_YEAR = re.compile(r"(?:19|20)\d\d$"), re.compile(r"[-–] ?20\d\d\b")
_QUOTES = "\"“‘'«~_\\ "
_CLOSERS = "\"”’')]}*_~»\\ "
_OPENERS = "\"“‘'([{*_~«\\ "
_DATE_LINE = re.compile(r".{2,40},\s*ngày\s.{0,12}tháng\s.{0,8}năm\s+\d{4}\W*", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+\s")
_MIN_WIDTH = 50
_MAX_GAP = 3
_MAX_PARAGRAPH = 6_000  # characters; what is longer is no paragraph
_MIN_SENTENCE = 5
_MIN_REST = 3


def rejoin(text: str) -> str:
    """`text` with each line break inside a sentence turned into one blank; all else stays as it is.

    >>> rejoin("- Tổ chức tiêm\\nvắc xin cho trẻ em.\\n- Báo cáo\\nkết quả.")
    '- Tổ chức tiêm vắc xin cho trẻ em.\\n- Báo cáo kết quả.'
    """
    lines = text.split("\n")
    width = _wrap_width(lines)
    out: list[str] = []
    paragraph, last = "", ""  # what the next line might go on from, and its last physical line
    gap = 0
    for line in lines:
        if not line.strip():
            gap += 1
            out.append(line)
            continue
        if paragraph and goes_on(paragraph, line, gap=gap, last=last, width=width):
            del out[len(out) - gap:]
            out[-1] = f"{out[-1].rstrip()} {line.strip()}"
            paragraph = f"{paragraph} {line.strip()}"
        else:
            out.append(line)
            paragraph = line.strip()
        last, gap = line.strip(), 0
    return "\n".join(out)


def goes_on(paragraph: str, line: str, *, gap: int = 0, last: str = "", width: int | None = None) -> bool:
    """Whether `line` continues `paragraph`, with `gap` blank lines between.

    `last` is the paragraph's last printed line and `width` the length at which the text was wrapped, if it was.

    >>> goes_on("Thực hiện Nghị quyết của", "Chính phủ"), goes_on("1. Mục đích", "Nâng cao nhận thức")
    (True, False)
    """
    paragraph, line = paragraph.strip(), line.strip()
    if gap > _MAX_GAP or len(paragraph) > _MAX_PARAGRAPH or "|" in line or "|" in paragraph:
        return False
    if not _can_follow(paragraph, line):
        return False
    if gap:
        return _goes_on_over_a_gap(paragraph, line)
    if _BARE_MARKER.fullmatch(plain(paragraph).strip()):
        return paragraph == "Điều" or not is_item(line)
    full = _is_full(last or paragraph, width)
    if (_SECOND_YEAR.match(line) and _FIRST_YEAR.search(paragraph)) or (full and _is_second_half(paragraph, line)):
        return True
    if is_capitals(line):
        if not is_capitals(paragraph):  # titles and signatures end with no mark
            return line[-1] in ".;," and not _ending(paragraph) and not is_item(line)
        return _breaks_off(paragraph, line) or (full and is_item(paragraph))
    if is_item(line):
        return False
    ending = _ending(paragraph)
    if _starts_lower(line):
        return not ending or (ending == ";" and (full or paragraph.startswith("-")))
    if ending and not paragraph.endswith((".", ":")):
        return False
    if _breaks_off(paragraph, line):
        return True
    if ending:
        return False
    return (paragraph.endswith((",", "-", "–", "/")) or _closes_bracket(paragraph, line)
            or (paragraph.startswith("-") and line.endswith(";"))
            or (full and not _DATE_LINE.fullmatch(paragraph)))


def is_item(line: str) -> bool:
    """Whether a line begins with an outline marker, a label of the header, or a word that opens a paragraph."""
    return ITEM.match(line.lstrip(_QUOTES)) is not None


def starts_anew(line: str) -> bool:
    """Whether a line is a note in brackets that stands for itself: "(Kèm theo …)", "(Ký tên …)"."""
    return _STARTS_ANEW.match(line) is not None


def is_capitals(line: str) -> bool:
    """Whether all letters of a line are capitals, as in titles, headings and signatures; numbers of documents are not.

    >>> is_capitals("KT. CHỦ TỊCH"), is_capitals("UBND tỉnh")
    (True, False)
    """
    return line.isupper() and sum(map(str.isalpha, line)) > 1 and not line[0].isdigit()


def _can_follow(paragraph: str, line: str) -> bool:
    if _RULE.match(line) or _RULE.match(paragraph) or starts_anew(line):
        return False
    return is_item(paragraph) or not is_capitals(paragraph) or (is_capitals(line) and _breaks_off(paragraph, line))


def _starts_lower(line: str) -> bool:
    return line.lstrip(_OPENERS)[:1].islower()


def _ending(paragraph: str) -> str:
    """The mark that ends the paragraph's sentence, or nothing."""
    last = paragraph.rstrip(_CLOSERS)[-1:]
    return last if last and last in ".;:!?…" else ""


def _is_full(last: str, width: int | None) -> bool:
    return width is not None and len(last) >= 0.9 * width


def _is_second_half(paragraph: str, line: str) -> bool:
    """A compound such as "kinh tế - xã hội" that was broken before its dash."""
    return not _ending(paragraph) and re.match(r"[-–] ?[^\W\d_]", line) is not None and line[:3].lower() == line[:3]


def _closes_bracket(paragraph: str, line: str) -> bool:
    if paragraph.count("(") <= paragraph.count(")"):
        return False
    close = line.find(")")
    return close >= 0 and "(" not in line[:close]


def _goes_on_over_a_gap(paragraph: str, line: str) -> bool:
    """Over blank lines (a page break) only a plain sentence goes on; cells of flattened tables are short."""
    return (line[:1].islower() and not _ending(paragraph) and not is_item(line)
            and len(paragraph.split()) >= _MIN_SENTENCE and len(line.split()) >= _MIN_REST)


def _wrap_width(lines: list[str]) -> int | None:
    """The length at which the text was wrapped, where many sentences are broken at about the same length."""
    broken = sorted(
        len(a) for a, b in pairwise(line.strip() for line in lines)
        if a and "|" not in a and not _ending(a) and _starts_lower(b) and not is_item(b))
    if len(broken) < 5:
        return None
    width = broken[int(0.9 * (len(broken) - 1))]
    near = sum(0.85 * width <= length <= 1.1 * width for length in broken)
    return width if width >= _MIN_WIDTH and near >= 0.4 * len(broken) else None


@lru_cache(maxsize=1)
def _breaks() -> tuple[tuple[str, str], ...]:
    return tuple((row["last"], row["next"]) for row in knowledge.rows("line_breaks"))


def _breaks_off(paragraph: str, line: str) -> bool:
    """Whether the paragraph's last words need what the line begins with."""
    start = line.lstrip(_OPENERS)
    tail = paragraph[-40:]
    if _splits_a_name(tail, start) or (_THOUSANDS.match(start) and not _ending(paragraph)):
        return True
    return any(tail.endswith(last) and _begins(start, following) and _is_apart(tail, last)
               for last, following in _breaks())


def _is_apart(tail: str, last: str) -> bool:
    """Whether the words `last` that end `tail` begin it, or stand after a blank, a bracket or a quotation mark."""
    return not tail[:-len(last)][-1:].strip().strip("(“\"")


def _splits_a_name(tail: str, start: str) -> bool:
    """Whether the break falls inside the name of a province or of the country: "Điện⏎Biên"."""
    return any(tail.endswith(f" {left}") and start.startswith(right) for left, right in _split_names())


@lru_cache(maxsize=1)
def _split_names() -> tuple[tuple[str, str], ...]:
    names = {row["name"] for row in knowledge.provinces()} | {"Việt Nam"}
    words = [name.split() for name in sorted(names)]
    return tuple((" ".join(w[:k]), " ".join(w[k:])) for w in words for k in range(1, len(w)))


def _begins(start: str, following: str) -> bool:
    if following == "any":
        return True
    if following == "digit":
        return start[:1].isdigit()
    if following == "capital":
        return start[:1].isupper()
    return start.startswith(following)
