-- Runs, and how many of them succeeded.
--
-- A run that read only some of its products (partial) does not count as good: a customer of the rest sees old prices.
-- If your team sees that otherwise, write  status IN ('ok', 'partial').  A run that is still going is counted once it ends.
--
-- Columns: bucket, job_type (full, price; a label), good, total; in the order of time.
-- Parameters: :from and :to (runs that start in [:from, :to)), :step (length of a bucket).
SELECT
  date_bin(:step, started_at, TIMESTAMPTZ '2000-01-01 00:00Z') AS bucket,
  job_type,
  count(*) FILTER (WHERE status = 'ok') AS good,
  count(*) AS total
FROM scrape_runs
WHERE started_at >= :from AND started_at < :to AND status IS NOT NULL
GROUP BY bucket, job_type
ORDER BY bucket, job_type;
