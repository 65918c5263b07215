-- Names completed from a heading, groups of listed places, and what bodies owe as members of groups.
ALTER TABLE task_agencies ADD COLUMN inferred INTEGER;

-- A group may have a kind of member in several places: uy.ban.nhan.dan.cap.tinh@nghe.an,ha.tinh.
CREATE TABLE new_group_members (
  agency TEXT NOT NULL,
  member TEXT NOT NULL,
  scope TEXT NOT NULL,
  PRIMARY KEY (agency, member, scope)
) WITHOUT ROWID;
INSERT INTO new_group_members SELECT agency, member, scope FROM group_members;
DROP TABLE group_members;
ALTER TABLE new_group_members RENAME TO group_members;
CREATE INDEX group_members_member ON group_members (member, scope);

-- The kinds of members that each body of `bodies` is, with the scopes of groups that may speak of it; without rows for
-- bodies of directives that were read before.
CREATE TABLE body_memberships (
  body TEXT NOT NULL REFERENCES bodies (id),
  member TEXT NOT NULL,
  scope TEXT NOT NULL,
  PRIMARY KEY (body, member, scope)
) WITHOUT ROWID;
CREATE INDEX body_memberships_member ON body_memberships (member, scope);

-- What each body owes today as a member of a group, of the bodies that some directive names and those after them.
CREATE VIEW v_group_obligations AS
SELECT DISTINCT w.today_id, w.today, r.role, w.body_id, w.body, r.agency AS group_id, r.relevant, w.decides, w.steps,
  r.name AS named, r.agency_score, t.id AS task_id, t.document_id, d.label AS document, d.date AS document_date, t.path,
  t.text AS task, t.due, t.page, r.span_start, r.span_end
FROM task_agencies r
JOIN group_members g ON g.agency = r.agency
JOIN body_memberships m ON m.member = g.member AND m.scope = g.scope
JOIN bodies b ON b.id = m.body
JOIN v_bodies_today w ON w.body_id = b.id
JOIN tasks t ON t.id = r.task_id
JOIN documents d ON d.id = t.document_id
WHERE coalesce(b.valid_from, '') <= coalesce(d.date, d.year || '-12-31', '9999')
  AND coalesce(b.valid_to, '9999') >= coalesce(d.date, d.year || '-12-31', '')
  AND (d.date IS NULL OR d.date <= date('now', 'localtime'));
