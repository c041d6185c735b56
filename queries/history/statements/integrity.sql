-- What SQLite itself finds wrong. No parameters. One row "ok", or one for each finding.
PRAGMA integrity_check;
