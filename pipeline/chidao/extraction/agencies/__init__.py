"""Agencies, groups and officials, and who is to act with whom."""
from chidao.extraction.agencies.finding import find_agencies

__all__ = ["find_agencies"]
