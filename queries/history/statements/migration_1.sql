-- The first schema. No parameters. Run in one transaction, which also sets user_version.
-- Every row carries the CRC-32 of its columns; `series` sums up its chunks, and `ledger` sums up the other
-- tables for each source, so that a row that is gone is noticed as well as one that has changed.

-- What a chunk belongs to. `starts` and `ends` are minutes since the epoch and enclose all its cells.
CREATE TABLE series (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  key BLOB NOT NULL UNIQUE,
  kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
  starts INTEGER NOT NULL,
  ends INTEGER NOT NULL CHECK (ends >= starts),
  chunks INTEGER NOT NULL CHECK (chunks >= 0),
  digest INTEGER NOT NULL CHECK (digest >= 0),
  checksum INTEGER NOT NULL CHECK (checksum BETWEEN 0 AND 4294967295)
) STRICT;

-- The cells of one series that start in one UTC day (days since the epoch), of one length (minutes).
-- `ends` is the minute in which the last of them ends.
CREATE TABLE chunk (
  series INTEGER NOT NULL REFERENCES series (id) DEFERRABLE INITIALLY DEFERRED,
  day INTEGER NOT NULL,
  step INTEGER NOT NULL CHECK (step IN (1, 5, 60, 1440)),
  ends INTEGER NOT NULL,
  checksum INTEGER NOT NULL CHECK (checksum BETWEEN 0 AND 4294967295),
  cells BLOB NOT NULL CHECK (length(cells) BETWEEN 1 AND 1048576),
  PRIMARY KEY (series, day, step)
) STRICT, WITHOUT ROWID;

-- The files that have been read. `modified` is in nanoseconds since the epoch; `wanted` is the CRC-32 of the
-- selectors a file was read for.
CREATE TABLE file (
  source TEXT NOT NULL,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  modified INTEGER NOT NULL,
  crc INTEGER NOT NULL CHECK (crc BETWEEN 0 AND 4294967295),
  wanted INTEGER NOT NULL CHECK (wanted BETWEEN 0 AND 4294967295),
  checksum INTEGER NOT NULL CHECK (checksum BETWEEN 0 AND 4294967295),
  PRIMARY KEY (source, path)
) STRICT, WITHOUT ROWID;

-- The spans of time that a source covers, in nanoseconds since the epoch; they neither touch nor overlap.
CREATE TABLE span (
  source TEXT NOT NULL,
  starts INTEGER NOT NULL,
  ends INTEGER NOT NULL CHECK (ends > starts),
  checksum INTEGER NOT NULL CHECK (checksum BETWEEN 0 AND 4294967295),
  PRIMARY KEY (source, starts)
) STRICT, WITHOUT ROWID;

-- Closed periods. A later look at one is a new revision, never a change of the row.
CREATE TABLE period (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 0),
  starts INTEGER NOT NULL,
  ends INTEGER NOT NULL CHECK (ends >= starts),
  made INTEGER NOT NULL,
  facts BLOB NOT NULL,
  checksum INTEGER NOT NULL CHECK (checksum BETWEEN 0 AND 4294967295),
  PRIMARY KEY (kind, name, revision)
) STRICT, WITHOUT ROWID;

-- How many rows a table (1 series, 3 file, 4 span, 5 period) holds of a group, and the sum of their checksums.
-- The group is the source; of periods, the kind.
CREATE TABLE ledger (
  tab INTEGER NOT NULL CHECK (tab IN (1, 3, 4, 5)),
  member TEXT NOT NULL,
  tally INTEGER NOT NULL CHECK (tally >= 0),
  digest INTEGER NOT NULL CHECK (digest >= 0),
  checksum INTEGER NOT NULL CHECK (checksum BETWEEN 0 AND 4294967295),
  PRIMARY KEY (tab, member)
) STRICT, WITHOUT ROWID;

-- "SLOr", and the number of this schema.
PRAGMA application_id = 1397510002;
PRAGMA user_version = 1;
