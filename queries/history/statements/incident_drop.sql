-- Removes an incident. ?1 feed, ?2 id.
DELETE FROM incident WHERE feed = ?1 AND id = ?2;
