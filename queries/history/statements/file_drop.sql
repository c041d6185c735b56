-- Removes a file. ?1 source, ?2 path.
DELETE FROM file WHERE source = ?1 AND path = ?2;
