-- The size of each table now with its indexes, in bytes: growth is known from the day on which this is first asked.
--
-- Columns: at, table_name (a label), value.
-- Parameters: none.
SELECT now() AS at, relname AS table_name, pg_total_relation_size(relid) AS value
FROM pg_stat_user_tables
ORDER BY table_name;
