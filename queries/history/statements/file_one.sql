-- One file. ?1 source, ?2 path. At most one row.
SELECT source, path, bytes, modified, crc, wanted, changed, ends, checksum FROM file WHERE source = ?1 AND path = ?2;
