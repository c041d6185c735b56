-- The incidents of a feed. ?1 feed. In order of start, id and path.
SELECT feed, path, id, title, services, severity, started, detected, acknowledged, resolved, cause, written, checksum
FROM incident WHERE feed = ?1 ORDER BY started, id, path;
