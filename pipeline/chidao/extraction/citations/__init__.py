"""Mentions of documents (viện dẫn): number, type, date, issuer, relation, short forms."""
