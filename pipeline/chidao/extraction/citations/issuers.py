"""Names of issuers after a number: "của Thủ tướng Chính phủ", "do Bộ Y tế ban hành"."""
from __future__ import annotations

import re
from functools import lru_cache

from chidao import knowledge
from chidao.extraction.citations.wording import alternation, words_of
from chidao.grammar.folding import key, plain, squeeze
from chidao.grammar.letters import LOWER, UPPER
from chidao.structure.casing import sentence_case

_POSITION = rf"(?:Phó\s+)?{words_of('position')}"
_HEADS = words_of("issuer_head")
_CAPITAL = rf"(?-i:[{UPPER}])"
_LEVEL = r"(?:tỉnh|thành phố|TP\.?|T\.P|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)"
_NAME = rf"(?-i:(?!(?i:{words_of('no_place')})){_CAPITAL}[\w']*)"
_LINE_NAME = rf"{_NAME}(?:(?: +- +| *- *| +){_NAME}){{0,3}}"
# A name of unknown make ends where the sentence goes on.
_GOES_ON = words_of("issuer_ends")


# Bodies that issue together: each begins with the head of a body, so that "Y tế - Dân số" is not cut.
_TOGETHER = re.compile(rf"\s*(?:,\s*(?:và\s+)?|-\s+|\s(?:và|cùng|phối hợp với)\s+)"
                       rf"(?=(?:{_POSITION}\s+)?{words_of('joint_head')}(?!\w))")


@lru_cache(maxsize=1)
def _issuer() -> re.Pattern[str]:
    provinces = alternation([row["name"] for row in knowledge.provinces()])
    place = rf"{_LEVEL}(?:\s+(?:{provinces}|\d{{1,2}}(?!\d|[/.])|{_LINE_NAME}))?"
    field = alternation([row["field"] for row in knowledge.rows("issuer_fields")])
    within = (rf"(?:(?:UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân)(?:\s+{place})?|Quốc hội"
              rf"|(?:Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy)(?:\s+{_LINE_NAME}|\s+{place})?)")
    body = "|".join([
        r"(?:Phó\s+)?Thủ tướng(?:\s+Chính phủ)?", r"Chính phủ", r"Ủy ban\s+[Tt]hường vụ\s+Quốc hội", r"Quốc hội",
        r"Bộ Chính trị", r"Ban Bí thư(?:\s+Trung ương(?:\s+Đảng)?)?",
        r"Văn phòng\s+(?:Chính phủ|Quốc hội|Chủ tịch nước)",
        r"Ban Chấp hành\s+Trung ương(?:\s+Đảng)?(?:\s+Cộng sản Việt Nam)?",
        rf"(?:Ban Chấp hành|Ban Thường vụ)\s+(?:Đảng bộ|Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Đảng ủy)"
        rf"(?:\s+{place}|\s+{_LINE_NAME})?", r"Trung ương(?:\s+Đảng)?", r"Chủ tịch nước",
        r"(?:Văn phòng|Ban Tổ chức|Ban Tuyên giáo(?:\s+và\s+Dân vận)?|Ủy ban Kiểm tra)\s+Trung ương(?:\s+Đảng)?",
        # an organ inside a body takes its name: "Ban Pháp chế Hội đồng nhân dân tỉnh"
        rf"(?-i:Ban|Phòng)\s+{field}\s+(?:của\s+)?{within}",
        r"Ngân hàng Nhà nước(?:\s+Việt Nam)?", r"Kiểm toán [Nn]hà nước", r"Thanh tra Chính phủ",
        rf"(?-i:Thuế)\s+{place}", r"Cục Văn thư và Lưu trữ [Nn]hà nước",
        r"(?-i:(?:Bộ|Sở)\s+[A-ZĐ]{2,4}(?:\s*[,&]\s*[A-ZĐ]{2,4})+)",
        r"Tòa án nhân dân tối cao", r"Viện [Kk]iểm sát nhân dân tối cao", r"Bảo hiểm xã hội Việt Nam",
        rf"(?:Ban cán sự [Đđ]ảng\s+)?(?:UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân|Ủy ban MTTQ(?:\s+Việt Nam)?|UBMTTQ)"
        r"(?:\s*\([A-ZĐ]{2,6}\)(?=\s+(?:tỉnh|thành phố|huyện|quận|xã|phường)))?"
        rf"(?:\s+{place})?",
        rf"Đảng ủy\s+(?:Chính phủ|Quốc hội|(?:Ủy ban nhân dân|UBND)(?:\s+{place})?)",
        rf"(?:Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy)(?:\s+{_LINE_NAME}|\s+{place})?",
        rf"(?:Bộ|Sở|Ban|Phòng|Vụ|Thanh tra|Ủy ban)\s+{field}(?:\s+{place})?",
        rf"(?-i:{_HEADS})\s+(?!{_GOES_ON})[\w&]+(?:(?:\s+-\s+|\s*,\s+(?=[{LOWER}]+\s+và\s)|\s+)"
        rf"(?!{_GOES_ON})(?!\d+\W)[\w&]+){{0,9}}",
        rf"(?-i:Bộ|Sở|Cục|Tổng cục|Ban|Thành phố|Tỉnh)(?!\w)(?!\s+(?-i:[{UPPER}]))|{place}",
    ])
    term = r"(?:\s+(?:khóa|khoá|nhiệm kỳ)\s+(?:[IVX]+|\d{4}\s*-\s*\d{4}))?"
    pattern = rf"(?:{_POSITION}(?:\s*,\s*{_POSITION})?(?:\s+|(?=\W)))?(?:{body})(?!\w){term}|{_POSITION}(?!\w)"
    return re.compile(re.sub(r"(?<=\w) (?=\w)", r"\\s+", pattern), re.IGNORECASE)


