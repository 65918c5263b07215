"""What is kept as it is: the keys of the guidelines whose values are facts, in the order in which they are written."""
from __future__ import annotations

from typing import Any

Record = dict[str, Any]

FACTS = ("type", "number", "symbol", "issuer", "place", "date", "year")
LISTS = ("addressees", "recipients")
SIGNER = ("position", "on_behalf_of")
CITATION = ("type", "number", "name", "date", "year", "issuer", "relation")
RELATION = ("from", "type", "to")
TASK = ("kind", "lead", "lead_source", "coordinating")
DEADLINE = ("kind", "value", "outside")
QUOTE = ("quote", "nth")
PARTS = ("document", "citations", "relations", "tasks")
