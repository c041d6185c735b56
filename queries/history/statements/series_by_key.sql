-- One series. ?1 its key. At most one row.
SELECT id, key, kind, starts, ends, chunks, digest, checksum FROM series WHERE key = ?1;
