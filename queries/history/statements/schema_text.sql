-- All that the schema consists of. No parameters. In order of kind and name.
SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name;
