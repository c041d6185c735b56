import Model

/// A line of the table `incident`.
struct IncidentRow {
  let feed: String
  /// The file that it comes from; empty for a query.
  let path: String
  let entry: IncidentEntry
  /// When the file was written.
  let written: Instant?

  private static let separator: Character = "\u{1F}"
  /// In the place of a severity.
  private static let withdrawn: Int64 = 4
  private static let unusable: Int64 = 5

  init(feed: String, path: String, entry: IncidentEntry, written: Instant?) {
    self.feed = feed
    self.path = path
    self.entry = entry
    self.written = written
  }

  init(_ row: Statement) throws(HistoryError) {
    feed = try row.text(0)
    path = try row.text(1)
    let id = try row.text(2)
    let damage = HistoryError.damaged(.row(.incident, key: "(\(feed), \(path), \(id))"))
    func instant(_ column: Int32) throws(HistoryError) -> Instant? {
      try row.optionalInteger(column).map(Instant.init(nanoseconds:))
    }
    let services = try row.text(4).split(separator: IncidentRow.separator).map(String.init)
    let started = Instant(nanoseconds: try row.integer(6))
    let resolved = try instant(9)
    let code = try row.integer(5)
    if code == IncidentRow.withdrawn {
      entry = .withdrawn(id: id, started: started)
    } else if code == IncidentRow.unusable {
      entry = .unusable(
        UnusableIncident(
          id: id, services: services, started: started, ended: resolved ?? started))
    } else {
      guard let severity = Severity(rawValue: code) else { throw damage }
      entry = .incident(
        Incident(
          id: id, title: try row.text(3), services: services, severity: severity, started: started,
          detected: try instant(7), acknowledged: try instant(8), resolved: resolved,
          cause: try row.optionalText(10)))
    }
    written = try instant(11)
    guard try row.integer(12) == checksum else { throw damage }
  }

  /// The columns after `id` up to `cause`.
  private struct Columns {
    var title = ""
    let severity: Int64
    var detected: Int64?
    var acknowledged: Int64?
    let resolved: Int64?
    var cause: String?
  }

  private var columns: Columns {
    switch entry {
    case .incident(let incident):
      Columns(
        title: incident.title, severity: incident.severity.rawValue,
        detected: incident.detected?.nanoseconds, acknowledged: incident.acknowledged?.nanoseconds,
        resolved: incident.resolved?.nanoseconds, cause: incident.cause)
    case .withdrawn: Columns(severity: IncidentRow.withdrawn, resolved: nil)
    case .unusable(let row):
      Columns(severity: IncidentRow.unusable, resolved: row.ended.nanoseconds)
    }
  }

  private var services: String {
    entry.services.joined(separator: String(IncidentRow.separator))
  }

  var values: [Statement.Value] {
    let columns = columns
    return [
      .text(feed), .text(path), .text(entry.id), .text(columns.title), .text(services),
      .integer(columns.severity), .integer(entry.started.nanoseconds), .init(columns.detected),
      .init(columns.acknowledged), .init(columns.resolved), .init(columns.cause),
      .init(written?.nanoseconds), .integer(checksum),
    ]
  }

  var checksum: Int64 {
    let columns = columns
    var row = RowDigest(.incident)
    for column in [feed, entry.id, columns.title, services] { row.add(column) }
    row.add(columns.severity)
    row.add(entry.started.nanoseconds)
    for column in [columns.detected, columns.acknowledged, columns.resolved] { row.add(column) }
    row.add(columns.cause)
    // Rows from earlier schemas have no more.
    if !path.isEmpty || written != nil {
      row.add(path)
      row.add(written?.nanoseconds)
    }
    return row.value
  }
}
