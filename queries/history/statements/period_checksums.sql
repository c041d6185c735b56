-- How many closed periods of a kind there are, and the sum of their checksums. ?1 kind. One row.
SELECT count(*), coalesce(sum(checksum), 0) FROM period WHERE kind = ?1;
