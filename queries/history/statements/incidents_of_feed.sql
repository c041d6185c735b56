-- The incidents of a feed. ?1 feed. In order of start and id.
SELECT feed, id, title, services, severity, started, detected, acknowledged, resolved, cause, checksum
FROM incident WHERE feed = ?1 ORDER BY started, id;
