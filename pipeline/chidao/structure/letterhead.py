"""The body that issues a directive: from the letterhead, else from what the text says of it."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from chidao import knowledge
from chidao.grammar.folding import fold, plain, squeeze
from chidao.grammar.letters import UPPER
from chidao.grammar.numbers import parse_number
from chidao.model import Span
from chidao.structure.casing import is_capitals, sentence_case
from chidao.structure.signature import Piece
from chidao.structure.spacing import mend_spacing
from chidao.structure.words import alternatives, any_of, words_of

_HEAD = rf"{any_of('body', capitals=True)}(?!\w)"
_STARTS = re.compile(_HEAD)
# A second body inside one line: BỘ TÀI CHÍNH CỤC THUẾ.
_SECOND = re.compile(
    r"(?<=\S)\s+(?=(?:TỔNG\s+CỤC|CHI\s+CỤC|(?<!CHI )(?<!TỔNG )CỤC|SỞ|(?<!ỦY )BAN\s+(?!NHÂN|HÀNH|BÍ)|TRUNG\s+TÂM"
    r"|VĂN\s+PHÒNG|HỘI\s+ĐỒNG|(?<!BỆNH )(?<!HỌC )VIỆN"
    r"|(?<!QUỐC )(?<!VĂN )(?<!BIÊN )(?<!DỰ )(?<!HẢI )PHÒNG(?!,|\s+CHÁY|\s+CHỐNG|\s+THỦ|\s+VỆ))\s+\w)")
_SUPERIOR = re.compile(rf"{any_of('superior', capitals=True)}(?!\w)")
_PREPOSITION = re.compile(rf"(?:(?<!\w){any_of('preposition', capitals=True)}|[-,;:])\s*$")
_OFFICES = rf"(?:{any_of('authority', capitals=True)}(?:,\s*CHỦ\s+NHIỆM)?\s+)?"
_PLACE_NAME = rf"(?:[{UPPER}][\w']*|\d+)(?:(?:\s+|\s*-\s*)[{UPPER}][\w']*){{0,4}}"
_PLACED = re.compile(
    r"(?<!\w)(?P<unit>[Tt]ỉnh|[Tt]hành phố|TP\.?|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hị trấn|[Pp]hường|[Xx]ã|[Đđ]ặc khu)"
    rf"\s+(?P<name>{_PLACE_NAME})")
_PLACED_BARE = re.sub(r"\?P<\w+>", "?:", _PLACED.pattern)
_PARTY_BODIES = (r"Bộ Chính trị(?:, Ban Bí thư)?|Ban Bí thư(?: Trung ương)?|Ban Thường vụ (?:Tỉnh|Thành|Huyện|Đảng) ủy"
                 r"|(?:Tỉnh|Thành|Huyện) ủy")
_KNOWN_BODIES = alternatives({row["issuer"] for row in knowledge.rows("issuer_symbols") if row["issuer"]})
_SELF = re.compile(
    rf"(?<!\w)(?P<body>(?:Ủy ban nhân dân|UBND|Hội đồng nhân dân|HĐND)"
    rf"(?:\s(?:{_PLACED_BARE}|[Tt]ỉnh|[Tt]hành phố|[Hh]uyện|[Qq]uận|[Pp]hường|[Xx]ã))?"
    rf"|{_PARTY_BODIES}|{_KNOWN_BODIES}|{any_of('acting')}(?: [^\s,.;:()]+){{1,9}}?)\s+"
    rf"(?P<verb>(?:xây dựng và )?ban hành(?=\s+(?P<type>\w+ \w+))|{any_of('acts')})(?!\w)")
_OTHERS = re.compile(r"(?:của|do|trưởng|với|gửi|cho|bởi|giao|đề nghị|yêu cầu|và|\w,)\s*$")
_ON_BEHALF = re.compile(
    r"T\s?[./]?\s?M\.?\s+(.+?)(?=\s+(?:K/?T|Q|T/?L)\b|\s+(?:PHÓ\s+)?"
    r"(?:CHỦ\s+TỊCH|BÍ\s+THƯ|THỦ\s+TƯỚNG|BỘ\s+TRƯỞNG|TRƯỞNG\s+BAN|GIÁM\s+ĐỐC)|$)")
_SOLE_OFFICES = {
    "THỦ TƯỚNG": "Thủ tướng Chính phủ", "THỐNG ĐỐC": "Ngân hàng Nhà nước Việt Nam",
    "BỘ TRƯỞNG,? CHỦ NHIỆM": "Văn phòng Chính phủ", "TỔNG THANH TRA": "Thanh tra Chính phủ",
    "TỔNG KIỂM TOÁN": "Kiểm toán nhà nước"}
_BODIES_OF_OFFICE = {
    "BỘ TRƯỞNG": ("Bộ", "Ủy ban"), "CỤC TRƯỞNG": ("Cục", "Tổng cục", "Chi cục"), "TRƯỞNG BAN": ("Ban",),
    "CHỦ TỊCH": ("Ủy ban nhân dân", "Hội đồng nhân dân"), "CHÁNH ÁN": ("Tòa án",), "CHÁNH VĂN PHÒNG": ("Văn phòng",),
    "GIÁM ĐỐC": ("Sở", "Công an", "Ban", "Trung tâm", "Bảo hiểm", "Ngân hàng")}
_LOCAL = re.compile(rf"^(?:Chủ tịch )?{any_of('local')}(?!\w)")
_COMMITTEE = re.compile(r"^(?:Tỉnh|Thành|Huyện|Quận|Thị) ủy$")


def read_letterhead(pieces: list[Piece]) -> tuple[list[str], Span | None]:
    """The bodies of the letterhead in capitals, superior first, and where they stand."""
    bodies: list[str] = []
    spans: list[Span] = []
    for piece in pieces:
        text = mend_spacing(squeeze(piece.text.strip(" #*-_.|")))
        if not text or (not bodies and not _STARTS.match(_known(text))):
            continue
        text = _known(text)
        if bodies and (not _STARTS.match(text) or bodies[-1] == "VĂN PHÒNG" or _unfinished(bodies[-1])):
            bodies[-1] = f"{bodies[-1]} {text}"
        else:
            bodies.append(text)
        spans.append(piece.span)
    parted = [part for body in bodies for part in _parted(body)]
    return parted, Span(spans[0].start, spans[-1].end) if spans else None


def full_name(bodies: list[str]) -> str | None:
    """The issuer's name in sentence case, with the place that its superior's name gives.

    >>> full_name(["ỦY BAN NHÂN DÂN TỈNH CÀ MAU", "SỞ Y TẾ"]), full_name(["BỘ TÀI CHÍNH", "CỤC THUẾ"])
    ('Sở Y tế tỉnh Cà Mau', 'Cục Thuế')
    """
    if not bodies:
        return None
    name = sentence_case(expand(bodies[-1]))
    superior = sentence_case(expand(bodies[-2])) if len(bodies) > 1 else ""
    if name in ("Văn phòng", "Thanh tra") and superior:
        return f"{name} {superior}"
    place = _PLACED.search(superior)
    if place and not _PLACED.search(name) and (_LOCAL.match(name) or superior.startswith("Ủy ban nhân dân")):
        return f"{name} {place['unit'].lower()} {place['name']}"
    if re.match(r"(?:Tỉnh|Thành|Huyện) ủy", superior) and name.startswith("Ban"):
        return f"{name} {superior}"
    return name


def place_issuer(name: str, view: str, *, title: str | None, place: str | None) -> str:
    """`name` with its place where the letterhead leaves that out: Ủy ban nhân dân + Cần Thơ."""
    bare = re.sub(r"\s+(?:[Tt]ỉnh|[Tt]hành phố|[Tt]hị xã|[Hh]uyện|[Qq]uận|[Pp]hường|[Xx]ã)$", "", name)
    if not _LOCAL.match(name) or _PLACED.search(name) or name.startswith("Thanh tra Chính"):
        return name
    if re.match(r"(?:Tỉnh|Thành|Huyện|Quận|Thị) ủy", name) and not _COMMITTEE.match(name):
        return name
    found = _place_of(view, bare, title, place)
    if found is None:
        return name
    unit, words = found
    return f"{bare} {words}" if _COMMITTEE.match(bare) else f"{bare} {_unit(unit, words)} {words}"


def authority_at_end(title: str) -> int | None:
    """Where the issuing authority that a flattened page glued to a title begins.

    >>> t = "VỀ VIỆC PHÂN CẤP QUẢN LÝ ĐƯỜNG TỈNH CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CÀ MAU"
    >>> t[authority_at_end(t):]
    'CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CÀ MAU'
    """
    view, found = plain(title), None
    for m in re.finditer(rf"(?<!\w){_OFFICES}{_HEAD}", view):
        tail, before = view[m.start():], view[:m.start()]
        if not before.strip() or len(tail) > 120 or _PREPOSITION.search(before) or not is_authority(tail):
            continue
        found = m.start()
    return found


def is_authority(text: str) -> bool:
    """Whether `text` is nothing but the name of the authority that decides, in capitals.

    >>> is_authority("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CÀ MAU"), is_authority("HỘI NGHỊ TỔNG KẾT")
    (True, False)
    """
    bare = squeeze(plain(text)).strip(" .,:;*#")
    return is_capitals(bare) and _AUTHORITY_NAME.fullmatch(bare) is not None


def self_reference(
        view: str, start: int, end: int, *, kind: str | None, authority: Sequence[str]) -> tuple[str, Span] | None:
    """The body that the text says to act: "Ủy ban nhân dân tỉnh Cà Mau ban hành Kế hoạch …", "Cục Thuế có ý kiến …".

    `kind` is the type, `authority` the lines of the signature: a head of a bộ does not sign for a cục.
    """
    heads = _heads_of_signature(" ".join(authority))
    said: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for m in _SELF.finditer(view, start, end):
        name = expand(squeeze(m["body"]))
        before = view[max(0, m.start() - 16):m.start()]
        if words_of("not in name") & set(name.lower().split()):
            continue
        if m["verb"] != "có ý kiến" and _OTHERS.search(before):
            continue
        if heads and not name.startswith(heads):
            continue
        said[name] += 4 if m["type"] and kind and m["type"].lower() == kind.lower() else 1
        first.setdefault(name, Span(*m.span("body")))
    if not said:
        return None
    best = said.most_common(1)[0][0]
    return best, first[best]


def issuer_of_signature(authority: Sequence[str]) -> str | None:
    """The body named after TM., or the only one whose head signs so: THỦ TƯỚNG, THỐNG ĐỐC.

    >>> issuer_of_signature(["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]), issuer_of_signature(["GIÁM ĐỐC"])
    ('Ủy ban nhân dân', None)
    """
    lines = " ".join(squeeze(line) for line in authority)
    m = _ON_BEHALF.search(lines)
    if m:
        return full_name([m[1]])
    return next((body for office, body in _SOLE_OFFICES.items() if re.search(rf"(?<!PHÓ ){office}", lines)), None)


def _heads_of_signature(lines: str) -> tuple[str, ...]:
    """With which words the name of the signing head's body begins."""
    return next((bodies for office, bodies in _BODIES_OF_OFFICE.items() if re.search(rf"(?<!PHÓ ){office}", lines)), ())


def issuer_of_symbol(number: str | None, symbol: str | None) -> str | None:
    """The body that a symbol alone names: TTg, VPCP, BYT; None for UBND and what is not known."""
    found = parse_number(number or f"1/{symbol}")
    return found.issuer if found else None


def expand(name: str) -> str:
    """UBND and HĐND written out, in capitals where the rest of `name` is."""
    people, council = "Ủy ban nhân dân", "Hội đồng nhân dân"
    if is_capitals(name):
        people, council = people.upper(), council.upper()
    return re.sub(r"\bHĐND\b", council, re.sub(r"\bUBND\b", people, name))


def province_at_end(words: str) -> int | None:
    """Where the name of a province, with "TP." or "Thành phố", begins at the end of `words`.

    >>> province_at_end("Sunrise Hà Nội"), province_at_end("Sunrise")
    (8, None)
    """
    folded = fold(words)
    for name in sorted(_provinces(), key=len, reverse=True):
        if folded.endswith(name) and folded[-len(name) - 1:-len(name)] in ("", " ", "."):
            at = len(words) - len(name)
            unit = re.search(r"(?:TP\.?|Thành phố|Tỉnh)\s*$", words[:at])
            return unit.start() if unit else at
    return None


_AUTHORITY_NAME = re.compile(
    rf"{_OFFICES}(?:ỦY\s+BAN\s+NHÂN\s+DÂN|UBND|HỘI\s+ĐỒNG\s+NHÂN\s+DÂN|HĐND)(?:\s+(?:TỈNH|THÀNH\s+PHỐ|HUYỆN|QUẬN|THỊ\s+XÃ|XÃ|PHƯỜNG|ĐẶC\s+KHU)(?:\s+[\w'-]+){{0,5}})?"
    r"(?:,?\s+KHÓA\s+\w+)?(?:,?\s*-?\s*(?:NHIỆM\s+KỲ.*|KỲ\s+HỌP\s+.*))?"
    r"|(?:THỦ\s+TƯỚNG\s+)?CHÍNH\s+PHỦ|QUỐC\s+HỘI|CHỦ\s+TỊCH\s+NƯỚC|ỦY\s+BAN\s+THƯỜNG\s+VỤ\s+QUỐC\s+HỘI"
    r"|BỘ\s+TRƯỞNG(?:,\s*CHỦ\s+NHIỆM)?\s+(?:BỘ|ỦY\s+BAN|VĂN\s+PHÒNG)\s+.{2,60}|BỘ\s+(?:TÀI|Y|CÔNG|NỘI|TƯ|XÂY|QUỐC|NGOẠI|KHOA|GIÁO|VĂN|NÔNG|DÂN|THÔNG|GIAO|LAO|KẾ|TÀI\s+NGUYÊN)\s+.{1,50}"
    r"|(?:TỔNG\s+|CHI\s+)?CỤC\s+TRƯỞNG\s+(?:TỔNG\s+|CHI\s+)?CỤC\s+.{2,60}|(?:TỔNG\s+)?GIÁM\s+ĐỐC\s+.{2,70}|THỐNG\s+ĐỐC\s+NGÂN\s+HÀNG.{2,40}"
    r"|BỘ\s+CHÍNH\s+TRỊ(?:,?\s+(?:VÀ\s+)?BAN\s+BÍ\s+THƯ)?|BAN\s+BÍ\s+THƯ(?:\s+TRUNG\s+ƯƠNG)?"
    r"|BAN\s+(?:CHẤP\s+HÀNH|THƯỜNG\s+VỤ)\s+(?:TRUNG\s+ƯƠNG|(?:TỈNH|THÀNH|ĐẢNG|HUYỆN|QUẬN)\s+ỦY|ĐẢNG\s+BỘ).{0,40}"
    r"|TRƯỞNG\s+BAN\s+.{2,80}|TỔNG\s+THANH\s+TRA\s+CHÍNH\s+PHỦ|TỔNG\s+KIỂM\s+TOÁN\s+NHÀ\s+NƯỚC|CHÁNH\s+ÁN\s+.{2,40}|VIỆN\s+TRƯỞNG\s+.{2,40}")


def _parted(body: str) -> list[str]:
    """One line that holds a superior and the body under it, parted."""
    if not _SUPERIOR.match(body):
        return [body]
    for m in _SECOND.finditer(body):
        if not _PREPOSITION.search(body[:m.start()]) and len(body[:m.start()].split()) >= 2:
            return [body[:m.start()], *_parted(body[m.end():])]
    return [body]


def _unfinished(body: str) -> bool:
    return re.search(r"(?:,|-|\bVÀ|\bVỀ|\bCỦA|\bCÁC)$", body) is not None


def _known(text: str) -> str:
    """Mends a letterhead whose accents a scan lost, where it is one of the usual names."""
    folded = fold(text)
    for name in ("ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN"):
        if folded.startswith(fold(name)) and not text.startswith(name):
            return name + text[len(name):]
    place = re.match(r"(tinh|thanh pho)\s+(.+)$", folded)
    if place and place[2] in _provinces():
        unit = "TỈNH" if place[1] == "tinh" else "THÀNH PHỐ"
        return f"{unit} {_provinces()[place[2]][0].upper()}"
    return text


def _place_of(view: str, body: str, title: str | None, place: str | None) -> tuple[str, str] | None:
    """Unit and name of the place of a local body: by its own mention, the place line, the title, the text."""
    printed = _place_line(place)
    if printed and (printed[0] or _province(printed[1])):
        return (printed[0] or _province(printed[1]) or "", printed[1])
    own: Counter[tuple[str, str]] = Counter()
    anywhere: Counter[tuple[str, str]] = Counter()
    pattern = re.compile(rf"(?:{re.escape(body)}|UBND|Ủy ban nhân dân)\s*$")
    for m in _PLACED.finditer(view):
        name = _trimmed(m["name"])
        if name is None or (printed and printed[1] != name):
            continue
        spot = (re.sub(r"^tp\.?$", "thành phố", m["unit"].lower()), name)
        anywhere[spot] += 1
        own[spot] += pattern.search(view[max(0, m.start() - 40):m.start()]) is not None
    titled = _PLACED.search(sentence_case(title)) if title else None
    if titled and (name := _trimmed(titled["name"])):
        return titled["unit"].lower(), name
    if +own:
        return (+own).most_common(1)[0][0]
    provincial = Counter({spot: n for spot, n in anywhere.items() if _province(spot[1]) == spot[0]})
    if provincial:
        return provincial.most_common(1)[0][0]
    if printed:
        return (anywhere.most_common(1)[0][0][0], printed[1]) if anywhere else None
    return None


def _place_line(place: str | None) -> tuple[str | None, str] | None:
    if not place:
        return None
    units = r"T\.?P\.?|Thành phố|Tỉnh|Huyện|Quận|Thị xã|TX\.?|Phường|Xã|Thị trấn|Đặc khu"
    m = re.match(rf"(?P<unit>{units})\s*(?P<name>.+)$", place, re.IGNORECASE)
    if not m:
        return None, place
    unit = m["unit"].lower().replace(".", "")
    return {"tp": "thành phố", "tx": "thị xã"}.get(unit, unit), m["name"]


def _trimmed(name: str) -> str | None:
    """The province's name at the head of `name`, or `name` itself."""
    words = squeeze(name)
    folded = f"{fold(words)} "
    known = next((name for key, (name, _) in _provinces().items() if folded.startswith(f"{key} ")), None)
    return known or (words if len(words) > 1 else None)


def _unit(unit: str, name: str) -> str:
    return "Thành phố" if (unit, name) == ("thành phố", "Hồ Chí Minh") else unit


def _province(name: str) -> str | None:
    found = _provinces().get(fold(name))
    return found[1] if found else None


@lru_cache(maxsize=1)
def _provinces() -> dict[str, tuple[str, str]]:
    return {fold(row["name"]): (row["name"], row["unit"]) for row in knowledge.provinces()}
