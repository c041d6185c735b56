-- The spans that a source covers. ?1 source. In order of the start.
SELECT source, starts, ends, checksum FROM span WHERE source = ?1 ORDER BY starts;
