-- Series with cells that start before a minute, a thousand at a time. ?1 the id after which to go on, ?2 the minute.
-- In order of the id.
SELECT id, key, kind, starts, ends, chunks, digest, checksum FROM series
WHERE id > ?1 AND starts < ?2 AND chunks > 0 ORDER BY id LIMIT 1000;
