-- Writes a file. ?1 source, ?2 path, ?3 bytes, ?4 modified, ?5 crc, ?6 wanted, ?7 changed, ?8 ends,
-- ?9 checksum.
INSERT INTO file (source, path, bytes, modified, crc, wanted, changed, ends, checksum)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (source, path)
DO UPDATE SET bytes = ?3, modified = ?4, crc = ?5, wanted = ?6, changed = ?7, ends = ?8, checksum = ?9;
