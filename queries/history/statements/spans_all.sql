-- Every span. No parameters. In order of source and start.
SELECT source, starts, ends, checksum FROM span ORDER BY source, starts;
