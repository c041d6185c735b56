-- Writes the packed facts of a closed period in place of those of layout 7.
-- ?1 kind, ?2 name, ?3 revision, ?4 facts, ?5 checksum.
UPDATE period SET facts = ?4, checksum = ?5 WHERE kind = ?1 AND name = ?2 AND revision = ?3;
