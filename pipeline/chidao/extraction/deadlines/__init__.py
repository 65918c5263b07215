"""Deadlines (thời hạn): dates, ranges, rhythms, durations, periods, events."""
from chidao.extraction.deadlines.finding import find_cell_deadlines, find_deadlines

__all__ = ["find_cell_deadlines", "find_deadlines"]
