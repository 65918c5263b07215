"""Formats that leave the house, one small module each."""
