-- The series of a source. ?1 the lowest key, ?2 the first key that is too high. In order of the key.
SELECT id, key, kind, starts, ends, chunks, digest, checksum FROM series
WHERE key >= ?1 AND key < ?2 ORDER BY key;
