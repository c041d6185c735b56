-- Removes a chunk. ?1 series, ?2 day, ?3 step.
DELETE FROM chunk WHERE series = ?1 AND day = ?2 AND step = ?3;
