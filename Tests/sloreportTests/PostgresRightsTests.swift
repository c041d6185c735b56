import Foundation
import TestSupport
import Testing

/// A right that lets a role do more than read.
struct Excess: Sendable, CustomTestStringConvertible {
  let name: String
  /// Gives it; `ROLE` stands for the role.
  let grant: String
  /// What the refusal must name.
  let says: String
  /// Whether the program lets it pass yet.

  var testDescription: String { name }

  static let all = [
    Excess(name: "superuser", grant: "ALTER ROLE ROLE SUPERUSER", says: "SUPERUSER"),
    Excess(name: "may make roles", grant: "ALTER ROLE ROLE CREATEROLE", says: "CREATEROLE"),
    Excess(name: "may make databases", grant: "ALTER ROLE ROLE CREATEDB", says: "CREATEDB"),
    Excess(name: "may replicate", grant: "ALTER ROLE ROLE REPLICATION", says: "REPLICATION"),
    Excess(name: "passes row security", grant: "ALTER ROLE ROLE BYPASSRLS", says: "BYPASSRLS"),
    Excess(name: "owns the table", grant: "ALTER TABLE orders OWNER TO ROLE", says: "orders"),
    Excess(name: "owns the schema", grant: "ALTER SCHEMA public OWNER TO ROLE", says: "public"),
    Excess(
      name: "owns the database", grant: "ALTER DATABASE DATABASE OWNER TO ROLE", says: "DATABASE"),
    Excess(name: "may insert", grant: "GRANT INSERT ON orders TO ROLE", says: "orders"),
    Excess(name: "may update", grant: "GRANT UPDATE ON orders TO ROLE", says: "orders"),
    Excess(
      name: "may update one column", grant: "GRANT UPDATE (ok) ON orders TO ROLE", says: "orders"),
    Excess(
      name: "may insert one column", grant: "GRANT INSERT (ok) ON orders TO ROLE", says: "orders"),
    Excess(name: "may delete", grant: "GRANT DELETE ON orders TO ROLE", says: "orders"),
    Excess(name: "may truncate", grant: "GRANT TRUNCATE ON orders TO ROLE", says: "orders"),
    Excess(
      name: "may add triggers", grant: "GRANT TRIGGER ON orders TO ROLE", says: "orders"),
    Excess(
      name: "may draw numbers", grant: "GRANT USAGE ON orders_id_seq TO ROLE",
      says: "orders_id_seq"),
    Excess(
      name: "may set numbers", grant: "GRANT UPDATE ON orders_id_seq TO ROLE",
      says: "orders_id_seq"),
    Excess(
      name: "may insert, as anyone", grant: "GRANT INSERT ON orders TO PUBLIC", says: "orders"),
    Excess(
      name: "may insert elsewhere",
      grant:
        "CREATE SCHEMA other; CREATE TABLE other.logbook (a int); GRANT USAGE ON SCHEMA other TO ROLE; GRANT INSERT ON other.logbook TO ROLE",
      says: "logbook"),
    Excess(
      name: "may insert into a view",
      grant: "CREATE VIEW latest AS SELECT * FROM orders; GRANT INSERT ON latest TO ROLE",
      says: "latest"),
    Excess(name: "may make tables", grant: "GRANT CREATE ON SCHEMA public TO ROLE", says: "public"),
    Excess(
      name: "may make tables, as anyone", grant: "GRANT CREATE ON SCHEMA public TO PUBLIC",
      says: "public"),
    Excess(
      name: "may make schemas", grant: "GRANT CREATE ON DATABASE DATABASE TO ROLE", says: "DATABASE"
    ),
    Excess(
      name: "may write everything", grant: "GRANT pg_write_all_data TO ROLE",
      says: "pg_write_all_data"),
    Excess(
      name: "may run programs", grant: "GRANT pg_execute_server_program TO ROLE",
      says: "pg_execute_server_program"),
    Excess(
      name: "may write files", grant: "GRANT pg_write_server_files TO ROLE",
      says: "pg_write_server_files"),
    Excess(
      name: "may read files", grant: "GRANT pg_read_server_files TO ROLE",
      says: "pg_read_server_files"),
    Excess(
      name: "may end sessions", grant: "GRANT pg_signal_backend TO ROLE", says: "pg_signal_backend"),
    Excess(
      name: "is member of a role that may write",
      grant:
        "CREATE ROLE writerROLE; GRANT DELETE ON orders TO writerROLE; GRANT writerROLE TO ROLE",
      says: "orders"),
    Excess(
      name: "could become a role that may write",
      grant:
        "ALTER ROLE ROLE NOINHERIT; GRANT SELECT ON orders TO ROLE; CREATE ROLE writerROLE; GRANT DELETE ON orders TO writerROLE; GRANT writerROLE TO ROLE",
      says: "orders"),
    Excess(
      name: "may execute a function that writes for its owner",
      grant:
        "CREATE FUNCTION clear(n int) RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM orders'",
      says: "REVOKE EXECUTE ON ROUTINE public.clear(n integer) FROM PUBLIC"),
    Excess(
      name: "could become a superuser",
      grant: "CREATE ROLE chiefROLE SUPERUSER; GRANT chiefROLE TO ROLE", says: "chiefROLE"),
    Excess(
      name: "could become a role that may make roles",
      grant: "CREATE ROLE clerkROLE CREATEROLE; GRANT clerkROLE TO ROLE", says: "clerkROLE"),
  ]

