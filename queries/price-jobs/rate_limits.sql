-- How many of our requests shops refused on each full day in UTC, because there were too many.
--
-- The day of the first run and the one that is still going are left out.
--
-- Columns: at (noon of the day), value; in the order of time.
-- Parameters: :from and :to (days in [:from, :to)).
SELECT day + INTERVAL '12 hours' AS at, runs.value
FROM generate_series(
  date_bin('1 day', :from + INTERVAL '1 day - 1 microsecond', TIMESTAMPTZ '2000-01-01 00:00Z'),
  :to - INTERVAL '1 day',
  INTERVAL '1 day') AS day
CROSS JOIN LATERAL (
  SELECT coalesce(sum(rate_limit_errors), 0) AS value
  FROM scrape_runs
  WHERE started_at >= day AND started_at < day + INTERVAL '1 day'
) AS runs
WHERE day >= (SELECT min(started_at) FROM scrape_runs)
ORDER BY at;
