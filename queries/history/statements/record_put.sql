-- Writes a record. ?1 kind, ?2 member, ?3 name, ?4 starts, ?5 ends, ?6 number, ?7 words, ?8 checksum.
INSERT INTO record (kind, member, name, starts, ends, number, words, checksum)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (kind, member, name)
DO UPDATE SET starts = ?4, ends = ?5, number = ?6, words = ?7, checksum = ?8;
