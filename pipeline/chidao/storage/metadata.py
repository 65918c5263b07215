"""Titles and descriptions for those who open the file in datasette; read from the register itself."""
from __future__ import annotations

import sqlite3
from typing import Any

_SEARCHABLE = {"units": "id"}
_LABELS = {
    "documents": "label", "cited_documents": "label", "tasks": "label", "agencies": "name", "nodes": "title",
    "citations": "text", "files": "name", "runs": "started", "units": "text", "watches": "name",
}


def metadata(conn: sqlite3.Connection, name: str) -> dict[str, Any]:
    """What datasette's metadata.json holds for the database file `name` (without its suffix)."""
    tables: dict[str, dict[str, Any]] = {}
    for table, column, vi in conn.execute(
            "SELECT table_name, column_name, vi FROM column_descriptions ORDER BY table_name, column_name"):
        entry = tables.setdefault(table, {"columns": {}})
        if column:
            entry["columns"][column] = vi
        else:
            entry["description"] = vi
    for table, column in _LABELS.items():
        tables[table]["label_column"] = column
    for table, column in _SEARCHABLE.items():
        tables[table] |= {"fts_table": "units_folded_fts", "fts_pk": column}
    for table in ("column_descriptions", "file_paths", "search_state", "unit_vectors", "syllables", "syllable_pairs",
                  "watch_hits"):
        tables[table]["hidden"] = True
    return {"title": "Sổ theo dõi nhiệm vụ", "databases": {name: {"tables": tables}}}
