-- The register. Offsets are code points of texts.text; span_end is exclusive. JSON columns hold arrays
-- or objects. Rows that follow from a directive go with it; what a person corrected does not.

CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  base_id TEXT NOT NULL,
  label TEXT NOT NULL,
  type TEXT,
  number TEXT,
  number_key TEXT,
  symbol TEXT,
  issuer TEXT,
  place TEXT,
  date TEXT,
  year INTEGER,
  title TEXT,
  horizon TEXT,
  secrecy TEXT,
  signer_name TEXT,
  signer_position TEXT,
  signer_on_behalf_of TEXT,
  addressees TEXT NOT NULL,
  recipients TEXT NOT NULL,
  evidence TEXT NOT NULL
);
CREATE INDEX documents_base_id ON documents (base_id);
CREATE INDEX documents_number_key ON documents (number_key);
CREATE INDEX documents_date ON documents (date);

CREATE TABLE files (
  sha256 TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  size INTEGER NOT NULL,
  pages INTEGER,
  warnings TEXT NOT NULL,
  version TEXT NOT NULL,
  preferred INTEGER NOT NULL CHECK (preferred IN (0, 1)),
  document_id TEXT REFERENCES documents (id) ON DELETE SET NULL
);
CREATE INDEX files_document_id ON files (document_id);
CREATE UNIQUE INDEX files_one_preferred ON files (document_id) WHERE preferred = 1;

CREATE TABLE file_paths (
  path TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL REFERENCES files (sha256) ON DELETE CASCADE
);
CREATE INDEX file_paths_sha256 ON file_paths (sha256);

CREATE TABLE texts (
  document_id TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
  characters INTEGER NOT NULL,
  text_sha256 TEXT NOT NULL,
  text TEXT NOT NULL,
  source_regions TEXT NOT NULL,
  tables TEXT NOT NULL,
  boxes TEXT NOT NULL
);

CREATE TABLE regions (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  kind TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  PRIMARY KEY (document_id, ord)
);

CREATE TABLE nodes (
  id INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  parent_id INTEGER REFERENCES nodes (id) ON DELETE CASCADE,
  parent_ord INTEGER,
  level TEXT NOT NULL,
  label TEXT NOT NULL,
  path TEXT NOT NULL,
  title TEXT NOT NULL,
  region TEXT,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  text_start INTEGER NOT NULL,
  text_end INTEGER NOT NULL,
  UNIQUE (document_id, ord)
);
CREATE INDEX nodes_parent_id ON nodes (parent_id);

CREATE TABLE cited_documents (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  type TEXT NOT NULL,
  number TEXT,
  number_key TEXT,
  name TEXT,
  date TEXT,
  year INTEGER,
  issuer TEXT,
  resolved INTEGER NOT NULL CHECK (resolved IN (0, 1)),
  document_id TEXT REFERENCES documents (id) ON DELETE SET NULL
);
CREATE INDEX cited_documents_document_id ON cited_documents (document_id);
CREATE INDEX cited_documents_number_key ON cited_documents (number_key);

CREATE TABLE citations (
  id INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  text TEXT NOT NULL,
  type TEXT NOT NULL,
  number TEXT,
  number_key TEXT,
  name TEXT,
  date TEXT,
  year INTEGER,
  issuer TEXT,
  provision TEXT,
  relation TEXT NOT NULL,
  detail TEXT,
  form TEXT NOT NULL,
  target TEXT,
  candidates TEXT NOT NULL,
  cited_id TEXT NOT NULL REFERENCES cited_documents (id),
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  UNIQUE (document_id, ord)
);
CREATE INDEX citations_cited_id ON citations (cited_id);
CREATE INDEX citations_number_key ON citations (number_key);

CREATE TABLE relations (
  id INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  text TEXT NOT NULL,
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  target TEXT NOT NULL,
  source_id TEXT REFERENCES cited_documents (id),
  target_id TEXT REFERENCES cited_documents (id),
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  UNIQUE (document_id, ord)
);
CREATE INDEX relations_source_id ON relations (source_id);
CREATE INDEX relations_target_id ON relations (target_id);

CREATE TABLE tasks (
  id INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  key TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  kind TEXT NOT NULL,
  path TEXT NOT NULL,
  text TEXT NOT NULL,
  quote_hash TEXT NOT NULL,
  due TEXT,
  page INTEGER,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  UNIQUE (document_id, ord)
);
CREATE INDEX tasks_due ON tasks (due);
CREATE INDEX tasks_quote_hash ON tasks (quote_hash);

