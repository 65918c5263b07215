-- The graph: what each mention calls a document, since when a directive is in force, edges with one name each,
-- and who answers for what. An edge's type is the finer word where there is one; see knowledge/edge_types.tsv.
ALTER TABLE citations ADD COLUMN title TEXT;
ALTER TABLE citations ADD COLUMN title_start INTEGER;
ALTER TABLE citations ADD COLUMN title_end INTEGER;
ALTER TABLE citations ADD COLUMN name_key TEXT;
ALTER TABLE citations ADD COLUMN source_id TEXT NOT NULL DEFAULT '';
UPDATE citations SET source_id = (SELECT base_id FROM documents WHERE id = document_id);
ALTER TABLE citations ADD COLUMN edge TEXT GENERATED ALWAYS AS (
  CASE
    WHEN detail IN ('guides', 'consolidates', 'corrects', 'extends', 'suspends', 'issued_with', 'continues',
      'proposed_by') THEN detail
    ELSE relation
  END) VIRTUAL;
DROP INDEX citations_cited_id;
CREATE INDEX citations_down ON citations (cited_id, edge, source_id);
CREATE INDEX citations_up ON citations (source_id, edge, cited_id);
CREATE INDEX citations_name_key ON citations (name_key);

ALTER TABLE relations ADD COLUMN provision TEXT;
DROP INDEX relations_source_id;
DROP INDEX relations_target_id;
CREATE INDEX relations_up ON relations (source_id, type, target_id);
CREATE INDEX relations_down ON relations (target_id, type, source_id);

-- From when and until when a directive says that it is in force (kind: from, until).
CREATE TABLE effects (
  id INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('from', 'until')),
  date TEXT NOT NULL,
  text TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  UNIQUE (document_id, kind, span_start)
);

-- Ids under which a directive was known before: that of its content, until its number turned up.
CREATE TABLE document_aliases (
  alias TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE
);
CREATE INDEX document_aliases_document_id ON document_aliases (document_id);

DROP VIEW v_lineage;
CREATE VIEW v_lineage AS
SELECT source_id, cited_id AS target_id, relation, detail, edge AS type, document_id AS stated_by,
  0 AS third_party, text, provision, span_start, span_end
FROM citations
UNION ALL
SELECT source_id, target_id, type, NULL, type, document_id, 1, text, provision, span_start, span_end
FROM relations WHERE source_id IS NOT NULL AND target_id IS NOT NULL;

-- What is said of each document: by those who cite it, and by its own header where it is held (own = 1).
CREATE VIEW v_document_claims AS
SELECT cited_id, 'type' AS field, type AS value, 0 AS own, count(DISTINCT document_id) AS documents, count(*) AS mentions
FROM citations WHERE type IS NOT NULL GROUP BY cited_id, type
UNION ALL SELECT cited_id, 'number', number, 0, count(DISTINCT document_id), count(*)
FROM citations WHERE number IS NOT NULL GROUP BY cited_id, number
UNION ALL SELECT cited_id, 'name', name, 0, count(DISTINCT document_id), count(*)
FROM citations WHERE name IS NOT NULL GROUP BY cited_id, name
UNION ALL SELECT cited_id, 'title', title, 0, count(DISTINCT document_id), count(*)
FROM citations WHERE title IS NOT NULL GROUP BY cited_id, title
UNION ALL SELECT cited_id, 'date', date, 0, count(DISTINCT document_id), count(*)
FROM citations WHERE date IS NOT NULL GROUP BY cited_id, date
UNION ALL SELECT cited_id, 'issuer', issuer, 0, count(DISTINCT document_id), count(*)
FROM citations WHERE issuer IS NOT NULL GROUP BY cited_id, issuer
UNION ALL SELECT DISTINCT base_id, 'type', type, 1, 1, 1 FROM documents WHERE type IS NOT NULL
UNION ALL SELECT DISTINCT base_id, 'number', number, 1, 1, 1 FROM documents WHERE number IS NOT NULL
UNION ALL SELECT DISTINCT base_id, 'title', title, 1, 1, 1 FROM documents WHERE title IS NOT NULL
UNION ALL SELECT DISTINCT base_id, 'date', date, 1, 1, 1 FROM documents WHERE date IS NOT NULL
UNION ALL SELECT DISTINCT base_id, 'issuer', issuer, 1, 1, 1 FROM documents WHERE issuer IS NOT NULL;

-- What the corpus tells of a document's validity: who changed or ended it, since which day. `provision` is set
-- where only a part is concerned. A year alone is no day: `since` is then NULL, `year` says what is known.
CREATE VIEW v_validity AS
SELECT l.target_id AS document_id, l.type AS change, l.source_id AS by_id,
  coalesce((SELECT min(date) FROM effects e WHERE e.document_id = l.source_id AND e.kind = 'from'), d.date, n.date)
    AS since,
  coalesce(d.year, n.year) AS year, l.provision, l.stated_by, l.third_party, l.text, l.span_start, l.span_end
FROM v_lineage l
LEFT JOIN documents d ON d.id = l.source_id
LEFT JOIN cited_documents n ON n.id = l.source_id
WHERE l.type IN ('amends', 'replaces', 'repeals', 'extends', 'corrects', 'suspends')
UNION ALL
SELECT d.base_id, CASE kind WHEN 'until' THEN 'expires' ELSE 'in_force' END, d.base_id, e.date, NULL, NULL,
  e.document_id, 0, e.text, e.span_start, e.span_end
FROM effects e JOIN documents d ON d.id = e.document_id;

-- Who answers for what: body -> task; the task is part of document_id.
CREATE VIEW v_responsibility AS
SELECT r.agency_id, a.name AS agency,
  CASE
    WHEN r.role = 'lead' AND r.mood = 'request' THEN 'requested'
    WHEN r.role = 'lead' THEN 'leads'
    WHEN r.role = 'coordinator' THEN 'coordinates'
    ELSE r.role
  END AS relation,
  r.source, r.mood, r.confidence, t.id AS task_id, t.key AS task_key, t.label AS task, t.kind, t.document_id,
  r.span_start, r.span_end
FROM task_agencies r JOIN agencies a ON a.id = r.agency_id JOIN tasks t ON t.id = r.task_id;

-- An open mention is no document: those of the same words stand together here, and say from how many nodes they come.
DROP VIEW v_missing_documents;
CREATE VIEW v_missing_documents AS
SELECT
  CASE WHEN n.resolved THEN n.id ELSE substr(n.id, 1, instr(n.id || '@', '@') - 1) END AS cited_id,
  min(n.label) AS label, min(n.type) AS type, min(n.number) AS number, min(n.name) AS name,
  min(n.date) AS date, min(n.year) AS year, min(n.issuer) AS issuer, n.resolved,
  count(DISTINCT c.document_id) AS cited_by,
  count(c.id) AS mentions
FROM cited_documents n JOIN citations c ON c.cited_id = n.id
WHERE n.document_id IS NULL
GROUP BY 1;
