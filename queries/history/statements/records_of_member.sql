-- The records of a kind and a member. ?1 kind, ?2 member. In order of the name.
SELECT kind, member, name, starts, ends, number, words, checksum FROM record
WHERE kind = ?1 AND member = ?2 ORDER BY name;
