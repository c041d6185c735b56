-- Removes a record. ?1 kind, ?2 member, ?3 name.
DELETE FROM record WHERE kind = ?1 AND member = ?2 AND name = ?3;
