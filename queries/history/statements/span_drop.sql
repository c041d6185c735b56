-- Removes a span. ?1 source, ?2 starts.
DELETE FROM span WHERE source = ?1 AND starts = ?2;
