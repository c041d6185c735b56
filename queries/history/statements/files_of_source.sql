-- The files read of a source. ?1 source. In order of the path.
SELECT source, path, bytes, modified, crc, wanted, changed, ends, checksum FROM file WHERE source = ?1 ORDER BY path;
