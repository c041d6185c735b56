-- At each full hour, how many prices changed in the hour before.
--
-- Looking back makes every row complete, whatever the moment of the pull: the row of 10:00 holds 09:00 to 10:00 and is there
-- from 10:00 on. An hour without a change is a row with 0, not a missing one.
--
-- Columns: bucket, value; in the order of time.
-- Parameters: :from and :to (full hours in [:from, :to)).
SELECT hour AS bucket, changes.value
FROM generate_series(
  date_bin('1 hour', :from + INTERVAL '1 hour - 1 microsecond', TIMESTAMPTZ '2000-01-01 00:00Z'),
  :to - INTERVAL '1 microsecond',
  INTERVAL '1 hour') AS hour
CROSS JOIN LATERAL (
  SELECT count(*) AS value
  FROM prices
  WHERE scraped_at >= hour - INTERVAL '1 hour' AND scraped_at < hour
) AS changes
ORDER BY bucket;
