import Foundation
import TestSupport
import Testing

@Suite("The role script")
struct PostgresRoleScriptTests {
  static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("docs/sloreport-role.sql").path

  private func apply(
    to scene: PostgresScene, role: String, as user: String = "postgres",
    _ variables: [String: String] = ["revoke_public": "on"]
  ) throws {
    try scene.server.psql(
      "\\i \(PostgresRoleScriptTests.script)", database: scene.database, user: user,
      password: user == "postgres" ? "" : "admin",
      variables: variables.merging(["role": role]) { $1 })
  }

  /// A shop with a view in the schema of the script, and the role with a password.
  private func made(role: String) throws -> PostgresScene {
    let scene = try PostgresScene(ownDatabase: true)
    try apply(to: scene, role: role)
    try scene.sql(
      """
      CREATE VIEW sloreport.orders WITH (security_barrier) AS SELECT at, ok FROM public.orders;
      ALTER ROLE \(role) PASSWORD 'reader'
      """)
    return scene
  }

  /// What `psql` says as the role, after it has switched its own read-only fence off.
  private func attempt(_ statement: String, in scene: PostgresScene, as role: String) -> String {
    do {
      return try scene.server.psql(
        "SET default_transaction_read_only = off;\n" + statement, database: scene.database,
        user: role, password: "reader")
    } catch { return "\(error)" }
  }

