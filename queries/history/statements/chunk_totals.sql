-- How many chunks a series has, and the sum of their checksums. ?1 series. One row.
SELECT count(*), coalesce(sum(checksum), 0) FROM chunk WHERE series = ?1;
