import Foundation
import TestSupport
import Testing

@Suite("Hostile statements in a configuration")
struct PostgresHostileTests {
  /// Who the program logs in as.
  enum Guest: String, CaseIterable, Sendable {
    case reader
    /// Owns the tables, the schema and the functions; the source allows it.
    case owner
  }

  private static let traps = """
    CREATE EXTENSION dblink;
    CREATE MATERIALIZED VIEW daily AS SELECT count(*) FROM orders;
    SELECT lo_from_bytea(42, 'kept');
    CREATE PROCEDURE wipe_out() LANGUAGE sql AS 'DELETE FROM orders';
    CREATE FUNCTION wipe() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM orders; RETURN 1; END $$;
    CREATE FUNCTION wipe_as_chief() RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN DELETE FROM orders; RETURN 1; END $$;
    CREATE FUNCTION wipe_with_handler() RETURNS int LANGUAGE plpgsql AS $$
      BEGIN BEGIN DELETE FROM orders; EXCEPTION WHEN OTHERS THEN SET LOCAL transaction_read_only = off; DELETE FROM orders; END; RETURN 1; END $$;
    CREATE FUNCTION wipe_after_setting() RETURNS int LANGUAGE plpgsql SET default_transaction_read_only = off AS $$
      BEGIN SET TRANSACTION READ WRITE; DELETE FROM orders; RETURN 1; END $$;
    CREATE FUNCTION wipe_by_set_config() RETURNS int LANGUAGE plpgsql AS $$
      BEGIN PERFORM set_config('transaction_read_only', 'off', true); EXECUTE 'DELETE FROM orders'; RETURN 1; END $$;
    """

  /// A server of its own with the shop, things to step on, and the role that the program uses.
  private func arrange(_ guest: Guest) throws -> PostgresScene {
    var scene = try PostgresScene(on: PostgresServer())
    try scene.sql(PostgresHostileTests.traps)
    if guest == .owner {
      try scene.sql(
        """
        ALTER TABLE orders OWNER TO \(scene.role); ALTER TABLE incidents OWNER TO \(scene.role);
        ALTER SCHEMA public OWNER TO \(scene.role); ALTER MATERIALIZED VIEW daily OWNER TO \(scene.role);
        ALTER LARGE OBJECT 42 OWNER TO \(scene.role); ALTER PROCEDURE wipe_out OWNER TO \(scene.role);
        ALTER FUNCTION wipe OWNER TO \(scene.role); ALTER DATABASE shop OWNER TO \(scene.role);
        """)
    }
    // Some of the traps run with their owner's rights, and whoever may execute them could write.
    scene.options = "allow_writable_role: true"
    scene.queries = [:]
    scene.slos = [:]
    scene.timeouts = "{ connect: 5s, read: 300ms, total: 5s, source: 10m }"
    return scene
  }

  private func add(_ statements: [String], to scene: inout PostgresScene) -> [String] {
    statements.enumerated().map { index, statement in
      let name = "h\(1_000 + index)"
      scene.queries[name] =
        statement
        .replacingOccurrences(of: "MARK", with: "/tmp/sloreport-hostile-mark-\(getpid())")
        .replacingOccurrences(of: "SOCKET", with: scene.server.socket)
        .replacingOccurrences(of: "PORT", with: "\(scene.server.port)")
      scene.slos[name] = "ratio: { source: warehouse, query: queries/\(name).sql }"
      return name
    }
  }

  private func missing(_ names: [String], in outcome: PostgresScene.Outcome, _ scene: PostgresScene)
    -> [String]
  {
    names.filter { !outcome.said.contains("\($0).sql") }.map { scene.queries[$0] ?? $0 }
  }

  @Test(
    "change nothing, as a reader and as the owner of everything (A23)", arguments: Guest.allCases)
  func changeNothing(guest: Guest) async throws {
    try await onThread {
      var scene = try arrange(guest)
      let refused = add(HostileStatements.refused, to: &scene)
      #expect(Set(scene.queries.values).count == refused.count && refused.count >= 200)
      let before = try scene.server.fingerprint(database: "shop", wholeServer: true)

      let validated = try scene.run(["validate", "--connect"], asOf: nil)
      #expect(validated.status == 78, "\(validated.status)")
      #expect(missing(refused, in: validated, scene) == [])
      let collected = try scene.run("collect")
      #expect(collected.status == 78, "\(collected.status)")
      #expect(missing(refused, in: collected, scene) == [])
      #expect(try scene.run("check").status == 3)

      #expect(try scene.server.fingerprint(database: "shop", wholeServer: true) == before)
      #expect(!FileManager.default.fileExists(atPath: "/tmp/sloreport-hostile-mark-\(getpid())"))
      print("\(refused.count) hostile statements as \(guest): 0 changes")
      try scene.server.stop()
    }
  }

  @Test(
    "calls with side effects are denied or undone, and disturb nobody (A24)",
    arguments: Guest.allCases)
  func effectsAreUndone(guest: Guest) async throws {
    try await onThread {
      var scene = try arrange(guest)
      let calls = HostileStatements.effects.map {
        "SELECT :from::timestamptz AS bucket, 1 AS good, 1 AS total, (\($0))::text AS note"
      }
      _ = add(calls + HostileStatements.locking, to: &scene)
      let locking = (calls.count..<scene.queries.count).map { "h\(1_000 + $0)" }
      let before = try scene.server.fingerprint(database: "shop", wholeServer: true)
      try scene.sql("CREATE ROLE bystander LOGIN PASSWORD 'bystander'")
      let after = try scene.server.fingerprint(database: "shop", wholeServer: true)
      #expect(before != after, "the fingerprint sees a change")
      let bystander = try scene.server.session(
        database: "shop", user: "bystander", password: "bystander")
      try bystander.run("LISTEN canary;")

      let collected = try scene.run("collect")
      #expect(collected.status != 0, "\(collected.status)")
      #expect(missing(locking, in: collected, scene) == [])

      #expect(try scene.server.fingerprint(database: "shop", wholeServer: true) == after)
      #expect(!FileManager.default.fileExists(atPath: "/tmp/sloreport-hostile-mark-\(getpid())"))
      try bystander.run("SELECT 'alive';")
      #expect(bystander.output.contains("alive") && !bystander.output.contains("notification"))
      let rest = try scene.sql(
        """
        SELECT count(*) FROM pg_locks WHERE locktype = 'advisory';
        SELECT count(*) FROM pg_stat_activity WHERE usename = '\(scene.role)';
        """)
      #expect(rest == "0\n0\n", "locks and sessions that stay")
      print("\(calls.count + locking.count) calls with side effects as \(guest): 0 changes")
      try bystander.close()
      // What was undone would have been done.
      if guest == .owner {
        try scene.server.psql(
          "SELECT wipe()", database: "shop", user: scene.role, password: PostgresScene.canary)
        #expect(try scene.server.fingerprint(database: "shop", wholeServer: true) != after)
      }
      try scene.server.stop()
    }
  }

  @Test("one that ends its own session fails alone: no endless tries, never a pass")
  func endsItsOwnSession() async throws {
    try await onThread {
      var scene = try PostgresScene(hasHistory: true)
      scene.timeouts = PostgresScene.hasty
      scene.queries["orders"] = """
        SELECT :from::timestamptz AS bucket, 1 AS good, 1 AS total, pg_terminate_backend(pg_backend_pid())::text AS note
        """
      let trio = try scene.trio()
      #expect(trio.codes == PostgresFault.unreachable, "\(trio.all)")
    }
  }
}