def issuer_at(text: str, at: int) -> int | None:
    """Where the name of an issuer that begins at offset `at` of plain `text` ends; None where none begins.

    >>> issuer_at("của Bộ trưởng Bộ Y tế quy định", 4)
    21
    """
    m = _issuer().match(text, at, min(len(text), at + 160))
    return m.end() if m else None


def issuers_at(text: str, at: int, most: int) -> int | None:
    """As `issuer_at`, for a document that up to `most` bodies issued together: "Bộ Y tế và Bộ Tài chính".

    >>> issuers_at("Bộ Y tế - Bộ Tài chính quy định", 0, 2)
    22
    """
    end = issuer_at(text, at)
    for _ in range(most - 1):
        joint = _TOGETHER.match(text, end) if end else None
        following = issuer_at(text, joint.end()) if joint else None
        if following is None:
            break
        end = following
    return end


def issuer_name(words: str) -> str:
    """An issuer as it is kept: abbreviations written out, single blanks, the usual capitals.

    >>> issuer_name("Chủ tịch  UBND tỉnh")
    'Chủ tịch Ủy ban nhân dân tỉnh'
    """
    parts = _TOGETHER.split(words)
    if len(parts) > 1:
        named = [issuer_name(part) for part in parts]
        return f"{', '.join(named[:-1])} và {named[-1]}"
    name = squeeze(_IN_BRACKETS.sub(" ", plain(words)))
    name = _DASH.sub(" - ", name)
    in_capitals = name.isupper()
    name = _ABBREVIATED.sub(lambda m: _SHORT[m.group().rstrip(".")], name)
    if in_capitals and " " in name:
        name = _TERM.sub(lambda m: m.group().upper(), sentence_case(name.upper()))
    known = _known().get(key(name))
    if known:
        return known
    name = re.sub(r"(?<=\w )(Tỉnh|Thành phố|Huyện|Quận|Xã|Phường)(?=$)", lambda m: m[1].lower(), name)
    return "Thủ tướng Chính phủ" if name == "Thủ tướng" else name


_TERM = re.compile(r"(?<=khóa )[ivx]+(?!\w)")
_SHORT = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
          "MTTQ": "Mặt trận Tổ quốc", "TP": "thành phố", "PTNT": "Phát triển nông thôn", "BCĐ": "Ban Chỉ đạo"}
_ABBREVIATED = re.compile(r"(?<!\w)(?:UBND|HĐND|UBMTTQ|MTTQ|TP\.?|PTNT|BCĐ)(?!\w)")
_IN_BRACKETS = re.compile(r"\([A-ZĐ]{2,6}\)")
_DASH = re.compile(r"\s*-\s+|\s+-\s*")


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {key(row["issuer"]): row["issuer"] for row in knowledge.rows("issuer_symbols") if row["issuer"]}
