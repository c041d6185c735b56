-- Writes a chunk. ?1 series, ?2 day, ?3 step, ?4 ends, ?5 cells, ?6 checksum.
INSERT INTO chunk (series, day, step, ends, cells, checksum)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (series, day, step) DO UPDATE SET ends = ?4, cells = ?5, checksum = ?6;
