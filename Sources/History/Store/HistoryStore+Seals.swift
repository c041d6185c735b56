import HistoryQueries
import Model

extension HistoryStore {
  /// Brings the sums of layout 2, over checksums alone, to those of layout 3, over keys as well.
  ///
  /// What does not fit its old sum keeps it, and so stays damaged: damage is not hidden.
  func sealKeys() throws(HistoryError) {
    let series: [SeriesRow] = try sound(SeriesRow.all)
    for row in series {
      let chunks: [ChunkRow] = try sound(
        HistoryQueries.chunksInDays, [.integer(row.number), .integer(.min), .integer(.max)])
      guard Int64(chunks.count) == row.chunks.tally,
        chunks.reduce(0, { $0 + $1.checksum }) == row.chunks.digest
      else { continue }
      var sealed = row
      sealed.chunks.digest = chunks.reduce(0) { $0 + $1.seal }
      try put([sealed], inPlaceOf: [row])
    }
    let periods: [ClosedPeriod] = try sound(ClosedPeriod.all)
    for period in periods {
      try note(
        RowGroup(.period, period.kind), RowSums(tally: 0, digest: period.seal - period.checksum))
    }
    let health: [HealthRow] = try sound(HealthRow.all)
    try put(health)
  }

  /// The rows that fit their checksums.
  private func sound<Line: Row>(
    _ sql: String, _ values: [Statement.Value] = []
  ) throws(HistoryError) -> [Line] {
    var rows: [Line] = []
    try connection.rows(sql, values) { (line) throws(HistoryError) in
      do throws(HistoryError) {
        rows.append(try Line.read(line))
      } catch {
        guard case .damaged = error else { throw error }
      }
    }
    return rows
  }
}
