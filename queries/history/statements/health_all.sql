-- The health of every source. No parameters. In order of the source.
SELECT source, failures, opened, throttles, not_before, checksum FROM health ORDER BY source;
