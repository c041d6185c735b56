-- The connections that the server has for clients now: those reserved for superusers and others are not among them.
--
-- Columns: at, value.
-- Parameters: none.
SELECT
  now() AS at,
  current_setting('max_connections')::integer
    - current_setting('superuser_reserved_connections')::integer
    - coalesce(current_setting('reserved_connections', true)::integer, 0) AS value;
