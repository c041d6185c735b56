import HistoryQueries
import Model

extension HistoryStore {
  /// The latest revision of a closed period; `nil` when it has not been closed.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func closedPeriod(
    kind: String, name: String
  ) throws(HistoryError) -> ClosedPeriod? {
    var sums = RowSums()
    try connection.rows(HistoryQueries.periodChecksums, [.text(kind)]) {
      (row) throws(HistoryError) in
      sums.tally += 1
      sums.digest += ClosedPeriod.seal(
        name: try row.text(0), revision: try row.integer(1), checksum: try row.integer(2))
    }
    try check(RowGroup(.period, kind), sums)
    return try row(HistoryQueries.periodLatest, [.text(kind), .text(name)])
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
      try put([period])
    }
  }
}
