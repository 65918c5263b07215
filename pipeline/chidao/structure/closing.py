"""The foot of a directive: Nơi nhận, the signature, and where an annex begins after them."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from chidao.grammar.folding import document_view, squeeze
from chidao.model import Signer, Span
from chidao.structure.casing import is_capitals
from chidao.structure.signature import Piece, Signature, office_start, person, read_signature
from chidao.structure.words import any_of, types

_LABEL = re.compile(
    r"(?P<label>N(?:[ơo]i\s+nh[ậâ]n|ƠI\s+NHẬN|[ơo]i\s+gửi))[ ]*(?::|(?=[ ]*$))", re.MULTILINE)
_BULLET = re.compile(r"[-+•*·](?=\s|\S)\s*")
_INLINE_BULLET = re.compile(r"(?<=[;.:,)])\s*(?<!\w)[-+•]\s+(?=\S)|(?<=[;.])\s*-(?=[A-ZĐ])")
_FILED = re.compile(r"L[ưu]u\b", re.IGNORECASE)
_BLANKS = re.compile(r"\.{3,}|…|_{3,}")
_NUMBERED = re.compile(r"(?:\d{1,2}|[IVX]+)\s*[.)]\s")
_SURE = re.compile(r"L[ưu]u\b|Như\s", re.IGNORECASE)
ATTACHED = re.compile(r"^\s*[(\[]?\s*(?:\(|\b)?(?:ban hành\s+)?(?:đính\s+)?k[èe]m\s+theo\s+\S", re.IGNORECASE)
_ANNEX = re.compile(rf"^\W*(?:{any_of('annex', capitals=True)}|Phụ\s+lục|Mẫu\s+số)(?!\w)")
_FOOTNOTE = re.compile(r"^\W*\[\d+\]|^\W*\d+\s+(?:Quyết định|Nghị quyết|Thông tư)")
_SITE_HEADING = re.compile(any_of("site"), re.IGNORECASE)
_ROLE = rf"(?:để\s+)?(?:kính\s+)?{any_of('role')}(?:\s*[,;/]?\s*(?:và\s+)?(?:để\s+)?{any_of('role')})*"
_NOTE = re.compile(rf"\s*[(\[]\s*(?:{_ROLE}|(?:để|thay)\s[^()]*)\s*[)\]]", re.IGNORECASE)
_NOTE_INSIDE = re.compile(rf"\s*[-;,:]\s*(?:để\s+)?{_ROLE}\s*(?=[)\]])", re.IGNORECASE)
_NOTE_BARE = re.compile(rf"\s*[,;-]\s*để\s+{any_of('role')}(?!\w)[^()]*$", re.IGNORECASE)
_MAX_CELLS = 90
_MAX_ENTRY = 260
_MAX_FOOT = 14


@dataclass(frozen=True, slots=True)
class Closing:
    """What stands at the foot; spans and offsets are None where the text has no such part.

    `recipients` are the entries of Nơi nhận without dash, closing mark and role notes. `authority` are
    the lines above the name as printed. `annex_start` is the first character of what follows the signature.
    """

    recipients_span: Span | None = None
    signature_span: Span | None = None
    annex_start: int | None = None
    signer: Signer | None = None
    recipients: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    evidence: dict[str, Span] = field(default_factory=dict)

    @property
    def start(self) -> int | None:
        """Where the foot begins, or None."""
        return min((s.start for s in (self.recipients_span, self.signature_span) if s), default=None)


def find_closing(text: str) -> Closing:
    """Nơi nhận, signature and annex of a directive; empty fields where `text` has none.

    >>> foot = find_closing("…./.\\nNơi nhận:\\n- Như trên;\\n- Sở Y tế (để t/h);\\n- Lưu: VT.\\n"
    ...                     "KT. CHỦ TỊCH\\nPHÓ CHỦ TỊCH\\nTrần Văn An")
    >>> foot.recipients, foot.signer.name, foot.signer.on_behalf_of
    (('Như trên', 'Sở Y tế', 'Lưu: VT'), 'Trần Văn An', 'Chủ tịch')
    """
    view = document_view(text)
    for label in _LABEL.finditer(view):
        before = view[:label.start()].rstrip(" #>")
        found = _read_block(view, label) if not before or before[-1] in "\n|./;:" else None
        if found is not None:
            return found
    attached = _first_attachment(view, 0)
    limit = len(view) if attached is None else attached
    signature = _loose_signature(view, limit)
    if signature is None:
        return Closing(annex_start=attached)
    return _closing(view, (), None, signature)


def clean_name(entry: str) -> str:
    """A recipient or addressee without dash, closing marks and role notes.

    >>> clean_name("- Bộ Công an (Cục A05 - để b/c);"), clean_name("Sở Y tế (để t/h);"), clean_name("Lưu: VT, (TH/An).")
    ('Bộ Công an (Cục A05)', 'Sở Y tế', 'Lưu: VT, (TH/An)')
    """
    name = squeeze(_BULLET.sub("", squeeze(entry), count=1) if _BULLET.match(squeeze(entry)) else entry)
    before = None
    while before != name:
        before = name
        name = _NOTE_BARE.sub("", _NOTE_INSIDE.sub("", _NOTE.sub("", name))).strip(" ;.,:-")
    return squeeze(name)


def pieces_from(view: str, start: int, end: int) -> Iterator[Piece]:
    """The cells of each line of `view` between two offsets, blank ones left out."""
    at = start
    for line in view[start:end].splitlines(keepends=True):
        cell_at = at
        for cell in line.split("|"):
            words = cell.strip()
            if words:
                begin = cell_at + cell.index(words)
                yield Piece(Span(begin, begin + len(words)), words)
            cell_at += len(cell) + 1
        at += len(line)


def _read_block(view: str, label: re.Match[str]) -> Closing | None:
    """The foot that begins at a "Nơi nhận" label; None when the label belongs to a form."""
    entries: list[list[Span]] = []
    foot: list[Piece] = []
    dashed = closed = False
    for piece in islice(pieces_from(view, label.end(), len(view)), _MAX_CELLS):
        if _is_annex(piece.text) and (foot or entries):
            break
        cut = office_start(piece.text)
        if cut is not None:
            foot.append(Piece(Span(piece.span.start + cut, piece.span.end), piece.text[cut:]))
            piece = Piece(Span(piece.span.start, piece.span.start + cut), piece.text[:cut])
            if not piece.text.strip():
                continue
        bulleted = _BULLET.match(piece.text) is not None
        if entries and not bulleted and (_NUMBERED.match(piece.text) or len(piece.text) > _MAX_ENTRY):
            break
        if not entries:
            dashed = bulleted
        if closed and not (bulleted and dashed and not _signed(foot)):
            complete = _signed(foot)
            if cut is None:
                foot.append(piece)
            if complete or len(foot) > _MAX_FOOT:
                break
            continue
        if foot and cut is None and not bulleted and (is_capitals(piece.text) or person(piece.text) or not dashed):
            foot.append(piece)
            continue
        _add_entries(view, piece, entries, dashed=dashed)
        closed = bool(entries) and _is_last(view, entries[-1])
    names = [clean_name(" ".join(view[s.start:s.end] for s in spans)) for spans in entries]
    names = [n for n in names if n]
    blank = sum(bool(_BLANKS.search(" ".join(view[s.start:s.end] for s in spans))) for spans in entries)
    if not names or blank * 3 > len(names) or not (dashed or any(_SURE.match(n) for n in names)):
        return None
    last = max(s.end for spans in entries for s in spans)
    block = Span(label.start("label"), last)
    signature = _signature_in(foot) or _signature_before(view, block.start)
    return _closing(view, tuple(names), block, signature)


def _add_entries(view: str, piece: Piece, entries: list[list[Span]], *, dashed: bool) -> None:
    """Adds the entries of a cell; a cell without a dash in a dashed list goes on with the last one."""
    marks = [m.span() for m in _INLINE_BULLET.finditer(piece.text)]
    if not marks and not dashed and ";" in piece.text:
        marks = [m.span() for m in re.finditer(r";\s*", piece.text)]
    starts = [0, *(end for _, end in marks)]
    ends = [*(begin for begin, _ in marks), len(piece.text)]
    spans = [Span(piece.span.start + a, piece.span.start + b) for a, b in zip(starts, ends, strict=True) if b > a]
    if spans and entries and not _BULLET.match(piece.text) and (dashed or _goes_on(view, entries[-1], piece.text)):
        entries[-1].append(spans.pop(0))
    entries.extend([s] for s in spans)


def _goes_on(view: str, entry: list[Span], text: str) -> bool:
    """Whether an entry without a dash is continued by the next line."""
    return view[entry[-1].start:entry[-1].end].rstrip()[-1:] not in ";." and text[:1].islower()


def _is_last(view: str, entry: list[Span]) -> bool:
    """Whether no entry follows: the copy for the files (Lưu), or a full stop."""
    words = " ".join(view[s.start:s.end] for s in entry)
    bare = clean_name(words)
    if _FILED.match(bare):
        return words.rstrip()[-1:] not in ",:&-" and len(bare) > 5
    return words.rstrip().endswith(".") and not re.search(r"(?:\.\.|\b\w{1,3}\.)$", words.rstrip())


def _signed(foot: list[Piece]) -> bool:
    signature = _signature_in(foot)
    return signature is not None and signature.signer is not None


def _signature_in(foot: list[Piece]) -> Signature | None:
    """The signature among the pieces after the entries; the drafter's initials may stand before it."""
    first = next((at for at, p in enumerate(foot) if office_start(p.text) == 0), None)
    if first is None:
        first = next((at for at, p in enumerate(foot)
                      if person(p.text) or person(f"{p.text} {_next(foot, at)}")), None)
    return read_signature(foot[first:]) if first is not None else None


