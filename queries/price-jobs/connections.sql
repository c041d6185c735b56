-- The connections of all clients of the server now; those of others are counted without a right to see them.
--
-- Columns: at, value.
-- Parameters: none.
SELECT now() AS at, sum(numbackends) AS value FROM pg_stat_database;
