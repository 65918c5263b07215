"""Deadlines (thời hạn): dates, ranges, rhythms, durations, periods, events."""