CREATE TABLE agencies (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  kind TEXT NOT NULL
);

CREATE TABLE task_agencies (
  id INTEGER PRIMARY KEY,
  task_id INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  agency_id INTEGER NOT NULL REFERENCES agencies (id),
  ord INTEGER NOT NULL,
  role TEXT NOT NULL,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  mood TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  UNIQUE (task_id, ord)
);
CREATE INDEX task_agencies_agency_id ON task_agencies (agency_id, role);

CREATE TABLE deadlines (
  id INTEGER PRIMARY KEY,
  task_id INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  due TEXT,
  rrule TEXT,
  working_days INTEGER NOT NULL,
  outside INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  UNIQUE (task_id, ord)
);
CREATE INDEX deadlines_due ON deadlines (due);

CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  task_id INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  text TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  UNIQUE (task_id, ord)
);

CREATE TABLE quantities (
  id INTEGER PRIMARY KEY,
  task_id INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  text TEXT NOT NULL,
  value TEXT NOT NULL,
  unit TEXT,
  comparison TEXT,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  UNIQUE (task_id, ord)
);

CREATE TABLE task_citations (
  task_id INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  citation_id INTEGER NOT NULL REFERENCES citations (id) ON DELETE CASCADE,
  PRIMARY KEY (task_id, ord)
);
CREATE INDEX task_citations_citation_id ON task_citations (citation_id);

CREATE TABLE findings (
  id INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  UNIQUE (document_id, code, detail)
);

CREATE TABLE failures (
  path TEXT PRIMARY KEY,
  sha256 TEXT,
  code TEXT NOT NULL,
  detail TEXT NOT NULL
);

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  started TEXT NOT NULL,
  ended TEXT,
  version TEXT NOT NULL,
  paths TEXT NOT NULL,
  outcome TEXT NOT NULL,
  added INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0
);

-- No foreign keys here: a correction outlives the extraction that it corrects.
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL,
  quote_hash TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  note TEXT,
  author TEXT,
  created TEXT NOT NULL,
  UNIQUE (document_id, quote_hash, field)
);

CREATE TABLE column_descriptions (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  vi TEXT NOT NULL,
  en TEXT NOT NULL,
  PRIMARY KEY (table_name, column_name)
);

-- What full text looks in, in its comparable form: markup as blanks, tones the new way; and the same
-- without diacritics. `numbers` holds each document number as one term, 38/NQ-CP as 38nqcp.
-- remove_diacritics 2 is for those who query the table itself: it folds all of a query but đ.
CREATE TABLE task_words (
  task_id INTEGER PRIMARY KEY REFERENCES tasks (id) ON DELETE CASCADE,
  words TEXT NOT NULL,
  actors TEXT NOT NULL,
  words_folded TEXT NOT NULL,
  actors_folded TEXT NOT NULL,
  headings_folded TEXT NOT NULL,
  about_folded TEXT NOT NULL,
  numbers TEXT NOT NULL
);

