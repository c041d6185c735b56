-- Removes an incident. ?1 feed, ?2 path, ?3 id.
DELETE FROM incident WHERE feed = ?1 AND path = ?2 AND id = ?3;
