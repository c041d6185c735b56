-- The moments at which prices were brought up to date: price runs that ended well.
--
-- Columns: at; in the order of time.
-- Parameters: :from and :to (runs that end in [:from, :to)).
SELECT finished_at AS at
FROM scrape_runs
WHERE job_type = 'price' AND status = 'ok' AND finished_at >= :from AND finished_at < :to
ORDER BY at;
