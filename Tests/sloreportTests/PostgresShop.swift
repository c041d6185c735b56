import Foundation
import Synchronization
import TestSupport

/// The database that most tests read, and a history of it that lacks the last half day.
enum Shop {
  private static let built = Mutex<Set<String>>([])
  private static let kept = Mutex<Data?>(nil)

  /// Fifteen days of orders up to the end of week 42, one every five minutes, every 200th failed: half of the budget of 99 %.
  static let tables = """
    CREATE TABLE orders (id bigserial PRIMARY KEY, at timestamptz NOT NULL, ok boolean NOT NULL, seconds float8 NOT NULL);
    CREATE INDEX ON orders (at);
    INSERT INTO orders (at, ok, seconds)
      SELECT timestamptz '2026-10-04 00:00+00' + n * interval '5 minutes', n % 200 <> 0, (n % 10) / 10.0
      FROM generate_series(0, 15 * 288 - 1) n;
    CREATE TABLE incidents (id text PRIMARY KEY, title text, service text, severity int, started_at timestamptz,
      detected_at timestamptz, acknowledged_at timestamptz, resolved_at timestamptz, cause text);
    INSERT INTO incidents VALUES ('INC-1', 'Payments slow', 'shop', 2, '2026-10-14 10:00+00', '2026-10-14 10:05+00',
      '2026-10-14 10:10+00', '2026-10-14 11:00+00', 'deployment');
    GRANT SELECT ON orders, incidents TO readers;
    """

  /// Makes the tables once on a server.
  static func build(on server: PostgresServer) throws {
    try built.withLock { built in
      guard built.insert(server.folder).inserted else { return }
      try server.psql("CREATE ROLE readers")
      try server.psql("CREATE DATABASE shop")
      try server.psql(tables, database: "shop")
      // One that nobody reads can be copied at any time.
      try server.psql("CREATE DATABASE pristine TEMPLATE shop ALLOW_CONNECTIONS false")
    }
  }

  /// What a run half a day before the end of the week kept: enough for a verdict, were it all.
  static func history() throws -> Data {
    try kept.withLock { kept in
      if let kept { return kept }
      let scene = try PostgresScene()
      let outcome = try scene.run(["collect"], asOf: "2026-10-18T12:00:00Z")
      guard outcome.status == 0 else { throw ChildProcess.Failure("no history: \(outcome)") }
      let history = try Data(contentsOf: scene.folder.appendingPathComponent("sloreport.db"))
      kept = history
      return history
    }
  }
}
