"""Web pages and documents saved as HTML; menus and buttons stay in the text and are marked as furniture."""
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from lxml import etree, html

from chidao import knowledge
from chidao.errors import ReadingError
from chidao.model import RegionKind
from chidao.reading.blocks import Block, Grid, GridCell, Paragraph, write
from chidao.reading.content import Content
from chidao.reading.decoding import clean, decode
from chidao.reading.html_fonts import read_old_letters
from chidao.reading.layout import is_head_or_foot
from chidao.reading.legacy import Encoding
from chidao.reading.limits import DEFAULTS, Limits
from chidao.reading.lines import is_item

_SKIPPED = frozenset((
    "script", "style", "template", "head", "title", "meta", "link", "noscript", "svg", "iframe", "object", "input",
    "textarea", "select", "datalist", "audio", "video", "canvas", "map"))
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul"))
_FURNITURE = frozenset(("nav", "footer", "aside", "form", "button", "menu", "header"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_WHITE = re.compile(r"[ \t\n]+")
_SHORT = 300  # characters that a menu without links may have
_MAX_SPAN = 200  # rows or columns; pages that say more mean "all"


def read(data: bytes, limits: Limits = DEFAULTS) -> Content:
    """The text of a page: blocks as lines, tables as rows; scripts, styles and what is hidden are no text.

    Raises ReadingError ``undecodable``, ``empty`` or ``damaged``.

    >>> read("<p>Số: 5/KH-UBND</p><table><tr><th>TT<th>Việc<tr><td>1<td>Báo cáo</table>".encode()).text
    'Số: 5/KH-UBND\\nTT | Việc\\n1 | Báo cáo'
    """
    found = decode(data)
    text = _DECLARATION.sub("", clean(found.shown or found.text), count=1)
    try:
        root = html.document_fromstring(text)
    except etree.ParserError as error:
        raise ReadingError("empty") from error
    except (etree.LxmlError, ValueError) as error:
        raise ReadingError("damaged", f" ({type(error).__name__})") from error
    try:
        encoding = read_old_letters(root, text, _old(found.encoding))
        warnings = (f"encoding: {encoding}",) if encoding else found.warnings
        return write(_blocks(root))._replace(warnings=warnings)
    except RecursionError as error:
        raise ReadingError("damaged", " (nesting)") from error


def _old(encoding: str) -> Encoding | None:
    return "tcvn3" if encoding == "tcvn3" else "vni" if encoding == "vni" else None


def _blocks(element: html.HtmlElement, *, kind: RegionKind | None = None) -> list[Block]:
    """The blocks inside an element, in order; `kind` of the region that they belong to."""
    blocks: list[Block] = []
    words: list[str] = []

    def close() -> None:
        text = _trimmed("".join(words))
        words.clear()
        if text:
            blocks.append(Paragraph(text, kind))

    def add(text: str | None, *, keep_lines: bool = False) -> None:
        if text:
            words.append(text if keep_lines else _WHITE.sub(" ", text))

    def walk(node: html.HtmlElement, *, preformatted: bool) -> None:
        add(node.text, keep_lines=preformatted)
        for child in node:
            if _is_shown(child):
                enter(child, preformatted=preformatted)
            add(child.tail, keep_lines=preformatted)

    def enter(child: html.HtmlElement, *, preformatted: bool) -> None:
        tag = child.tag
        if tag == "br":
            words.append("\n")
        elif tag == "table":
            close()
            blocks.append(_grid(child, kind=kind))
        elif not kind and (own := _kind(child)):
            close()
            blocks.extend(_blocks(child, kind=own))
        elif tag in _BLOCKS:
            close()
            if tag == "li" and kind != "furniture":
                add(_marker(child))
            walk(child, preformatted=preformatted or tag == "pre")
            close()
        else:
            walk(child, preformatted=preformatted)

    walk(element, preformatted=False)
    close()
    return blocks


def _is_shown(element: html.HtmlElement) -> bool:
    """Comments have no tag name."""
    return (isinstance(element.tag, str) and element.tag not in _SKIPPED
            and not _HIDDEN.search(element.get("style") or ""))


def _trimmed(text: str) -> str:
    return "\n".join(filter(None, (line.strip() for line in clean(text).split("\n"))))


def _grid(table: html.HtmlElement, *, kind: RegionKind | None) -> Block:
    """The cells of a table at their places; rows inside tables of its cells are not its own."""
    cells: list[GridCell] = []
    below: dict[int, int] = {}  # column -> the first row that no cell from above reaches into
    captions = [block for caption in table.findall("caption") for block in _blocks(caption, kind=kind)]
    for row, tr in enumerate(_rows(table)):
        column = 0
        for td in tr:
            if td.tag not in ("td", "th"):
                continue
            while below.get(column, 0) > row:
                column += 1
            rows, columns = _number(td.get("rowspan")), _number(td.get("colspan"))
            below.update(dict.fromkeys(range(column, column + columns), row + rows))
            cells.append(GridCell(row, column, rows, columns, _blocks(td, kind=kind)))
            column += columns
    if captions:
        cells = [cell._replace(row=cell.row + 1) for cell in cells]
        cells.insert(0, GridCell(0, 0, 1, 1, captions))
    return Grid(cells)


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (tr for tr in child if tr.tag == "tr")


def _number(value: str | None) -> int:
    return min(max(int(value), 1), _MAX_SPAN) if value and value.isascii() and value.isdigit() else 1


def _marker(item: html.HtmlElement) -> str:
    """What a browser shows before an item of a list, unless its text brings a marker of its own."""
    parent = item.getparent()
    text = "".join(item.itertext()).strip()
    if parent is None or not text or is_item(text):
        return ""
    if parent.tag != "ol":
        return "- "
    number = _number(parent.get("start")) + sum(1 for _ in item.itersiblings("li", preceding=True))
    return f"{chr(96 + number)}) " if parent.get("type") == "a" and number <= 26 else f"{number}. "


def _kind(element: html.HtmlElement) -> RegionKind | None:
    """What part of a page an element is, by its tag, class, id or role, if it holds few words or mostly links."""
    named = _named(element)
    if not named and element.tag not in _FURNITURE and not _is_menu(element):
        return None
    text = " ".join("".join(element.itertext()).split())
    linked = sum(len(" ".join("".join(a.itertext()).split())) for a in element.iter("a"))
    if is_head_or_foot("\n".join(element.itertext())) or (len(text) > _SHORT and linked < 0.3 * len(text)):
        return None
    return named or "furniture"


def _named(element: html.HtmlElement) -> RegionKind | None:
    words = _words(" ".join(filter(None, (element.get("class"), element.get("id"), element.get("role")))))
    if not words.isdisjoint(_parts("related")):
        return "related"
    return None if words.isdisjoint(_parts("furniture")) else "furniture"


def _words(names: str) -> set[str]:
    """The words of class names, and each two that follow one another as one: "vbLienQuan" has "lienquan"."""
    words = re.split(r"[\s_-]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", names).lower())
    return {*words, *(a + b for a, b in pairwise(words)), *re.split(r"[\s_-]+", names.lower())}


@lru_cache(maxsize=2)
def _parts(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in knowledge.rows("page_parts") if row["kind"] == kind)


def _is_menu(element: html.HtmlElement) -> bool:
    """A list of at least four short links and of nothing else; links to documents are longer."""
    if element.tag not in ("ul", "ol"):
        return False
    links = [" ".join("".join(a.itertext()).split()) for a in element.iter("a")]
    text = "".join("".join(element.itertext()).split())
    return len(links) >= 4 and len("".join(links).replace(" ", "")) >= 0.95 * len(text) and len(text) <= 40 * len(links)
