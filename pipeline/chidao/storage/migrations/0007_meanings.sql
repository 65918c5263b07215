-- Whom each name means: a body of the registry, an official's body, a group, another actor, or open with candidates.
-- NULL until the directive is read again.
ALTER TABLE task_agencies ADD COLUMN means TEXT;
ALTER TABLE task_agencies ADD COLUMN agency TEXT;
ALTER TABLE task_agencies ADD COLUMN agency_score REAL;
ALTER TABLE task_agencies ADD COLUMN agency_candidates TEXT;
ALTER TABLE task_agencies ADD COLUMN agency_listed INTEGER;
ALTER TABLE task_agencies ADD COLUMN office TEXT;
ALTER TABLE task_agencies ADD COLUMN relevant INTEGER;
CREATE INDEX task_agencies_agency ON task_agencies (agency, role);

-- What a group's id says, a row a kind of member: so+ban.nganh@ha.noi is (so, ha.noi) and (ban.nganh, ha.noi).
CREATE TABLE group_members (
  agency TEXT NOT NULL,
  member TEXT NOT NULL,
  scope TEXT NOT NULL,
  PRIMARY KEY (agency, member)
) WITHOUT ROWID;
CREATE INDEX group_members_member ON group_members (member, scope);
