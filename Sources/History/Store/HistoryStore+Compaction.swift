import HistoryQueries
public import Model

extension HistoryStore {
  /// Joins cells that have outlived their tier to longer ones: five minutes, local hours, local days.
  ///
  /// Only whole local days are joined, and only those whose end is older than the tier's limit, so that every figure
  /// over whole local days, and over hours while they are kept, stays what it was. A series is one transaction; a kill
  /// leaves the others for the next time.
  ///
  /// A series that `keepFine` selects stays at one minute, because joining would change what is judged of it:
  /// slices and freshness look at single minutes.
  ///
  /// - Throws: ``HistoryError/damaged(_:)`` and any error of writing.
  public func compact(
    asOf: Instant, tiers: Tiers, zone: ZoneOffsets, keepFine: (SeriesID) -> Bool
  ) throws(HistoryError) {
    seriesRead = [:]
    let plan = Compaction(asOf: asOf, tiers: tiers, zone: zone)
    var last: Int64 = 0
    while true {
      let rows = try seriesStarting(before: (plan.lastDay + 1) * 1440, after: last)
      guard let end = rows.last else { return }
      last = end.number
      for row in rows where !keepFine(row.id) { try compact(row, by: plan) }
    }
  }

  private func compact(_ old: SeriesRow, by plan: Compaction) throws(HistoryError) {
    var candidates: [(day: Int64, step: Int64)] = []
    try connection.rows(
      HistoryQueries.chunksFinerThanDays, [.integer(old.number), .integer(plan.lastDay)]
    ) { (row) throws(HistoryError) in
      candidates.append((try row.integer(0), try row.integer(1)))
    }
    let days = plan.localDays(of: candidates)
    if days.isEmpty { return }
    try connection.transaction { () throws(HistoryError) in
      var row = old
      for day in days {
        let existing = try chunks(of: row.number, day.chunkDays)
        row = try write(plan.changes(of: existing, in: day, kind: row.kind), of: row)
      }
      if row.checksum == old.checksum { return }
      try put([row], inPlaceOf: [old])
    }
  }
}
