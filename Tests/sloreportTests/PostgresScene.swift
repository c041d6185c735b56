import Foundation
import Synchronization
import TestSupport

/// A shop whose orders lie in a real Postgres, and a folder with the configuration that reads them.
///
/// The role of each scene is its own, so that tests can change it; the database is shared unless a test wants its own.
struct PostgresScene: Sendable {
  /// What must never be printed or stored.
  static let canary = "canary-Zq7x-wren"
  static let asOf = Workspace.asOf

  /// A secret was found where it does not belong.
  struct Leak: Error { let place: String }

  let temporary: TemporaryFolder
  let server: PostgresServer
  let role: String
  /// The role that logs in, where it is another one.
  var login: String
  var host: String
  var port: UInt16
  var database: String
  /// In the environment of the program, unless `nil`.
  var password: String? = PostgresScene.canary
  /// More of the connection string.
  var parameters = ""
  /// More keys of the source.
  var options = ""
  var timeouts = PostgresScene.patient
  /// By name of the file under `queries`.
  var queries = ["orders": PostgresScene.ordersQuery]
  var slos = ["orders": "ratio: { source: warehouse, query: queries/orders.sql }"]
  /// More keys of the service.
  var service = ""
  var environment: [String: String] = [:]
  /// What must live as long as the scene.
  var kept: [any Sendable] = []

  /// For what must not fail, however busy the machine is.
  static let patient = "{ connect: 20s, read: 20s, total: 60s, source: 3m }"
  /// For a server that does not answer: three tries in four seconds.
  static let hasty = "{ connect: 1s, read: 1s, total: 3s, source: 4s }"

  static let ordersQuery = """
    -- Orders by step.
    SELECT date_bin(:step, at, timestamptz '2000-01-01 00:00+00') AS bucket,
      count(*) FILTER (WHERE ok) AS good, count(*) AS total
    FROM orders WHERE at >= :from AND at < :to GROUP BY 1 ORDER BY 1

    """

  private static let names = Mutex(0)

  /// A scene on the shared server unless one is given, which then gets the shop's tables as well.
  ///
  /// A test that changes tables wants its own database; with a history all but the last half day has been collected.
  init(
    on server: PostgresServer? = nil, ownDatabase: Bool = false, hasHistory: Bool = false
  ) throws {
    self.server = try server ?? PostgresServer.shared()
    try Shop.build(on: self.server)
    temporary = try TemporaryFolder()
    let number = PostgresScene.names.withLock { number in
      number += 1
      return number
    }
    role = "reader\(number)"
    login = role
    host = self.server.socket
    port = self.server.port
    database = "shop"
    try self.server.psql(
      "CREATE ROLE \(role) LOGIN PASSWORD '\(PostgresScene.canary)'; GRANT readers TO \(role)")
    if ownDatabase {
      database = "shop\(number)"
      try self.server.psql("CREATE DATABASE \(database) TEMPLATE pristine")
    }
    if hasHistory {
      try Shop.history().write(to: folder.appendingPathComponent("sloreport.db"))
    }
  }

  var folder: URL { URL(fileURLWithPath: temporary.path) }

  var connection: String {
    "host=\(host) port=\(port) dbname=\(database) user=\(login) \(parameters)"
      .trimmingCharacters(in: .whitespaces)
  }

