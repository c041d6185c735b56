-- The keys and checksums of the closed periods of a kind. ?1 kind. By name and revision.
SELECT name, revision, checksum FROM period WHERE kind = ?1 ORDER BY name, revision;
