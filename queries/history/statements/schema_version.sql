-- The schema's number. No parameters. One row.
PRAGMA user_version;
