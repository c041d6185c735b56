-- Ends a transaction and keeps what it wrote. No parameters.
COMMIT;
