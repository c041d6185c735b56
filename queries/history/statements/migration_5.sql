-- The fifth schema: which file an incident is from, and rows that could not be used. No parameters. Run as migration_1 is.

-- What the rows of a feed's incidents say, times in nanoseconds since the epoch; NULL is unknown, and for `resolved`
-- still open. `path` is the file, and `written` when it was; of queries, and of rows from earlier schemas, there is none.
-- `services` are separated by U+001F. Severity 4 is a withdrawn incident; 5 is a row that could not be used: `started` and `resolved` are the time
-- in which its incident may be.
ALTER TABLE incident RENAME TO incident_3;
CREATE TABLE incident (
  feed TEXT NOT NULL,
  path TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  services TEXT NOT NULL,
  severity INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 5),
  started INTEGER NOT NULL,
  detected INTEGER,
  acknowledged INTEGER,
  resolved INTEGER CHECK (resolved >= started),
  cause TEXT,
  written INTEGER,
  checksum INTEGER NOT NULL CHECK (checksum BETWEEN 0 AND 4294967295),
  PRIMARY KEY (feed, path, id)
) STRICT, WITHOUT ROWID;
INSERT INTO incident (
  feed, path, id, title, services, severity, started, detected, acknowledged, resolved, cause, written, checksum)
SELECT feed, '', id, title, services, severity, started, detected, acknowledged, resolved, cause, NULL, checksum
FROM incident_3;
DROP TABLE incident_3;

-- Rows of incidents that could not be used were cells of a series. Their files and queries are read again.
DELETE FROM chunk WHERE series IN (SELECT id FROM series WHERE substr(key, 1, 1) = x'2F');
DELETE FROM series WHERE substr(key, 1, 1) = x'2F';
DELETE FROM file WHERE substr(source, 1, 1) = '/';
DELETE FROM ledger WHERE tab IN (1, 3) AND substr(member, 1, 1) = '/';

PRAGMA user_version = 5;
