-- Every file read. No parameters. In order of source and path.
SELECT source, path, bytes, modified, crc, wanted, changed, ends, checksum FROM file ORDER BY source, path;
