import Foundation
import TestSupport
import Testing

/// One thing that goes wrong between the program and its database, and what the user must see.
struct PostgresFault: Sendable, CustomTestStringConvertible {
  /// The row of the fault table it stands for.
  let row: String
  let name: String
  /// The exit codes of `collect`, `weekly` and `check`.
  let codes: [Int32]
  /// What each of them says on standard error.
  let says: [String]
  var ownDatabase = false
  let arrange: @Sendable (inout PostgresScene) throws -> Void

  var testDescription: String { "\(row) \(name)" }

  static let unreachable: [Int32] = [69, 4, 3]
  static let refused: [Int32] = [77, 77, 3]
  static let misconfigured: [Int32] = [78, 78, 3]

  static func query(_ text: String) -> @Sendable (inout PostgresScene) throws -> Void {
    { $0.queries["orders"] = text }
  }

  static func misconfigured(
    _ name: String, _ says: [String],
    _ arrange: @escaping @Sendable (inout PostgresScene) throws -> Void
  ) -> PostgresFault {
    PostgresFault(row: "A21", name: name, codes: misconfigured, says: says, arrange: arrange)
  }

  static func changed(_ old: String, _ new: String)
    -> @Sendable (inout PostgresScene) throws -> Void
  {
    query(PostgresScene.ordersQuery.replacingOccurrences(of: old, with: new))
  }

