import HistoryQueries
import Model

extension HistoryStore {
  /// The latest revision of a closed period; `nil` when it has not been closed.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func closedPeriod(
    kind: String, name: String
  ) throws(HistoryError) -> ClosedPeriod? {
    var totals = (tally: Int64(0), digest: Int64(0))
    try connection.rows(HistoryQueries.periodChecksums, [.text(kind)]) {
      (row) throws(HistoryError) in
      totals.tally += 1
      totals.digest += ClosedPeriod.seal(
        name: try row.text(0), revision: try row.integer(1), checksum: try row.integer(2))
    }
    try check(.period, of: kind, tally: totals.tally, digest: totals.digest)
    var found: ClosedPeriod?
    try connection.rows(HistoryQueries.periodLatest, [.text(kind), .text(name)]) {
      (row) throws(HistoryError) in
      found = try ClosedPeriod(row)
    }
    return found
  }

  /// Closes a period, or revises a closed one: a further row, never a change.
  ///
  /// - Throws: ``UnfitBatch/revision(_:next:)`` unless the revision is 0 or follows the latest one.
  public func close(_ period: ClosedPeriod) throws(HistoryError) {
    try connection.transaction { () throws(HistoryError) in
      let latest = try closedPeriod(kind: period.kind, name: period.name)
      let next = latest.map { $0.revision + 1 } ?? 0
      guard period.revision == next else {
        throw .unfit(.revision(period.revision, next: next))
      }
      try connection.run(
        HistoryQueries.periodAdd, .text(period.kind), .text(period.name),
        .integer(Int64(period.revision)), .integer(period.window.start.nanoseconds),
        .integer(period.window.end.nanoseconds), .integer(period.madeAt.nanoseconds),
        .blob(period.facts), .integer(period.checksum))
      try note(.period, of: period.kind, tally: 1, digest: period.seal)
    }
  }
}
