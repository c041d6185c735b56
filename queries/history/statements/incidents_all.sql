-- Every incident. No parameters. In order of feed, path and id.
SELECT feed, path, id, title, services, severity, started, detected, acknowledged, resolved, cause, written, checksum
FROM incident ORDER BY feed, path, id;
