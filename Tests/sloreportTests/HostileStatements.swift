/// Statements that a configuration must not get to run: each would change or disturb a database, could it.
enum HostileStatements {
  /// The columns of a ratio, so that no query is turned down for lacking them.
  static let columns = "at AS bucket, 1 AS good, 1 AS total"

  /// Statements that are no query.
  static let writing = [
    "DELETE FROM orders", "DELETE FROM orders RETURNING \(columns)",
    "UPDATE orders SET ok = false", "UPDATE orders SET ok = false RETURNING \(columns)",
    "INSERT INTO orders (at, ok, seconds) VALUES (now(), true, 1) RETURNING \(columns)",
    "TRUNCATE orders", "DROP TABLE orders", "ALTER TABLE orders ADD COLUMN mine int",
    "MERGE INTO orders o USING incidents i ON false WHEN NOT MATCHED THEN INSERT (at, ok, seconds) VALUES (now(), true, 1)",
    "SELECT \(columns) INTO mine FROM orders", "SELECT \(columns) INTO TEMP mine FROM orders",
    "CREATE TABLE mine AS SELECT * FROM orders", "CREATE TEMP TABLE mine (a int)",
    "COPY orders TO PROGRAM 'touch MARK'", "COPY orders TO 'MARK'",
    "COPY (SELECT \(columns) FROM orders) TO STDOUT",
    "COPY orders FROM '/dev/null'", "DO $$ BEGIN DELETE FROM orders; END $$", "CALL wipe_out()",
    "EXPLAIN ANALYZE DELETE FROM orders",
    "EXPLAIN (ANALYZE, FORMAT JSON) UPDATE orders SET ok = false",
    "SET default_transaction_read_only = off",
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
    "SET ROLE postgres", "RESET ALL", "DISCARD ALL", "LOCK TABLE orders IN ACCESS EXCLUSIVE MODE",
    "NOTIFY canary, 'x'", "GRANT ALL ON orders TO PUBLIC", "VACUUM FULL orders",
    "REFRESH MATERIALIZED VIEW daily", "CREATE INDEX ON orders (ok)",
    "PREPARE p AS DELETE FROM orders",
  ]

  /// What may stand before a statement, to get it past whoever looks at its first word.
  static let disguises = [
    "SELECT \(columns) FROM orders; ", "COMMIT; ", "/* a query */ ", "-- SELECT\n",
    "/* /* nested */ */\t\r\n", "SELECT \(columns) FROM orders) q; ", ";",
  ]

  /// Statements that end what was begun, or act on the session.
  static let control = [
    "BEGIN", "COMMIT", "ROLLBACK", "END", "ABORT", "SAVEPOINT a", "ROLLBACK TO SAVEPOINT a",
    "RELEASE a",
    "START TRANSACTION READ WRITE", "SET TRANSACTION READ WRITE", "COMMIT AND CHAIN",
    "PREPARE TRANSACTION 'a'",
    "COMMIT PREPARED 'a'", "LISTEN canary", "UNLISTEN *", "LOAD 'auto_explain'", "DEALLOCATE ALL",
    "CLOSE ALL",
    "FETCH ALL FROM c", "MOVE ALL IN c", "DECLARE c CURSOR FOR SELECT 1", "EXECUTE p", "CHECKPOINT",
    "CLUSTER orders",
    "REINDEX TABLE orders", "ANALYZE orders", "SHOW ALL", "SET statement_timeout = 0",
    "SET LOCAL lock_timeout = 0",
    "SET search_path = pg_temp", "SET SESSION AUTHORIZATION postgres", "RESET ROLE",
    "ALTER SYSTEM SET work_mem = '1GB'",
    "ALTER ROLE CURRENT_USER SET work_mem = '1GB'", "ALTER ROLE CURRENT_USER SUPERUSER",
    "CREATE ROLE mine",
    "CREATE DATABASE mine", "DROP DATABASE shop", "CREATE SCHEMA mine",
    "CREATE VIEW mine AS SELECT 1",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE EXTENSION file_fdw",
    "CREATE SEQUENCE mine", "CREATE RULE r AS ON INSERT TO orders DO INSTEAD NOTHING",
    "CREATE STATISTICS s ON at, ok FROM orders",
    "COMMENT ON TABLE orders IS 'mine'", "ALTER TABLE orders OWNER TO CURRENT_USER",
    "ALTER TABLE orders DISABLE TRIGGER ALL",
    "REVOKE SELECT ON orders FROM readers", "REASSIGN OWNED BY CURRENT_USER TO postgres",
    "DROP OWNED BY CURRENT_USER",
    "IMPORT FOREIGN SCHEMA a FROM SERVER b INTO public",
    "CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p",
    "CREATE PUBLICATION p FOR ALL TABLES", "SECURITY LABEL ON TABLE orders IS 'x'",
    "ALTER DATABASE shop SET work_mem = '1GB'",
  ]