CREATE VIRTUAL TABLE tasks_fts USING fts5 (
  words, actors,
  content = 'task_words', content_rowid = 'task_id', tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE tasks_folded_fts USING fts5 (
  words_folded, actors_folded, headings_folded, about_folded, numbers,
  content = 'task_words', content_rowid = 'task_id', tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);

CREATE TRIGGER task_words_insert AFTER INSERT ON task_words BEGIN
  INSERT INTO tasks_fts (rowid, words, actors) VALUES (new.task_id, new.words, new.actors);
  INSERT INTO tasks_folded_fts (rowid, words_folded, actors_folded, headings_folded, about_folded, numbers)
  VALUES (new.task_id, new.words_folded, new.actors_folded, new.headings_folded, new.about_folded, new.numbers);
END;
CREATE TRIGGER task_words_delete AFTER DELETE ON task_words BEGIN
  INSERT INTO tasks_fts (tasks_fts, rowid, words, actors) VALUES ('delete', old.task_id, old.words, old.actors);
  INSERT INTO tasks_folded_fts
    (tasks_folded_fts, rowid, words_folded, actors_folded, headings_folded, about_folded, numbers)
  VALUES ('delete', old.task_id, old.words_folded, old.actors_folded, old.headings_folded, old.about_folded,
    old.numbers);
END;
CREATE TRIGGER task_words_update AFTER UPDATE ON task_words BEGIN
  INSERT INTO tasks_fts (tasks_fts, rowid, words, actors) VALUES ('delete', old.task_id, old.words, old.actors);
  INSERT INTO tasks_folded_fts
    (tasks_folded_fts, rowid, words_folded, actors_folded, headings_folded, about_folded, numbers)
  VALUES ('delete', old.task_id, old.words_folded, old.actors_folded, old.headings_folded, old.about_folded,
    old.numbers);
  INSERT INTO tasks_fts (rowid, words, actors) VALUES (new.task_id, new.words, new.actors);
  INSERT INTO tasks_folded_fts (rowid, words_folded, actors_folded, headings_folded, about_folded, numbers)
  VALUES (new.task_id, new.words_folded, new.actors_folded, new.headings_folded, new.about_folded, new.numbers);
END;

-- Views for the common questions. The day is the machine's local one.

CREATE VIEW v_register AS
SELECT
  t.id AS task_id,
  t.document_id,
  d.label AS document,
  d.date AS document_date,
  t.path,
  t.kind,
  t.text AS task,
  (SELECT group_concat(name, '; ') FROM
    (SELECT name FROM task_agencies WHERE task_id = t.id AND role = 'lead' ORDER BY ord)) AS lead_agencies,
  (SELECT group_concat(name, '; ') FROM
    (SELECT name FROM task_agencies WHERE task_id = t.id AND role = 'coordinator' ORDER BY ord))
    AS coordinating_agencies,
  (SELECT group_concat(text, '; ') FROM
    (SELECT text FROM products WHERE task_id = t.id ORDER BY ord)) AS products,
  (SELECT group_concat(text, '; ') FROM
    (SELECT text FROM deadlines WHERE task_id = t.id ORDER BY ord)) AS deadlines,
  t.due,
  CASE
    WHEN NOT EXISTS (SELECT 1 FROM deadlines WHERE task_id = t.id) THEN 'no_deadline'
    WHEN t.due IS NULL THEN 'undated'
    WHEN t.due < date('now', 'localtime') THEN 'overdue'
    WHEN t.due <= date('now', 'localtime', '+7 days') THEN 'due_soon'
    ELSE 'not_due'
  END AS state,
  t.page,
  t.span_start,
  t.span_end
FROM tasks t JOIN documents d ON d.id = t.document_id;

CREATE VIEW v_overdue AS
SELECT task_id, document_id, document, path, task, lead_agencies, coordinating_agencies, deadlines, due,
  CAST(julianday(date('now', 'localtime')) - julianday(due) AS INTEGER) AS days_late
FROM v_register WHERE state = 'overdue';

CREATE VIEW v_without_lead AS
SELECT task_id, document_id, document, path, task, deadlines, due
FROM v_register WHERE kind = 'task' AND lead_agencies IS NULL;

CREATE VIEW v_workload AS
SELECT
  a.id AS agency_id,
  a.name AS agency,
  count(DISTINCT CASE WHEN r.role = 'lead' THEN r.task_id END) AS lead,
  count(DISTINCT CASE WHEN r.role = 'coordinator' THEN r.task_id END) AS coordinator,
  count(DISTINCT CASE WHEN r.role = 'reports_to' THEN r.task_id END) AS reports_to,
  count(DISTINCT CASE WHEN r.role = 'monitors' THEN r.task_id END) AS monitors,
  count(DISTINCT CASE WHEN r.role = 'lead' AND t.due < date('now', 'localtime') THEN r.task_id END) AS overdue
FROM agencies a JOIN task_agencies r ON r.agency_id = a.id JOIN tasks t ON t.id = r.task_id
GROUP BY a.id;

CREATE VIEW v_missing_documents AS
SELECT
  n.id AS cited_id, n.label, n.type, n.number, n.name, n.date, n.year, n.issuer, n.resolved,
  count(DISTINCT c.document_id) AS cited_by,
  count(c.id) AS mentions
FROM cited_documents n JOIN citations c ON c.cited_id = n.id
WHERE n.document_id IS NULL
GROUP BY n.id;

CREATE VIEW v_lineage AS
SELECT document_id AS source_id, cited_id AS target_id, relation, detail, document_id AS stated_by, text,
  span_start, span_end
FROM citations
UNION ALL
SELECT source_id, target_id, type, NULL, document_id, text, span_start, span_end
FROM relations WHERE source_id IS NOT NULL AND target_id IS NOT NULL;
