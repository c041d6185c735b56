import HistoryQueries
public import Model

extension HistoryStore {
  /// The incidents of a feed, in order of start and id.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func incidents(of feed: String) throws(HistoryError) -> [Incident] {
    try incidentRows(of: feed).map(\.incident)
  }

  private func incidentRows(of feed: String) throws(HistoryError) -> [IncidentRow] {
    var rows: [IncidentRow] = []
    try connection.rows(HistoryQueries.incidentsOfFeed, [.text(feed)]) {
      (row) throws(HistoryError) in
      rows.append(try IncidentRow(row))
    }
    try check(
      .incident, of: feed, tally: Int64(rows.count), digest: rows.reduce(0) { $0 + $1.checksum })
    return rows
  }

  /// Keeps the incidents of a batch; where it replaces, those that started in its span and are not in it are removed.
  ///
  /// - Returns: how many incidents were added, changed or removed.
  func keepIncidents(of batch: Batch) throws(HistoryError) -> Int {
    guard !batch.incidents.isEmpty || batch.replaces else { return 0 }
    let feed = batch.source
    let old = Dictionary(
      try incidentRows(of: feed).map { ($0.incident.id, $0) }, uniquingKeysWith: { $1 })
    var (tally, digest, changed) = (Int64(0), Int64(0), 0)
    for incident in batch.incidents {
      let row = IncidentRow(feed: feed, incident: incident)
      let before = old[incident.id]
      if before?.incident == incident { continue }
      try connection.run(
        HistoryQueries.incidentPut, .text(feed), .text(incident.id), .text(incident.title),
        .text(row.services), .integer(incident.severity.rawValue),
        .integer(incident.started.nanoseconds), .init(incident.detected?.nanoseconds),
        .init(incident.acknowledged?.nanoseconds), .init(incident.resolved?.nanoseconds),
        .init(incident.cause), .integer(row.checksum))
      tally += before == nil ? 1 : 0
      digest += row.checksum - (before?.checksum ?? 0)
      changed += 1
    }
    if batch.replaces, let span = batch.span {
      let kept = Set(batch.incidents.map(\.id))
      for row in old.values where span.contains(row.incident.started) {
        guard !kept.contains(row.incident.id) else { continue }
        try connection.run(HistoryQueries.incidentDrop, .text(feed), .text(row.incident.id))
        tally -= 1
        digest -= row.checksum
        changed += 1
      }
    }
    try note(.incident, of: feed, tally: tally, digest: digest)
    return changed
  }
}
