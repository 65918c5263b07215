"""Agencies, groups and officials, and who is to act with whom."""
