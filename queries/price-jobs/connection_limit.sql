-- The connections that the server has for clients now: those kept for superusers are not among them.
--
-- Columns: at, value.
-- Parameters: none.
SELECT
  now() AS at,
  current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer AS value;
