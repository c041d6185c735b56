-- Writes a line of the ledger. ?1 tab, ?2 member, ?3 tally, ?4 digest, ?5 checksum.
INSERT INTO ledger (tab, member, tally, digest, checksum) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (tab, member) DO UPDATE SET tally = ?3, digest = ?4, checksum = ?5;
