-- Every series. No parameters. In order of the key.
SELECT id, key, kind, starts, ends, chunks, digest, checksum FROM series ORDER BY key;
