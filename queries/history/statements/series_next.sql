-- A number for a new series. No parameters. One row.
SELECT coalesce(max(id), 0) + 1 FROM series;