  /// Writing that hides in a query, in quotes, in escapes, or behind an end that comes too early.
  static let hidden = [
    "WITH gone AS (DELETE FROM orders RETURNING *) SELECT \(columns) FROM gone",
    "WITH new AS (INSERT INTO orders (at, ok, seconds) VALUES (now(), true, 1) RETURNING *) SELECT \(columns) FROM new",
    "WITH a AS (SELECT 1), b AS (UPDATE orders SET ok = false RETURNING *) SELECT \(columns) FROM b",
    "WITH gone AS MATERIALIZED (DELETE FROM orders RETURNING *) TABLE gone",
    "SELECT \(columns) FROM (WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone) q",
    "SELECT \(columns) FROM orders WHERE at >= :from; DELETE FROM orders WHERE at < :to",
    "SELECT \(columns) FROM orders WHERE 'a' = $$ ; $$; DELETE FROM orders",
    "SELECT \(columns) FROM orders WHERE 'a' = $q$ $$ ; $q$; DELETE FROM orders --",
    "SELECT \(columns) FROM orders WHERE 'a' = E'\\''; DELETE FROM orders; --'",
    "SELECT \(columns) FROM orders WHERE 'a' = 'it''s'; DELETE FROM orders",
    "SELECT \(columns) FROM orders WHERE 'a' = '\\'; DELETE FROM orders; --'",
    "SELECT \(columns) FROM orders WHERE 'a' = U&'\\0027'; DELETE FROM orders; --",
    "SELECT \(columns) FROM orders WHERE 'a' = U&'!0027' UESCAPE '!'; DELETE FROM orders; --",
    "SELECT 1 AS U&\"d\\0061t\\+000061\"; DELETE FROM orders",
    "SELECT 1 AS \"a\"\"b\"; DELETE FROM orders",
    "SELECT 1 AS \";\"; DELETE FROM orders", "SELECT ';' AS a; DELETE FROM orders",
    "SELECT \(columns) FROM orders -- ; \nWHERE true; DELETE FROM orders",
    "SELECT \(columns) FROM orders /* ; /* */ ; */ WHERE true; DELETE FROM orders",
    "SELECT \(columns) FROM orders --\r; DELETE FROM orders",
    "SELECT \(columns) FROM orders --\u{2028}\n; DELETE FROM orders",
    "SELECT \(columns) FROM orders LIMIT 0) AS q; DELETE FROM orders; --",
    "SELECT \(columns) FROM orders LIMIT 0) AS q; DELETE FROM orders; /*",
    "SELECT \(columns) FROM orders LIMIT 0) TO '/dev/null'; DELETE FROM orders; --",
    "DELETE FROM orders; SELECT \(columns) FROM orders", "(DELETE FROM orders RETURNING *)",
    "\u{FEFF}DELETE FROM orders", "\u{A0}DELETE FROM orders", "ｄelete FROM orders",
    "DeLeTe/**/FROM/**/orders",
    "D\u{200B}ELETE FROM orders", "SELECT 1；DELETE FROM orders",
    "SELECT 1\u{0}; DELETE FROM orders",
    "SELECT $1; DELETE FROM orders", "SELECT :from; :to; DELETE FROM orders",
    "SELECT 1 \\; DELETE FROM orders", "\\! touch MARK", "\\copy orders TO 'MARK'",
    "SELECT 1 \\gexec",
    "SELECT \(columns) FROM orders;;DELETE FROM orders;;", "VALUES (1); DELETE FROM orders",
    "TABLE orders; DELETE FROM orders", "SELECT (DELETE FROM orders RETURNING 1)",
    "SELECT \(columns) FROM DELETE FROM orders", "INSERT INTO orders SELECT * FROM orders",
    "WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT 1 FROM r) DELETE FROM orders",
    "WITH a AS (SELECT 1) INSERT INTO orders (at, ok, seconds) SELECT now(), true, 1 RETURNING \(columns)",
    "CREATE TABLE mine AS WITH a AS (DELETE FROM orders RETURNING *) SELECT * FROM a",
    "EXPLAIN SELECT \(columns) FROM orders",
    "SELECT \(columns) FROM orders UNION DELETE FROM orders",
  ]

