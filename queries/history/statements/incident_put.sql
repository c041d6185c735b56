-- Writes an incident. ?1 feed, ?2 path, ?3 id, ?4 title, ?5 services, ?6 severity, ?7 started, ?8 detected,
-- ?9 acknowledged, ?10 resolved, ?11 cause, ?12 written, ?13 checksum.
INSERT INTO incident (
  feed, path, id, title, services, severity, started, detected, acknowledged, resolved, cause, written, checksum)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
ON CONFLICT (feed, path, id)
DO UPDATE SET title = ?4, services = ?5, severity = ?6, started = ?7, detected = ?8, acknowledged = ?9,
  resolved = ?10, cause = ?11, written = ?12, checksum = ?13;
