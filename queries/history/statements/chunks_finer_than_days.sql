-- Where a series has cells shorter than a day. ?1 series, ?2 last day. In order of the day.
SELECT day, min(step) FROM chunk WHERE series = ?1 AND day <= ?2 AND step < 1440
GROUP BY day ORDER BY day;
