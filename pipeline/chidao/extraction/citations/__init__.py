"""Mentions of documents (viện dẫn): number, type, date, issuer, relation, short forms."""
from chidao.extraction.citations.finding import find_citations
from chidao.extraction.citations.relations import relate

__all__ = ["find_citations", "relate"]
