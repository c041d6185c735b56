-- How many runs started on each full day in UTC.
--
-- A day without a run is a row with 0. The day of the first run and the one that is still going are left out, because they would look
-- like days with few runs.
--
-- Columns: at (noon of the day), value; in the order of time.
-- Parameters: :from and :to (days in [:from, :to)).
SELECT day + INTERVAL '12 hours' AS at, runs.value
FROM generate_series(
  date_bin('1 day', :from + INTERVAL '1 day - 1 microsecond', TIMESTAMPTZ '2000-01-01 00:00Z'),
  :to - INTERVAL '1 day',
  INTERVAL '1 day') AS day
CROSS JOIN LATERAL (
  SELECT count(*) AS value
  FROM scrape_runs
  WHERE started_at >= day AND started_at < day + INTERVAL '1 day'
) AS runs
WHERE day >= (SELECT min(started_at) FROM scrape_runs)
ORDER BY at;
