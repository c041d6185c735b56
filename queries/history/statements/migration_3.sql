-- The third schema: the keys of chunks, closed periods and health are under a checksum that every read looks at. No
-- parameters. Run as migration_1 is; the sums are then made anew.

-- Tables that come later are counted, too: the ledger takes any number.
ALTER TABLE ledger RENAME TO ledger_2;
CREATE TABLE ledger (
  tab INTEGER NOT NULL CHECK (tab > 0),
  member TEXT NOT NULL,
  tally INTEGER NOT NULL CHECK (tally >= 0),
  digest INTEGER NOT NULL CHECK (digest >= 0),
  checksum INTEGER NOT NULL CHECK (checksum BETWEEN 0 AND 4294967295),
  PRIMARY KEY (tab, member)
) STRICT, WITHOUT ROWID;
INSERT INTO ledger (tab, member, tally, digest, checksum)
SELECT tab, member, tally, digest, checksum FROM ledger_2;
DROP TABLE ledger_2;

PRAGMA user_version = 3;
