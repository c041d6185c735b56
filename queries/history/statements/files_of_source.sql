-- The files read of a source. ?1 source. In order of the path.
SELECT source, path, bytes, modified, crc, wanted, checksum, changed, ends FROM file WHERE source = ?1 ORDER BY path;
