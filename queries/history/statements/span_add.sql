-- Adds a span. ?1 source, ?2 starts, ?3 ends, ?4 checksum.
INSERT INTO span (source, starts, ends, checksum) VALUES (?1, ?2, ?3, ?4);