def _next(foot: list[Piece], at: int) -> str:
    return foot[at + 1].text if at + 1 < len(foot) else ""


def _signature_before(view: str, end: int) -> Signature | None:
    """A signature that the reading order put before Nơi nhận (the right column first)."""
    pieces = list(pieces_from(view, max(0, end - 600), end))[-9:]
    for at, piece in enumerate(pieces):
        if is_capitals(piece.text[:24]) and office_start(piece.text) == 0:
            signature = read_signature(pieces[at:])
            return signature if signature and signature.signer else None
    return None


def _loose_signature(view: str, limit: int) -> Signature | None:
    """The first signature of a text without Nơi nhận: an office in capitals and a name under it."""
    pieces = list(pieces_from(view, 0, limit))
    for at, piece in enumerate(pieces):
        start = office_start(piece.text)
        if start is None or at < 3:
            continue
        head = piece.text[start:]
        if not is_capitals(head[:12]) or (start and not re.search(r"[./]\s*$", piece.text[:start])):
            continue
        run = [Piece(Span(piece.span.start + start, piece.span.end), head), *pieces[at + 1:at + 9]]
        signature = read_signature(run)
        marked = re.match(r"T[./]?\s?M|K/?T|T/?L|T/?UQ", head)
        if signature and (signature.signer or (marked and len(head) < 60)):
            return signature
    return None


