-- A file may hold several documents, a document may lie in several files: which is which. Digital signatures are
-- the file's; those of files that were read before are not known.
CREATE TABLE new_files (
  sha256 TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  size INTEGER NOT NULL,
  pages INTEGER,
  warnings TEXT NOT NULL,
  version TEXT NOT NULL,
  documents INTEGER NOT NULL,
  signatures TEXT NOT NULL
);
INSERT INTO new_files SELECT sha256, name, format, size, pages, warnings, version, 1, '[]' FROM files;

CREATE TABLE new_file_paths (
  path TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL REFERENCES new_files (sha256) ON DELETE CASCADE
);
INSERT INTO new_file_paths SELECT path, sha256 FROM file_paths;

CREATE TABLE renditions (
  sha256 TEXT NOT NULL REFERENCES new_files (sha256) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  preferred INTEGER NOT NULL CHECK (preferred IN (0, 1)),
  PRIMARY KEY (sha256, ord)
);
INSERT INTO renditions SELECT sha256, 1, document_id, preferred FROM files WHERE document_id IS NOT NULL;

DROP TABLE file_paths;
DROP TABLE files;
ALTER TABLE new_files RENAME TO files;
ALTER TABLE new_file_paths RENAME TO file_paths;
CREATE INDEX file_paths_sha256 ON file_paths (sha256);
CREATE INDEX renditions_document_id ON renditions (document_id);
CREATE UNIQUE INDEX renditions_one_preferred ON renditions (document_id) WHERE preferred = 1;

-- What is issued with a document and has no number of its own: the plan under a decision, each annex.
CREATE TABLE parts (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  label TEXT,
  type TEXT,
  title TEXT,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  PRIMARY KEY (document_id, ord)
);