  /// Queries that only a running transaction turns down: locks and writes inside of what is a query by its form.
  static let locking = [
    "SELECT \(columns) FROM orders FOR UPDATE", "SELECT \(columns) FROM orders FOR NO KEY UPDATE",
    "SELECT \(columns) FROM orders FOR SHARE", "SELECT \(columns) FROM orders FOR KEY SHARE",
    "SELECT \(columns) FROM orders FOR UPDATE SKIP LOCKED",
    "SELECT \(columns) FROM (SELECT * FROM orders FOR UPDATE) q",
  ]

  /// Calls with side effects, each an expression: they are denied, undone, or touch nothing.
  static let effects = [
    "wipe()", "wipe_as_chief()", "wipe_with_handler()", "wipe_after_setting()",
    "wipe_by_set_config()",
    "(SELECT count(wipe()) FROM generate_series(1, 3))", "nextval('orders_id_seq')",
    "setval('orders_id_seq', 1)",
    "lo_create(4711)", "lo_creat(-1)", "lo_from_bytea(4712, 'x')", "lo_unlink(42)",
    "lo_put(42, 0, 'changed')",
    "lowrite(lo_open(42, 131072), 'changed')", "lo_truncate(lo_open(42, 131072), 0)",
    "lo_export(42, 'MARK')",
    "lo_import('/etc/hostname')", "pg_notify('canary', 'x')",
    "(SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename <> current_user)",
    "(SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE usename <> current_user)",
    "(SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename IS NULL)",
    "pg_advisory_lock(1)", "pg_try_advisory_lock(2)", "pg_advisory_lock_shared(3)",
    "pg_advisory_xact_lock(4)",
    "set_config('default_transaction_read_only', 'off', false)",
    "set_config('transaction_read_only', 'off', false)",
    "set_config('statement_timeout', '0', false)", "set_config('search_path', 'pg_temp', false)",
    "set_config('role', 'postgres', false)",
    "set_config('session_authorization', 'postgres', false)",
    "set_config('log_statement', 'none', false)",
    "set_config('session_preload_libraries', 'x', false)",
    "pg_read_file('/etc/passwd')", "pg_read_binary_file('/etc/passwd')", "pg_ls_dir('/')",
    "pg_stat_file('/etc/passwd')",
    "pg_reload_conf()", "pg_rotate_logfile()", "pg_switch_wal()", "pg_create_restore_point('a')",
    "pg_promote()",
    "pg_backup_start('a')", "pg_export_snapshot()", "pg_current_xact_id()",
    "pg_logical_emit_message(false, 'a', 'b')",
    "pg_create_physical_replication_slot('a')", "pg_replication_origin_create('a')",
    "pg_stat_reset()",
    "pg_log_backend_memory_contexts(pg_backend_pid())", "pg_import_system_collations('public')",
    "query_to_xml('DELETE FROM orders', true, true, '')",
    "query_to_xml('SELECT wipe()', true, true, '')",
    "(SELECT count(*) FROM ts_stat('DELETE FROM orders RETURNING null::tsvector'))",
    "ts_rewrite('a'::tsquery, 'DELETE FROM orders RETURNING null::tsquery, null::tsquery')",
    "dblink_exec('dbname=shop', 'DELETE FROM orders')",
    "dblink_exec('dbname=shop user=postgres host=SOCKET port=PORT', 'DELETE FROM orders')",
    "dblink_connect('mine', 'dbname=shop user=postgres host=SOCKET port=PORT')", "pg_sleep(20)",
    "pg_sleep_until('2100-01-01')",
    "brin_summarize_new_values('orders_at_idx')", "gin_clean_pending_list('orders_at_idx')",
    "pg_extension_config_dump('orders', '')", "pg_nextoid('pg_class', 'oid', 'pg_class_oid_index')",
    "repeat('x', 1000000000)",
  ]

  /// What must be refused before it runs, each once.
  static let refused: [String] = {
    let disguised = disguises.flatMap { disguise in writing.map { disguise + $0 } }
    return writing + control + hidden + disguised
  }()
}