def _closing(view: str, names: tuple[str, ...], block: Span | None, signature: Signature | None) -> Closing:
    evidence: dict[str, Span] = {}
    if block:
        evidence["recipients"] = block
    if signature and signature.name_span:
        evidence["signer"] = signature.name_span
    end = max([s.end for s in (block, signature.span if signature else None) if s], default=0)
    return Closing(
        recipients_span=block, signature_span=signature.span if signature else None,
        annex_start=_annex_after(view, end), signer=signature.signer if signature else None,
        recipients=names, authority=signature.authority if signature else (), evidence=evidence)


def _annex_after(view: str, end: int) -> int | None:
    """The first line after the foot that heads an annex, the attached plan or a form."""
    for piece in islice(pieces_from(view, end, len(view)), 6):
        if _FOOTNOTE.match(piece.text) or _SITE_HEADING.search(piece.text):
            break
        words = re.findall(r"\w+", piece.text)
        if _is_annex(piece.text) or (is_capitals(piece.text) and len(words) >= 2 and office_start(piece.text) is None):
            return piece.span.start
    return _first_attachment(view, end)


def _first_attachment(view: str, start: int) -> int | None:
    """Where the heading begins that stands above "(Kèm theo …)", or a line PHỤ LỤC."""
    heading: int | None = None
    annexed = False
    for piece in pieces_from(view, start, len(view)):
        if ATTACHED.match(piece.text) and heading is not None:
            return heading
        if re.match(r"^\W*(?:PHỤ\s+LỤC)(?:\s+(?:[IVX]+|\d+|SỐ\s+\d+))?\W*$", piece.text):
            return piece.span.start if heading is None else heading
        if is_capitals(piece.text) and office_start(piece.text) is None:
            if heading is None or (_is_annex(piece.text) and not annexed):
                heading, annexed = piece.span.start, _is_annex(piece.text)
        else:
            heading = None
    return None


def _is_annex(text: str) -> bool:
    if _ANNEX.match(text) or ATTACHED.match(text):
        return len(text) < 300
    bare = text.strip(" #.:")
    return bare.isupper() and any(bare == t or bare.startswith(t + " ") for t in types())
