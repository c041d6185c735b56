import HistoryQueries
import Model

/// What a file or a query says about an incident.
struct IncidentRow: RemovableRow {
  static let table = HistoryTable.incident
  static let keyLength = 3
  static let all = HistoryQueries.incidentsAll
  static let put = HistoryQueries.incidentPut
  static let drop = HistoryQueries.incidentDrop

  let feed: String
  /// The file that it comes from; empty for a query.
  let path: String
  let entry: IncidentEntry
  /// When the file was written.
  let written: Instant?

  var group: String? { feed }

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

  init?(_ columns: inout ColumnReader) throws(HistoryError) {
    feed = try columns.text()
    path = try columns.text()
    let (id, title) = (try columns.text(), try columns.text())
    let services = try columns.text().split(separator: IncidentRow.separator).map(String.init)
    let (code, started) = (try columns.integer(), try columns.instant())
    let (detected, acknowledged, resolved) = (
      try columns.optionalInstant(), try columns.optionalInstant(), try columns.optionalInstant()
    )
    let cause = try columns.optionalText()
    if code == IncidentRow.withdrawn {
      entry = .withdrawn(id: id, started: started)
    } else if code == IncidentRow.unusable {
      entry = .unusable(
        UnusableIncident(
          id: id, services: services, started: started, ended: resolved ?? started))
    } else {
      guard let severity = Severity(rawValue: code) else { return nil }
      entry = .incident(
        Incident(
          id: id, title: title, services: services, severity: severity, started: started,
          detected: detected, acknowledged: acknowledged, resolved: resolved, cause: cause))
    }
    written = try columns.optionalInstant()
  }

  /// What only incidents have.
  private var incident: Incident? {
    if case .incident(let incident) = entry { incident } else { nil }
  }

  private var severity: Int64 {
    switch entry {
    case .incident(let incident): incident.severity.rawValue
    case .withdrawn: IncidentRow.withdrawn
    case .unusable: IncidentRow.unusable
    }
  }

  private var resolved: Instant? {
    switch entry {
    case .incident(let incident): incident.resolved
    case .withdrawn: nil
    case .unusable(let row): row.ended
    }
  }

  func columns(_ columns: inout some Columns) {
    columns.add(feed)
    if !columns.isChecksum { columns.add(path) }
    columns.add(entry.id)
    columns.add(incident?.title ?? "")
    columns.add(entry.services.joined(separator: String(IncidentRow.separator)))
    columns.add(severity)
    columns.add(entry.started.nanoseconds)
    columns.add(incident?.detected?.nanoseconds)
    columns.add(incident?.acknowledged?.nanoseconds)
    columns.add(resolved?.nanoseconds)
    columns.add(incident?.cause)
    // The first layouts had neither; the path came later, and so it ends the checksum.
    let isOlder = path.isEmpty && written == nil
    if columns.isChecksum, !isOlder { columns.add(path) }
    if !columns.isChecksum || !isOlder { columns.add(written?.nanoseconds) }
  }
}
