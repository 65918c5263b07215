-- What search answers with: tasks, and the passages of a directive that are no task. Ids are never used again, so that
-- an index beside the register can't take one unit for another.
DROP TRIGGER task_words_insert;
DROP TRIGGER task_words_delete;
DROP TRIGGER task_words_update;
DROP TABLE tasks_fts;
DROP TABLE tasks_folded_fts;
DROP TABLE task_words;

CREATE TABLE units (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  task_id INTEGER REFERENCES tasks (id) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  path TEXT NOT NULL,
  text TEXT NOT NULL,
  actors TEXT NOT NULL,
  headings TEXT NOT NULL,
  about TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  UNIQUE (document_id, ord)
);
CREATE INDEX units_task_id ON units (task_id);

-- Numbers of documents by unit: that of its directive, those that it cites, those that it prints.
CREATE TABLE unit_numbers (
  key TEXT NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES units (id) ON DELETE CASCADE,
  PRIMARY KEY (key, unit_id)
) WITHOUT ROWID;
CREATE INDEX unit_numbers_unit_id ON unit_numbers (unit_id);
CREATE INDEX agencies_folded ON agencies (folded);

-- Full text holds terms: syllables and pairs of neighbours joined by _, abbreviations written out; made by the
-- functions that a register gives its connection. Units up to the number `large_until` are in the index of large
-- registers instead.
CREATE VIRTUAL TABLE units_fts USING fts5 (
  words, actors, content = '', tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
);
CREATE VIRTUAL TABLE units_folded_fts USING fts5 (
  words, actors, headings, about, content = '', tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
);

CREATE TABLE search_state (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TRIGGER units_insert AFTER INSERT ON units BEGIN
  INSERT INTO units_fts (rowid, words, actors) VALUES (new.id, search_terms(new.text), search_terms(new.actors));
  INSERT INTO units_folded_fts (rowid, words, actors, headings, about)
  VALUES (new.id, folded_terms(new.text), folded_terms(new.actors), folded_terms(new.headings),
    folded_terms(new.about));
END;
CREATE TRIGGER units_delete AFTER DELETE ON units
WHEN old.id > coalesce((SELECT CAST(value AS INTEGER) FROM search_state WHERE name = 'large_until'), 0) BEGIN
  INSERT INTO units_fts (units_fts, rowid, words, actors)
  VALUES ('delete', old.id, search_terms(old.text), search_terms(old.actors));
  INSERT INTO units_folded_fts (units_folded_fts, rowid, words, actors, headings, about)
  VALUES ('delete', old.id, folded_terms(old.text), folded_terms(old.actors), folded_terms(old.headings),
    folded_terms(old.about));
END;

-- int8 vectors of units, by the model that search_state names.
CREATE TABLE unit_vectors (
  unit_id INTEGER PRIMARY KEY REFERENCES units (id) ON DELETE CASCADE,
  vector BLOB NOT NULL
);

-- How often a syllable, and a syllable after another, stands in the units: gives a query its diacritics back.
CREATE TABLE syllables (
  folded TEXT NOT NULL,
  syllable TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (folded, syllable)
) WITHOUT ROWID;
CREATE TABLE syllable_pairs (
  folded TEXT NOT NULL,
  first TEXT NOT NULL,
  second TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (folded, first, second)
) WITHOUT ROWID;

-- Saved searches, and the hits that each has told already (by document and hash of the words, so that a directive
-- that is read again is no news).
CREATE TABLE watches (
  name TEXT PRIMARY KEY,
  query TEXT NOT NULL,
  created TEXT NOT NULL,
  ran TEXT
);
CREATE TABLE watch_hits (
  watch TEXT NOT NULL REFERENCES watches (name) ON DELETE CASCADE,
  hit TEXT NOT NULL,
  PRIMARY KEY (watch, hit)
) WITHOUT ROWID;
