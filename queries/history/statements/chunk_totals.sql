-- How many chunks a series has, and the sum of their seals (see Chunk.seal). ?1 series. One row.
-- A key that no chunk can have is not counted, so that no number here passes 2^61.
SELECT count(*), coalesce(sum((checksum + 1) * ((day + 200000) * 1441 + step) % 2147483647), 0) FROM chunk
WHERE series = ?1 AND day BETWEEN -200000 AND 200000 AND step BETWEEN 1 AND 1440
  AND checksum BETWEEN 0 AND 4294967295;
