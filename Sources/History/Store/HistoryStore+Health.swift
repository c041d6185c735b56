import HistoryQueries
public import Model

extension HistoryStore {
  /// What earlier runs noted of a source; all well when they noted nothing.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func health(of source: String) throws(HistoryError) -> SourceHealth {
    try healthRow(of: source)?.health ?? SourceHealth()
  }

  /// The row of a source; all rows are read, so that one under another name is noticed.
  private func healthRow(of source: String) throws(HistoryError) -> HealthRow? {
    var rows: [HealthRow] = []
    try connection.rows(HistoryQueries.healthAll) { (row) throws(HistoryError) in
      rows.append(try HealthRow(row))
    }
    try check(
      .health, of: "", tally: Int64(rows.count), digest: rows.reduce(0) { $0 + $1.checksum })
    return rows.first { $0.source == source }
  }

  /// Notes the health of a source for the runs to come.
  ///
  /// - Throws: what writing brings.
  public func note(_ health: SourceHealth, of source: String) throws(HistoryError) {
    let old = try healthRow(of: source)
    if (old?.health ?? SourceHealth()) == health { return }
    let row = HealthRow(source: source, health: health)
    try connection.transaction { () throws(HistoryError) in
      try connection.run(
        HistoryQueries.healthPut, .text(source), .integer(Int64(health.failures)),
        .init(health.opened?.nanoseconds), .integer(Int64(health.throttles)),
        .init(health.notBefore?.nanoseconds), .integer(row.checksum))
      try note(
        .health, of: "", tally: old == nil ? 1 : 0, digest: row.checksum - (old?.checksum ?? 0))
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
