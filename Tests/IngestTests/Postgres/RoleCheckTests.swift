import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("The role that reads")
struct RoleCheckTests {
  let database: TestDatabase
  let moment = order("SELECT :from AS at", .moments)

  init() throws {
    database = try RoleCheckTests.shared.get()
  }

  private static let shared = Result {
    let database = try TestDatabase(name: "roles")
    try database.sql(
      """
      CREATE SCHEMA shop; CREATE TABLE shop.orders (id int, note text); CREATE VIEW shop.open AS SELECT 1 AS one;
      CREATE ROLE roles_group; GRANT INSERT ON shop.orders TO roles_group
      """)
    return database
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let setting: String
    let facts: [RoleFact]
    var testDescription: String { setting }
  }

  static let cases: [Case] = [
    Case(setting: "ALTER ROLE r SUPERUSER", facts: [.attribute("SUPERUSER", role: "r")]),
    Case(setting: "ALTER ROLE r CREATEDB", facts: [.attribute("CREATEDB", role: "r")]),
    Case(setting: "ALTER ROLE r CREATEROLE", facts: [.attribute("CREATEROLE", role: "r")]),
    Case(setting: "ALTER ROLE r REPLICATION", facts: [.attribute("REPLICATION", role: "r")]),
    Case(setting: "ALTER ROLE r BYPASSRLS", facts: [.attribute("BYPASSRLS", role: "r")]),
    Case(
      setting: "GRANT pg_write_server_files TO r", facts: [.member(of: "pg_write_server_files")]),
    Case(
      setting: "GRANT pg_execute_server_program TO r; ALTER ROLE r NOINHERIT",
      facts: [.member(of: "pg_execute_server_program")]),
    Case(setting: "GRANT pg_signal_backend TO r", facts: [.member(of: "pg_signal_backend")]),
    Case(setting: "GRANT INSERT ON shop.orders TO r", facts: [.writes(table: "shop.orders")]),
    Case(setting: "GRANT TRUNCATE ON shop.orders TO r", facts: [.writes(table: "shop.orders")]),
    Case(setting: "GRANT DELETE ON shop.open TO r", facts: [.writes(table: "shop.open")]),
    Case(
      setting: "GRANT UPDATE (note) ON shop.orders TO r",
      facts: [.writes(table: "shop.orders.note")]),
    Case(
      setting: "GRANT roles_group TO r; ALTER ROLE r NOINHERIT",
      facts: [.writes(table: "shop.orders")]),
    Case(
      setting:
        "CREATE TABLE shop.own (); ALTER TABLE shop.own OWNER TO r; REVOKE ALL ON shop.own FROM r",
      facts: [.writes(table: "shop.own")]),
    Case(
      setting:
        "CREATE SCHEMA shelf; GRANT USAGE ON SCHEMA shelf TO r; CREATE FUNCTION shelf.f(a int, b text) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
      facts: [.executes(function: "shelf.f(a integer, b text)", grantee: "PUBLIC")]),
    Case(
      setting: """
        CREATE SCHEMA "Odd"; GRANT USAGE ON SCHEMA "Odd" TO r; CREATE PROCEDURE "Odd"."Odd name"() LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
        REVOKE EXECUTE ON ROUTINE "Odd"."Odd name" FROM PUBLIC; GRANT EXECUTE ON ROUTINE "Odd"."Odd name" TO r
        """,
      facts: [.executes(function: "\"Odd\".\"Odd name\"()", grantee: "r")]),
    Case(setting: "GRANT CREATE ON SCHEMA shop TO r", facts: [.creates(inSchema: "shop")]),
    Case(
      setting: "GRANT CREATE ON DATABASE roles TO r", facts: [.createsSchemas(inDatabase: "roles")]),
  ]

