-- Every record. No parameters. In order of kind, member and name.
SELECT kind, member, name, starts, ends, number, words, checksum FROM record ORDER BY kind, member, name;
