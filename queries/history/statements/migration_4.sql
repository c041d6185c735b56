-- The fourth schema: when the system last changed anything about a file, in nanoseconds since the epoch; 0 where it is not
-- known; and the minute in which the newest of its cells ends, the highest number where it is not known. No parameters. Run as
-- migration_1 is.
ALTER TABLE file ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE file ADD COLUMN ends INTEGER NOT NULL DEFAULT 9223372036854775807;

PRAGMA user_version = 4;