  var configuration: String {
    var lines = [
      "title: Shop", "timezone: UTC", "sources:", "  warehouse:", "    postgres: \"\(connection)\"",
      "    timeouts: \(timeouts)",
    ]
    lines += options.split(separator: "\n").map { "    " + $0 }
    lines += ["services:", "  shop:", "    slos:"]
    for (name, indicator) in slos.sorted(by: { $0.key < $1.key }) {
      lines.append("      \(name): { objective: 99%, window: 7d, \(indicator) }")
    }
    lines += service.split(separator: "\n").map { "    " + $0 }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The environment of the program.
  var variables: [String: String] {
    environment.merging(password.map { ["PGPASSWORD": $0] } ?? [:]) { own, _ in own }
  }

  /// Statements as the superuser, in the scene's database.
  @discardableResult
  func sql(_ statements: String) throws -> String {
    try server.psql(statements, database: database)
  }

  /// Leads through a proxy from here on.
  mutating func lead(
    through plan: @escaping @Sendable (Int) -> LoopbackProxy.Behaviour
  ) throws -> LoopbackProxy {
    let proxy = try LoopbackProxy(to: .port(server.port), plan)
    host = "127.0.0.1"
    port = proxy.port
    kept.append(proxy)
    return proxy
  }

  func write(_ text: String, to path: String) throws {
    let url = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(path)), as: UTF8.self)
  }

  func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
  }

  /// The same scene with a folder of its own, and the history so far.
  func copy() throws -> PostgresScene {
    try PostgresScene(self, in: TemporaryFolder())
  }

  private init(_ scene: PostgresScene, in temporary: TemporaryFolder) throws {
    self.temporary = temporary
    server = scene.server
    role = scene.role
    login = scene.login
    host = scene.host
    port = scene.port
    database = scene.database
    password = scene.password
    parameters = scene.parameters
    options = scene.options
    timeouts = scene.timeouts
    queries = scene.queries
    slos = scene.slos
    service = scene.service
    environment = scene.environment
    kept = scene.kept
    if scene.exists("sloreport.db") {
      try FileManager.default.copyItem(
        at: scene.folder.appendingPathComponent("sloreport.db"),
        to: folder.appendingPathComponent("sloreport.db"))
    }
  }

  typealias Outcome = Program.Outcome

  /// Writes the configuration as it is now.
  func prepare() throws {
    try write(configuration, to: "sloreport.yaml")
    for (name, text) in queries { try write(text, to: "queries/\(name).sql") }
  }

  /// Runs the program, and looks for secrets in all that it printed and wrote.
  @discardableResult
  func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

  @discardableResult
  func run(_ arguments: [String], asOf: String? = PostgresScene.asOf) throws -> Outcome {
    try prepare()
    let outcome = try Program("sloreport").run(
      arguments + (asOf.map { ["--as-of", $0] } ?? []), in: folder,
      environment: variables)
    try Secrets(of: self).search(outcome, in: folder)
    return outcome
  }

  /// Starts the program, for something to happen meanwhile.
  func start(_ command: String) throws -> Running {
    try prepare()
    return try Program("sloreport").start(
      [command, "--as-of", PostgresScene.asOf], in: folder, environment: variables)
  }

  /// Waits for the end of what was started, and looks for secrets as ``run(_:)`` does.
  func finish(_ run: Running) throws -> Program.Outcome {
    let outcome = run.finish()
    try Secrets(of: self).search(outcome, in: folder)
    return outcome
  }

  /// `collect`, `weekly` and `check`, at the same time, each with a folder of its own.
  func trio() throws -> Trio {
    let scenes = try ["collect", "weekly", "check"].map { ($0, try copy()) }
    let outcomes = try concurrently(scenes) { try $0.1.run([$0.0]) }
    return Trio(collect: outcomes[0], weekly: outcomes[1], check: outcomes[2], report: scenes[1].1)
  }

  struct Trio: Sendable {
    let collect: Outcome
    let weekly: Outcome
    let check: Outcome
    /// The folder in which `weekly` ran.
    let report: PostgresScene

    var all: [Outcome] { [collect, weekly, check] }
    var codes: [Int32] { all.map(\.status) }

    /// The facts of the report; `nil` when none was written.
    var facts: String? { try? report.read("reports/2026-W42/weekly.json") }
    var page: String? { try? report.read("reports/2026-W42/weekly.html") }
  }
}

extension Program.Outcome {
  var said: String { output + errors }
  /// The line about the source: on standard error, but in the answer of `check`.
  var told: String { errors.contains("source warehouse") ? errors : output }
}

/// The texts that must stay inside.
struct Secrets {
  private let texts: [String]

  init(of scene: PostgresScene) {
    texts =
      [scene.password ?? "", PostgresScene.canary, scene.connection].filter { !$0.isEmpty }.flatMap
    {
      [
        $0, String($0.reversed()), Data($0.utf8).base64EncodedString(),
        $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? $0,
      ]
    }
  }

  /// `Data.range(of:)` steps through every byte; here only those are looked at that are the text's first.
  private static func holds(_ bytes: Data, _ text: String) -> Bool {
    let text = Array(text.utf8)
    return bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, bytes.count >= text.count else { return false }
      let last = start + (bytes.count - text.count)
      var place = start
      while place <= last, let found = memchr(place, Int32(text[0]), last - place + 1) {
        if memcmp(found, text, text.count) == 0 { return true }
        place = UnsafeRawPointer(found) + 1
      }
      return false
    }
  }

  /// Looks through what was printed and through all files but those that the user wrote.
  func search(_ outcome: Program.Outcome, in folder: URL) throws {
    for text in texts where (outcome.output + outcome.errors).contains(text) {
      throw PostgresScene.Leak(place: outcome.output + outcome.errors)
    }
    let mine: Set = ["sloreport.yaml", "pgpass"]
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    for path in paths ?? [] where !mine.contains(path) && !path.hasPrefix("queries") {
      guard let bytes = try? Data(contentsOf: folder.appendingPathComponent(path)) else { continue }
      for text in texts where Secrets.holds(bytes, text) { throw PostgresScene.Leak(place: path) }
    }
  }
}
