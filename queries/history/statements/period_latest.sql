-- The latest revision of a closed period. ?1 kind, ?2 name. At most one row.
SELECT kind, name, revision, starts, ends, made, facts, checksum FROM period
WHERE kind = ?1 AND name = ?2 ORDER BY revision DESC LIMIT 1;
