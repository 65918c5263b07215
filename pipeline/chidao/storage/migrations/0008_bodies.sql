-- Bodies of the registry that the directives name, what became of them, and whom they owe what today.

CREATE TABLE bodies (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  level TEXT NOT NULL,
  category TEXT NOT NULL,
  place TEXT,
  valid_from TEXT,
  valid_to TEXT,
  basis TEXT,
  verified INTEGER NOT NULL
) WITHOUT ROWID;

-- `scope`: the province for which a region holds the work, '' elsewhere; `target` NULL: nobody took over, `reason` why.
CREATE TABLE body_changes (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL REFERENCES bodies (id),
  scope TEXT NOT NULL,
  target TEXT REFERENCES bodies (id),
  target_scope TEXT,
  type TEXT NOT NULL,
  date TEXT NOT NULL,
  decides TEXT,
  basis TEXT NOT NULL,
  evidence TEXT NOT NULL,
  verified INTEGER NOT NULL,
  reason TEXT
);
CREATE INDEX body_changes_source ON body_changes (source, scope);
CREATE INDEX body_changes_target ON body_changes (target);

-- Where the work of each body is today: `decides` what must hold for it, where a split left several.
CREATE VIEW v_bodies_today AS
WITH RECURSIVE held (origin, body, scope, decides, steps) AS (
  SELECT id, id, '', NULL, 0 FROM bodies
  UNION
  SELECT h.origin, c.target, c.target_scope,
    CASE WHEN c.decides IS NULL THEN h.decides WHEN h.decides IS NULL THEN c.decides
      ELSE h.decides || '; ' || c.decides END,
    h.steps + 1
  FROM held h JOIN body_changes c ON c.source = h.body AND c.scope = h.scope
  WHERE c.target IS NOT NULL AND c.date <= date('now', 'localtime') AND h.steps < 12
)
SELECT h.origin AS body_id, o.name AS body, o.valid_to AS ended, b.id AS today_id, b.name AS today, h.decides,
  h.steps
FROM held h JOIN bodies o ON o.id = h.origin JOIN bodies b ON b.id = h.body
WHERE coalesce(b.valid_to, '9999') >= date('now', 'localtime')
  AND coalesce(b.valid_from, '') <= date('now', 'localtime');

-- What each body owes today: what it was given itself (steps 0) and what came to it from bodies that ended.
CREATE VIEW v_obligations AS
SELECT w.today_id, w.today, r.role, w.body_id, w.body, w.decides, w.steps, r.name AS named, r.agency_score,
  t.id AS task_id, t.document_id, d.label AS document, d.date AS document_date, t.path, t.text AS task, t.due, t.page,
  r.span_start, r.span_end
FROM task_agencies r
JOIN v_bodies_today w ON w.body_id = r.agency
JOIN tasks t ON t.id = r.task_id
JOIN documents d ON d.id = t.document_id;

-- Bodies with tasks that no longer exist, and where their work went.
CREATE VIEW v_ended_bodies AS
SELECT b.id AS body_id, b.name AS body, b.valid_to AS ended, count(DISTINCT r.task_id) AS tasks,
  (SELECT group_concat(today, '; ') FROM (SELECT DISTINCT today FROM v_bodies_today WHERE body_id = b.id)) AS today,
  (SELECT min(reason) FROM body_changes WHERE source = b.id AND target IS NULL) AS reason
FROM bodies b JOIN task_agencies r ON r.agency = b.id
WHERE b.valid_to < date('now', 'localtime')
GROUP BY b.id;

CREATE VIEW v_several_leads AS
SELECT t.id AS task_id, t.document_id, d.label AS document, t.path, t.text AS task,
  group_concat(r.name, '; ') AS leads, count(*) AS count
FROM tasks t JOIN task_agencies r ON r.task_id = t.id AND r.role = 'lead' JOIN documents d ON d.id = t.document_id
WHERE t.kind = 'task'
GROUP BY t.id HAVING count(*) > 1;
