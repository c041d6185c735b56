-- Every chunk. No parameters. In order of series, day and step.
SELECT series, day, step, ends, checksum, cells FROM chunk ORDER BY series, day, step;