  static let all: [PostgresFault] = [
    PostgresFault(row: "A1", name: "nobody listens", codes: unreachable, says: ["refuses"]) {
      $0.timeouts = PostgresScene.hasty
      $0.host = "127.0.0.1"
      $0.port = try LoopbackProxy.freePort()
    },
    PostgresFault(row: "A1", name: "no socket", codes: unreachable, says: ["no socket"]) {
      $0.timeouts = PostgresScene.hasty
      $0.host = $0.temporary.path
    },
    PostgresFault(row: "A1", name: "a socket's folder is missing", codes: unreachable, says: []) {
      $0.timeouts = PostgresScene.hasty
      $0.host = "/nonexistent"
    },
    PostgresFault(
      row: "A3", name: "accepts, never speaks", codes: unreachable, says: ["no greeting", "in 1 s"]
    ) {
      $0.timeouts = PostgresScene.hasty
      _ = try $0.lead { _ in .silence }
    },
    PostgresFault(
      row: "A3", name: "closes at once", codes: unreachable, says: ["closed the connection"]
    ) {
      $0.timeouts = PostgresScene.hasty
      _ = try $0.lead { _ in .refuse }
    },
    PostgresFault(row: "A3", name: "falls silent in the login", codes: unreachable, says: ["login"])
    {
      $0.timeouts = "{ connect: 3s, read: 1s, total: 5s, source: 6s }"
      _ = try $0.lead { _ in .stall(after: 20) }
    },
    PostgresFault(
      row: "A8", name: "starting up", codes: unreachable, says: ["is starting"]
    ) {
      let answer = "E\0\0\0\u{34}SFATAL\0VFATAL\0C57P03\0Mthe system is starting up\0\0"
      var bytes = Array(answer.utf8)
      bytes[4] = UInt8(bytes.count - 1)
      let fixed = bytes
      _ = try $0.lead { _ in .answer(fixed) }
    },
    PostgresFault(
      row: "A12", name: "one byte every 50 ms", codes: unreachable,
      says: ["orders.sql", "a try took longer than 2 s, cancelled"]
    ) {
      _ = try $0.lead { _ in .trickle(after: 2_500, every: 50_000) }
      $0.timeouts = "{ connect: 10s, read: 1s, total: 2s, source: 30s }"
    },
    PostgresFault(
      row: "A17", name: "the query takes too long", codes: unreachable,
      says: ["orders.sql", "57014"]
    ) {
      try changed("WHERE at", "WHERE (SELECT pg_sleep(60)::text) IS NOT NULL AND at")(&$0)
      $0.timeouts = "{ connect: 10s, read: 1s, total: 5s, source: 30s }"
    },
    PostgresFault(
      row: "A18", name: "the table is locked", codes: unreachable, says: ["locked"],
      ownDatabase: true
    ) {
      let holder = try $0.server.session(database: $0.database)
      try holder.run("BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;")
      $0.kept.append(holder)
      $0.timeouts = "{ connect: 10s, read: 5s, total: 6s, source: 9s }"
    },
    PostgresFault(row: "A20", name: "wrong password", codes: refused, says: ["refuses the login"]) {
      $0.password = "wrong-" + PostgresScene.canary
    },
    PostgresFault(row: "A20", name: "no password", codes: refused, says: ["password"]) {
      $0.password = nil
    },
    PostgresFault(row: "A20", name: "no such role", codes: refused, says: ["refuses the login"]) {
      $0.login = "nobody_knows"
    },
    PostgresFault(
      row: "A20", name: "a password file that others may read", codes: refused, says: ["pgpass"]
    ) {
      try $0.keepPassword(mode: 0o640)
    },
    misconfigured("no database", ["nowhere"]) { $0.database = "nowhere" },
    misconfigured(
      "no table", ["orders.sql", "purchases"], changed("FROM orders", "FROM purchases")),
    misconfigured(
      "no column", ["orders.sql", "colour"], changed("WHERE ok", "WHERE colour = 'red'")),
    misconfigured("no function", ["orders.sql"], changed("date_bin", "date_bim")),
    misconfigured("a mistake in the grammar", ["orders.sql"], changed("SELECT", "SELEKT")),
    misconfigured("no right on the table", ["orders", "GRANT SELECT"]) {
      try $0.sql("REVOKE readers FROM \($0.role)")
    },
    PostgresFault(
      row: "A21", name: "no right on the schema", codes: misconfigured,
      says: ["orders.sql", "42P01"],
      ownDatabase: true
    ) { try $0.sql("REVOKE USAGE ON SCHEMA public FROM PUBLIC") },
    PostgresFault(
      row: "A21", name: "no right to connect", codes: misconfigured, says: ["42501", "GRANT"],
      ownDatabase: true
    ) { try $0.sql("REVOKE CONNECT ON DATABASE \($0.database) FROM PUBLIC") },
    misconfigured("no schema", ["orders.sql", "42P01"]) { $0.options = "schema: elsewhere" },
    misconfigured(
      "a column of the contract is missing", ["orders.sql", "total"], changed("AS total", "AS al")),
    misconfigured(
      "a column has a type that is no number", ["orders.sql", "good"],
      changed("count(*) FILTER (WHERE ok) AS good", "'many' AS good")),
    misconfigured(
      "a bucket is no moment", ["orders.sql", "bucket"],
      changed("date_bin(:step, at, timestamptz '2000-01-01 00:00+00') AS bucket", "1 AS bucket")
    ),
    misconfigured("an empty query", ["orders.sql"], query("-- nothing\n")),
    misconfigured(
      "an unknown parameter", ["orders.sql", ":form"], changed("at >= :from", "at >= :form")),
    misconfigured("two statements", ["orders.sql"], query("SELECT 1; SELECT 2")),
  ]
}

extension PostgresScene {
  /// Hands the password over in a file instead of the environment.
  mutating func keepPassword(mode: Int) throws {
    let path = temporary.path + "/pgpass"
    try write("*:*:*:*:\(PostgresScene.canary)\n", to: "pgpass")
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    parameters = "passfile=\(path)"
    password = nil
  }
}

