import HistoryQueries
import Model

extension HistoryStore {
  /// A revision of a closed period, without a number the latest; `nil` when it has not been closed, or not so often.
  ///
  /// - Throws: ``HistoryError/damaged(_:)``.
  public func closedPeriod(
    kind: String, name: String, revision: Int? = nil
  ) throws(HistoryError) -> ClosedPeriod? {
    var sums = RowSums()
    try connection.rows(HistoryQueries.periodChecksums, [.text(kind)]) {
      (row) throws(HistoryError) in
      sums.tally += 1
      sums.digest += PeriodRow.seal(
        name: try row.text(0), revision: try row.integer(1), checksum: try row.integer(2))
    }
    try check(RowGroup(.period, kind), sums)
    let found: PeriodRow? = try row(
      HistoryQueries.periodOne,
      [.text(kind), .text(name), .integer(Int64(revision ?? .max))])
    guard let found, revision == nil || found.revision == revision else { return nil }
    guard let period = found.period else {
      throw .damaged(.row(.period, key: "(\(kind), \(name), \(found.revision))"))
    }
    return period
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
      guard let row = PeriodRow(period) else { throw .unfit(.facts(bytes: period.facts.count)) }
      try put([row])
    }
  }
}
