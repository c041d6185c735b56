-- Begins a transaction that will write. No parameters.
BEGIN IMMEDIATE;
