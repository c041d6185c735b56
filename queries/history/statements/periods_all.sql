-- Every closed period. No parameters. By kind, name and revision.
SELECT kind, name, revision, starts, ends, made, facts, checksum FROM period
ORDER BY kind, name, revision;
