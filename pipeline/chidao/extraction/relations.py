from __future__ import annotations
def relate(citations, text, structure): return citations, ()
