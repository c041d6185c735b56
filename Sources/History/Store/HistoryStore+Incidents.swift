import HistoryQueries
public import Model

extension HistoryStore {
  /// What the rows of a feed's incidents say, in order of start and id; of several files the one written last counts.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func incidents(of feed: String) throws(HistoryError) -> [IncidentEntry] {
    var latest: [String: IncidentRow] = [:]
    for row in try incidentRows(of: feed) {
      if let known = latest[row.entry.id], row.isOlder(than: known) { continue }
      latest[row.entry.id] = row
    }
    return latest.values.map(\.entry).sorted { ($0.started, $0.id) < ($1.started, $1.id) }
  }

  private func incidentRows(of feed: String) throws(HistoryError) -> [IncidentRow] {
    try rows(HistoryQueries.incidentsOfFeed, [.text(feed)], of: RowGroup(.incident, feed))
  }

  /// Keeps the entries of a batch, and removes what they replace.
  ///
  /// A file replaces what the same path held before from its first entry on: what is older has only left an export of
  /// the last weeks, and a file without a row removes nothing. A batch that replaces removes all that started in its
  /// span, and rows that could not be used and may lie in it.
  ///
  /// - Returns: how many entries were added, changed or removed.
  func keepIncidents(of batch: Batch) throws(HistoryError) -> Int {
    guard !batch.incidents.isEmpty || batch.replaces else { return 0 }
    let feed = batch.source
    let path = batch.written == nil ? "" : batch.file?.path ?? ""
    let rows = try incidentRows(of: feed)
    let old = Dictionary(
      rows.filter { $0.path == path }.map { ($0.entry.id, $0) }, uniquingKeysWith: { $1 })
    var (replaced, fresh, gone) = ([IncidentRow](), [IncidentRow](), [IncidentRow]())
    var changed = 0
    for entry in batch.incidents {
      let row = IncidentRow(feed: feed, path: path, entry: entry, written: batch.written)
      let before = old[entry.id]
      if before?.entry == entry, before?.written == row.written { continue }
      fresh.append(row)
      if let before { replaced.append(before) }
      changed += before?.entry == entry ? 0 : 1
    }
    let kept = Set(batch.incidents.map(\.id))
    let first = batch.incidents.map(\.started).min()
    for row in rows where row.path != path || !kept.contains(row.entry.id) {
      let isGone: Bool
      if batch.replaces {
        isGone =
          batch.span.map {
            row.entry.unusable?.mayLie(in: $0) ?? $0.contains(row.entry.started)
          } ?? false
      } else {
        // A withdrawn incident stays withdrawn.
        if case .withdrawn = row.entry { continue }
        isGone = row.path == path && first.map { $0 <= row.entry.started } ?? false
      }
      if isGone { gone.append(row) }
    }
    try drop(gone)
    try put(fresh, inPlaceOf: replaced)
    return changed + gone.count
  }
}

extension IncidentRow {
  /// Whether another row was written later; those from earlier schemas are the oldest.
  fileprivate func isOlder(than other: IncidentRow) -> Bool {
    switch (written, other.written) {
    case (let one?, let two?): (one, path) < (two, other.path)
    case (nil, _?): true
    case (_, nil): false
    }
  }
}
