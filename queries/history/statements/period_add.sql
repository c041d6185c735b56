-- Adds a closed period.
-- ?1 kind, ?2 name, ?3 revision, ?4 starts, ?5 ends, ?6 made, ?7 facts, ?8 checksum.
INSERT INTO period (kind, name, revision, starts, ends, made, facts, checksum)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
