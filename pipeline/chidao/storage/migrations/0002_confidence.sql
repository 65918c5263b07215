-- The chance that a record is right, from 0 to 1; NULL until its directive is read again.
ALTER TABLE tasks ADD COLUMN confidence REAL;
ALTER TABLE task_agencies ADD COLUMN confidence REAL;
ALTER TABLE deadlines ADD COLUMN confidence REAL;
ALTER TABLE citations ADD COLUMN confidence REAL;
