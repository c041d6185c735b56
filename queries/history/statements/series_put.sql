-- Writes a series. ?1 id, ?2 key, ?3 kind, ?4 starts, ?5 ends, ?6 chunks, ?7 digest, ?8 checksum.
INSERT INTO series (id, key, kind, starts, ends, chunks, digest, checksum)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (id) DO UPDATE SET
  starts = ?4, ends = ?5, chunks = ?6, digest = ?7, checksum = ?8;
