"""Vectors of meaning: models behind one setting."""
