-- Incidents that touch a stretch of time, also those that are still open.
--
-- Columns: id, title, service (what it touched), severity (critical, major, minor, maintenance), started_at, detected_at,
-- acknowledged_at, resolved_at (NULL: still open), cause; in the order of time.
-- Parameters: :from and :to (incidents that overlap [:from, :to)).
SELECT
  id, title, service, severity, started_at, detected_at, acknowledged_at, resolved_at, cause
FROM incidents
WHERE started_at < :to AND (resolved_at IS NULL OR resolved_at >= :from)
ORDER BY started_at, id;
