-- Writes an incident. ?1 feed, ?2 id, ?3 title, ?4 services, ?5 severity, ?6 started, ?7 detected, ?8 acknowledged,
-- ?9 resolved, ?10 cause, ?11 checksum.
INSERT INTO incident (feed, id, title, services, severity, started, detected, acknowledged, resolved, cause, checksum)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT (feed, id)
DO UPDATE SET title = ?3, services = ?4, severity = ?5, started = ?6, detected = ?7, acknowledged = ?8,
  resolved = ?9, cause = ?10, checksum = ?11;
