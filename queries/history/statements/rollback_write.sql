-- Ends a transaction and forgets what it wrote. No parameters.
ROLLBACK;
