-- How long runs took, as a cumulative histogram.
--
-- Runs that failed are left out: one that fails at once is not fast. They count in success.sql.
--
-- Columns: bucket, job_type (full, price; a label), le (upper bound in seconds), count (runs of at most le); in the order
-- of time. A bound that an objective asks for (`at_most`) should be in the list.
-- Parameters: :from and :to (runs that start in [:from, :to)), :step (length of a bucket).
WITH runs AS (
  SELECT
    date_bin(:step, started_at, TIMESTAMPTZ '2000-01-01 00:00Z') AS bucket,
    job_type,
    finished_at - started_at AS took
  FROM scrape_runs
  WHERE started_at >= :from AND started_at < :to AND status IN ('ok', 'partial')
),
counts AS (
  SELECT
    bucket,
    job_type,
    count(*) FILTER (WHERE took <= '15 s') AS s15,
    count(*) FILTER (WHERE took <= '30 s') AS s30,
    count(*) FILTER (WHERE took <= '45 s') AS s45,
    count(*) FILTER (WHERE took <= '60 s') AS s60,
    count(*) FILTER (WHERE took <= '120 s') AS s120,
    count(*) FILTER (WHERE took <= '900 s') AS s900,
    count(*) FILTER (WHERE took <= '1800 s') AS s1800,
    count(*) FILTER (WHERE took <= '3600 s') AS s3600,
    count(*) AS every
  FROM runs
  GROUP BY bucket, job_type
)
SELECT bucket, job_type, le, count
FROM counts
CROSS JOIN LATERAL (
  VALUES (15::float8, s15), (30, s30), (45, s45), (60, s60), (120, s120), (900, s900),
    (1800, s1800), (3600, s3600), ('Infinity', every)
) AS histogram (le, count)
ORDER BY bucket, job_type, le;
