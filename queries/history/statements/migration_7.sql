-- The seventh schema: how far a query was answered is a record. No parameters. Run as migration_1 is; the marks that
-- queries had among the files are then taken over.

-- 13, how far a query was answered: member = feed, name = the file of the query, number = checksum of what was asked,
--    ends = up to when an answer that was cut short reaches (NULL is to its end).
PRAGMA user_version = 7;
