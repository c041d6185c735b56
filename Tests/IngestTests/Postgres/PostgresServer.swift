import Foundation
import Model

@testable import Ingest

/// A real Postgres in a temporary folder, on a Unix socket and a port of the loopback, that ends with the tests.
final class PostgresServer: Sendable {
  /// The one that most tests share.
  static let shared = Result { try PostgresServer() }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let folder: String
  let port: Int
  /// Holds the shell that stops the server when its input ends.
  private let input: Pipe

  /// Databases are named by the tests; the owner of all is `owner`, and `reader` may only read.
  init(settings: String = "") throws {
    folder = "/tmp/slr-pg-\(UUID().uuidString.prefix(8))"
    port = Int.random(in: 20_000..<30_000)
    input = Pipe()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let account = geteuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --clear-groups" : ""
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/bash")
    shell.currentDirectoryURL = URL(fileURLWithPath: "/")
    shell.standardInput = input
    shell.standardOutput = FileHandle.nullDevice
    shell.standardError = FileHandle.nullDevice
    shell.environment = ["PATH": "/usr/bin:/bin"]
    shell.arguments = [
      "-c",
      """
      folder=$1; port=$2; as="$3"; settings=$4
      bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
      [ -z "$as" ] || chown postgres "$folder"
      $as $bin/initdb -D $folder/data -U owner -A trust -E UTF8 --locale=C.UTF-8 --no-sync
      cat >>$folder/data/postgresql.conf <<END
      listen_addresses = '127.0.0.1'
      port = $port
      unix_socket_directories = '$folder'
      fsync = off
      max_connections = 40
      $settings
      END
      $as $bin/postgres -D $folder/data >$folder/log 2>&1 &
      server=$!
      cat >/dev/null
      kill -INT $server; wait $server
      rm -rf "$folder"
      """, "bash", folder, "\(port)", account, settings,
    ]
    try shell.run()
    for _ in 0..<200 {
      if (try? sql("SELECT 1", in: "postgres")) != nil { break }
      Thread.sleep(forTimeInterval: 0.1)
    }
    try sql("CREATE ROLE reader LOGIN", in: "postgres")
    try sql("CREATE DATABASE test", in: "postgres")
  }

  /// Runs statements as the owner with psql, and gives the lines they print.
  @discardableResult
  func sql(_ text: String, in database: String = "test", as role: String = "owner") throws
    -> [String]
  {
    let psql = Process()
    let (output, errors) = (Pipe(), Pipe())
    psql.executableURL = URL(fileURLWithPath: "/usr/bin/psql")
    psql.arguments = [
      "-h", folder, "-p", "\(port)", "-U", role, "-d", database, "-XqtA", "-v", "ON_ERROR_STOP=1",
      "-c", text,
    ]
    psql.standardOutput = output
    psql.standardError = errors
    try psql.run()
    let lines = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    psql.waitUntilExit()
    guard psql.terminationStatus == 0 else {
      throw Failure(description: String(decoding: complaint, as: UTF8.self))
    }
    return lines.split(separator: "\n").map(String.init)
  }

  /// How the program reaches it.
  func access(
    as role: String = "reader", database: String = "test", extra: String = "",
    allowsWritableRole: Bool = false, schema: String = "public",
    limits: DatabaseAccess.Limits = .standard
  ) -> DatabaseAccess {
    DatabaseAccess(
      connection: Secret(
        "host=\(folder) port=\(port) user=\(role) dbname=\(database) \(extra)"),
      schema: schema, allowsWritableRole: allowsWritableRole, limits: limits)
  }
}

/// Limits so short that a test can wait for them.
extension DatabaseAccess.Limits {
  static func short(
    connect: Duration = .milliseconds(700), read: Duration = .milliseconds(400),
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
