"""An annotation without the words of its source: places in the NFC text instead of quotes, and facts.

So annotations of directives that may not be copied can be handed on; who holds the source gets the quotes back.
Kept in words are facts: types, numbers, dates, names of bodies and laws, values. The title, the signer's name,
addressees, recipients and products are places like the quotes.
"""
from chidao.evaluation.offsets.packing import pack
from chidao.evaluation.offsets.source import describe, find_source, text_as_described, text_of
from chidao.evaluation.offsets.unpacking import unpack

__all__ = ["describe", "find_source", "pack", "text_as_described", "text_of", "unpack"]