  func arrange(_ scene: PostgresScene) throws -> String {
    func filled(_ text: String) -> String {
      text.replacingOccurrences(of: "ROLE ROLE", with: "ROLE \(scene.role)")
        .replacingOccurrences(of: "TO ROLE", with: "TO \(scene.role)")
        .replacingOccurrences(of: "writerROLE", with: "writer_\(scene.role)")
        .replacingOccurrences(of: "chiefROLE", with: "chief_\(scene.role)")
        .replacingOccurrences(of: "clerkROLE", with: "clerk_\(scene.role)")
        .replacingOccurrences(of: "DATABASE DATABASE", with: "DATABASE \(scene.database)")
    }
    try scene.sql(filled(grant))
    return says == "DATABASE" ? scene.database : filled(says)
  }
}

@Suite("A role that could write")
struct PostgresRightsTests {
  @Test("is refused, with the right that is too much and the way out (A22)", arguments: Excess.all)
  func isRefused(excess: Excess) async throws {
    try await onThread {
      let scene = try PostgresScene(ownDatabase: true, hasHistory: true)
      let says = try excess.arrange(scene)
      let outcome = try scene.copy().run("collect")
      #expect(outcome.status == 77, "\(outcome)")
      #expect(outcome.errors.contains("sloreport: source warehouse: "), "\(outcome)")
      #expect(outcome.errors.contains(says), "\(says) in: \(outcome)")
      #expect(outcome.errors.contains("allow_writable_role"), "\(outcome)")

      var allowed = scene
      allowed.options = "allow_writable_role: true"
      let weekly = try allowed.run("weekly")
      #expect(weekly.status == 0, "\(weekly)")
      let page = try allowed.read("reports/2026-W42/weekly.html")
      #expect(page.contains("warehouse") && page.contains("could write"), "\(page.suffix(2_000))")
    }
  }

  @Test("is refused by every command", arguments: Array(Excess.all.prefix(2)) + [Excess.all[8]])
  func isRefusedEverywhere(excess: Excess) async throws {
    try await onThread {
      let scene = try PostgresScene(ownDatabase: true, hasHistory: true)
      let says = try excess.arrange(scene)
      let trio = try scene.trio()
      #expect(trio.codes == PostgresFault.refused, "\(trio.all)")
      #expect(trio.all.allSatisfy { $0.told.contains(says) }, "\(trio.all)")
      #expect(try #require(trio.page).contains("warehouse"))
      for command in [["validate", "--connect"], ["doctor"]] {
        let outcome = try scene.run(command, asOf: nil)
        #expect(outcome.status == 77 && outcome.said.contains(says), "\(command): \(outcome)")
      }
    }
  }

  @Test("a role that may only read is not held up: other people's rights do not count")
  func readerPasses() async throws {
    try await onThread {
      let scene = try PostgresScene(ownDatabase: true, hasHistory: true)
      try scene.sql(
        """
        GRANT pg_read_all_data TO \(scene.role); GRANT pg_monitor TO \(scene.role);
        CREATE TABLE other (a int); GRANT SELECT, REFERENCES ON other TO \(scene.role);
        GRANT SELECT ON orders_id_seq TO \(scene.role);
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN DELETE FROM other; RETURN NULL; END';
        CREATE TRIGGER note AFTER INSERT ON orders EXECUTE FUNCTION note();
        CREATE ROLE other_\(scene.role); GRANT ALL ON other TO other_\(scene.role);
        """)
      let trio = try scene.trio()
      #expect(trio.codes == [0, 0, 0], "\(trio.all)")
      #expect(try !#require(trio.page).contains("allow_writable_role"))
    }
  }

  @Test("the role of the role script is let in and reads its views")
  func scriptedRolePasses() async throws {
    try await onThread {
      var scene = try PostgresScene(ownDatabase: true)
      let role = "views_\(scene.role)"
      try scene.server.psql(
        "\\i \(PostgresRoleScriptTests.script)", database: scene.database, variables: ["role": role]
      )
      try scene.sql(
        """
        CREATE VIEW sloreport.orders WITH (security_barrier) AS SELECT at, ok FROM public.orders;
        ALTER ROLE \(role) PASSWORD '\(PostgresScene.canary)'
        """)
      scene.login = role
      scene.options = "schema: sloreport"
      let validated = try scene.run(["validate", "--connect"], asOf: nil)
      #expect(validated.status == 0, "\(validated)")
      // One after the other: the role may hold no more than two connections.
      for command in ["collect", "weekly", "check"] {
        let outcome = try scene.run(command)
        #expect(outcome.status == 0, "\(outcome)")
      }
    }
  }
}
