-- Every chunk. No parameters. In order of series, day and step.
SELECT series, day, step, ends, cells, checksum FROM chunk ORDER BY series, day, step;