@Suite("Faults of a database, through the built program")
struct PostgresFaultTests {
  @Test(
    "are named with their source and limit, and never pass the gate",
    arguments: PostgresFault.all)
  func areNamed(fault: PostgresFault) async throws {
    let trio = try await onThread {
      var scene = try PostgresScene(ownDatabase: fault.ownDatabase, hasHistory: true)
      try fault.arrange(&scene)
      return try scene.trio()
    }
    #expect(trio.codes == fault.codes, "\(trio.all)")
    for outcome in trio.all {
      #expect(outcome.told.contains("ource warehouse: "), "\(outcome)")
      for text in fault.says { #expect(outcome.told.contains(text), "\(text) in: \(outcome)") }
    }
    // What was known before is reported, and the report says at its top what is missing.
    let facts = try #require(trio.facts, "\(trio.weekly)")
    let missing = facts.range(of: "\"incomplete\" : [")
    #expect(missing != nil && !facts.contains("\"incomplete\" : [\n\n  ]"), "\(facts.prefix(600))")
    let page = try #require(trio.page)
    #expect(page.hasSuffix("</html>\n") && page.contains("warehouse"))
  }

  @Test("without a fault the same scene passes, with and without what was known before")
  func passesWithoutFault() async throws {
    try await onThread {
      for hasHistory in [true, false] {
        let scene = try PostgresScene(hasHistory: hasHistory)
        let trio = try scene.trio()
        #expect(trio.codes == [0, 0, 0], "\(trio.all)")
        #expect(trio.all.map(\.errors) == ["", "", ""])
        #expect(trio.check.output.contains("OPEN"))
      }
      // The history that the faults start from would pass by itself: the gate is closed by the fault alone.
      let scene = try PostgresScene(hasHistory: true)
      #expect(try scene.run("check", "--no-collect").status == 0)
    }
  }

  @Test(
    "with nothing known before there is no report",
    arguments: [("127.0.0.1", "right", Int32(69)), ("", "wrong", 77)])
  func withoutHistory(host: String, password: String, code: Int32) async throws {
    try await onThread {
      var scene = try PostgresScene()
      if !host.isEmpty {
        scene.host = host
        scene.port = try LoopbackProxy.freePort()
        scene.timeouts = PostgresScene.hasty
      }
      if password == "wrong" { scene.password = "wrong" }
      let trio = try scene.trio()
      #expect(trio.codes == [code, code, 3], "\(trio.all)")
    }
  }

  @Test("a password reaches the server by environment, file or a variable in the configuration")
  func passwordArrives() async throws {
    try await onThread {
      var file = try PostgresScene()
      try file.keepPassword(mode: 0o600)
      var variable = try PostgresScene()
      variable.parameters = "password=${SHOP_PASSWORD}"
      variable.password = nil
      variable.environment = ["SHOP_PASSWORD": PostgresScene.canary]
      var address = try PostgresScene()
      address.login = "${SHOP_USER}"
      address.environment = ["SHOP_USER": address.role]
      for outcome in try concurrently([file, variable, address], { try $0.run("collect") }) {
        #expect(outcome.status == 0, "\(outcome)")
      }
    }
  }

  @Test("a wrong password is tried once: no lock-out by retries")
  func wrongPasswordIsTriedOnce() async throws {
    try await onThread {
      var scene = try PostgresScene(hasHistory: true)
      let proxy = try scene.lead { _ in .pass }
      scene.password = "wrong"
      let outcome = try scene.run("collect")
      #expect(outcome.status == 77 && proxy.connections == 1, "\(proxy.connections) \(outcome)")
      #expect(outcome.errors.contains(scene.role), "\(outcome)")
    }
  }

  @Test(
    "a connection string that cannot be read is not printed",
    arguments: [
      "postgres://reader:SECRET@ss@127.0.0.1:5432/shop",
      "postgres://reader:SECRET/ss@127.0.0.1/shop",
      "postgres://reader:SECRET%zz@127.0.0.1/shop", "host=127.0.0.1 password=SECRET port=SECRET",
      "host=127.0.0.1 password='SECRET", "postgres://reader:p@127.0.0.1:SECRET/shop",
      "host=127.0.0.1 SECRET=1", "SECRET", "postgres://SECRET:SECRET@SECRET/SECRET?SECRET=SECRET",
    ])
  func malformedStringStaysInside(pattern: String) async throws {
    try await onThread {
      let scene = try PostgresScene(hasHistory: true)
      let text = pattern.replacingOccurrences(of: "SECRET", with: PostgresScene.canary)
      try scene.prepare()
      let configuration = scene.configuration.replacingOccurrences(of: scene.connection, with: text)
      try scene.write(configuration, to: "sloreport.yaml")
      for command in ["validate", "collect", "weekly", "check", "doctor"] {
        let outcome = try Program("sloreport").run(
          [command]
            + (command == "validate" || command == "doctor" ? [] : ["--as-of", Workspace.asOf]),
          in: scene.folder)
        #expect(command == "validate" || command == "doctor" || outcome.status > 0, "\(outcome)")
        try Secrets(of: scene).search(outcome, in: scene.folder)
      }
    }
  }
}
