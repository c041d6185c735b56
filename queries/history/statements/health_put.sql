-- Writes the health of a source. ?1 source, ?2 failures, ?3 opened, ?4 throttles, ?5 not_before, ?6 checksum.
INSERT INTO health (source, failures, opened, throttles, not_before, checksum)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (source)
DO UPDATE SET failures = ?2, opened = ?3, throttles = ?4, not_before = ?5, checksum = ?6;
