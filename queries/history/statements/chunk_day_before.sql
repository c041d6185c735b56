-- The last day before a day with chunks of a series. ?1 series, ?2 day. At most one row.
SELECT day FROM chunk WHERE series = ?1 AND day < ?2 ORDER BY day DESC LIMIT 1;