  @Test("is refused when it could write, and nothing is asked")
  func refuses() throws {
    for (number, example) in RoleCheckTests.cases.enumerated() {
      let role = "roles_\(number)"
      try database.addRole(role)
      let name = { (text: String) in
        text.replacing(" r ", with: " \(role) ").replacing(" r;", with: " \(role);")
          .replacing(#/ r$/#, with: " \(role)")
      }
      try database.sql(name(example.setting))
      let pulled = try PulledRows([moment, moment], database.access(as: role))
      let facts = example.facts.map { (fact: RoleFact) -> RoleFact in
        switch fact {
        case .attribute(let what, _): return RoleFact.attribute(what, role: role)
        case .executes(let function, "r"): return .executes(function: function, grantee: role)
        default: return fact
        }
      }
      guard case .writableRole(let found) = pulled.fault?.reason else {
        Issue.record("\(example.setting): \(pulled.failures)")
        continue
      }
      // A superuser may do all the rest as well.
      #expect(Array(found.prefix(facts.count)) == facts, "\(example.setting)")
      #expect(pulled.failures.first?.kind == .unsafe)
      #expect(pulled.fault?.tries == 1)
      #expect(pulled.batches.isEmpty)
      let allowed = try PulledRows(
        [moment], database.access(as: role, allowsWritableRole: true))
      #expect(allowed.failures == [])
      #expect(allowed.notes == [.writableRole(found)])
      try database.sql("DROP OWNED BY \(role); DROP ROLE \(role)")
    }
  }

  @Test("is accepted when it can only read")
  func accepts() throws {
    try database.addRole("roles_plain")
    try database.sql(
      "GRANT USAGE ON SCHEMA shop TO roles_plain; GRANT SELECT ON shop.orders TO roles_plain; GRANT pg_monitor TO roles_plain"
    )
    let pulled = try PulledRows([moment], database.access(as: "roles_plain"))
    #expect(pulled.failures == [])
    #expect(pulled.notes == [])
  }

  @Test("is accepted beside functions that it cannot call, or whose owner cannot write")
  func acceptsFunctions() throws {
    try database.addRole("roles_caller")
    try database.sql(
      """
      CREATE ROLE roles_poor; CREATE SCHEMA rack; GRANT USAGE ON SCHEMA rack TO roles_caller;
      CREATE FUNCTION rack.on_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN NULL; END';
      CREATE FUNCTION rack.plain() RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION rack.poor() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
      ALTER FUNCTION rack.poor() OWNER TO roles_poor;
      CREATE FUNCTION rack.closed() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
      REVOKE EXECUTE ON FUNCTION rack.closed() FROM PUBLIC;
      CREATE SCHEMA attic; CREATE FUNCTION attic.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
      """)
    let pulled = try PulledRows([moment], database.access(as: "roles_caller"))
    #expect(pulled.failures == [])
    #expect(pulled.notes == [])
    // As soon as the owner may change one table, the function may.
    try database.sql("GRANT UPDATE ON shop.orders TO roles_poor")
    let refused = try PulledRows([moment], database.access(as: "roles_caller"))
    #expect(
      refused.fault?.reason
        == .writableRole([.executes(function: "rack.poor()", grantee: "PUBLIC")]))
  }

  @Test("is checked through a pooler in transaction mode, where nothing we set stays")
  func pooler() throws {
    let bouncer = try PgBouncer(to: database.server, passwords: ["roles_pooled": "pw"])
    try database.sql("CREATE ROLE roles_pooled LOGIN PASSWORD 'pw'")
    let access = DatabaseAccess(
      connection: Secret(
        "host=127.0.0.1 port=\(bouncer.port) user=roles_pooled password=pw dbname=roles"))
    let sql = "SELECT :from + n * interval '1 s' AS at FROM generate_series(1, 30000) n"
    let pulled = try PulledRows([order(sql, .moments), order(sql, .moments)], access)
    #expect(pulled.failures == [])
    #expect(pulled.batches.map(\.read) == [30000, 30000])
    let settings = """
      SELECT current_setting('statement_timeout') || current_setting('search_path')
        || current_setting('application_name')
      """
    let after = try PostgresServer.psql(
      "host=127.0.0.1 port=\(bouncer.port) user=roles_pooled dbname=roles", password: "pw", settings
    )
    #expect(after == "0\"$user\", publicpsql\n")
    try database.sql("GRANT INSERT ON shop.orders TO roles_pooled")
    let refused = try PulledRows([moment], access)
    #expect(refused.fault?.reason == .writableRole([.writes(table: "shop.orders")]))
  }
}
