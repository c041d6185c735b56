-- The second schema: incidents, and what is known of the health of sources. No parameters. Run as migration_1 is.

-- The incidents of a feed, times in nanoseconds since the epoch; NULL is unknown, and for `resolved` still open.
-- `services` are separated by U+001F.
CREATE TABLE incident (
  feed TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  services TEXT NOT NULL,
  severity INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 3),
  started INTEGER NOT NULL,
  detected INTEGER,
  acknowledged INTEGER,
  resolved INTEGER CHECK (resolved >= started),
  cause TEXT,
  checksum INTEGER NOT NULL CHECK (checksum BETWEEN 0 AND 4294967295),
  PRIMARY KEY (feed, id)
) STRICT, WITHOUT ROWID;

-- Failures of a source that later runs must know of, times in nanoseconds since the epoch.
CREATE TABLE health (
  source TEXT PRIMARY KEY,
  failures INTEGER NOT NULL CHECK (failures >= 0),
  opened INTEGER,
  throttles INTEGER NOT NULL CHECK (throttles >= 0),
  not_before INTEGER,
  checksum INTEGER NOT NULL CHECK (checksum BETWEEN 0 AND 4294967295)
) STRICT, WITHOUT ROWID;

-- The ledger also counts incidents (7), whose group is the feed.
ALTER TABLE ledger RENAME TO ledger_1;
CREATE TABLE ledger (
  tab INTEGER NOT NULL CHECK (tab IN (1, 3, 4, 5, 7)),
  member TEXT NOT NULL,
  tally INTEGER NOT NULL CHECK (tally >= 0),
  digest INTEGER NOT NULL CHECK (digest >= 0),
  checksum INTEGER NOT NULL CHECK (checksum BETWEEN 0 AND 4294967295),
  PRIMARY KEY (tab, member)
) STRICT, WITHOUT ROWID;
INSERT INTO ledger (tab, member, tally, digest, checksum)
SELECT tab, member, tally, digest, checksum FROM ledger_1;
DROP TABLE ledger_1;

PRAGMA user_version = 2;
