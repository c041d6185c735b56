-- How many prices changed in each full hour.
--
-- An hour without a change is a row with 0, not a missing one. The hour that is still going is left out, because it would look like
-- one with few changes; the next pull brings it.
--
-- Columns: bucket, value; in the order of time.
-- Parameters: :from and :to (hours in [:from, :to)).
SELECT hour AS bucket, changes.value
FROM generate_series(
  date_bin('1 hour', :from + INTERVAL '1 hour - 1 microsecond', TIMESTAMPTZ '2000-01-01 00:00Z'),
  :to - INTERVAL '1 hour',
  INTERVAL '1 hour') AS hour
CROSS JOIN LATERAL (
  SELECT count(*) AS value
  FROM prices
  WHERE scraped_at >= hour AND scraped_at < hour + INTERVAL '1 hour'
) AS changes
ORDER BY bucket;
