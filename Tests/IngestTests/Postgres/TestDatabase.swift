import Model
import TestSupport

@testable import Ingest

/// A database of the tests of this room, which its role may only read.
struct TestDatabase: Sendable {
  /// The one that most tests share.
  static let shared = Result { try TestDatabase() }

  static let password = "p-3q'\\ x"

  let server: PostgresServer
  let name: String

  init(_ server: PostgresServer? = nil, name: String = "room") throws {
    self.server = try server ?? PostgresServer.shared()
    self.name = name
    try self.server.psql("CREATE DATABASE \(name)")
    try addRole("\(name)_reader")
  }

  func addRole(_ role: String) throws {
    let password = TestDatabase.password.replacing("'", with: "''")
    try server.psql("CREATE ROLE \(role) LOGIN PASSWORD '\(password)'")
  }

  /// Runs statements as the superuser, and gives the lines they print.
  @discardableResult
  func sql(_ text: String, in database: String? = nil) throws -> [String] {
    try server.psql(text, database: database ?? name).split(separator: "\n").map(String.init)
  }

  /// How the program reaches it, through the socket.
  func access(
    as role: String? = nil, database: String? = nil, host: String? = nil, port: UInt16? = nil,
    extra: String = "", allowsWritableRole: Bool = false, schema: String = "public",
    limits: DatabaseAccess.Limits = .standard
  ) -> DatabaseAccess {
    let password = TestDatabase.password.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    return DatabaseAccess(
      connection: Secret(
        """
        host=\(host ?? server.socket) port=\(port ?? server.port) user=\(role ?? name + "_reader") \
        dbname=\(database ?? name) password='\(password)' \(extra)
        """),
      schema: schema, allowsWritableRole: allowsWritableRole, limits: limits)
  }
}

/// Limits so short that a test can wait for them.
extension DatabaseAccess.Limits {
  static func short(
    connect: Duration = .seconds(20), read: Duration = .milliseconds(400),
    total: Duration = .seconds(5), source: Duration = .seconds(20)
  ) -> DatabaseAccess.Limits {
    DatabaseAccess.Limits(connect: connect, read: read, total: total, source: source)
  }
}

/// A query's text over a day, or over another span.
func order(
  _ sql: String, _ shape: RowShape, from: String = "2026-10-18T00:00:00Z",
  to: String = "2026-10-19T00:00:00Z", step: Duration = .minutes(1),
  mapping: IncidentMapping? = nil
) -> QueryOrder {
  QueryOrder(
    feed: "w/q.sql", path: "q.sql", sql: sql, shape: shape,
    window: Window(start: instant(from), end: instant(to)), step: step, mapping: mapping)
}

func instant(_ text: String) -> Instant {
  let bytes = Array(text.utf8)
  return Instant(nanoseconds: Timestamp.read(bytes.span, 0..<bytes.count) ?? 0)
}

/// What a pull gave.
struct PulledRows {
  var batches: [Batch] = []
  var failures: [IngestError] = []
  var health = SourceHealth()
  var notes: [SourceNote] = []
  /// The waits between tries, which the tests do not sit out.
  var waits: [Duration] = []

  var series: [Series] { batches.flatMap(\.series) }

  var fault: DatabaseFault? {
    guard failures.count == 1, case .database(let fault) = failures[0].reason else { return nil }
    return fault
  }
}

/// A list that a closure fills.
private final class Waits {
  var all: [Duration] = []
}

extension PulledRows {
  /// Pulls without waiting between tries; `pausing` is called in place of a wait.
  init(
    _ orders: [QueryOrder], _ access: DatabaseAccess, health: SourceHealth = SourceHealth(),
    now: Instant = Instant(seconds: 1_795_000_000), pausing: @escaping () -> Void = {}
  ) throws {
    let waits = Waits()
    var session = PostgresSession(access, health: health, now: now) {
      waits.all.append($0)
      pausing()
    }
    var batches: [Batch] = []
    let pull = try PostgresSource(name: "w", access: access).pull(orders, &session) {
      batches.append($0)
    }
    self.batches = batches
    failures = pull.failures
    self.health = pull.health
    notes = pull.notes
    self.waits = waits.all
  }
}
