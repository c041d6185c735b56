-- Forbids a reader to change anything. No parameters.
PRAGMA query_only = ON;
