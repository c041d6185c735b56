-- The health of a source. ?1 source.
SELECT source, failures, opened, throttles, not_before, checksum FROM health WHERE source = ?1;
