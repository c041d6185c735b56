-- The chunks of a series. ?1 series, ?2 first day, ?3 last day. By day, longer steps first.
SELECT series, day, step, ends, cells, checksum FROM chunk
WHERE series = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day, step DESC;
