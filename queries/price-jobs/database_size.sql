-- The size of the database now, in bytes: its growth is known from the day on which this is first asked.
--
-- Columns: at, value.
-- Parameters: none.
SELECT now() AS at, pg_database_size(current_database()) AS value;
