-- The eighth schema: the facts of closed periods are compressed. No parameters. Run as migration_1 is; the facts are then
-- packed.

-- `facts` of `period` are two zlib streams, one after the other: the facts, and the list of what they were made from,
-- which is empty for periods that were closed in earlier layouts.
PRAGMA user_version = 8;
