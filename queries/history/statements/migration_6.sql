-- The sixth schema: what a run leaves for the next ones to know. No parameters. Run as migration_1 is.

-- Columns that a kind does not use are NULL, and times in nanoseconds since the epoch. By `kind`:
-- 9, what could not be read: member = feed, name = path, starts = when it was noticed, ends = the newest time that
--    may be in it (NULL is unknown), words = the reason.
-- 10, what a feed is read for: member = feed, name = the selector, starts = from when on it was read (NULL is from the
--    beginning), ends = the first instant with data.
-- 11, what an objective was: member = its name, name = the number, starts = since when, number = the objective in parts
--    per billion, words = the window.
-- 12, the newest time of the clock at which a pull brought something: starts.
CREATE TABLE record (
  kind INTEGER NOT NULL,
  member TEXT NOT NULL,
  name TEXT NOT NULL,
  starts INTEGER,
  ends INTEGER,
  number INTEGER,
  words TEXT,
  checksum INTEGER NOT NULL CHECK (checksum BETWEEN 0 AND 4294967295),
  PRIMARY KEY (kind, member, name)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 6;