  @Test("makes a role that reads its views and can do nothing else")
  func roleReadsOnly() async throws {
    try await onThread {
      let role = "scripted"
      let scene = try made(role: role)
      let before = try scene.server.fingerprint(database: scene.database)
      #expect(attempt("SELECT count(*) FROM orders", in: scene, as: role) == "4320\n")
      let refused = [
        "SELECT count(*) FROM public.orders", "TABLE public.incidents",
        "DELETE FROM orders", "INSERT INTO orders VALUES (now(), true)",
        "UPDATE orders SET ok = true",
        "DELETE FROM public.orders", "TRUNCATE public.orders", "BEGIN; LOCK TABLE public.orders",
        "DROP VIEW orders", "CREATE VIEW sloreport.mine AS SELECT 1", "CREATE TABLE mine (a int)",
        "CREATE TABLE public.mine (a int)", "CREATE TABLE sloreport.mine (a int)",
        "CREATE TEMPORARY TABLE mine (a int)", "CREATE SCHEMA mine", "CREATE DATABASE mine",
        "CREATE ROLE mine", "ALTER ROLE scripted SUPERUSER",
        "ALTER ROLE scripted CONNECTION LIMIT 9",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE EXTENSION dblink",
        "COPY (SELECT 1) TO PROGRAM 'true'", "COPY (SELECT 1) TO '/tmp/mine'",
        "SELECT pg_read_file('postgresql.conf')", "SELECT pg_ls_dir('.')", "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'x')", "SELECT lo_import('/etc/hostname')",
        "SELECT nextval('public.orders_id_seq')", "SET ROLE postgres", "SET ROLE readers",
        "SET SESSION AUTHORIZATION postgres", "SET temp_file_limit = -1",
        "ALTER SYSTEM SET work_mem = '1GB'",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'",
        "SELECT pg_reload_conf()", "SELECT pg_switch_wal()",
        "SELECT rolpassword FROM pg_authid", "BEGIN; LOCK TABLE orders IN ROW EXCLUSIVE MODE",
        "COMMENT ON VIEW orders IS 'mine'",
        "CREATE EVENT TRIGGER t ON ddl_command_start EXECUTE FUNCTION f()",
        "REINDEX TABLE public.orders",
      ]
      for statement in refused {
        let said = attempt(statement, in: scene, as: role)
        let telling = ["permission denied", "must be", "not allowed", "Only roles", "cannot set"]
        #expect(
          said.contains("ERROR") && telling.contains { said.contains($0) }, "\(statement): \(said)")
      }
      // These end with no more than a warning that nothing was done.
      for statement in ["GRANT SELECT ON orders TO PUBLIC", "VACUUM public.orders"] {
        #expect(attempt(statement, in: scene, as: role) == "")
      }
      #expect(try scene.server.fingerprint(database: scene.database) == before)
    }
  }

  @Test("sets limits: two connections, ten seconds, 256 MB of temporary files, one schema")
  func limitsHold() async throws {
    try await onThread {
      let role = "limited"
      let scene = try made(role: role)
      let settings = try scene.server.psql(
        """
        SHOW default_transaction_read_only; SHOW statement_timeout; SHOW lock_timeout; SHOW temp_file_limit;
        SHOW idle_in_transaction_session_timeout; SHOW max_parallel_workers_per_gather; SHOW search_path;
        """, database: scene.database, user: role, password: "reader")
      #expect(settings == "on\n10s\n1s\n256MB\n30s\n0\nsloreport\n")
      let attributes = try scene.sql(
        """
        SELECT rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolconnlimit
        FROM pg_roles WHERE rolname = '\(role)'
        """)
      #expect(attributes == "f|f|f|f|t|f|f|2\n")
      let held = try (0..<2).map { _ in
        try scene.server.session(database: scene.database, user: role, password: "reader")
      }
      for session in held { try session.run("SELECT 1;") }
      #expect(attempt("SELECT 1", in: scene, as: role).contains("too many connections"))
      for session in held { try session.close() }
    }
  }

  @Test("run again, takes back what was granted since, and leaves the rest as it was")
  func isIdempotent() async throws {
    try await onThread {
      let role = "again"
      let scene = try made(role: role)
      func rights() throws -> String {
        try scene.sql(
          """
          SELECT relname, relacl FROM pg_class WHERE relacl IS NOT NULL AND relnamespace IN ('public'::regnamespace,
            'sloreport'::regnamespace) ORDER BY 1;
          SELECT nspname, nspacl FROM pg_namespace ORDER BY 1; SELECT datacl FROM pg_database WHERE datname = current_database();
          SELECT rolname, rolconnlimit, rolpassword FROM pg_authid WHERE rolname = '\(role)';
          SELECT setconfig FROM pg_db_role_setting WHERE setrole = '\(role)'::regrole;
          SELECT roleid::regrole FROM pg_auth_members WHERE member = '\(role)'::regrole;
          """)
      }
      let before = try rights()
      try apply(to: scene, role: role)
      #expect(try rights() == before)
      try scene.sql(
        """
        GRANT INSERT ON orders TO \(role); GRANT CREATE ON SCHEMA public TO \(role); GRANT pg_write_all_data TO \(role);
        GRANT readers TO \(role); ALTER ROLE \(role) CREATEROLE CREATEDB INHERIT CONNECTION LIMIT 50;
        """)
      #expect(try rights() != before)
      try apply(to: scene, role: role)
      #expect(try rights() == before)
    }
  }

  @Test("leaves roles alone that it did not make, or that own something")
  func leavesOthersAlone() async throws {
    try await onThread {
      let scene = try PostgresScene(ownDatabase: true)
      try scene.sql("CREATE ROLE application LOGIN; GRANT INSERT ON orders TO application")
      let before = try scene.server.fingerprint(database: scene.database)
      let refusal = #expect(throws: ChildProcess.Failure.self) {
        try apply(to: scene, role: "application")
      }
      #expect(refusal?.description.contains("was not made by this script") == true)
      #expect(try scene.server.fingerprint(database: scene.database) == before)

      try apply(to: scene, role: "landlord")
      try scene.sql("CREATE TABLE house (a int); ALTER TABLE house OWNER TO landlord")
      let second = #expect(throws: ChildProcess.Failure.self) {
        try apply(to: scene, role: "landlord")
      }
      #expect(second?.description.contains("owns objects") == true)
    }
  }

  @Test("without a superuser it needs no more than the owner of the database has")
  func runsAsOwner() async throws {
    try await onThread {
      let scene = try PostgresScene(ownDatabase: true)
      try scene.sql(
        """
        CREATE ROLE admin LOGIN CREATEROLE PASSWORD 'admin'; ALTER DATABASE \(scene.database) OWNER TO admin;
        ALTER SCHEMA public OWNER TO admin; ALTER TABLE orders OWNER TO admin;
        """)
      for _ in 0..<2 { try apply(to: scene, role: "owned", as: "admin") }
      try scene.sql("ALTER ROLE owned PASSWORD 'reader'")
      #expect(attempt("SELECT 1", in: scene, as: "owned") == "1\n")
      #expect(
        attempt("CREATE TEMPORARY TABLE a (b int)", in: scene, as: "owned").contains("denied"))
    }
  }

  @Test("takes from PUBLIC what writes with the rights of its owner, and leaves triggers alone")
  func takesFunctions() async throws {
    try await onThread {
      let scene = try PostgresScene(ownDatabase: true)
      try scene.sql(
        """
        CREATE FUNCTION clear(n int) RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM public.orders';
        CREATE PROCEDURE wipe() LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM public.orders';
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN NULL; END';
        CREATE FUNCTION two() RETURNS int LANGUAGE sql AS 'SELECT 2';
        """)
      func rights() throws -> String {
        try scene.sql(
          """
          SELECT has_function_privilege('caller', 'clear(int)', 'EXECUTE'), has_function_privilege('caller', 'wipe()', 'EXECUTE'),
            has_function_privilege('caller', 'note()', 'EXECUTE'), has_function_privilege('caller', 'two()', 'EXECUTE')
          """)
      }
      try apply(to: scene, role: "caller", [:])
      #expect(try rights() == "t|t|t|t\n")
      for _ in 0..<2 {
        try apply(to: scene, role: "caller")
        #expect(try rights() == "f|f|t|t\n")
      }
      try scene.sql("ALTER ROLE caller PASSWORD 'reader'")
      let before = try scene.server.fingerprint(database: scene.database)
      for statement in ["SELECT public.clear(1)", "CALL public.wipe()"] {
        #expect(attempt(statement, in: scene, as: "caller").contains("permission denied"))
      }
      #expect(try scene.server.fingerprint(database: scene.database) == before)
    }
  }

  @Test("without leave to touch PUBLIC it says what is open")
  func saysWhatIsOpen() async throws {
    try await onThread {
      let scene = try PostgresScene(ownDatabase: true)
      try scene.sql("GRANT CREATE ON SCHEMA public TO PUBLIC")
      try apply(to: scene, role: "open", [:])
      #expect(
        try scene.sql("SELECT has_schema_privilege('open', 'public', 'CREATE')") == "t\n")
      try apply(to: scene, role: "open")
      #expect(
        try scene.sql("SELECT has_schema_privilege('open', 'public', 'CREATE')") == "f\n")
    }
  }
}
