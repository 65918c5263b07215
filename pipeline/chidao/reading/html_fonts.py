"""Letters of web pages in the fonts of the 1990s: by the font that an element names, else by content."""
from __future__ import annotations

import re

from lxml import html

from chidao.reading.legacy import Encoding, Font, decoded, font_encoding, letters, recognise

_OLD_FONT = re.compile(r"\.vn|vni-", re.IGNORECASE)
_FAMILY = re.compile(r"font(?:-family)?\s*:[^;}]*?([\"']?)((?:\.Vn|VNI-)[\w .-]*)\1", re.IGNORECASE)
_ANY_FAMILY = re.compile(r"font-family\s*:", re.IGNORECASE)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"[a-z0-9]*(?:\.[\w-]+)?", re.IGNORECASE)
_NOT_SHOWN = ("script", "style")
_SAMPLE = 20_000


def read_old_letters(root: html.HtmlElement, page: str, encoding: Encoding | None) -> Encoding | None:
    """Put right letters in place of old ones all through `root`; gives the encoding of words whose font tells none.

    `page` is its source, `encoding` that of the whole page where its bytes told of one.
    """
    fonts = _sheet(root)
    if fonts or _OLD_FONT.search(page):
        _by_font(root, fonts, encoding)
    elif encoding:
        _by_content(root, encoding)
    if encoding is None and (encoding := recognise(root.text_content()[:_SAMPLE])):
        _by_content(root, encoding)
    return encoding


def _sheet(root: html.HtmlElement) -> dict[str, Font]:
    """Old fonts that the page's style sheet gives to elements and classes: "p", ".tieude", "p.msonormal"."""
    fonts: dict[str, Font] = {}
    for style in root.iter("style"):
        for selectors, body in _RULE.findall(style.text or ""):
            font = _family(body)
            if font:
                fonts |= {name.strip().lower(): font for name in selectors.split(",")
                          if _SELECTOR.fullmatch(name.strip())}
    return fonts


def _family(style: str) -> Font | None:
    match = _FAMILY.search(style)
    return font_encoding(match[2].strip()) if match else None


def _by_font(root: html.HtmlElement, fonts: dict[str, Font], encoding: Encoding | None) -> None:
    """Each text in the font of the nearest element around it that has one; an element may go back to a newer font."""
    waiting: list[tuple[html.HtmlElement, Font | None]] = [(root, None)]
    while waiting:
        element, around = waiting.pop()
        font = _font(element, fonts, around)
        if element.tag not in _NOT_SHOWN:
            element.text = _right(element.text, font, encoding)
        for child in element:
            child.tail = _right(child.tail, font, encoding)
            if isinstance(child.tag, str):
                waiting.append((child, font))


def _font(element: html.HtmlElement, fonts: dict[str, Font], around: Font | None) -> Font | None:
    style, face = element.get("style") or "", element.get("face")
    if found := _family(style):
        return found
    if face is not None:
        return font_encoding(face.split(",")[0])
    if _ANY_FAMILY.search(style):
        return None
    names = [f".{name}" for name in (element.get("class") or "").lower().split()]
    for name in (*(str(element.tag) + name for name in names), *names, str(element.tag)):
        if name in fonts:
            return fonts[name]
    return around


def _by_content(root: html.HtmlElement, encoding: Encoding) -> None:
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag not in _NOT_SHOWN:
            element.text = _right(element.text, None, encoding)
        element.tail = _right(element.tail, None, encoding)


def _right(text: str | None, font: Font | None, encoding: Encoding | None) -> str | None:
    if not text or (text.isascii() and not (font and font.capital)):
        return text
    if font:
        return letters(text, font.encoding, capital=font.capital)
    return decoded(text, encoding) if encoding else text
