-- Every incident. No parameters. In order of feed and id.
SELECT feed, id, title, services, severity, started, detected, acknowledged, resolved, cause, checksum
FROM incident ORDER BY feed, id;
