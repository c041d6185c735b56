-- The latest revision of a closed period, up to a number. ?1 kind, ?2 name, ?3 revision. At most one row.
SELECT kind, name, revision, starts, ends, made, facts, checksum FROM period
WHERE kind = ?1 AND name = ?2 AND revision <= ?3 ORDER BY revision DESC LIMIT 1;
