import HistoryQueries
public import Model

extension HistoryStore {
  /// What earlier runs noted of a source; all well when they noted nothing.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func health(of source: String) throws(HistoryError) -> SourceHealth {
    var found = SourceHealth()
    try connection.rows(HistoryQueries.healthOne, [.text(source)]) { (row) throws(HistoryError) in
      found = try HealthRow(row).health
    }
    return found
  }

  /// Notes the health of a source for the runs to come.
  ///
  /// - Throws: what writing brings.
  public func note(_ health: SourceHealth, of source: String) throws(HistoryError) {
    if try self.health(of: source) == health { return }
    let row = HealthRow(source: source, health: health)
    try connection.transaction { () throws(HistoryError) in
      try connection.run(
        HistoryQueries.healthPut, .text(source), .integer(Int64(health.failures)),
        .init(health.opened?.nanoseconds), .integer(Int64(health.throttles)),
        .init(health.notBefore?.nanoseconds), .integer(row.checksum))
    }
  }
}

/// A line of the table `health`.
struct HealthRow {
  let source: String
  let health: SourceHealth

  var checksum: Int64 {
    var row = RowDigest(.health)
    row.add(source)
    row.add(Int64(health.failures))
    row.add(health.opened?.nanoseconds)
    row.add(Int64(health.throttles))
    row.add(health.notBefore?.nanoseconds)
    return row.value
  }

  init(source: String, health: SourceHealth) {
    self.source = source
    self.health = health
  }

  init(_ row: Statement) throws(HistoryError) {
    source = try row.text(0)
    let damage = HistoryError.damaged(.row(.health, key: "(\(source))"))
    func instant(_ column: Int32) throws(HistoryError) -> Instant? {
      try row.optionalInteger(column).map(Instant.init(nanoseconds:))
    }
    health = SourceHealth(
      failures: Int(clamping: try row.integer(1)), opened: try instant(2),
      throttles: Int(clamping: try row.integer(3)), notBefore: try instant(4))
    guard try row.integer(5) == checksum else { throw damage }
  }
}
