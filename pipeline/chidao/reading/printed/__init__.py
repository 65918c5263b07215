"""Printed pages, from a text layer or from recognition, to text in the order of reading with a box a line."""
