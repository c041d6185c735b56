import Model

/// A line of the table `incident`.
struct IncidentRow {
  let feed: String
  let incident: Incident

  private static let separator: Character = "\u{1F}"

  var services: String { incident.services.joined(separator: String(IncidentRow.separator)) }

  var checksum: Int64 {
    var row = RowDigest(.incident)
    for column in [feed, incident.id, incident.title, services] { row.add(column) }
    row.add(incident.severity.rawValue)
    row.add(incident.started.nanoseconds)
    for column in [incident.detected, incident.acknowledged, incident.resolved] {
      row.add(column?.nanoseconds)
    }
    row.add(incident.cause)
    return row.value
  }

  init(feed: String, incident: Incident) {
    self.feed = feed
    self.incident = incident
  }

  init(_ row: Statement) throws(HistoryError) {
    feed = try row.text(0)
    let id = try row.text(1)
    let damage = HistoryError.damaged(.row(.incident, key: "(\(feed), \(id))"))
    guard let severity = Severity(rawValue: try row.integer(4)) else { throw damage }
    func instant(_ column: Int32) throws(HistoryError) -> Instant? {
      try row.optionalInteger(column).map(Instant.init(nanoseconds:))
    }
    incident = Incident(
      id: id, title: try row.text(2),
      services: try row.text(3).split(separator: IncidentRow.separator).map(String.init),
      severity: severity, started: Instant(nanoseconds: try row.integer(5)),
      detected: try instant(6), acknowledged: try instant(7), resolved: try instant(8),
      cause: try row.optionalText(9))
    guard try row.integer(10) == checksum else { throw damage }
  }
}
