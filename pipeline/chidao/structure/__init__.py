"""From text to structure: regions, header, outline."""
from __future__ import annotations

from chidao.model import Region, SourceText, Span, Structure
from chidao.structure.closing import find_closing
from chidao.structure.header import find_header
from chidao.structure.outline import find_outline
from chidao.structure.parts import find_parts


def analyse(source: SourceText) -> Structure:
    """Header, regions, outline and attached parts of a directive.

    The regions are the reader's and three more: header (all before the body), closing (Nơi nhận and
    signature) and annex (what follows them).
    """
    closing = find_closing(source.text)
    header, block = find_header(source, closing)
    regions = [*source.regions, Region(block, "header")]
    for span in (closing.recipients_span, closing.signature_span):
        if span is not None:
            regions.append(Region(span, "closing"))
    if closing.annex_start is not None:
        regions.append(Region(Span(closing.annex_start, len(source.text)), "annex"))
    ordered = tuple(sorted(regions, key=lambda r: r.span))
    return Structure(header=header, regions=ordered, nodes=find_outline(source.text, ordered), tables=source.tables,
                     parts=find_parts(source.text, closing.annex_start))
